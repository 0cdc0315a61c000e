import { useState } from 'react';
import type { MethodInfo } from '../../../engine/contracts/method.ts';
import { matching, type Pick, picksOf } from '../../forms/recipes.ts';
import { useLabState } from '../../hooks/lab.ts';
import { MethodDialog } from '../../methods/MethodDialog.tsx';
import { Marker } from '../../shell/Marker.tsx';
import { seriesStyles } from '../../theme/series.ts';
import type { RoomSection } from '../room.ts';
import { words } from './methods.text.ts';
import './learn.css';
import { term } from '../../text.ts';

const styleOf = (method: string) => seriesStyles([{ method, retain: 'none', mask: 'none' }])[0];

/** The methods that a query finds, by their own words or by those of one of their recipes. */
const methodsOf = (picks: readonly Pick[]): readonly MethodInfo[] => [...new Set(picks.map(({ method }) => method))];

/** Every method as a card that opens its page. */
const Methods = () => {
  const methods = useLabState((state) => state.catalogue?.methods);
  const [query, setQuery] = useState('');
  const [open, setOpen] = useState<MethodInfo | null>(null);
  if (!methods) return null;
  const found = methodsOf(matching(picksOf(methods), query));
  return (
    <>
      <input
        type="search"
        className="field__text learn__find"
        value={query}
        placeholder={words.find}
        aria-label={words.find}
        onChange={(event) => setQuery(event.target.value)}
        data-testid="method-find"
      />
      <p className="small muted" role="status">
        {found.length > 0 ? words.found(found.length, methods.length) : words.none}
      </p>
      <ul className="cards">
        {found.map((method) => {
          const style = styleOf(method.id);
          return (
            <li key={method.id} className="card">
              <button
                type="button"
                className="card__button"
                onClick={() => setOpen(method)}
                data-testid={`method-${method.id}`}
              >
                <span className="card__title">
                  {style ? <Marker style={style} /> : null} {term(method.title)}
                </span>
                <span>{term(method.summary)}</span>
              </button>
            </li>
          );
        })}
      </ul>
      {open ? <MethodDialog method={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
};

export default { words, order: 30, Component: Methods } satisfies RoomSection;
