import { useState } from 'react';
import type { ParamSchema } from '../../engine/base/schema.ts';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import { caps } from '../../scenario/format/defaults.ts';
import type { OptimizerSpec, RunSpec } from '../../scenario/format/scenario.ts';
import { renameRun, setAt } from '../../store/draft/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { MethodDialog } from '../methods/MethodDialog.tsx';
import { TakeRun } from '../take/TakeRun.tsx';
import { text } from '../text.ts';
import { Composition, type PartProps, RetainWeight, type SetField, sweptIn } from './Composition.tsx';
import { changedSettings } from './changed.ts';
import { TextField } from './fields.tsx';
import { OptimizerFields } from './OptimizerForm.tsx';
import { ParamForm } from './ParamForm.tsx';
import type { Pick } from './recipes.ts';
import { SweepNote } from './SweepNote.tsx';

interface Props {
  readonly run: RunSpec;
  readonly index: number;
  readonly method: MethodInfo;
  /** The method alone or the recipe that the run is; undefined for a combination of its own. */
  readonly pick: Pick | undefined;
  readonly catalogue: CatalogueInfo;
}

/** Up to so many of a method's own settings are in sight at once. */
const OWN = 3;
const ESSENTIAL: readonly (keyof OptimizerSpec)[] = ['learningRate', 'steps'];
const REST: readonly (keyof OptimizerSpec)[] = ['optimizer', 'momentum', 'batchSize', 'weightDecay', 'clipNorm'];

const OwnSettings = ({ run, swept, changed, edit, testId, schema }: PartProps & { readonly schema: ParamSchema }) => (
  <ParamForm
    schema={schema}
    values={run.params}
    except={sweptIn(swept, 'params')}
    onChange={(name, value) => edit(['params', name], value)}
    isChanged={(name) => changed.has(`params.${name}`)}
    testId={testId}
  />
);

const References = ({ method, testId }: { readonly method: MethodInfo; readonly testId: string }) => {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <p className="small run__references">
        <button
          type="button"
          className="button button--plain run__about"
          onClick={() => setIsOpen(true)}
          data-testid={`${testId}-about`}
        >
          {text.methodPage.open(method.short)}
        </button>{' '}
        {method.citation ? (
          <a href={method.citation.url} target="_blank" rel="noreferrer">
            {method.citation.authors} ({method.citation.year})
          </a>
        ) : null}
      </p>
      {isOpen ? <MethodDialog method={method} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
};

const Name = ({ run, index }: PartProps) => {
  const lab = useLab();
  return (
    <TextField
      label={text.runs.name}
      value={run.name}
      read={(typed) => (typed.trim() === '' || typed.length > caps.name ? null : typed.trim())}
      write={(name) => name}
      onChange={(name) => lab.draft.edit(renameRun(index, name))}
      testId="run-name"
    />
  );
};

/**
 * What a run can set, from the schemas: in sight the method's own settings, learning rate and steps; folded away all
 * that is mostly left as it is, with a count of what is not.
 */
export const RunForm = ({ run, index, method, pick, catalogue }: Props) => {
  const lab = useLab();
  const base = ['runs', String(index)];
  const edit: SetField = (path, value) =>
    lab.draft.edit(setAt([...base, ...path], value), `${index}.${path.join('.')}`);
  const swept = Object.keys(run.sweep);
  const testId = `run-${index}`;
  const changed = changedSettings(run, pick, catalogue);
  const own = Object.entries(method.params);
  const parts: PartProps = { run, index, method, catalogue, swept, changed, edit, testId };
  const optimizer = { values: run, path: base, testId, except: swept, changed };
  const isStepped = method.schedule !== 'one-shot';
  const sweep = <SweepNote {...{ run, index, method, catalogue }} />;
  const inSight = [
    ...own.slice(0, OWN).map(([name]) => `params.${name}`),
    'retain.weight',
    ...(isStepped ? ESSENTIAL : [...ESSENTIAL, ...REST]),
  ];
  const folded = [...changed].filter((path) => !inSight.includes(path)).length;
  return (
    <div className="run__form">
      {swept.length > 0 ? sweep : null}
      <OwnSettings {...parts} schema={Object.fromEntries(own.slice(0, OWN))} />
      <RetainWeight {...parts} />
      {isStepped ? <OptimizerFields names={ESSENTIAL} {...optimizer} /> : null}
      <details className="section section--inner" data-testid={`${testId}-more`}>
        <summary className="section__head">
          <span>
            {text.runs.more}
            {folded > 0 ? <span className="run__folded"> {text.runs.moreChanged(folded)}</span> : null}
          </span>
        </summary>
        <div className="section__body">
          <Name {...parts} />
          <OwnSettings {...parts} schema={Object.fromEntries(own.slice(OWN))} />
          <Composition {...parts} />
          {isStepped ? <OptimizerFields names={REST} {...optimizer} /> : null}
          {swept.length === 0 ? sweep : null}
          <p className="small muted run__formula">
            {text.runs.formula}: <span className="run__math">{method.formula}</span>
          </p>
          <TakeRun name={run.name} testId={`${testId}-take`} />
        </div>
      </details>
      <References method={method} testId={testId} />
    </div>
  );
};
