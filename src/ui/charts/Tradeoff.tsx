import { memo, Suspense, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { LabRun } from '../../store/contracts/state.ts';
import { type Ghost, useGhosts } from '../compare/ghosts.ts';
import { percent } from '../format.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useHeadline, useOffer } from '../hooks/offer.ts';
import { useSize } from '../hooks/size.ts';
import { useThemeName } from '../hooks/theme.ts';
import { lazily } from '../shell/lazily.ts';
import { isolated } from '../text/isolate.ts';
import { term, text } from '../text.ts';
import { ChartFrame } from './ChartFrame.tsx';
import { ChartKeys } from './ChartKeys.tsx';
import { ChartTable } from './ChartTable.tsx';
import type { ChartData } from './data.ts';
import { frontOf } from './front.ts';
import { TradeoffHeads } from './TradeoffHeads.tsx';
import { TradeoffReferences } from './TradeoffReferences.tsx';
import { type Plane, planeOf, type Trajectory, trajectoriesOf } from './trajectories.ts';
import { useTypeScale } from './type-scale.ts';

interface PathsProps {
  readonly plane: Plane;
  readonly trajectories: readonly Trajectory[];
}

/** The way of each run through the plane. A click goes to the step nearest to it. */
const Paths = memo(({ plane, trajectories }: PathsProps) => {
  const lab = useLab();
  const theme = useThemeName();
  const goTo = (trajectory: Trajectory, event: React.MouseEvent<SVGPathElement>): void => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (!box) return;
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const distance = ({ forget, keep }: { forget: number; keep: number }): number =>
      (plane.x(forget) - x) ** 2 + (plane.y(keep) - y) ** 2;
    const nearest = trajectory.points.reduce((best, point) => (distance(point) < distance(best) ? point : best));
    lab.clock.setStep(nearest.step);
  };
  return trajectories.map((trajectory) => {
    const { label, style, points, ticks } = trajectory;
    const d = points
      .map(({ forget, keep }, i) => `${i === 0 ? 'M' : 'L'}${plane.x(forget).toFixed(1)} ${plane.y(keep).toFixed(1)}`)
      .join('');
    const color = style.color[theme];
    return (
      <g key={label}>
        <path
          d={d}
          fill="none"
          stroke={color}
          strokeWidth={2 * plane.scale}
          strokeDasharray={style.dash}
          strokeLinejoin="round"
        />
        {ticks.map(({ step, forget, keep }) => (
          <circle key={step} cx={plane.x(forget)} cy={plane.y(keep)} r={2 * plane.scale} fill={color} />
        ))}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: the clock does the same by keyboard */}
        <path
          d={d}
          fill="none"
          stroke="transparent"
          strokeWidth={16}
          className="tradeoff__hit"
          onClick={(event) => goTo(trajectory, event)}
        />
      </g>
    );
  });
});

/** The ways of pinned results. */
const GhostPaths = ({ plane, ghosts }: { readonly plane: Plane; readonly ghosts: readonly Ghost[] }) => {
  const theme = useThemeName();
  return ghosts.map(({ pin, style }) => (
    <path
      key={pin.letter}
      d={pin.points
        .map(({ forget, keep }, i) => `${i === 0 ? 'M' : 'L'}${plane.x(forget).toFixed(1)} ${plane.y(keep).toFixed(1)}`)
        .join('')}
      fill="none"
      stroke={style.color[theme]}
      strokeWidth={1}
      strokeDasharray={style.dash}
      strokeLinejoin="round"
      data-testid="ghost"
    />
  ));
};

const Axes = ({ plane }: { readonly plane: Plane }) => {
  const headline = useHeadline();
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
          <path d={`M${plane.x(value)} ${frame.bottom}V${frame.top}`} />
          <text x={frame.left - 6} y={plane.y(value)} dy="0.35em" textAnchor="end">
            {percent(value)}
          </text>
          <text x={plane.x(value)} y={frame.bottom + 14 * scale} textAnchor="middle">
            {percent(value)}
          </text>
        </g>
      ))}
      <text x={frame.right} y={frame.bottom + 30 * scale} textAnchor="end">
        <tspan className="tradeoff__word">{text.charts.xForgotten}</tspan> {headline.forget}
      </text>
      <text x={frame.left} y={frame.top - 8 * scale}>
        <tspan className="tradeoff__word">{text.charts.yKept}</tspan> {headline.keep}
      </text>
    </g>
  );
};

