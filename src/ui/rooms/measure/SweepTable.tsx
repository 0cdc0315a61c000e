import type { Band } from '../../../store/numbers/series.ts';
import type { SweepTable as Swept } from '../../../store/numbers/sweep.ts';
import { quantity } from '../../format.ts';
import { sweepText as text } from './sweep.text.ts';

const shown = (band: Band | null): string => {
  if (!band) return text.none;
  return band.n > 1 ? `${quantity(band.median)} (${quantity(band.low)}–${quantity(band.high)})` : quantity(band.median);
};

/** One setting against a metric in a sentence. */
export const sweepSummary = ({ axes, cells }: Swept, name: string): string => {
  const path = axes[0]?.path ?? '';
  return text.summary(name, cells.map(({ swept, band }) => `${swept[path]}: ${shown(band)}`).join('; '));
};

interface Props {
  readonly table: Swept;
  readonly name: string;
  readonly metric: string;
}

/** A sweep as a table: median and range over seeds. */
export const SweepTable = ({ table, name, metric }: Props) => {
  const path = table.axes[0]?.path ?? '';
  return (
    <table className="sweep__values">
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col">{metric}</th>
        </tr>
      </thead>
      <tbody>
        {table.cells.map(({ variant, swept, band }) => (
          <tr key={variant}>
            <th scope="row">{String(swept[path])}</th>
            <td>{shown(band)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
