import type { SweepCell, SweepTable } from '../../../store/numbers/sweep.ts';
import { quantity } from '../../format.ts';
import type { Take } from './SweepMap.tsx';
import { sweepText as text } from './sweep.text.ts';

const [WIDTH, HEIGHT] = [360, 190];
const [LEFT, RIGHT, TOP, BOTTOM] = [52, 14, 10, 34];
/** Values this far apart stand on a logarithmic axis. */
const WIDE = 20;

interface Props {
  readonly table: SweepTable;
  readonly seeds: number;
  readonly name: string;
  readonly take: Take;
  readonly areSeedsShown: boolean;
}

/** Places of the values from 0 to 1: by their size where they are numbers, else evenly. */
const placesOf = (values: readonly unknown[]): readonly number[] => {
  const numbers = values.filter((value) => typeof value === 'number');
  const even = values.map((_, i) => (values.length > 1 ? i / (values.length - 1) : 0.5));
  if (numbers.length < values.length) return even;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  if (high <= low) return even;
  const isLog = low > 0 && high / low >= WIDE;
  const at = (value: number): number => (isLog ? Math.log(value) : value);
  return numbers.map((value) => (at(value) - at(low)) / (at(high) - at(low)));
};

/** Ends of the vertical axis around everything that is drawn. */
const rangeOf = ({ cells, retrained }: SweepTable, areSeedsShown: boolean): readonly [number, number] => {
  const bands = [...cells.map(({ band }) => band), retrained].filter((band) => band !== null);
  const each = areSeedsShown ? cells.flatMap((cell) => cell.each).filter(Number.isFinite) : [];
  const low = Math.min(...bands.map((band) => band.low), ...each);
  const high = Math.max(...bands.map((band) => band.high), ...each);
  return high > low ? [low, high] : [low - 0.5, high + 0.5];
};

/** One setting against a metric: the middle and the band over seeds, each value a button. */
export const SweepCurve = ({ table, seeds, name, take, areSeedsShown }: Props) => {
  const [axis] = table.axes;
  if (!axis || table.cells.every(({ band }) => band === null)) return <p className="small muted">{text.later}</p>;
  const [low, high] = rangeOf(table, areSeedsShown);
  const places = placesOf(axis.values);
  const y = (value: number): number => TOP + (1 - (value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const points = axis.values
    .map((value, i) => ({
      value,
      x: LEFT + (places[i] as number) * (WIDTH - LEFT - RIGHT),
      cell: table.cells.find(({ swept }) => swept[axis.path] === value),
    }))
    .sort((a, b) => a.x - b.x);
  const drawn = points.flatMap(({ x, cell }) => (cell?.band ? [{ x, band: cell.band }] : []));
  const upper = drawn.map(({ x, band }) => `${x},${y(band.high)}`);
  const lower = drawn.map(({ x, band }) => `${x},${y(band.low)}`).reverse();
  const press = (cell: SweepCell) => ({
    role: 'button',
    tabIndex: 0,
    onClick: () => take(cell),
    onKeyDown: (event: { readonly key: string; readonly preventDefault: () => void }) => {
      if (event.key !== 'Enter' && event.key !== ' ') return;
      event.preventDefault();
      take(cell);
    },
  });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture has no fieldset
    <svg className="sweep__curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="group" aria-label={name}>
      {[low, high].map((value) => (
        <text key={value} x={LEFT - 6} y={y(value) + 4} textAnchor="end">
          {quantity(value)}
        </text>
      ))}
      <line className="sweep__axis" x1={LEFT} x2={WIDTH - RIGHT} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      {table.retrained ? (
        <line
          className="sweep__retrained"
          x1={LEFT}
          x2={WIDTH - RIGHT}
          y1={y(table.retrained.median)}
          y2={y(table.retrained.median)}
        />
      ) : null}
      <polygon className="sweep__band" points={[...upper, ...lower].join(' ')} />
      {areSeedsShown
        ? points.flatMap(({ x, cell }) =>
            (cell?.each ?? []).map((value, seed) =>
              Number.isFinite(value) ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the seeds have an order of their own
                <circle key={`${x}/${seed}`} cx={x} cy={y(value)} r={2} className="sweep__seed" />
              ) : null,
            ),
          )
        : null}
      <polyline className="sweep__line" points={drawn.map(({ x, band }) => `${x},${y(band.median)}`).join(' ')} />
      {points.map(({ value, x, cell }, i) => {
        if (!cell) return null;
        const words = cell.band ? quantity(cell.band.median) : text.none;
        const more = cell.diverged > 0 ? `, ${text.diverged(cell.diverged, seeds)}` : '';
        return (
          <g
            key={String(value)}
            className="sweep__point"
            {...press(cell)}
            aria-label={text.take(cell.label, words + more)}
            data-testid={`sweep-cell-${cell.variant}`}
          >
            <title>{`${words}${more}`}</title>
            <circle cx={x} cy={y(cell.band?.median ?? low)} r={12} className="sweep__target" />
            <circle cx={x} cy={y(cell.band?.median ?? low)} r={4.5} className="sweep__dot" />
            {points.length <= 8 || i % 2 === 0 ? (
              <text x={x} y={HEIGHT - BOTTOM + 14} textAnchor="middle">
                {typeof value === 'number' ? quantity(value) : String(value)}
              </text>
            ) : null}
          </g>
        );
      })}
      <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 4} textAnchor="middle" className="sweep__name">
        {name}
      </text>
    </svg>
  );
};