const summaryOf = (
  trajectories: readonly Trajectory[],
  ghosts: readonly Ghost[],
  target: number | undefined,
): string => {
  const pinned = ghosts.map(({ pin }) => ({ label: text.plane.pinned(pin.name), points: pin.points }));
  const ends = [...trajectories, ...pinned].flatMap(({ label, points }) => {
    const end = points.at(-1);
    return end ? [{ label, forget: end.forget, keep: end.keep }] : [];
  });
  if (ends.length === 0) return text.charts.empty;
  const all = ends.map(({ label, forget, keep }) => `${isolated(label)} ${percent(forget)} / ${percent(keep)}`);
  const told = text.charts.tradeoffSummary(text.listed(all));
  if (target === undefined) return told;
  return `${told} ${text.plane.frontSummary(text.listed(frontOf(ends, target).map(({ label }) => label)))}`;
};

interface Props {
  readonly data: ChartData | null;
}

/** Forgetting against keeping: the retrained model is the target, not the corner. */
const Plain = ({ data, tools }: Props & { readonly tools: React.ReactNode }) => {
  const body = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(body);
  const scale = useTypeScale();
  const plane = useMemo(() => planeOf(width, height, scale), [width, height, scale]);
  const trajectories = useMemo(() => (data ? trajectoriesOf(data) : []), [data]);
  const run: LabRun | null = useLabState((state) => state.run.shown);
  const ghosts = useGhosts();
  const lab = useLab();
  const summary = summaryOf(trajectories, ghosts, data?.forget.retrained?.median);
  return (
    <ChartFrame
      title={text.charts.tradeoffTitle}
      legend={data ? text.charts.ring(data.seeds, data.spread) : ''}
      help={`${text.charts.tradeoffHelp} ${text.plane.frontHint}`}
      summary={summary}
      tools={tools}
      table={() => (data ? <ChartTable data={data} /> : null)}
      testId="tradeoff"
    >
      <div ref={body} className="chart__stack">
        {width > 100 && height > 60 ? (
          <svg width={width} height={height} className="tradeoff" role="img" aria-label={summary}>
            <Axes plane={plane} />
            {data ? <TradeoffReferences plane={plane} data={data} /> : null}
            <GhostPaths plane={plane} ghosts={ghosts} />
            <Paths plane={plane} trajectories={trajectories} />
            {run ? <TradeoffHeads plane={plane} run={run} ghosts={ghosts} data={data} /> : null}
          </svg>
        ) : null}
        {trajectories.length > 0 ? (
          <ChartKeys
            title={text.charts.tradeoffTitle}
            lines={[
              ...trajectories,
              ...ghosts.map(({ pin }) => ({ label: text.plane.pinned(pin.name), points: pin.points })),
            ].map(({ label, points }) => ({
              label,
              points: points.map(({ step, forget, keep }) => ({
                at: step,
                x: plane.x(forget),
                y: plane.y(keep),
                words: () => text.plane.point(step, percent(forget), percent(keep)),
              })),
            }))}
            onPick={lab.clock.setStep}
          />
        ) : null}
      </div>
    </ChartFrame>
  );
};

/** Which face of the plane is up, wherever it is drawn. */
const turned = createStore(() => false);

const FaceChart = lazily(async () => (await import('./FaceChart.tsx')).FaceChart);

/** The trade-off plane, with a switch to its other face where the family has one. */
export const Tradeoff = ({ data }: Props) => {
  const face = useOffer()?.own?.otherFace;
  const isTurned = useStore(turned);
  if (!face) return <Plain data={data} tools={null} />;
  const tools = (
    <button
      type="button"
      className="button button--plain chart__turn"
      aria-pressed={isTurned}
      onClick={() => turned.setState(!isTurned, true)}
      data-testid="tradeoff-turn"
    >
      <span aria-hidden="true">⇄</span> {term(face.title)}
    </button>
  );
  return isTurned ? (
    <Suspense>
      <FaceChart face={face} tools={tools} />
    </Suspense>
  ) : (
    <Plain data={data} tools={tools} />
  );
};
