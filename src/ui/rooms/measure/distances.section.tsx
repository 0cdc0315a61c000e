import { useMemo, useState } from 'react';
import type { Spread } from '../../../store/contracts/spread.ts';
import type { LabRun } from '../../../store/contracts/state.ts';
import { bandAt, bandsOf, coursesOfSeeds, waysOfSeeds } from '../../../store/numbers/series.ts';
import { BandLegend } from '../../charts/BandLegend.tsx';
import { type Line, LineChart, type LinePoint } from '../../charts/LineChart.tsx';
import { useSlowVersion } from '../../charts/useChartData.ts';
import { stylesOf } from '../../compare/panels.ts';
import { quantity } from '../../format.ts';
import { useLabState } from '../../hooks/lab.ts';
import type { SeriesStyle } from '../../theme/series.ts';
import { hasMetrics, type RoomSection } from '../room.ts';
import { Choice } from './Choice.tsx';
import { words } from './distances.text.ts';

const POINTS = 150;
const FORGET = 'forgetDistance';
const RETAIN = 'retainDistance';

interface How {
  readonly spread: Spread;
  readonly areSeedsShown: boolean;
}
type LinesOf = (run: LabRun, step: number, how: How) => readonly Line[];
type Each = (run: LabRun, variant: number) => readonly (readonly LinePoint[])[];

const eachVariant =
  (
    points: (run: LabRun, variant: number, spread: Spread) => readonly LinePoint[],
    head: (run: LabRun, variant: number, step: number, spread: Spread) => LinePoint | undefined,
    each: Each,
  ): LinesOf =>
  (run, step, { spread, areSeedsShown }) => {
    const { variants, failures } = run.collector;
    const styles = stylesOf(variants);
    return variants
      .filter(({ variant }) => !failures.has(variant))
      .map(({ variant, label }) => ({
        label,
        style: styles[variant] as SeriesStyle,
        points: points(run, variant, spread),
        head: head(run, variant, step, spread),
        each: areSeedsShown ? each(run, variant) : [],
      }));
  };

const overSteps = (metric: string): LinesOf =>
  eachVariant(
    ({ collector }, variant, spread) =>
      bandsOf(collector, variant, metric, POINTS, spread).map(({ step, band }) => ({
        x: step,
        y: band.median,
        ...(band.n > 1 && { low: band.low, high: band.high }),
      })),
    ({ collector }, variant, step, spread) => {
      const band = bandAt(collector, variant, metric, step, spread);
      return band ? { x: step, y: band.median } : undefined;
    },
    ({ collector }, variant) => coursesOfSeeds(collector, variant, metric, POINTS),
  );

const trajectories: LinesOf = eachVariant(
  ({ collector }, variant, spread) => {
    const forget = bandsOf(collector, variant, FORGET, POINTS, spread);
    const retain = new Map(bandsOf(collector, variant, RETAIN, POINTS, spread).map(({ step, band }) => [step, band]));
    return forget.flatMap(({ step, band }) => {
      const other = retain.get(step);
      return other ? [{ x: band.median, y: other.median }] : [];
    });
  },
  ({ collector }, variant, step, spread) => {
    const [forget, retain] = [FORGET, RETAIN].map((metric) => bandAt(collector, variant, metric, step, spread));
    return forget && retain ? { x: forget.median, y: retain.median } : undefined;
  },
  ({ collector }, variant) => waysOfSeeds(collector, variant, FORGET, RETAIN, POINTS),
);

const summaryOf = (name: string, lines: readonly Line[]): string => {
  const ends = lines.flatMap(({ label, points }) => {
    const last = points.at(-1);
    return last ? [words.end(label, quantity(last.y))] : [];
  });
  return ends.length > 0 ? words.summary(name, ends.join(', ')) : words.none;
};

const CHARTS = [
  {
    testId: 'forget-distance',
    title: words.forget,
    help: words.forgetHelp,
    y: words.forgetAxis,
    of: overSteps(FORGET),
  },
  {
    testId: 'retain-distance',
    title: words.retain,
    help: words.retainHelp,
    y: words.retainAxis,
    of: overSteps(RETAIN),
  },
] as const;

const Distances = () => {
  const run = useLabState((state) => state.run.shown);
  const step = useLabState((state) => state.view.step);
  const spread = useLabState((state) => state.view.spread);
  const areSeedsShown = useLabState((state) => state.view.areSeedsShown);
  const how = useMemo(() => ({ spread, areSeedsShown }), [spread, areSeedsShown]);
  const version = useSlowVersion();
  const [isLog, setIsLog] = useState(true);
  // The run grows in place: its version says when the numbers are new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const lines = useMemo(
    () => ({
      charts: CHARTS.map(({ of }) => (run ? of(run, step, how) : [])),
      ways: run ? trajectories(run, step, how) : [],
    }),
    [run, step, version, how],
  );
  const legend = <BandLegend seeds={run?.collector.seeds.length ?? 0} />;
  const axes = useMemo(
    () => ({
      steps: { label: words.stepAxis, isLog: false },
      forget: { label: words.forgetAxis, isLog },
      retain: { label: words.retainAxis, isLog },
    }),
    [isLog],
  );
  return (
    <>
      <Choice
        label={words.scale}
        options={[words.log, words.linear]}
        chosen={isLog ? 0 : 1}
        onChange={(index) => setIsLog(index === 0)}
      />
      <div className="line-charts">
        {CHARTS.map(({ testId, title, help }, i) => (
          <LineChart
            key={testId}
            testId={testId}
            title={title}
            legend={legend}
            help={help}
            summary={summaryOf(title, lines.charts[i] ?? [])}
            x={axes.steps}
            y={i === 0 ? axes.forget : axes.retain}
            lines={lines.charts[i] ?? []}
            cursor={step}
          />
        ))}
        <LineChart
          testId="distance-trajectories"
          title={words.trajectory}
          legend={legend}
          help={words.trajectoryHelp}
          summary={summaryOf(words.retain, lines.ways)}
          x={axes.forget}
          y={axes.retain}
          lines={lines.ways}
        />
      </div>
    </>
  );
};

export default {
  words,
  order: 20,
  isAvailable: hasMetrics(FORGET, RETAIN),
  Component: Distances,
} satisfies RoomSection;
