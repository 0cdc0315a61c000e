import type { ParamValue } from '../../engine/base/schema.ts';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { maskSettings, refusedBy, retainSettings } from '../../scenario/format/settings.ts';
import { changeMask } from '../../store/draft/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { term, text } from '../text.ts';
import { ParamForm } from './ParamForm.tsx';
import { SettingField } from './SettingField.tsx';
import { WrapperFields } from './WrapperFields.tsx';

const titles = (none: string, infos: readonly { readonly id: string; readonly title: string }[]) =>
  Object.fromEntries([['none', none], ...infos.map(({ id, title }) => [id, term(title)])]);

export type SetField = (path: readonly string[], value: unknown) => void;

/** What every part of a run's form has. */
export interface PartProps {
  readonly run: RunSpec;
  readonly index: number;
  readonly method: MethodInfo;
  readonly catalogue: CatalogueInfo;
  readonly swept: readonly string[];
  /** Settings that are not what the method or recipe has by default. */
  readonly changed: ReadonlySet<string>;
  readonly edit: SetField;
  readonly testId: string;
}

export const sweptIn = (swept: readonly string[], group: string): readonly string[] =>
  swept.filter((path) => path.startsWith(`${group}.`)).map((path) => path.slice(group.length + 1));

const RetainFields = ({ run, method, catalogue, changed, edit, testId }: PartProps) => {
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
        isChanged={changed.has('retain.kind')}
        testId={`${testId}-retain`}
      />
      {run.retain.kind === 'none' && !readsRetain ? null : (
        <SettingField
          spec={retain.batchSize}
          value={run.retain.batchSize}
          onChange={(value) => edit(['retain', 'batchSize'], value)}
          isChanged={changed.has('retain.batchSize')}
          testId={`${testId}-retain-batch`}
        />
      )}
    </>
  );
};

const MaskFields = ({ run, index, catalogue, swept, changed, edit, testId }: PartProps) => {
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
        isChanged={changed.has('mask.kind')}
        testId={`${testId}-mask`}
      />
      {!own || own.takesKeep === false || swept.includes('mask.keep') ? null : (
        <SettingField
          spec={mask.keep}
          value={run.mask.keep}
          onChange={(value) => edit(['mask', 'keep'], value)}
          isChanged={changed.has('mask.keep')}
          testId={`${testId}-mask-keep`}
        />
      )}
      <ParamForm
        schema={own?.params ?? {}}
        values={run.mask}
        except={sweptIn(swept, 'mask')}
        isChanged={(name) => changed.has(`mask.${name}`)}
        onChange={(name, value) => edit(['mask', name], value)}
        testId={`${testId}-mask`}
      />
    </>
  );
};

/** How much the retain term counts, where there is one. */
export const RetainWeight = ({ run, catalogue, swept, changed, edit, testId }: PartProps) =>
  run.retain.kind === 'none' || swept.includes('retain.weight') ? null : (
    <SettingField
      spec={retainSettings(catalogue.retain.map(({ id }) => id)).weight}
      value={run.retain.weight}
      onChange={(value) => edit(['retain', 'weight'], value)}
      isChanged={changed.has('retain.weight')}
      testId={`${testId}-retain-weight`}
    />
  );

/** What is composed with the method: retain term, mask, wrappers. */
export const Composition = (props: PartProps) => {
  const { run, method } = props;
  const refused = refusedBy(method);
  /** What the method has no place for shows only where it is set all the same, so that it can be taken away. */
  const isShown = (part: (typeof refused)[number]) => !refused.includes(part) || run[part].kind !== 'none';
  return (
    <>
      {refused.length > 0 ? <p className="small muted">{method.alone ? text.runs.alone : text.runs.oneShot}</p> : null}
      {isShown('retain') ? <RetainFields {...props} /> : null}
      {isShown('mask') ? <MaskFields {...props} /> : null}
      <WrapperFields {...props} />
    </>
  );
};
