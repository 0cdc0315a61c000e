import { useMemo, useState } from 'react';
import type { RunSpec } from '../../../scenario/format/scenario.ts';
import type { Spread } from '../../../store/contracts/spread.ts';
import type { LabRun, LabState } from '../../../store/contracts/state.ts';
import { bandsOf, coursesOfSeeds } from '../../../store/numbers/series.ts';
import { BandLegend } from '../../charts/BandLegend.tsx';
import { type Line, LineChart } from '../../charts/LineChart.tsx';
import { useSlowVersion } from '../../charts/useChartData.ts';
import { stylesOf } from '../../compare/panels.ts';
import { quantity } from '../../format.ts';
import { useLabState } from '../../hooks/lab.ts';
import { isolated } from '../../text/isolate.ts';
import { text } from '../../text.ts';
import type { SeriesStyle } from '../../theme/series.ts';
import { hasMetrics, type RoomSection } from '../room.ts';
import { Choice } from './Choice.tsx';
import { words } from './slopes.text.ts';
import { type Fits, fitsOf, predictionOf, type SlopePrediction } from './theorem2.ts';

const METRIC = 'weightDistance';
const POINTS = 150;
const METHODS: ReadonlySet<string> = new Set(['ga', 'npo']);

interface Way extends Line {
  readonly fits: Fits | null;
  readonly prediction: SlopePrediction | undefined;
}

/** Until a lane diverges: from there on its weights stand still. */
const livingSteps = ({ collector }: LabRun, variant: number): number =>
  Math.min(...collector.seeds.map((seed) => collector.lane(variant, seed)?.divergedAt ?? Number.POSITIVE_INFINITY));

const waysOf = (run: LabRun, spread: Spread, areSeedsShown: boolean): readonly Way[] => {
  const { collector, scenario } = run;
  const styles = stylesOf(collector.variants);
  return collector.variants
    .filter((info) => !collector.failures.has(info.variant) && METHODS.has(info.method))
    .map((info) => {
      const end = livingSteps(run, info.variant);
      const points = bandsOf(collector, info.variant, METRIC, POINTS, spread)
        .filter(({ step }) => step < end)
        .map(({ step, band }) => ({
          x: step,
          y: band.median,
          ...(band.n > 1 && { low: band.low, high: band.high }),
        }));
      return {
        label: info.label,
        style: styles[info.variant] as SeriesStyle,
        points,
        each: areSeedsShown
          ? coursesOfSeeds(collector, info.variant, METRIC, POINTS).map((list) => list.filter(({ x }) => x < end))
          : [],
        fits: fitsOf(points),
        prediction: predictionOf(scenario, scenario.runs[info.run] as RunSpec, info.settings),
      };
    });
};

/** The nearer fit as a thin line. */
const guideOf = ({ label, style, points, fits }: Way): readonly Line[] => {
  if (!fits || fits.nearer === 'neither') return [];
  const { rate, offset, pace } = fits[fits.nearer];
  const at = (t: number): number => (fits.nearer === 'line' ? offset + rate * t : rate * Math.log1p(pace * t));
  const own = points.map(({ x }) => ({ x, y: at(x) }));
  return [{ label: `${label} ≈`, style: { ...style, dash: '2 3' }, points: own, isGuide: true }];
};

const nearerText = ({ nearer }: Fits): string =>
  nearer === 'line' ? words.isLine : nearer === 'logarithm' ? words.isLog : words.isNeither;

const predictionText = (prediction: SlopePrediction | undefined): string => {
  if (!prediction) return words.outside;
  const rate = quantity(prediction.rate);
  return prediction.form === 'line' ? words.predictLine(rate) : words.predictLog(rate);
};

const FitRow = ({ way: { label, fits, prediction } }: { readonly way: Way }) => (
  <tr>
    <th scope="row">{label}</th>
    {fits ? (
      <>
        <td>{words.lineCell(quantity(fits.line.rate), fits.line.r2.toFixed(4))}</td>
        <td>
          {words.logCell(quantity(fits.logarithm.rate), quantity(fits.logarithm.pace), fits.logarithm.r2.toFixed(4))}
        </td>
        <td>{words.lateCell(quantity(fits.late.line), quantity(fits.late.logarithm))}</td>
        <td>{nearerText(fits)}</td>
      </>
    ) : (
      <td colSpan={4}>{words.tooFew}</td>
    )}
    <td>{predictionText(prediction)}</td>
  </tr>
);

const Slopes = () => {
  const run = useLabState((state) => state.run.shown);
  const step = useLabState((state) => state.view.step);
  const spread = useLabState((state) => state.view.spread);
  const areSeedsShown = useLabState((state) => state.view.areSeedsShown);
  const version = useSlowVersion();
  const [scale, setScale] = useState(0);
  // The run grows in place: its version says when the numbers are new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const ways = useMemo(() => (run ? waysOf(run, spread, areSeedsShown) : []), [run, version, spread, areSeedsShown]);
  const lines = useMemo(() => [...ways.flatMap(guideOf), ...ways], [ways]);
  const axes = useMemo(
    () => ({
      x: { label: words.stepAxis, isLog: scale !== 1 },
      y: { label: words.distanceAxis, isLog: scale === 2 },
    }),
    [scale],
  );
  const ends = ways.flatMap(({ label, fits }) => (fits ? [`${isolated(label)}: ${nearerText(fits)}`] : [])).join(', ');
  return (
    <>
      <Choice label={words.scale} options={[words.log, words.linear, words.both]} chosen={scale} onChange={setScale} />
      <LineChart
        testId="slopes"
        title={words.chart}
        legend={<BandLegend seeds={run?.collector.seeds.length ?? 0} />}
        help={words.help}
        summary={ends ? words.summary(ends) : words.none}
        x={axes.x}
        y={axes.y}
        lines={lines}
        cursor={step}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard */}
      <section className="measure__fits" aria-label={text.charts.tableOf(words.title)} tabIndex={0}>
        <table data-testid="fits">
          <thead>
            <tr>
              {[words.run, words.line, words.logarithm, words.late, words.better, words.predicted].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ways.map((way) => (
              <FitRow key={way.label} way={way} />
            ))}
          </tbody>
        </table>
        <p className="small muted">{words.note}</p>
      </section>
    </>
  );
};

/** Gradient ascent and NPO, which the theorem is about. */
const isAvailable = (state: LabState): boolean =>
  hasMetrics(METRIC)(state) && (state.run.shown?.collector.variants.some(({ method }) => METHODS.has(method)) ?? false);

export default {
  words,
  order: 24,
  isAvailable,
  Component: Slopes,
} satisfies RoomSection;
