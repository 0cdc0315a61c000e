import { useId } from 'react';
import { Icon } from '../shell/Icon.tsx';
import { newParam, type ParamDraft } from './draft.ts';
import { ownText } from './own.text.ts';

interface CellProps {
  readonly label: string;
  readonly value: string;
  readonly isNumber?: boolean;
  readonly onChange: (value: string) => void;
  readonly testId: string;
}

const Cell = ({ label, value, isNumber = false, onChange, testId }: CellProps) => {
  const id = useId();
  return (
    <div className={`own__cell${isNumber ? ' own__cell--number' : ''}`}>
      <label htmlFor={id} className="small">
        {label}
      </label>
      <input
        id={id}
        type="text"
        className="field__text"
        inputMode={isNumber ? 'decimal' : 'text'}
        value={value}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-invalid={isNumber && (value.trim() === '' || Number.isNaN(Number(value)))}
        onChange={(event) => onChange(event.target.value)}
        data-testid={testId}
      />
    </div>
  );
};

interface Props {
  readonly params: readonly ParamDraft[];
  readonly most: number;
  readonly onChange: (params: readonly ParamDraft[]) => void;
}

const FIELDS = ['name', 'label', 'symbol', 'value', 'min', 'max'] as const;
const NUMBERS: readonly string[] = ['value', 'min', 'max'];

/** A name that no hyperparameter has yet. */
const freeName = (params: readonly ParamDraft[]): string => {
  const letters = ['beta', 'gamma', 'delta', 'alpha', 'lambda', 'kappa', 'mu', 'nu'];
  return letters.find((name) => !params.some((param) => param.name === name)) ?? `a${params.length}`;
};

/** Hyperparameters of a rule. */
export const Params = ({ params, most, onChange }: Props) => {
  const set = (index: number, change: Partial<ParamDraft>): void =>
    onChange(params.map((param, i) => (i === index ? { ...param, ...change } : param)));
  return (
    <fieldset className="own__params">
      <legend>{ownText.params}</legend>
      {params.map((param, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name is typed, and may be anything on the way
        <div key={index} className="own__param" data-testid="own-param">
          {FIELDS.map((name) => (
            <Cell
              key={name}
              label={ownText.param[name]}
              value={param[name]}
              isNumber={NUMBERS.includes(name)}
              onChange={(value) => set(index, { [name]: value })}
              testId={`param-${name}`}
            />
          ))}
          <label className="own__log small">
            <input
              type="checkbox"
              checked={param.isLog}
              onChange={(event) => set(index, { isLog: event.target.checked })}
              data-testid="param-log"
            />
            {ownText.param.isLog}
          </label>
          <button
            type="button"
            className="button button--plain button--icon"
            aria-label={ownText.param.remove(param.name)}
            title={ownText.param.remove(param.name)}
            onClick={() => onChange(params.filter((_, i) => i !== index))}
          >
            <Icon name="trash" />
          </button>
        </div>
      ))}
      {params.length < most ? (
        <button
          type="button"
          className="button"
          onClick={() => onChange([...params, newParam(freeName(params))])}
          data-testid="add-param"
        >
          <Icon name="plus" />
          {ownText.addParam}
        </button>
      ) : null}
    </fieldset>
  );
};
