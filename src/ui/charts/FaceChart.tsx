import { useMemo, useRef } from 'react';
import type { OtherFace } from '../../scenario/format/catalogue.ts';
import { thinned } from '../../store/numbers/series.ts';
import { percent, quantity } from '../format.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useOffer } from '../hooks/offer.ts';
import { useSize } from '../hooks/size.ts';
import { useThemeName } from '../hooks/theme.ts';
import { MarkerShape } from '../shell/Marker.tsx';
import { isolated } from '../text/isolate.ts';
import { term, text } from '../text.ts';
import { ORIGINAL_STYLE, RETRAINED_STYLE } from '../theme/series.ts';
import { ChartFrame } from './ChartFrame.tsx';
import { ChartKeys } from './ChartKeys.tsx';
import { words } from './face.text.ts';
import { type FaceWay, faceCount, facePlane, faceReference, faceStart, faceTicks, faceWays } from './face.ts';
import { placed, textWidth } from './place.ts';
import { type Plane, planeOf } from './trajectories.ts';
import { useTypeScale } from './type-scale.ts';
import { useSlowVersion } from './useChartData.ts';

interface Axis {
  readonly x: string;
  readonly y: string;
}

interface AxesProps {
  readonly plane: Plane;
  readonly start: number;
  readonly axis: Axis;
  readonly limit: OtherFace['limit'];
}

const Axes = ({ plane, start, axis, limit }: AxesProps) => {
  const { frame, scale } = plane;
  return (
    <g className="tradeoff__axes">
      <rect
        className="tradeoff__frame"
        x={frame.left}
        y={frame.top}
        width={frame.right - frame.left}
        height={frame.bottom - frame.top}
        rx={4}
      />
      {[0, 0.5, 1].map((value) => (
        <g key={value}>
          <path d={`M${frame.left} ${plane.y(value)}H${frame.right}`} />
          <text x={frame.left - 6} y={plane.y(value)} dy="0.35em" textAnchor="end">
            {percent(value)}
          </text>
        </g>
      ))}
      {faceTicks(start).map((value) => (
        <g key={value}>
          <path d={`M${plane.x(value)} ${frame.bottom}V${frame.top}`} />
          <text x={plane.x(value)} y={frame.bottom + 14 * scale} textAnchor="middle">
            {quantity(value)}
          </text>
        </g>
      ))}
      <path className="tradeoff__limit" d={`M${plane.x(limit.at)} ${frame.bottom}V${frame.top}`} />
      <text x={plane.x(limit.at) - 4} y={frame.bottom - 5} textAnchor="end">
        {term(limit.title)}
      </text>
      <text x={frame.left} y={frame.bottom + 30 * scale} className="tradeoff__word">
        {axis.x}
      </text>
      <text x={frame.left} y={frame.top - 8 * scale} className="tradeoff__word">
        {axis.y}
      </text>
    </g>
  );
};

