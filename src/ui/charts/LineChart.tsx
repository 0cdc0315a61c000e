import { useId, useMemo, useRef } from 'react';
import { quantity } from '../format.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useSize } from '../hooks/size.ts';
import { useThemeName } from '../hooks/theme.ts';
import { Marker, MarkerShape } from '../shell/Marker.tsx';
import type { SeriesStyle } from '../theme/series.ts';
import { ChartFrame } from './ChartFrame.tsx';
import { ChartKeys } from './ChartKeys.tsx';
import { type Scale, scaleOf } from './scales.ts';
import './line-chart.css';

export interface LinePoint {
  readonly x: number;
  readonly y: number;
  /** An error bar. */
  readonly low?: number;
  readonly high?: number;
}

export interface Line {
  readonly label: string;
  readonly style: SeriesStyle;
  readonly points: readonly LinePoint[];
  /** Where the clock is. */
  readonly head?: LinePoint | undefined;
  /** The seeds' own lines, drawn thin. */
  readonly each?: readonly (readonly LinePoint[])[];
  /** A curve that was computed for comparison: thin, without markers. */
  readonly isGuide?: boolean;
}

interface Axis {
  readonly label: string;
  readonly isLog: boolean;
}

interface Props {
  readonly title: string;
  readonly legend: React.ReactNode;
  readonly help: string;
  readonly summary: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  /** An x at which a line is drawn: the clock. */
  readonly cursor?: number | undefined;
  readonly testId: string;
}

const MARGIN = { left: 58, right: 16, top: 14, bottom: 40 };
/** Markers and error bars of a line at most. */
const MARKS = 9;

/** Evenly spread members of a list, both ends among them. */
const spread = <T,>(list: readonly T[], count: number): readonly T[] =>
  list.length <= count
    ? list
    : Array.from({ length: count }, (_, i) => list[Math.round((i * (list.length - 1)) / (count - 1))] as T);

const isDrawable = (axis: Axis, value: number): boolean => Number.isFinite(value) && (!axis.isLog || value > 0);

const Grid = ({ x, y, box, axes }: { x: Scale; y: Scale; box: typeof MARGIN; axes: { x: Axis; y: Axis } }) => (
  <g className="line-chart__axes">
    {y.ticks.map((tick) => (
      <g key={tick}>
        <path d={`M${box.left} ${y.at(tick)}H${box.right}`} />
        <text x={box.left - 6} y={y.at(tick)} dy="0.35em" textAnchor="end">
          {quantity(tick)}
        </text>
      </g>
    ))}
    {x.ticks.map((tick) => (
      <g key={tick}>
        <path d={`M${x.at(tick)} ${box.top}V${box.bottom}`} />
        <text x={x.at(tick)} y={box.bottom + 14} textAnchor="middle">
          {quantity(tick)}
        </text>
      </g>
    ))}
    <text x={(box.left + box.right) / 2} y={box.bottom + 31} textAnchor="middle" className="line-chart__name">
      {axes.x.label}
    </text>
    <text
      transform={`translate(13 ${(box.top + box.bottom) / 2}) rotate(-90)`}
      textAnchor="middle"
      className="line-chart__name"
    >
      {axes.y.label}
    </text>
  </g>
);

const Drawn = ({ line, x, y }: { readonly line: Line; readonly x: Scale; readonly y: Scale }) => {
  const theme = useThemeName();
  const { points, style, head, isGuide, each = [] } = line;
  const color = style.color[theme];
  const pathOf = (list: readonly LinePoint[]): string =>
    list.map((p, i) => `${i === 0 ? 'M' : 'L'}${x.at(p.x).toFixed(1)} ${y.at(p.y).toFixed(1)}`).join('');
  const marks = isGuide ? [] : spread(points, MARKS);
  return (
    <g>
      {each.map((one, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the seeds have an order of their own
        <path key={i} d={pathOf(one)} fill="none" stroke={color} strokeWidth={0.75} opacity={0.6} data-seed={i} />
      ))}
      <path d={pathOf(points)} fill="none" stroke={color} strokeWidth={isGuide ? 1 : 2} strokeDasharray={style.dash} />
      {marks.map((p) => (
        <g key={`${p.x}/${p.y}`}>
          {p.low !== undefined && p.high !== undefined && p.high > p.low ? (
            <path
              d={`M${x.at(p.x)} ${y.at(p.low)}V${y.at(p.high)}m-3 0h6M${x.at(p.x) - 3} ${y.at(p.low)}h6`}
              stroke={color}
              strokeWidth={1}
              opacity={0.7}
            />
          ) : null}
          <g transform={`translate(${x.at(p.x)} ${y.at(p.y)})`}>
            <MarkerShape style={style} size={8} />
          </g>
        </g>
      ))}
      {head ? (
        <g transform={`translate(${x.at(head.x)} ${y.at(head.y)})`}>
          <MarkerShape style={style} size={14} />
        </g>
      ) : null}
    </g>
  );
};

