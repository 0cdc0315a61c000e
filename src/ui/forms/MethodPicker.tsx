import type { MethodInfo } from '../../engine/method.ts';
import { addRun } from '../../store/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { Marker } from '../shell/Marker.tsx';
import { text } from '../text.ts';
import { seriesStyles } from '../theme/series.ts';
import { type Pick, picksOf } from './recipes.ts';

interface Props {
  readonly methods: readonly MethodInfo[];
  readonly onDone: () => void;
}

const styleOf = ({ method, recipe }: Pick) =>
  seriesStyles([{ method: method.id, retain: recipe?.retain?.kind ?? 'none', mask: recipe?.mask?.kind ?? 'none' }])[0];

/** Methods and recipes to add, each with its sentence. */
export const MethodPicker = ({ methods, onDone }: Props) => {
  const lab = useLab();
  const picks = picksOf(methods);
  const group = (title: string, members: readonly Pick[]) => (
    <>
      <h3 className="picker__title">{title}</h3>
      <ul>
        {members.map((pick) => {
          const style = styleOf(pick);
          return (
            <li key={pick.id}>
              <button
                type="button"
                className="picker__item"
                onClick={() => {
                  lab.edit(addRun(pick.method, pick.recipe));
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
    </>
  );
  return (
    <section className="picker" aria-label={text.runs.pickTitle} data-testid="picker">
      {group(
        text.runs.recipes,
        picks.filter(({ recipe }) => recipe !== undefined),
      )}
      {group(
        text.runs.methods,
        picks.filter(({ recipe }) => recipe === undefined),
      )}
    </section>
  );
};