const pathOf = (plane: Plane, points: readonly { readonly x: number; readonly y: number }[]): string =>
  points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${plane.x(x).toFixed(1)} ${plane.y(y).toFixed(1)}`).join('');

const Ways = ({ plane, ways }: { readonly plane: Plane; readonly ways: readonly FaceWay[] }) => {
  const theme = useThemeName();
  return ways.map(({ label, style, points, dots, each }) => {
    const color = style.color[theme];
    return (
      <g key={label} data-way={label}>
        {each.map((way, i) => (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: the seeds have an order of their own
            key={i}
            d={pathOf(plane, way)}
            fill="none"
            stroke={color}
            strokeWidth={0.75}
            opacity={0.45}
            data-seed={i}
          />
        ))}
        <path
          d={pathOf(plane, points)}
          fill="none"
          stroke={color}
          strokeWidth={2 * plane.scale}
          strokeDasharray={style.dash}
          strokeLinejoin="round"
        />
        {dots.map(({ step, x, y }) => (
          <circle key={step} cx={plane.x(x)} cy={plane.y(y)} r={3 * plane.scale} fill={color} />
        ))}
      </g>
    );
  });
};

const MARK = 13;

interface HeadsProps {
  readonly plane: Plane;
  readonly ways: readonly FaceWay[];
  /** Where no label may stand. */
  readonly references: readonly { readonly x: number; readonly y: number }[];
}

/** Where each run is at the clock's step, with its name. */
const Heads = ({ plane, ways, references }: HeadsProps) => {
  const half = (MARK * plane.scale) / 2;
  const heads = ways.flatMap(({ label, style, head }) => (head ? [{ label, style, head }] : []));
  const places = placed(
    heads.map(({ label, head }) => ({
      x: plane.x(head.x),
      y: plane.y(head.y),
      width: textWidth(label, 12 * plane.scale),
    })),
    {
      line: 15 * plane.scale,
      half,
      frame: plane.frame,
      taken: references.map(({ x, y }) => ({
        left: plane.x(x) - half,
        right: plane.x(x) + half,
        top: plane.y(y) - half,
        bottom: plane.y(y) + half,
      })),
    },
  );
  return (
    <g className="tradeoff__heads">
      {heads.map(({ label, style, head }, i) => {
        const place = places[i];
        const [x, y] = [plane.x(head.x), plane.y(head.y)];
        return (
          <g key={label}>
            {place?.isLed ? <path className="tradeoff__lead" d={`M${x} ${y}L${place.x} ${place.y}`} /> : null}
            <g transform={`translate(${x} ${y})`}>
              <MarkerShape style={style} size={MARK * plane.scale} />
            </g>
            {place ? (
              <text x={place.x} y={place.y} dy="0.35em" textAnchor={place.anchor} className="tradeoff__label">
                {label}
              </text>
            ) : null}
          </g>
        );
      })}
    </g>
  );
};

const ROWS = 25;

const Table = ({ ways, axis }: { readonly ways: readonly FaceWay[]; readonly axis: Axis }) => {
  const steps = [...new Set(ways.flatMap(({ points }) => points.map(({ step }) => step)))].sort((a, b) => a - b);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard
    <section className="chart__table" aria-label={text.charts.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.step}</th>
            {ways.flatMap(({ label }) => [
              <th key={`x${label}`} scope="col">
                {label}, {axis.x}
              </th>,
              <th key={`y${label}`} scope="col">
                {label}, {axis.y}
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {thinned(steps.length, ROWS).map((row) => {
            const step = steps[row] as number;
            return (
              <tr key={step}>
                <th scope="row">{step}</th>
                {ways.flatMap(({ label, points }) => {
                  const at = points.find((point) => point.step === step);
                  return [<td key={`x${label}`}>{quantity(at?.x)}</td>, <td key={`y${label}`}>{percent(at?.y)}</td>];
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
};

interface Props {
  readonly face: OtherFace;
  /** The switch back. */
  readonly tools: React.ReactNode;
}

/** The trade-off plane's other face: a utility against the exponent of a p-value, as a paper draws it. */
export const FaceChart = ({ face, tools }: Props) => {
  const body = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(body);
  const scale = useTypeScale();
  const lab = useLab();
  const metrics = useOffer()?.metrics ?? [];
  const run = useLabState((state) => state.run.shown);
  const step = useLabState((state) => state.view.step);
  const hidden = useLabState((state) => state.view.hidden);
  const version = useSlowVersion();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the run grows in place, its version says when numbers are new
  const ways = useMemo(() => (run ? faceWays(run, face, step, hidden) : []), [run, face, step, hidden, version]);
  const [original, retrained] = (['original', 'retrained'] as const).map((model) =>
    run ? faceReference(run, face, model) : undefined,
  );
  const references = [original, retrained].filter((one) => one !== undefined);
  const start = faceStart(
    ways,
    references.map(({ x }) => x),
    face.limit.at,
  );
  const plane = useMemo(() => facePlane(planeOf(width, height, scale), start), [width, height, scale, start]);
  const titleOf = (id: string): string => term(metrics.find((metric) => metric.id === id)?.title ?? id);
  const counts = run ? faceCount(run) : [];
  const axis = { x: words.x(titleOf(face.x), counts.join('–')), y: titleOf(face.y) };
  const ends = ways.flatMap(({ label, points }) => {
    const end = points.at(-1);
    return end ? [words.end(isolated(label), quantity(end.x), percent(end.y))] : [];
  });
  const summary = ends.length === 0 ? words.none : words.summary(text.listed(ends), percent(retrained?.y));
  return (
    <ChartFrame
      title={text.charts.tradeoffTitle}
      legend={words.legend(run?.collector.seeds.length ?? 1)}
      help={words.help}
      summary={summary}
      tools={tools}
      table={() => <Table ways={ways} axis={axis} />}
      testId="tradeoff"
    >
      <div ref={body} className="chart__stack">
        {width > 100 && height > 60 ? (
          <svg width={width} height={height} className="tradeoff" role="img" aria-label={summary} data-testid="face">
            <Axes plane={plane} start={start} axis={axis} limit={face.limit} />
            <Ways plane={plane} ways={ways} />
            {original ? (
              <g transform={`translate(${plane.x(original.x)} ${plane.y(original.y)})`}>
                <MarkerShape style={ORIGINAL_STYLE} size={14 * scale} />
              </g>
            ) : null}
            {retrained ? (
              <g transform={`translate(${plane.x(retrained.x)} ${plane.y(retrained.y)})`}>
                <MarkerShape style={RETRAINED_STYLE} size={15 * scale} />
              </g>
            ) : null}
            <Heads plane={plane} ways={ways} references={references} />
          </svg>
        ) : null}
        {ends.length > 0 ? (
          <ChartKeys
            title={text.charts.tradeoffTitle}
            lines={ways.map(({ label, points }) => ({
              label,
              points: points.map((point) => ({
                at: point.step,
                x: plane.x(point.x),
                y: plane.y(point.y),
                words: () => words.point(point.step, quantity(point.x), percent(point.y)),
              })),
            }))}
            onPick={lab.clock.setStep}
          />
        ) : null}
      </div>
    </ChartFrame>
  );
};
