import { useEffect, useId, useState } from 'react';
import { ChangedMark } from './ChangedMark.tsx';
import { Info } from './Info.tsx';

interface Labelled {
  readonly label: string;
  readonly symbol?: string | undefined;
  readonly help?: string | undefined;
  /** Whether the value differs from the default. */
  readonly isChanged?: boolean | undefined;
  readonly testId?: string | undefined;
}

const Head = ({ id, label, symbol, help, isChanged }: Labelled & { readonly id: string }) => (
  <div className="field__head">
    <label htmlFor={id} className="field__label">
      {symbol ? <span className="field__symbol">{symbol}</span> : null}
      {label}
      <ChangedMark isChanged={isChanged} />
    </label>
    {help ? <Info label={label}>{help}</Info> : null}
  </div>
);

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface SelectProps extends Labelled {
  readonly value: string;
  readonly options: readonly Option[];
  readonly onChange: (value: string) => void;
}

export const SelectField = ({ value, options, onChange, testId, ...head }: SelectProps) => {
  const id = useId();
  return (
    <div className="field">
      <Head id={id} {...head} />
      <select
        id={id}
        className="field__select"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        data-testid={testId}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
};

interface FlagProps extends Labelled {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

export const FlagField = ({ value, onChange, label, help, isChanged, testId }: FlagProps) => {
  const id = useId();
  return (
    <div className="field field--flag">
      <input
        id={id}
        type="checkbox"
        checked={value}
        onChange={(event) => onChange(event.target.checked)}
        data-testid={testId}
      />
      <label htmlFor={id} className="field__label">
        {label}
        <ChangedMark isChanged={isChanged} />
      </label>
      {help ? <Info label={label}>{help}</Info> : null}
    </div>
  );
};

interface TextProps<T> extends Labelled {
  readonly value: T;
  readonly write: (value: T) => string;
  /** The value, or null while the text does not make sense. */
  readonly read: (typed: string) => T | null;
  readonly onChange: (value: T) => void;
  readonly lines?: number;
}

/** A value that is typed as text; it is taken on Enter and when the field is left. */
export const TextField = <T,>({ value, write, read, onChange, lines = 1, testId, ...head }: TextProps<T>) => {
  const id = useId();
  const written = write(value);
  const [typed, setTyped] = useState(written);
  useEffect(() => setTyped(written), [written]);
  const isValid = read(typed) !== null;
  const take = (): void => {
    const next = read(typed);
    if (next === null) setTyped(written);
    else if (write(next) !== written) onChange(next);
    else setTyped(written);
  };
  const shared = {
    id,
    className: 'field__text',
    value: typed,
    spellCheck: false,
    autoComplete: 'off',
    'aria-invalid': !isValid,
    'data-testid': testId,
    onBlur: take,
  };
  return (
    <div className="field">
      <Head id={id} {...head} />
      {lines > 1 ? (
        <textarea {...shared} rows={lines} onChange={(event) => setTyped(event.target.value)} />
      ) : (
        <input
          {...shared}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') take();
          }}
        />
      )}
    </div>
  );
};
