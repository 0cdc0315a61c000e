import type { ParamValue } from '../../../engine/base/schema.ts';
import { cellAt, combinations, type SweepAxis, type SweepCell, type SweepTable } from '../../../store/numbers/sweep.ts';
import { quantity } from '../../format.ts';
import { sweepText as text } from './sweep.text.ts';

/** What opens a setting. */
export type Take = (cell: SweepCell) => void;

/** How near a cell is to the retrained model, from 0 (the farthest of all) to 1 (a match). */
const nearness = ({ gap }: SweepCell, { mostGap }: SweepTable): number =>
  Number.isNaN(gap) ? 0 : mostGap > 0 ? 1 - gap / mostGap : 1;

const Field = ({
  cell,
  table,
  seeds,
  take,
}: {
  readonly cell: SweepCell | undefined;
  readonly table: SweepTable;
  readonly seeds: number;
  readonly take: Take;
}) => {
  if (!cell) return <td />;
  const near = nearness(cell, table);
  const value = cell.band ? quantity(cell.band.median) : text.none;
  const words = cell.diverged > 0 ? `${value}, ${text.diverged(cell.diverged, seeds)}` : value;
  return (
    <td>
      <button
        type="button"
        className="sweep__cell"
        // So strong at most that the text can be read on all of them, in every theme.
        style={{ background: `color-mix(in srgb, var(--accent) ${Math.round(3 + 52 * near)}%, var(--paper))` }}
        aria-label={text.take(cell.label, words)}
        title={words}
        onClick={() => take(cell)}
        data-testid={`sweep-cell-${cell.variant}`}
      >
        {cell.band ? value : '–'}
        {cell.diverged > 0 ? <span aria-hidden="true">⚠</span> : null}
      </button>
    </td>
  );
};

interface Props {
  readonly table: SweepTable;
  readonly seeds: number;
  readonly nameOf: (path: string) => string;
  readonly take: Take;
}

const OneMap = ({
  table,
  seeds,
  nameOf,
  take,
  fixed,
  down,
  across,
}: Props & {
  readonly fixed: Readonly<Record<string, ParamValue>>;
  readonly down: SweepAxis;
  readonly across: SweepAxis;
}) => (
  <table className="sweep__map">
    <caption className="small muted">
      {Object.entries(fixed)
        .map(([path, value]) => `${nameOf(path)} = ${value}`)
        .join(', ')}
    </caption>
    <thead>
      <tr>
        <th scope="col" className="small">
          {nameOf(down.path)} \ {nameOf(across.path)}
        </th>
        {across.values.map((value) => (
          <th key={String(value)} scope="col">
            {String(value)}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {down.values.map((y) => (
        <tr key={String(y)}>
          <th scope="row">{String(y)}</th>
          {across.values.map((x) => (
            <Field
              key={String(x)}
              cell={cellAt(table, { ...fixed, [down.path]: y, [across.path]: x })}
              {...{ table, seeds, take }}
            />
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

/** Two settings against each other; one map for each combination of any further ones. */
export const SweepMap = (props: Props) => {
  const [down, across, ...others] = props.table.axes;
  if (!down || !across) return null;
  return (
    <div className="sweep__maps">
      {combinations(others).map((fixed) => (
        <OneMap key={JSON.stringify(fixed)} {...props} {...{ fixed, down, across }} />
      ))}
    </div>
  );
};
