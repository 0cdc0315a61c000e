import type { ParamValue } from '../../engine/base/schema.ts';
import type { OptimizerSpec } from '../../scenario/format/scenario.ts';
import { optimizerSettings } from '../../scenario/format/settings.ts';
import { setAt } from '../../store/draft/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { text } from '../text.ts';
import { SettingField } from './SettingField.tsx';

type Name = keyof OptimizerSpec;

const FIRST: readonly Name[] = ['optimizer', 'learningRate', 'steps', 'batchSize'];
const MORE: readonly Name[] = ['momentum', 'weightDecay', 'clipNorm'];

interface Props {
  readonly values: OptimizerSpec;
  /** Where they stand in the scenario. */
  readonly path: readonly string[];
  readonly testId: string;
  /** Settings that are swept: they are shown elsewhere. */
  readonly except?: readonly string[];
}

/** Optimizer, learning rate, steps and batch of a training or a run; the rest folded away. */
export const OptimizerForm = ({ values, path, testId, except = [] }: Props) => {
  const lab = useLab();
  const field = (name: Name) =>
    except.includes(name) ? null : (
      <SettingField
        key={name}
        spec={optimizerSettings[name]}
        value={values[name]}
        onChange={(value: ParamValue) => lab.draft.edit(setAt([...path, name], value), [...path, name].join('.'))}
        names={name === 'optimizer' ? text.training.optimizers : undefined}
        testId={`${testId}-${name}`}
      />
    );
  // Momentum does something under one optimizer only.
  const more = MORE.filter((name) => name !== 'momentum' || values.optimizer === 'momentum');
  return (
    <>
      {FIRST.map(field)}
      <details className="section section--inner">
        <summary className="section__head">{text.training.more}</summary>
        <div className="section__body">{more.map(field)}</div>
      </details>
    </>
  );
};
