import { useId } from 'react';

interface Props {
  readonly label: string;
  readonly options: readonly string[];
  /** Index of the chosen one. */
  readonly chosen: number;
  readonly onChange: (index: number) => void;
  readonly testId?: string;
}

/** One of a few, all of them in sight. */
export const Choice = ({ label, options, chosen, onChange, testId }: Props) => {
  const name = useId();
  return (
    <fieldset className="measure__choices" data-testid={testId}>
      <legend className="hidden-text">{label}</legend>
      <span aria-hidden="true" className="muted">
        {label}:
      </span>
      {options.map((option, i) => (
        <label key={option}>
          <input type="radio" name={name} checked={i === chosen} onChange={() => onChange(i)} /> {option}
        </label>
      ))}
    </fieldset>
  );
};
