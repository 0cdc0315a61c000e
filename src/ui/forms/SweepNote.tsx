import { useState } from 'react';
import type { ParamValue } from '../../engine/base/schema.ts';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { refusedBy, runSettings, type SettingSpec, settingsOf } from '../../scenario/format/settings.ts';
import { readSweepValues, respread, startingSweep, writeSweepValues } from '../../scenario/tournament/sweep-values.ts';
import { sweepSetting } from '../../store/draft/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { Icon } from '../shell/Icon.tsx';
import { term, text } from '../text.ts';
import { SelectField, TextField } from './fields.tsx';
import './sweep-note.css';

interface Props {
  readonly run: RunSpec;
  readonly index: number;
  readonly method: MethodInfo;
  readonly catalogue: CatalogueInfo;
}

/** The settings that a run may sweep over: those that do something in it. */
const sweepable = ({ run, method, catalogue }: Props): readonly (readonly [path: string, spec: SettingSpec])[] => {
  const refused = refusedBy(method);
  const own = catalogue.masks.find(({ id }) => id === run.mask.kind)?.params ?? {};
  const isUsed = (path: string): boolean => {
    const [group, name, setting] = path.split('.') as [string, string | undefined, string | undefined];
    if (name === undefined)
      return method.schedule === 'iterative' && (path !== 'momentum' || run.optimizer === 'momentum');
    if (group === 'params') return true;
    if (name === 'kind' || setting === 'kind') return false;
    if (group === 'retain') return run.retain.kind !== 'none' && !refused.includes('retain');
    if (group === 'mask') return run.mask.kind !== 'none' && (name === 'keep' || Object.hasOwn(own, name));
    return group === 'wrappers' && run.wrappers.some(({ kind }) => kind === name);
  };
  return [...runSettings(method, catalogue)].filter(([path]) => isUsed(path));
};

const nameOf = (spec: SettingSpec): string => (spec.symbol ? `${term(spec.label)} (${spec.symbol})` : term(spec.label));

const SweptValues = ({
  index,
  path,
  values,
  spec,
}: {
  readonly index: number;
  readonly path: string;
  readonly values: readonly ParamValue[];
  readonly spec: SettingSpec;
}) => {
  const lab = useLab();
  const [draws, setDraws] = useState(0);
  const set = (next: readonly ParamValue[]): void =>
    lab.draft.edit(sweepSetting(index, path, next), `${index}.sweep.${path}`);
  const isNumeric = spec.kind === 'number' || spec.kind === 'int';
  const testId = `run-${index}-sweep-${path}`;
  return (
    <li>
      <TextField
        label={nameOf(spec)}
        help={text.runs.sweepHelp}
        value={values}
        write={writeSweepValues}
        read={(typed) => readSweepValues(typed, spec)}
        onChange={set}
        testId={testId}
      />
      <span className="run__sweep-tools">
        {isNumeric && values.length > 2 ? (
          <>
            <button type="button" className="button" onClick={() => set(respread(values, 'grid', spec, 0))}>
              {text.runs.sweepGrid}
            </button>
            <button
              type="button"
              className="button"
              onClick={() => {
                setDraws(draws + 1);
                set(respread(values, 'draw', spec, draws));
              }}
              data-testid={`${testId}-draw`}
            >
              {text.runs.sweepDraw}
            </button>
          </>
        ) : null}
        <button
          type="button"
          className="button button--plain button--icon"
          aria-label={text.runs.stopOneSweep(nameOf(spec))}
          onClick={() => set([])}
          data-testid={`${testId}-stop`}
        >
          <Icon name="close" />
        </button>
      </span>
    </li>
  );
};

/** The settings that a run sweeps over, each value in a panel of its own, and others that it may. */
export const SweepNote = (props: Props) => {
  const lab = useLab();
  const { run, index, method, catalogue } = props;
  const settings = runSettings(method, catalogue);
  const swept = Object.entries(run.sweep);
  const others = sweepable(props).filter(([path]) => !Object.hasOwn(run.sweep, path));
  const own = settingsOf(run);
  return (
    <details className="section section--inner run__sweep" open={swept.length > 0}>
      <summary className="section__head">{swept.length > 0 ? text.runs.sweptNote : text.runs.addSweep}</summary>
      <ul>
        {swept.map(([path, values]) => {
          const spec = settings.get(path);
          return spec ? <SweptValues key={path} {...{ index, path, values, spec }} /> : null;
        })}
      </ul>
      {others.length > 0 ? (
        <SelectField
          label={text.runs.addSweep}
          value=""
          options={[
            { value: '', label: text.runs.pickSweep },
            ...others.map(([path, spec]) => ({ value: path, label: nameOf(spec) })),
          ]}
          onChange={(path) => {
            const spec = settings.get(path);
            if (spec) lab.draft.edit(sweepSetting(index, path, startingSweep(spec, own[path])));
          }}
          testId={`run-${index}-sweep-add`}
        />
      ) : null}
      {swept.length > 1 ? (
        <button
          type="button"
          className="button"
          onClick={() =>
            lab.draft.edit((scenario) => ({
              ...scenario,
              runs: scenario.runs.map((one, i) => (i === index ? { ...one, sweep: {} } : one)),
            }))
          }
        >
          {text.runs.stopSweep}
        </button>
      ) : null}
    </details>
  );
};