/** Every line by its look; pressing one hides or shows the run on the whole page. */
const Legend = ({ lines, hidden }: { readonly lines: readonly Line[]; readonly hidden: readonly string[] }) => {
  const lab = useLab();
  return (
    <ul className="line-chart__legend">
      {lines
        .filter(({ isGuide }) => !isGuide)
        .map(({ label, style }) => (
          <li key={label}>
            <button
              type="button"
              className="line-chart__entry"
              aria-pressed={!hidden.includes(label)}
              onClick={() => lab.view.toggleHidden(label)}
            >
              <Marker style={style} />
              {label}
            </button>
          </li>
        ))}
    </ul>
  );
};

const ROWS = 21;

const cellOf = ({ y, low, high }: LinePoint): string =>
  low !== undefined && high !== undefined && high > low
    ? `${quantity(y)} (${quantity(low)}–${quantity(high)})`
    : quantity(y);

const Table = ({ lines, x, y }: { readonly lines: readonly Line[]; readonly x: Axis; readonly y: Axis }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard
  <section className="chart__table" aria-label={y.label} tabIndex={0}>
    {lines.map(({ label, points }) => (
      <table key={label}>
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{x.label}</th>
            <th scope="col">{y.label}</th>
          </tr>
        </thead>
        <tbody>
          {spread(points, ROWS).map((point) => (
            <tr key={`${point.x}/${point.y}`}>
              <th scope="row">{quantity(point.x)}</th>
              <td>{cellOf(point)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    ))}
  </section>
);

/** Lines with markers and error bars over linear or logarithmic axes, as papers draw them; and the same as tables. */
export const LineChart = (props: Props) => {
  const { title, legend, help, summary, x: xAxis, y: yAxis, lines, cursor, testId } = props;
  const hidden = useLabState((state) => state.view.hidden);
  const body = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(body);
  const clip = useId();
  const visible = useMemo(
    () =>
      lines
        .filter(({ label }) => !hidden.includes(label))
        .map((line) => {
          const drawable = (points: readonly LinePoint[]) =>
            points.filter((p) => isDrawable(xAxis, p.x) && isDrawable(yAxis, p.y));
          return { ...line, points: drawable(line.points), each: (line.each ?? []).map(drawable) };
        }),
    [lines, hidden, xAxis, yAxis],
  );
  const box = { left: MARGIN.left, top: MARGIN.top, right: width - MARGIN.right, bottom: height - MARGIN.bottom };
  const own = visible.filter(({ isGuide }) => !isGuide).flatMap(({ points, each }) => [...points, ...each.flat()]);
  const x = scaleOf(
    own.map((p) => p.x),
    box.left,
    box.right,
    { isLog: xAxis.isLog, fromZero: true },
  );
  const y = scaleOf(
    own.flatMap((p) => [p.y, p.low ?? p.y, p.high ?? p.y]),
    box.bottom,
    box.top,
    { isLog: yAxis.isLog, fromZero: true },
  );
  return (
    <div className="line-chart">
      <ChartFrame
        title={title}
        legend={legend}
        help={help}
        summary={summary}
        table={() => <Table lines={visible} x={xAxis} y={yAxis} />}
        testId={testId}
      >
        <div ref={body} className="chart__stack">
          {width > 120 && height > 90 ? (
            <svg width={width} height={height} role="img" aria-label={summary}>
              <clipPath id={clip}>
                <rect
                  x={box.left - 8}
                  y={box.top - 8}
                  width={box.right - box.left + 16}
                  height={box.bottom - box.top + 16}
                />
              </clipPath>
              <Grid x={x} y={y} box={box} axes={{ x: xAxis, y: yAxis }} />
              {cursor !== undefined && isDrawable(xAxis, cursor) ? (
                <path className="line-chart__cursor" d={`M${x.at(cursor)} ${box.top}V${box.bottom}`} />
              ) : null}
              <g clipPath={`url(#${clip})`}>
                {visible.map((line) => (
                  <Drawn key={line.label} line={line} x={x} y={y} />
                ))}
              </g>
            </svg>
          ) : null}
          {own.length > 0 ? (
            <ChartKeys
              title={title}
              lines={visible.map(({ label, points }) => ({
                label,
                points: points.map((point) => ({
                  at: point.x,
                  x: x.at(point.x),
                  y: y.at(point.y),
                  words: () => `${xAxis.label} ${quantity(point.x)}, ${yAxis.label} ${cellOf(point)}`,
                })),
              }))}
            />
          ) : null}
        </div>
      </ChartFrame>
      <Legend lines={lines} hidden={hidden} />
    </div>
  );
};
