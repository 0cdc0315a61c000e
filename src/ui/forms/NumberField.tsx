import { useEffect, useId, useState } from 'react';
import { text } from '../text.ts';
import { ChangedMark } from './ChangedMark.tsx';
import { Info } from './Info.tsx';
import { fromNotch, NOTCHES, type NumberRange, toNotch } from './scale.ts';

interface Props {
  readonly label: string;
  readonly symbol?: string | undefined;
  readonly help?: string | undefined;
  readonly value: number;
  readonly range: NumberRange;
  readonly onChange: (value: number) => void;
  /** Whether the value differs from the default. */
  readonly isChanged?: boolean | undefined;
  readonly testId?: string | undefined;
}

/** A text that holds the field's number while it is being typed, so that half a number is not taken for one. */
const useTyped = (value: number, onChange: (value: number) => void, { min, max, scale }: NumberRange) => {
  const [typed, setTyped] = useState(String(value));
  useEffect(() => setTyped(String(value)), [value]);
  const parsed = typed.trim() === '' ? Number.NaN : Number(typed);
  const isValid = parsed >= min && parsed <= max && (scale !== 'int' || Number.isInteger(parsed));
  const take = (next: string): void => {
    setTyped(next);
    const number = next.trim() === '' ? Number.NaN : Number(next);
    if (number >= min && number <= max && (scale !== 'int' || Number.isInteger(number)) && number !== value) {
      onChange(number);
    }
  };
  return { typed, isValid, take, settle: () => setTyped(String(value)) };
};

/** A number by slider and by typing. */
export const NumberField = ({ label, symbol, help, value, range, onChange, isChanged, testId }: Props) => {
  const id = useId();
  const { typed, isValid, take, settle } = useTyped(value, onChange, range);
  return (
    <div className="field">
      <div className="field__head">
        <label htmlFor={id} className="field__label">
          {symbol ? <span className="field__symbol">{symbol}</span> : null}
          {label}
          <ChangedMark isChanged={isChanged} />
        </label>
        {help ? <Info label={label}>{help}</Info> : null}
        <input
          className="field__number"
          inputMode={range.scale === 'int' ? 'numeric' : 'decimal'}
          aria-label={text.value(label)}
          aria-invalid={!isValid}
          title={isValid ? undefined : `${range.min} – ${range.max}`}
          value={typed}
          onChange={(event) => take(event.target.value)}
          onBlur={settle}
          data-testid={testId ? `${testId}-number` : undefined}
        />
      </div>
      <input
        id={id}
        className="field__slider"
        type="range"
        min={0}
        max={NOTCHES}
        step={1}
        value={toNotch(value, range)}
        aria-valuetext={String(value)}
        onChange={(event) => onChange(fromNotch(Number(event.target.value), range))}
        data-testid={testId}
      />
    </div>
  );
};
