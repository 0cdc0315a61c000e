import { quantity } from '../../format.ts';
import { words } from './numbers.text.ts';

interface Props {
  /** What a model says at the place that is pointed at; undefined until it is known. */
  readonly value: number | undefined;
  /** The lowest and the highest of the seeds. */
  readonly range: readonly [number, number] | undefined;
}

/** What a model says at the place, in its picture's corner. */
export const Says = ({ value, range }: Props) =>
  value === undefined ? null : (
    <p className="curve__says small" data-testid="says">
      {words.says(quantity(value))}
      {range ? <span className="muted"> ({words.between(quantity(range[0]), quantity(range[1]))})</span> : null}
    </p>
  );
