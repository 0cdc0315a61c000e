import { useRef, useState } from 'react';
import type { Band } from '../../../store/numbers/series.ts';
import { ChartKeys } from '../../charts/ChartKeys.tsx';
import { TableToggle } from '../../charts/TableToggle.tsx';
import { percent } from '../../format.ts';
import { useSize } from '../../hooks/size.ts';
import { text } from '../../text.ts';

/** A line with its band over seeds. */
export interface AttackCurve {
  readonly name: string;
  readonly color: string;
  readonly dash: string;
  readonly points: readonly { readonly step: number; readonly band: Band; readonly each: readonly number[] }[];
}

interface Props {
  readonly curves: readonly AttackCurve[];
  /** What the horizontal axis counts. */
  readonly axis: string;
  /** The chart in a sentence. */
  readonly summary: string;
  readonly tick?: (step: number) => string;
  /** Each seed as a thin line too. */
  readonly areSeedsShown: boolean;
}

const LEFT = 46;
const TOP = 8;
const BOTTOM = 22;
const RIGHT = 10;
const HEIGHT = 240;

/** At most seven of the steps, both ends among them. */
const ticksOf = (last: number): number[] => {
  const count = Math.min(6, last);
  return [...new Set(Array.from({ length: count + 1 }, (_, i) => Math.round((i * last) / Math.max(1, count))))];
};

const rangeOf = ({ median, low, high, n }: Band): string =>
  n > 1 ? `${percent(median)} (${percent(low)}–${percent(high)})` : percent(median);

/** The curves' numbers as a table, a column for each curve. */
const CurveTable = ({ curves, axis, tick }: Pick<Props, 'curves' | 'axis'> & { tick: (step: number) => string }) => {
  const steps = [...new Set(curves.flatMap(({ points }) => points.map(({ step }) => step)))].sort((a, b) => a - b);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard
    <section className="attack__scroll" aria-label={axis} tabIndex={0}>
      <table className="attack__table">
        <thead>
          <tr>
            <th scope="col">{axis}</th>
            {curves.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step}>
              <th scope="row">{tick(step)}</th>
              {curves.map(({ name, points }) => {
                const found = points.find((point) => point.step === step);
                return <td key={name}>{found ? rangeOf(found.band) : '–'}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

/** Fractions over steps, 0 to 100 %. */
export const Curves = ({ curves, axis, summary, tick = String, areSeedsShown }: Props) => {
  const ref = useRef<HTMLDivElement>(null);
  const [isTable, setIsTable] = useState(false);
  const { width } = useSize(ref);
  const last = Math.max(1, ...curves.flatMap(({ points }) => points.map(({ step }) => step)));
  const [w, h] = [Math.max(1, width - LEFT - RIGHT), HEIGHT - TOP - BOTTOM];
  const x = (step: number): number => LEFT + (step / last) * w;
  const y = (fraction: number): number => TOP + (1 - fraction) * h;
  const line = (points: AttackCurve['points'], of: (band: Band) => number): string =>
    points.map(({ step, band }) => `${x(step).toFixed(1)},${y(of(band)).toFixed(1)}`).join(' ');
  const seedLine = (points: AttackCurve['points'], seed: number): string =>
    points
      .filter(({ each }) => Number.isFinite(each[seed]))
      .map(({ step, each }) => `${x(step).toFixed(1)},${y(each[seed] as number).toFixed(1)}`)
      .join(' ');
  return (
    <div>
      <p className="attack__view">
        <TableToggle isTable={isTable} label={text.charts.table} onToggle={setIsTable} />
      </p>
      {isTable ? <CurveTable {...{ curves, axis, tick }} /> : null}
      <div ref={ref} className="attack__curves" hidden={isTable}>
        <svg className="attack__plot" role="img" aria-label={summary}>
          {[0, 0.25, 0.5, 0.75, 1].map((fraction) => (
            <g key={fraction}>
              <line className="attack__grid" x1={LEFT} x2={LEFT + w} y1={y(fraction)} y2={y(fraction)} />
              <text x={LEFT - 6} y={y(fraction) + 4} textAnchor="end">
                {Math.round(100 * fraction)} %
              </text>
            </g>
          ))}
          {ticksOf(last).map((step) => (
            <text key={step} x={x(step)} y={TOP + h + 16} textAnchor={step === last ? 'end' : 'middle'}>
              {tick(step)}
            </text>
          ))}
          {curves.map(({ name, color, points }) => (
            <polygon
              key={`band ${name}`}
              fill={color}
              fillOpacity={0.14}
              points={`${line(points, ({ high }) => high)} ${line([...points].reverse(), ({ low }) => low)}`}
            />
          ))}
          {areSeedsShown
            ? curves.flatMap(({ name, color, points }) =>
                (points[0]?.each ?? []).map((_, seed) => (
                  <polyline
                    // biome-ignore lint/suspicious/noArrayIndexKey: the seeds have an order of their own
                    key={`${name} ${seed}`}
                    fill="none"
                    stroke={color}
                    strokeWidth={0.75}
                    opacity={0.6}
                    points={seedLine(points, seed)}
                  />
                )),
              )
            : null}
          {curves.map(({ name, color, dash, points }) => (
            <polyline
              key={name}
              fill="none"
              stroke={color}
              strokeWidth={2.5}
              strokeDasharray={dash}
              points={line(points, ({ median }) => median)}
            />
          ))}
        </svg>
        {curves.some(({ points }) => points.length > 0) ? (
          <ChartKeys
            title={axis}
            lines={curves.map(({ name, points }) => ({
              label: name,
              points: points.map(({ step, band }) => ({
                at: step,
                x: x(step),
                y: y(band.median),
                words: () => `${tick(step)}: ${rangeOf(band)}`,
              })),
            }))}
          />
        ) : null}
      </div>
      <p className="attack__axis small muted">{axis}</p>
    </div>
  );
};
