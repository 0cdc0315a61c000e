import { type FieldSchema, isOwnText, type ParamSpec, type ParamValue } from '../../engine/base/schema.ts';
import { paramOr } from '../../store/draft/edits.ts';
import { OwnText } from '../facts/OwnText.tsx';
import { term } from '../text.ts';
import { FlagField, SelectField } from './fields.tsx';
import { NumberField } from './NumberField.tsx';

interface FieldProps {
  readonly spec: ParamSpec;
  readonly value: ParamValue;
  readonly onChange: (value: ParamValue) => void;
  readonly testId?: string | undefined;
  /** Words for the options of a choice, where the ids are not words. */
  readonly names?: Readonly<Record<string, string>> | undefined;
  /** Whether the value differs from the default. */
  readonly isChanged?: boolean | undefined;
}

/** One field, as its declaration says. */
export const ParamField = ({ spec, value, onChange, testId, names, isChanged }: FieldProps) => {
  const head = { label: term(spec.label), symbol: spec.symbol, help: term(spec.help), isChanged, testId };
  switch (spec.kind) {
    case 'number':
      return <NumberField {...head} value={Number(value)} range={spec} onChange={onChange} />;
    case 'int':
      return (
        <NumberField
          {...head}
          value={Number(value)}
          range={{ min: spec.min, max: spec.max, scale: 'int' }}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <SelectField
          {...head}
          value={String(value)}
          options={spec.options.map((option) => ({ value: option, label: names?.[option] ?? term(option) }))}
          onChange={onChange}
        />
      );
    case 'flag':
      return <FlagField {...head} value={value === true} onChange={onChange} />;
  }
};

interface FormProps {
  readonly schema: FieldSchema;
  readonly values: Readonly<Record<string, unknown>>;
  readonly onChange: (name: string, value: ParamValue) => void;
  /** Fields that another part of the page shows. */
  readonly except?: readonly string[];
  /** Whether a field is not what it is by default. */
  readonly isChanged?: (name: string) => boolean;
  readonly testId: string;
}

/** A form made from a schema: no field of it is written by hand. */
export const ParamForm = ({ schema, values, onChange, except = [], isChanged, testId }: FormProps) => (
  <>
    {Object.entries(schema)
      .filter(([name]) => !except.includes(name))
      .map(([name, spec]) =>
        isOwnText(spec) ? (
          <OwnText
            key={name}
            spec={spec}
            value={String(paramOr(values, name, ''))}
            onChange={(value) => onChange(name, value)}
            testId={`${testId}-${name}`}
          />
        ) : (
          <ParamField
            key={name}
            spec={spec}
            value={paramOr(values, name, spec.default)}
            onChange={(value) => onChange(name, value)}
            isChanged={isChanged?.(name)}
            testId={`${testId}-${name}`}
          />
        ),
      )}
  </>
);
