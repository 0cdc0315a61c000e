import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import { ownText } from '../own/own.text.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { Marker } from '../shell/Marker.tsx';
import { term, text } from '../text.ts';
import { seriesStyles } from '../theme/series.ts';
import { familyOf, METHOD_FAMILIES, type MethodFamily, suggested } from './method-families.ts';
import './picker.css';
import { matching, type Pick, picksOf } from './recipes.ts';

interface Group {
  readonly title: string;
  readonly picks: readonly Pick[];
}

/** What the list shows while nothing is searched for. */
type Shelf = MethodFamily | 'suggested' | 'all' | 'masked';

const byFamily = (picks: readonly Pick[]): readonly Group[] =>
  METHOD_FAMILIES.map((family) => ({
    title: text.picker.names[family],
    picks: picks.filter((pick) => familyOf(pick) === family),
  })).filter((group) => group.picks.length > 0);

const isMasked = ({ recipe }: Pick): boolean => recipe?.isDerived === true;

const shelfOf = (shelf: Shelf, picks: readonly Pick[], compared: readonly string[]): readonly Group[] => {
  const plain = picks.filter((pick) => !isMasked(pick));
  if (shelf === 'suggested') return [{ title: text.picker.suggested, picks: suggested(picks, compared) }];
  if (shelf === 'masked') return [{ title: text.picker.masked, picks: picks.filter(isMasked) }];
  return byFamily(shelf === 'all' ? plain : plain.filter((pick) => familyOf(pick) === shelf));
};

const shelvesOf = (picks: readonly Pick[]): readonly { readonly shelf: Shelf; readonly name: string }[] => {
  const families = METHOD_FAMILIES.filter((family) => picks.some((pick) => familyOf(pick) === family));
  return [
    { shelf: 'suggested', name: text.picker.suggested },
    ...families.map((family) => ({ shelf: family, name: text.picker.names[family] })),
    ...(picks.some(isMasked) ? [{ shelf: 'masked', name: text.picker.masked } as const] : []),
    { shelf: 'all', name: text.picker.all },
  ];
};

const styleOf = ({ method, recipe }: Pick) =>
  seriesStyles([{ method: method.id, retain: recipe?.retain?.kind ?? 'none', mask: recipe?.mask?.kind ?? 'none' }])[0];

interface OptionProps {
  readonly id: string;
  readonly pick: Pick;
  readonly isActive: boolean;
  readonly isCompared: boolean;
  readonly onPick: () => void;
}

const Option = ({ id, pick, isActive, isCompared, onPick }: OptionProps) => {
  const element = useRef<HTMLDivElement>(null);
  const style = styleOf(pick);
  useEffect(() => {
    if (isActive) element.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field has the focus and takes the keys
    <div
      ref={element}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      className="picker__item"
      onClick={onPick}
      data-testid={`pick-${pick.id}`}
    >
      {style ? <Marker style={style} /> : null}
      <span>
        <b>{term(pick.title)}</b>
        {isCompared ? <span className="picker__compared">{text.picker.compared}</span> : null}
        <span className="picker__summary">{term(pick.summary)}</span>
      </span>
    </div>
  );
};

/** Which option the keys are at, by its place in the list. */
const useActive = (count: number, onPick: (index: number) => void) => {
  const [wanted, setActive] = useState(0);
  const active = Math.min(wanted, count - 1);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const next = { ArrowDown: active + 1, ArrowUp: active - 1 }[event.key];
    if (next !== undefined && count > 0) setActive((next + count) % count);
    else if (event.key === 'Enter' && active >= 0) onPick(active);
    else return;
    event.preventDefault();
  };
  return { active, setActive, onKeyDown };
};

export interface PickerProps {
  readonly title: string;
  readonly methods: readonly MethodInfo[];
  /** Ids of the picks that are among the runs. */
  readonly compared: readonly string[];
  readonly onPick: (pick: Pick) => void;
  readonly onClose: () => void;
  /** Opens the dialog for a rule of the reader's own; absent: it is not on offer. */
  readonly onOwn?: () => void;
}

/** Methods and recipes by family, each with its sentence; a search goes over all of them. */
export const MethodPicker = ({ title, methods, compared, onPick, onClose, onOwn }: PickerProps) => {
  const listId = useId();
  const [query, setQuery] = useState('');
  const [shelf, setShelf] = useState<Shelf>('suggested');
  const picks = useMemo(() => picksOf(methods), [methods]);
  const groups = query.trim() === '' ? shelfOf(shelf, picks, compared) : byFamily(matching(picks, query));
  const shown = groups.flatMap((group) => group.picks);
  const take = (pick: Pick | undefined): void => {
    if (!pick) return;
    onPick(pick);
    onClose();
  };
  const { active, setActive, onKeyDown } = useActive(shown.length, (index) => take(shown[index]));
  const optionId = (pick: Pick): string => `${listId}-${pick.id}`;
  const activePick = shown[active];
  return (
    <Dialog title={title} kind="wide" onClose={onClose} testId="picker">
      <div className="picker">
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={activePick ? optionId(activePick) : undefined}
          className="field__text picker__find"
          data-first-focus
          autoComplete="off"
          spellCheck={false}
          value={query}
          placeholder={text.picker.find}
          aria-label={text.picker.find}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          data-testid="picker-find"
        />
        <nav className="picker__shelves" aria-label={text.picker.families}>
          {shelvesOf(picks).map((one) => (
            <button
              key={one.shelf}
              type="button"
              className="picker__shelf"
              aria-pressed={query === '' && one.shelf === shelf}
              onClick={() => {
                setShelf(one.shelf);
                setQuery('');
                setActive(0);
              }}
              data-testid={`shelf-${one.shelf}`}
            >
              {one.name}
            </button>
          ))}
        </nav>
        <div className="picker__list" role="listbox" id={listId} aria-label={title}>
          {groups.map((group) => (
            // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
            <div key={group.title} role="group" aria-label={group.title} className="picker__group">
              {groups.length > 1 ? (
                <p className="picker__title" aria-hidden="true">
                  {group.title}
                </p>
              ) : null}
              {group.picks.map((pick) => (
                <Option
                  key={pick.id}
                  id={optionId(pick)}
                  pick={pick}
                  isActive={pick === activePick}
                  isCompared={compared.includes(pick.id)}
                  onPick={() => take(pick)}
                />
              ))}
            </div>
          ))}
        </div>
        {onOwn ? (
          <p className="picker__own">
            <button type="button" className="button" onClick={onOwn} data-testid="pick-own">
              {ownText.open}
            </button>
          </p>
        ) : null}
        <p className="picker__status small muted">
          <span role="status">{shown.length > 0 ? text.picker.found(shown.length) : text.picker.none}</span>
          <span className="picker__keys">{text.picker.keys}</span>
        </p>
      </div>
    </Dialog>
  );
};
