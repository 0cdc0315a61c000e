import { useMemo } from 'react';
import type { ModelRef, Profile } from '../../../sim/events.ts';
import { bandOf } from '../../../store/numbers/series.ts';
import { BandLegend } from '../../charts/BandLegend.tsx';
import { type Line, LineChart } from '../../charts/LineChart.tsx';
import { stylesOf } from '../../compare/panels.ts';
import { percent, quantity } from '../../format.ts';
import { type Question, useAnswers } from '../../hooks/answers.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { useSlowly } from '../../hooks/slow.ts';
import { ORIGINAL_STYLE, RETRAINED_STYLE, type SeriesStyle } from '../../theme/series.ts';
import { isOfPoints, type RoomSection } from '../room.ts';
import { words } from './locality.text.ts';

interface Subject {
  readonly model: ModelRef;
  readonly label: string;
  readonly style: SeriesStyle;
}

const useSubjects = (): readonly Subject[] => {
  const run = useLabState((state) => state.run.shown);
  const status = useLabState((state) => state.run.status);
  // Failures become known while the run goes on.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    const { variants = [], failures } = run?.collector ?? {};
    const styles = stylesOf(variants);
    return [
      { model: 'original', label: words.original, style: ORIGINAL_STYLE },
      ...variants
        .filter(({ variant }) => !failures?.has(variant))
        .map(({ variant, label }) => ({ model: variant, label, style: styles[variant] as SeriesStyle })),
      { model: 'retrained', label: words.retrained, style: RETRAINED_STYLE },
    ];
  }, [run, status]);
};

const keyOf = ({ model }: Subject, seed: number, step: number): string =>
  `${model}/${seed}/${typeof model === 'number' ? step : 0}`;

const Locality = () => {
  const lab = useLab();
  const subjects = useSubjects();
  const seeds = useLabState((state) => state.run.shown?.collector.seeds);
  const spread = useLabState((state) => state.view.spread);
  const areSeedsShown = useLabState((state) => state.view.areSeedsShown);
  const step = useSlowly((state) => state.view.step, 400);
  const questions = useMemo(
    () =>
      subjects.flatMap((subject) =>
        (seeds ?? []).map(
          (seed): Question<Profile> => ({
            key: keyOf(subject, seed, step),
            ask: async () => (await lab.run.request({ kind: 'profile', model: subject.model, seed, step })).profile,
          }),
        ),
      ),
    [lab, subjects, seeds, step],
  );
  const answers = useAnswers(questions);
  const own = useMemo(
    () =>
      subjects.map((subject) => ({
        ...subject,
        profiles: (seeds ?? []).flatMap((seed) => answers.get(keyOf(subject, seed, step)) ?? []),
      })),
    [subjects, seeds, step, answers],
  );
  const lines = useMemo(
    () =>
      own.map(({ label, style, profiles }): Line => {
        const groups = profiles[0]?.locality.accuracy.length ?? 0;
        const points = Array.from({ length: groups }, (_, group) => {
          const [x, y] = [
            bandOf(profiles.map(({ locality }) => locality.distance[group] ?? Number.NaN)),
            bandOf(
              profiles.map(({ locality }) => locality.accuracy[group] ?? Number.NaN),
              spread,
            ),
          ];
          return { x: x?.median ?? 0, y: y?.median ?? 0, ...(y && y.n > 1 && { low: y.low, high: y.high }) };
        });
        const each = (areSeedsShown ? profiles : []).map(({ locality: { distance, accuracy } }) =>
          distance.map((x, group) => ({ x, y: accuracy[group] ?? 0 })),
        );
        return { label, style, points, each };
      }),
    [own, spread, areSeedsShown],
  );
  const axes = useMemo(
    () => ({ x: { label: words.distanceAxis, isLog: false }, y: { label: words.accuracyAxis, isLog: false } }),
    [],
  );
  const nearest = lines.flatMap(({ label, points }) => (!points[0] ? [] : [words.end(label, percent(points[0].y))]));
  if (answers.size === 0) return <p className="muted">{words.waiting}</p>;
  const layers = Math.max(0, ...own.flatMap(({ profiles }) => profiles.map(({ drift }) => drift.length)));
  return (
    <>
      <LineChart
        testId="locality"
        title={words.curve}
        legend={<BandLegend seeds={seeds?.length ?? 0} />}
        help={words.help}
        summary={nearest.length > 0 ? words.summary(nearest.join(', ')) : words.none}
        x={axes.x}
        y={axes.y}
        lines={lines}
      />
      {nearest.length === 0 ? <p className="muted">{words.none}</p> : null}
      <h3>{words.drift}</h3>
      <p className="small muted">{words.driftHint}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard */}
      <section className="measure__fits" aria-label={words.drift} tabIndex={0}>
        <table data-testid="drift">
          <thead>
            <tr>
              <th scope="col">{words.run}</th>
              {Array.from({ length: layers }, (_, layer) => (
                <th key={words.layer(layer + 1)} scope="col">
                  {words.layer(layer + 1)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {own
              .filter(({ model }) => model !== 'original')
              .map(({ label, profiles }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  {profiles.some(({ drift }) => drift.length > 0) || profiles.length === 0 ? (
                    Array.from({ length: layers }, (_, layer) => {
                      const band = bandOf(profiles.map(({ drift }) => drift[layer] ?? Number.NaN));
                      const range = band && band.n > 1 ? ` (${quantity(band.low)}–${quantity(band.high)})` : '';
                      return <td key={words.layer(layer + 1)}>{band ? `${quantity(band.median)}${range}` : '–'}</td>;
                    })
                  ) : (
                    <td colSpan={layers}>{words.otherNetwork}</td>
                  )}
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
  order: 28,
  isAvailable: isOfPoints,
  Component: Locality,
} satisfies RoomSection;
