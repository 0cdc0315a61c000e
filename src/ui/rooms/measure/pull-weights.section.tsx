import { useMemo } from 'react';
import type { NoPulls, Pulls } from '../../../sim/events.ts';
import { fiveNumbers } from '../../../store/contracts/spread.ts';
import { bandOf, thinned } from '../../../store/numbers/series.ts';
import { BandLegend } from '../../charts/BandLegend.tsx';
import { ChartFrame } from '../../charts/ChartFrame.tsx';
import { type Line, LineChart } from '../../charts/LineChart.tsx';
import { stylesOf } from '../../compare/panels.ts';
import { percent, quantity } from '../../format.ts';
import { type Question, useAnswers } from '../../hooks/answers.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { useSlowly } from '../../hooks/slow.ts';
import { useThemeName } from '../../hooks/theme.ts';
import { Marker } from '../../shell/Marker.tsx';
import type { SeriesStyle } from '../../theme/series.ts';
import { isOfPoints, type RoomSection } from '../room.ts';
import { histogramOf } from './histogram.ts';
import { words } from './pull-weights.text.ts';
import './pull-weights.css';

/** Questions to the worker at most, the steps of a curve at least and at most, and bars of a histogram. */
const QUESTIONS = 400;
const [FEWEST, MOST] = [7, 41];
const BARS = 20;

type Answer = Pulls | NoPulls;
const isPulls = (answer: Answer | undefined): answer is Pulls => typeof answer === 'object';

interface Row {
  readonly variant: number;
  readonly label: string;
  readonly style: SeriesStyle;
  readonly steps: readonly number[];
}

const keyOf = (variant: number, seed: number, step: number): string => `${variant}/${seed}/${step}`;

const meanOf = ({ size }: Pulls): number => size.reduce((sum, value) => sum + value, 0) / Math.max(1, size.length);
const isBelow = (share: number, { size }: Pulls): number =>
  size.filter((value) => value < share).length / Math.max(1, size.length);

const useRows = (): readonly Row[] => {
  const run = useLabState((state) => state.run.shown);
  const status = useLabState((state) => state.run.status);
  // Failures become known while the run goes on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    const { variants = [], failures } = run?.collector ?? {};
    const styles = stylesOf(variants);
    const lanes = Math.max(1, variants.length * (run?.collector.seeds.length ?? 1));
    const count = Math.min(MOST, Math.max(FEWEST, Math.floor(QUESTIONS / lanes)));
    return variants
      .filter(({ variant }) => !failures?.has(variant))
      .map(({ variant, label, recorded }) => ({
        variant,
        label,
        style: styles[variant] as SeriesStyle,
        steps: thinned(recorded.length, count).map((at) => recorded[at] as number),
      }));
  }, [run, status]);
};

const Bars = ({ row, pulls, top }: { readonly row: Row; readonly pulls: Pulls; readonly top: number }) => {
  const theme = useThemeName();
  const { counts, width } = histogramOf(pulls.size, top, BARS);
  const most = Math.max(1, ...counts);
  const said = words.bars(row.label, quantity(fiveNumbers(pulls.size)[2]), percent(isBelow(0.1, pulls)));
  return (
    <div className="pull-weights__row">
      <span className="pull-weights__name">
        <Marker style={row.style} />
        {row.label}
      </span>
      <svg viewBox={`0 0 ${BARS} 10`} preserveAspectRatio="none" role="img" aria-label={said}>
        <path className="pull-weights__base" d={`M0 10H${BARS}`} />
        {counts.map((count, bar) => (
          <rect
            key={(bar * width).toFixed(6)}
            x={bar + 0.06}
            width={0.88}
            y={10 - (10 * count) / most}
            height={(10 * count) / most}
            fill={row.style.color[theme]}
          >
            <title>{`W ${quantity(bar * width)}–${quantity((bar + 1) * width)}: ${count}`}</title>
          </rect>
        ))}
      </svg>
    </div>
  );
};

