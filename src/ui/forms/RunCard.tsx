import { useState } from 'react';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { changeMethod, duplicateRun, removeRun } from '../../store/draft/edits.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { Icon, type IconName } from '../shell/Icon.tsx';
import { Marker } from '../shell/Marker.tsx';
import { term, text } from '../text.ts';
import type { SeriesStyle } from '../theme/series.ts';
import { MethodPicker } from './LazyPicker.tsx';
import { RunForm } from './RunForm.tsx';
import { RunTools } from './RunTools.tsx';
import { ownNames, pickOf, picksOf } from './recipes.ts';

interface ActionProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly isPressed?: boolean;
  readonly isDisabled?: boolean;
  readonly testId: string;
}

const Action = ({ icon, label, onClick, isPressed, isDisabled = false, testId }: ActionProps) => (
  <button
    type="button"
    className="button button--plain button--icon"
    aria-label={label}
    title={label}
    aria-pressed={isPressed}
    disabled={isDisabled}
    onClick={onClick}
    data-testid={testId}
  >
    <Icon name={icon} />
  </button>
);

interface Props {
  readonly run: RunSpec;
  readonly index: number;
  /** Labels of its panels: more than one if it sweeps. */
  readonly labels: readonly string[];
  readonly style: SeriesStyle;
  readonly catalogue: CatalogueInfo;
  readonly isFull: boolean;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  /** Ids of the picks that the runs are. */
  readonly compared: readonly string[];
}

/** One run: its name, what is done with it, its settings. */
export const RunCard = ({ run, index, labels, style, catalogue, isFull, isOpen, onToggle, compared }: Props) => {
  const lab = useLab();
  const [isPicking, setIsPicking] = useState(false);
  const hidden = useLabState((state) => state.view.hidden);
  const solo = useLabState((state) => state.view.solo);
  const picks = picksOf(catalogue.methods);
  const method = catalogue.methods.find(({ id }) => id === run.method);
  const pick = pickOf(run, picks);
  const isHidden = labels.every((label) => hidden.includes(label));
  const first = labels[0] ?? run.name;
  const toggleHidden = (): void => {
    for (const label of labels) if (hidden.includes(label) === isHidden) lab.view.toggleHidden(label);
  };
  return (
    <li className="run" data-testid="run-card" data-run={run.name} data-hidden={isHidden}>
      <div className="run__head">
        <button
          type="button"
          className="run__open"
          aria-expanded={isOpen}
          title={text.runs.expand(run.name)}
          onClick={onToggle}
          data-testid="run-open"
        >
          <Icon name="chevron" />
          <Marker style={style} />
          <span className="run__name">{run.name}</span>
        </button>
        <Action
          icon="solo"
          label={text.runs.solo(run.name)}
          isPressed={solo === first}
          onClick={() => lab.view.toggleSolo(first)}
          testId="run-solo"
        />
        <Action
          icon={isHidden ? 'eye-off' : 'eye'}
          label={isHidden ? text.runs.show(run.name) : text.runs.hide(run.name)}
          onClick={toggleHidden}
          testId="run-eye"
        />
        <Action
          icon="copy"
          label={text.runs.duplicate(run.name)}
          isDisabled={isFull}
          onClick={() => lab.draft.edit(duplicateRun(index))}
          testId="run-duplicate"
        />
        <Action
          icon="trash"
          label={text.runs.remove(run.name)}
          onClick={() => lab.draft.edit(removeRun(index))}
          testId="run-remove"
        />
      </div>
      {isOpen && method ? (
        <div className="run__body">
          <p className="run__method">
            <span data-testid="run-title">{pick ? term(pick.title) : `${method.short}, ${text.runs.custom}`}</span>
            <button
              type="button"
              className="button run__change"
              aria-label={`${text.runs.change} (${text.picker.change(run.name)})`}
              onClick={() => setIsPicking(true)}
              data-testid="run-method"
            >
              {text.runs.change}
            </button>
          </p>
          <RunForm run={run} index={index} method={method} pick={pick} catalogue={catalogue} />
          <RunTools {...{ run, index, labels, method, catalogue }} />
        </div>
      ) : null}
      {isPicking ? (
        <MethodPicker
          title={text.picker.change(run.name)}
          methods={catalogue.methods}
          compared={compared}
          onPick={(next) => lab.draft.edit(changeMethod(index, next.method, next.recipe, ownNames(picks)))}
          onClose={() => setIsPicking(false)}
        />
      ) : null}
    </li>
  );
};
