import { useState } from 'react';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import { addRun } from '../../store/draft/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { Marker } from '../shell/Marker.tsx';
import { text } from '../text.ts';
import { seriesStyles } from '../theme/series.ts';
import { matching, type Pick, picksOf } from './recipes.ts';

interface Props {
  readonly methods: readonly MethodInfo[];
  readonly onDone: () => void;
}

const styleOf = ({ method, recipe }: Pick) =>
  seriesStyles([{ method: method.id, retain: recipe?.retain?.kind ?? 'none', mask: recipe?.mask?.kind ?? 'none' }])[0];

/** Methods and recipes to add, each with its sentence; found by a word of either. */
export const MethodPicker = ({ methods, onDone }: Props) => {
  const lab = useLab();
  const [query, setQuery] = useState('');
  const all = picksOf(methods);
  const found = matching(all, query);
  const list = (members: readonly Pick[]) => (
    <ul>
      {members.map((pick) => {
        const style = styleOf(pick);
        return (
          <li key={pick.id}>
            <button
              type="button"
              className="picker__item"
              onClick={() => {
                lab.draft.edit(addRun(pick.method, pick.recipe));
                onDone();
              }}
              data-testid={`pick-${pick.id}`}
            >
              {style ? <Marker style={style} /> : null}
              <span>
                <b>{pick.title}</b>
                <span className="picker__summary">{pick.summary}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
  const group = (title: string, members: readonly Pick[]) =>
    members.length > 0 ? (
      <>
        <h3 className="picker__title">{title}</h3>
        {list(members)}
      </>
    ) : null;
  const derived = found.filter(({ recipe }) => recipe?.isDerived);
  return (
    <section className="picker" aria-label={text.runs.pickTitle} data-testid="picker">
      <input
        type="search"
        className="field__text picker__find"
        value={query}
        placeholder={text.runs.find}
        aria-label={text.runs.find}
        onChange={(event) => setQuery(event.target.value)}
        data-testid="picker-find"
      />
      <p className="picker__title" role="status">
        {found.length > 0 ? text.runs.found(found.length, all.length) : text.runs.foundNone}
      </p>
      {group(
        text.runs.recipes,
        found.filter(({ recipe }) => recipe !== undefined && !recipe.isDerived),
      )}
      {group(
        text.runs.methods,
        found.filter(({ recipe }) => recipe === undefined),
      )}
      {derived.length > 0 ? (
        <details key={String(query !== '')} open={query !== ''}>
          <summary className="picker__title">{text.runs.derived(derived.length)}</summary>
          {list(derived)}
        </details>
      ) : null}
    </section>
  );
};