const Quantiles = ({ rows }: { readonly rows: readonly { readonly row: Row; readonly pulls: Pulls }[] }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard
  <section className="chart__table" aria-label={words.histogram} tabIndex={0}>
    <table>
      <thead>
        <tr>
          {words.columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, pulls }) => (
          <tr key={row.label}>
            <th scope="row">{row.label}</th>
            {fiveNumbers(pulls.size).map((value, i) => (
              <td key={words.columns[i + 1]}>{quantity(value)}</td>
            ))}
            <td>{percent(isBelow(0.1, pulls))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const PullWeights = () => {
  const lab = useLab();
  const rows = useRows();
  const seeds = useLabState((state) => state.run.shown?.collector.seeds);
  const shownSeed = useLabState(({ run, view }) =>
    run.shown?.collector.seeds.includes(view.seed) ? view.seed : run.shown?.collector.seeds[0],
  );
  const spread = useLabState((state) => state.view.spread);
  const areSeedsShown = useLabState((state) => state.view.areSeedsShown);
  const clock = useLabState((state) => state.view.step);
  const step = useSlowly((state) => state.view.step, 300);
  const questions = useMemo(() => {
    const question = (variant: number, seed: number, at: number): Question<Answer> => ({
      key: keyOf(variant, seed, at),
      ask: async () => (await lab.run.request({ kind: 'pulls', model: variant, seed, step: at, on: 'forget' })).pulls,
    });
    const now = rows.flatMap(({ variant }) => (shownSeed === undefined ? [] : [question(variant, shownSeed, step)]));
    const curves = rows.flatMap(({ variant, steps }) =>
      (seeds ?? []).flatMap((seed) => steps.map((at) => question(variant, seed, at))),
    );
    return [...now, ...curves];
  }, [lab, rows, seeds, shownSeed, step]);
  const answers = useAnswers(questions);

  const lines = useMemo(
    () =>
      rows.flatMap(({ variant, label, style, steps }): Line[] => {
        const at = (seed: number, x: number): number => {
          const answer = answers.get(keyOf(variant, seed, x));
          return isPulls(answer) ? meanOf(answer) : Number.NaN;
        };
        const points = steps.flatMap((x) => {
          const band = bandOf(
            (seeds ?? []).map((seed) => at(seed, x)),
            spread,
          );
          return band ? [{ x, y: band.median, ...(band.n > 1 && { low: band.low, high: band.high }) }] : [];
        });
        if (points.length === 0) return [];
        const each = (areSeedsShown ? (seeds ?? []) : []).map((seed) =>
          steps.map((x) => ({ x, y: at(seed, x) })).filter(({ y }) => Number.isFinite(y)),
        );
        return [{ label, style, points, each }];
      }),
    [rows, seeds, spread, areSeedsShown, answers],
  );
  const axes = useMemo(
    () => ({ x: { label: words.stepAxis, isLog: false }, y: { label: words.weightAxis, isLog: false } }),
    [],
  );
  const current = rows.flatMap((row) => {
    const answer = shownSeed === undefined ? undefined : answers.get(keyOf(row.variant, shownSeed, step));
    return isPulls(answer) ? [{ row, pulls: answer }] : [];
  });
  const without = rows.flatMap(({ label, variant, steps }) => {
    const answer = answers.get(keyOf(variant, seeds?.[0] ?? 0, steps[0] ?? 0));
    if (isPulls(answer)) return answer.isOfGradients ? [words.ofGradients(label)] : [];
    return answer === undefined ? [] : [words.without(label, words.reasons[answer])];
  });
  if (answers.size === 0) return <p className="muted">{words.waiting}</p>;
  const ends = lines.flatMap(({ label, points }) => {
    const last = points.at(-1);
    return last ? [words.end(label, quantity(last.y))] : [];
  });
  const top = Math.max(1, ...current.map(({ pulls }) => pulls.size.reduce((a, b) => Math.max(a, b), 0)));
  return (
    <>
      <div className="line-charts">
        <LineChart
          testId="mean-weight"
          title={words.curve}
          legend={<BandLegend seeds={seeds?.length ?? 0} />}
          help={words.help}
          summary={ends.length > 0 ? words.summary(ends.join(', ')) : words.none}
          x={axes.x}
          y={axes.y}
          lines={lines}
          cursor={clock}
        />
        <div className="line-chart">
          <ChartFrame
            testId="weight-histogram"
            title={words.histogram}
            legend=""
            help={words.histogramHelp}
            summary={current.length > 0 ? words.histogram : words.none}
            table={() => <Quantiles rows={current} />}
          >
            <div className="pull-weights">
              {current.map(({ row, pulls }) => (
                <Bars key={row.label} row={row} pulls={pulls} top={top} />
              ))}
              {current.length > 0 ? (
                <div className="pull-weights__axis small muted" aria-hidden="true">
                  <span>0</span>
                  <span>W</span>
                  <span>{quantity(top)}</span>
                </div>
              ) : null}
            </div>
          </ChartFrame>
        </div>
      </div>
      {without.map((sentence) => (
        <p key={sentence} className="small muted">
          {sentence}
        </p>
      ))}
    </>
  );
};

export default {
  words,
  order: 26,
  isAvailable: isOfPoints,
  Component: PullWeights,
} satisfies RoomSection;
