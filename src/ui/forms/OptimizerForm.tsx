import type { ParamValue } from '../../engine/base/schema.ts';
import type { OptimizerSpec } from '../../scenario/format/scenario.ts';
import { optimizerSettings } from '../../scenario/format/settings.ts';
import { setAt } from '../../store/draft/edits.ts';
import { useLab } from '../hooks/lab.ts';
import { text } from '../text.ts';
import { SettingField } from './SettingField.tsx';

type Name = keyof OptimizerSpec;

const NONE: ReadonlySet<string> = new Set();

interface FieldsProps {
  readonly values: OptimizerSpec;
  /** Where they stand in the scenario. */
  readonly path: readonly string[];
  readonly testId: string;
  /** Settings that are swept: they are shown elsewhere. */
  readonly except?: readonly string[];
  /** Settings that are not what they are by default. */
  readonly changed?: ReadonlySet<string>;
}

interface Props extends FieldsProps {
  readonly names: readonly Name[];
}

/** Some of the settings of an optimizer. Momentum does something under one optimizer only. */
export const OptimizerFields = ({ names, values, path, testId, except = [], changed = NONE }: Props) => {
  const lab = useLab();
  return names
    .filter((name) => !except.includes(name) && (name !== 'momentum' || values.optimizer === 'momentum'))
    .map((name) => (
      <SettingField
        key={name}
        spec={optimizerSettings[name]}
        value={values[name]}
        onChange={(value: ParamValue) => lab.draft.edit(setAt([...path, name], value), [...path, name].join('.'))}
        names={name === 'optimizer' ? text.training.optimizers : undefined}
        isChanged={changed.has(name)}
        testId={`${testId}-${name}`}
      />
    ));
};

const FIRST: readonly Name[] = ['optimizer', 'learningRate', 'steps', 'batchSize'];
const MORE: readonly Name[] = ['momentum', 'weightDecay', 'clipNorm'];

/** Optimizer, learning rate, steps and batch of a training; the rest folded away. */
export const OptimizerForm = (props: FieldsProps) => (
  <>
    <OptimizerFields names={FIRST} {...props} />
    <details className="section section--inner">
      <summary className="section__head">{text.training.more}</summary>
      <div className="section__body">
        <OptimizerFields names={MORE} {...props} />
      </div>
    </details>
  </>
);
