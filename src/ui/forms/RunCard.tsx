import { useState } from 'react';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import { caps } from '../../scenario/format/defaults.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { changeMethod, duplicateRun, removeRun, renameRun } from '../../store/draft/edits.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { Icon, type IconName } from '../shell/Icon.tsx';
import { Marker } from '../shell/Marker.tsx';
import { text } from '../text.ts';
import type { SeriesStyle } from '../theme/series.ts';
import { SelectField, TextField } from './fields.tsx';
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
}

/** One run: its name, what is done with it, its settings. */
export const RunCard = ({ run, index, labels, style, catalogue, isFull, isOpen: opensAtOnce }: Props) => {
  const lab = useLab();
  const [isOpen, setIsOpen] = useState(opensAtOnce);
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
          aria-label={text.runs.expand(run.name)}
          onClick={() => setIsOpen(!isOpen)}
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
          <RunTools {...{ run, index, labels, method, catalogue }} />
          <SelectField
            label={text.runs.method}
            help={pick?.summary ?? method.summary}
            value={pick?.id ?? ''}
            options={[
              ...(pick ? [] : [{ value: '', label: `${method.short}, ${text.runs.custom}` }]),
              ...picks.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            onChange={(id) => {
              const next = picks.find((one) => one.id === id);
              if (next) lab.draft.edit(changeMethod(index, next.method, next.recipe, ownNames(picks)));
            }}
            testId="run-method"
          />
          <TextField
            label={text.runs.name}
            value={run.name}
            read={(typed) => (typed.trim() === '' || typed.length > caps.name ? null : typed.trim())}
            write={(name) => name}
            onChange={(name) => lab.draft.edit(renameRun(index, name))}
            testId="run-name"
          />
          <RunForm run={run} index={index} method={method} catalogue={catalogue} />
        </div>
      ) : null}
    </li>
  );
};
