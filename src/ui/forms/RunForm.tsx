import { useState } from 'react';
import type { ParamValue } from '../../engine/base/schema.ts';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import { anchorDefaults } from '../../scenario/format/defaults.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { anchorSettings, maskSettings, refusedBy, retainSettings } from '../../scenario/format/settings.ts';
import { changeMask, setAt } from '../../store/draft/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { MethodDialog } from '../methods/MethodDialog.tsx';
import { TakeRun } from '../take/TakeRun.tsx';
import { text } from '../text.ts';
import { OptimizerForm } from './OptimizerForm.tsx';
import { ParamForm } from './ParamForm.tsx';
import { SettingField } from './SettingField.tsx';
import { SweepNote } from './SweepNote.tsx';
import { WrapperFields } from './WrapperFields.tsx';

interface Props {
  readonly run: RunSpec;
  readonly index: number;
  readonly method: MethodInfo;
  readonly catalogue: CatalogueInfo;
}

const titles = (none: string, infos: readonly { readonly id: string; readonly title: string }[]) =>
  Object.fromEntries([['none', none], ...infos.map(({ id, title }) => [id, title])]);

type Edit = (path: readonly string[], value: unknown) => void;

/** What every part of the form has. */
interface PartProps extends Props {
  readonly swept: readonly string[];
  readonly edit: Edit;
  readonly testId: string;
}

const sweptIn = (swept: readonly string[], group: string): readonly string[] =>
  swept.filter((path) => path.startsWith(`${group}.`)).map((path) => path.slice(group.length + 1));

const RetainFields = ({ run, method, catalogue, swept, edit, testId }: PartProps) => {
  const retain = retainSettings(catalogue.retain.map(({ id }) => id));
  /** Beside its forget batches, the method reads retain batches of its own. */
  const readsRetain = method.needs.includes('retain') && method.needs.includes('forget');
  return (
    <>
      <SettingField
        spec={retain.kind}
        value={run.retain.kind}
        names={titles(text.runs.noRetain, catalogue.retain)}
        onChange={(value) => edit(['retain', 'kind'], value)}
        testId={`${testId}-retain`}
      />
      {run.retain.kind === 'none' || swept.includes('retain.weight') ? null : (
        <SettingField
          spec={retain.weight}
          value={run.retain.weight}
          onChange={(value) => edit(['retain', 'weight'], value)}
          testId={`${testId}-retain-weight`}
        />
      )}
      {run.retain.kind === 'none' && !readsRetain ? null : (
        <SettingField
          spec={retain.batchSize}
          value={run.retain.batchSize}
          onChange={(value) => edit(['retain', 'batchSize'], value)}
          testId={`${testId}-retain-batch`}
        />
      )}
    </>
  );
};

const MaskFields = ({ run, index, catalogue, swept, edit, testId }: PartProps) => {
  const lab = useLab();
  const mask = maskSettings(catalogue.masks.map(({ id }) => id));
  const infoOf = (kind: ParamValue) => catalogue.masks.find(({ id }) => id === kind);
  const own = infoOf(run.mask.kind);
  return (
    <>
      <SettingField
        spec={mask.kind}
        value={run.mask.kind}
        names={titles(text.runs.noMask, catalogue.masks)}
        onChange={(kind) => lab.draft.edit(changeMask(index, String(kind), infoOf(kind)?.params), `${index}.mask.kind`)}
        testId={`${testId}-mask`}
      />
      {!own || own.takesKeep === false || swept.includes('mask.keep') ? null : (
        <SettingField
          spec={mask.keep}
          value={run.mask.keep}
          onChange={(value) => edit(['mask', 'keep'], value)}
          testId={`${testId}-mask-keep`}
        />
      )}
      <ParamForm
        schema={own?.params ?? {}}
        values={run.mask}
        except={sweptIn(swept, 'mask')}
        onChange={(name, value) => edit(['mask', name], value)}
        testId={`${testId}-mask`}
      />
    </>
  );
};

const AnchorFields = ({ run, swept, edit, testId }: PartProps) => (
  <>
    <SettingField
      spec={anchorSettings.kind}
      value={run.anchor?.kind ?? 'none'}
      names={text.runs.anchors}
      onChange={(kind) => edit(['anchor'], kind === 'none' ? undefined : { ...anchorDefaults, ...run.anchor, kind })}
      testId={`${testId}-anchor`}
    />
    {run.anchor === undefined || swept.includes('anchor.weight') ? null : (
      <SettingField
        spec={anchorSettings.weight}
        value={run.anchor.weight}
        onChange={(value) => edit(['anchor', 'weight'], value)}
        testId={`${testId}-anchor-weight`}
      />
    )}
  </>
);

/** What is composed with the method: retain term, mask, anchor, wrappers. */
const Composition = (props: PartProps) => {
  const { run, method, swept, edit, testId } = props;
  const refused = refusedBy(method);
  /** What the method has no place for shows only where it is set all the same, so that it can be taken away. */
  const isShown = (part: (typeof refused)[number]) => !refused.includes(part) || (run[part]?.kind ?? 'none') !== 'none';
  return (
    <>
      {refused.length > 0 ? <p className="small muted">{method.alone ? text.runs.alone : text.runs.oneShot}</p> : null}
      {isShown('retain') ? <RetainFields {...props} /> : null}
      {isShown('mask') ? <MaskFields {...props} /> : null}
      {isShown('anchor') ? <AnchorFields {...props} /> : null}
      <WrapperFields {...{ run, method, swept, edit, testId }} />
    </>
  );
};

/** Everything that a run can set, from the schemas: the method's own parameters, retain term, mask, optimizer. */
export const RunForm = ({ run, index, method, catalogue }: Props) => {
  const lab = useLab();
  const [isOpen, setIsOpen] = useState(false);
  const base = ['runs', String(index)];
  const edit: Edit = (path, value) => lab.draft.edit(setAt([...base, ...path], value), `${index}.${path.join('.')}`);
  const swept = Object.keys(run.sweep);
  const testId = `run-${index}`;
  const sweep = <SweepNote {...{ run, index, method, catalogue }} />;
  return (
    <div className="run__form">
      {swept.length > 0 ? sweep : null}
      <ParamForm
        schema={method.params}
        values={run.params}
        except={sweptIn(swept, 'params')}
        onChange={(name, value) => edit(['params', name], value)}
        testId={testId}
      />
      <Composition {...{ run, index, method, catalogue, swept, edit, testId }} />
      {method.schedule === 'one-shot' ? null : (
        <OptimizerForm values={run} path={base} testId={testId} except={swept} />
      )}
      {swept.length === 0 ? sweep : null}
      <p className="small muted run__formula">
        {text.runs.formula}: <span className="run__math">{method.formula}</span>
      </p>
      <p className="small">
        <button
          type="button"
          className="button button--plain"
          onClick={() => setIsOpen(true)}
          data-testid={`${testId}-about`}
        >
          {text.methodPage.open(method.short)}
        </button>{' '}
        <a href={method.citation.url} target="_blank" rel="noreferrer">
          {method.citation.authors} ({method.citation.year})
        </a>
      </p>
      <TakeRun name={run.name} testId={`${testId}-take`} />
      {isOpen ? <MethodDialog method={method} onClose={() => setIsOpen(false)} /> : null}
    </div>
  );
};
