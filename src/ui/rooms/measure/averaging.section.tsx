import { useMemo, useState } from 'react';
import type { Spread } from '../../../store/contracts/spread.ts';
import type { LabRun } from '../../../store/contracts/state.ts';
import { type AveragePoint, averagedAtLevel, averagedAtStep, levelsBelow } from '../../../store/numbers/averages.ts';
import { waysOfSeeds } from '../../../store/numbers/series.ts';
import { BandLegend } from '../../charts/BandLegend.tsx';
import { type Line, LineChart, type LinePoint } from '../../charts/LineChart.tsx';
import { useSlowVersion } from '../../charts/useChartData.ts';
import { stylesOf } from '../../compare/panels.ts';
import { quantity } from '../../format.ts';
import { useLabState } from '../../hooks/lab.ts';
import { isolated } from '../../text/isolate.ts';
import { text } from '../../text.ts';
import type { SeriesStyle } from '../../theme/series.ts';
import { hasMetrics, type RoomSection } from '../room.ts';
import { words } from './averaging.text.ts';
import { Choice } from './Choice.tsx';

const FORGET = 'forgetDistance';
const RETAIN = 'retainDistance';
/** The lowest forget distance that is looked at, in nats, and how many levels there are. */
const FLOOR = 0.005;
const LEVELS = 60;
const POINTS = 150;

type Way = 'step' | 'distance';

/** The point at which a line first comes down to an x, between its points. */
const crossing = (points: readonly AveragePoint[], x: number): number | undefined => {
  for (const [i, point] of points.entries()) {
    if (point.x > x * (1 + 1e-9)) continue;
    const before = points[i - 1];
    if (!before || before.x === point.x) return point.y;
    return before.y + ((before.x - x) / (before.x - point.x)) * (point.y - before.y);
  }
  return undefined;
};

interface Averages {
  readonly variant: number;
  readonly label: string;
  readonly style: SeriesStyle;
  readonly by: Readonly<Record<Way, readonly AveragePoint[]>>;
  /** Each seed's own way. */
  readonly each: readonly (readonly LinePoint[])[];
}

const averagesOf = (
  { collector }: LabRun,
  spread: Spread,
): { readonly runs: readonly Averages[]; readonly level: number } => {
  const styles = stylesOf(collector.variants);
  const levels = levelsBelow(collector, FORGET, FLOOR, LEVELS);
  const runs = collector.variants
    .filter(({ variant }) => !collector.failures.has(variant))
    .map(({ variant, label }) => ({
      variant,
      label,
      style: styles[variant] as SeriesStyle,
      by: {
        step: averagedAtStep(collector, variant, FORGET, RETAIN, spread),
        distance: averagedAtLevel(collector, variant, FORGET, RETAIN, levels, spread),
      },
      each: waysOfSeeds(collector, variant, FORGET, RETAIN, POINTS),
    }));
  return { runs, level: (runs[0]?.by.step[0]?.x ?? Number.NaN) / 10 };
};

const cellFor = ({ by }: Averages, way: Way, level: number): string => {
  const found = crossing(by[way], level);
  return found === undefined ? words.never : quantity(found);
};

const Averaging = () => {
  const run = useLabState((state) => state.run.shown);
  const hidden = useLabState((state) => state.view.hidden);
  const spread = useLabState((state) => state.view.spread);
  const areSeedsShown = useLabState((state) => state.view.areSeedsShown);
  const version = useSlowVersion();
  const [way, setWay] = useState<Way>('step');
  const [isLog, setIsLog] = useState(true);
  // The run grows in place: its version says when the numbers are new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const { runs, level } = useMemo(
    () => (run ? averagesOf(run, spread) : { runs: [], level: Number.NaN }),
    [run, version, spread],
  );
  const lines = useMemo(
    (): readonly Line[] =>
      runs.map(({ label, style, by, each }) => ({ label, style, points: by[way], each: areSeedsShown ? each : [] })),
    [runs, way, areSeedsShown],
  );
  const axes = useMemo(
    () => ({ x: { label: words.forgetAxis, isLog }, y: { label: words.retainAxis, isLog } }),
    [isLog],
  );
  const shown = runs.filter(({ label }) => !hidden.includes(label));
  const ends = shown.map((one) => `${isolated(one.label)} ${cellFor(one, way, level)}`).join(', ');
  return (
    <>
      <Choice
        label={words.choice}
        options={[words.atStep, words.atDistance]}
        chosen={way === 'step' ? 0 : 1}
        onChange={(index) => setWay(index === 0 ? 'step' : 'distance')}
        testId="averaging-choice"
      />
      <Choice
        label={words.scale}
        options={[words.log, words.linear]}
        chosen={isLog ? 0 : 1}
        onChange={(index) => setIsLog(index === 0)}
      />
      <LineChart
        testId="averaging"
        title={words.chart}
        legend={<BandLegend seeds={run?.collector.seeds.length ?? 0} names={words.bands} />}
        help={words.help}
        summary={ends ? words.summary(quantity(level), ends) : words.none}
        x={axes.x}
        y={axes.y}
        lines={lines}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard */}
      <section className="measure__fits" aria-label={text.charts.tableOf(words.title)} tabIndex={0}>
        <table data-testid="averaging-table">
          <caption>
            {words.table} ({words.at(quantity(level))})
          </caption>
          <thead>
            <tr>
              <th scope="col">{words.run}</th>
              <th scope="col">{words.stepColumn}</th>
              <th scope="col">{words.distanceColumn}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <tr key={one.label}>
                <th scope="row">{one.label}</th>
                <td>{cellFor(one, 'step', level)}</td>
                <td>{cellFor(one, 'distance', level)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
};

export default {
  words,
  order: 22,
  isAvailable: (state) => {
    const { seeds = [], variants = [] } = state.run.shown?.collector ?? {};
    return hasMetrics('forgetDistance', 'retainDistance')(state) && seeds.length > 1 && variants.length > 1;
  },
  Component: Averaging,
} satisfies RoomSection;
