import type { ParamValue } from '../../engine/base/schema.ts';
import type { SettingSpec } from '../../scenario/format/settings.ts';
import { term, text } from '../text.ts';
import { FlagField } from './fields.tsx';
import { NumberField } from './NumberField.tsx';
import { ParamField } from './ParamForm.tsx';

interface Props {
  readonly spec: SettingSpec;
  readonly value: ParamValue;
  readonly onChange: (value: ParamValue) => void;
  readonly testId?: string | undefined;
  /** Words for the options of a choice, where the ids are not words. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** Whether the value differs from the default. */
  readonly isChanged?: boolean | undefined;
}

/** A few points at a time, where a batch is not everything. */
const SOME = 32;

/** One setting of a run or a training, as its declaration says; a batch size may be "all points". */
export const SettingField = ({ spec, value, onChange, testId, names, isChanged }: Props) => {
  if (spec.kind !== 'batch') {
    return <ParamField {...{ spec, value, onChange, testId, names, isChanged }} />;
  }
  const isFull = value === 'full';
  return (
    <>
      <FlagField
        label={`${term(spec.label)}: ${text.training.full}`}
        help={term(spec.help)}
        value={isFull}
        isChanged={isChanged}
        onChange={(all) => onChange(all ? 'full' : SOME)}
        testId={testId ? `${testId}-full` : undefined}
      />
      {isFull ? null : (
        <NumberField
          label={term(spec.label)}
          value={Number(value)}
          range={{ min: spec.min, max: spec.max, scale: 'int' }}
          onChange={onChange}
          testId={testId}
        />
      )}
    </>
  );
};
