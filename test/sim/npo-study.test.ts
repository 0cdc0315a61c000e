import { beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { engineForTests } from '../support/engine.ts';
import {
  drawStudy,
  type Objective,
  type Sizes,
  type Study,
  type StudyRun,
  unlearnStudy,
} from '../support/npo-study.ts';
import { collected } from '../support/run.ts';

beforeAll(engineForTests);

const STEPS = 2000;
const EVERY = 25;

/** Fewer points than the study has, so that the oracle takes seconds. */
const sizes: Sizes = {
  alpha: 1,
  inputs: 16,
  features: 64,
  retain: 160,
  forget: 40,
  evaluation: 60,
  pretraining: 1000,
};

const named = (objective: Objective, retain: StudyRun['retain'], learningRate: number, beta: number) => {
  const short = objective.toUpperCase() + { none: '', ce: '+RT', kl: '+KL' }[retain];
  return { name: short, run: { objective, retain, learningRate, beta } };
};

/** The study's methods at its two settings. */
const settings = {
  'alpha = 1': {
    alpha: 1,
    draws: [11],
    runs: [
      named('ga', 'none', 5e-4, 1),
      named('ga', 'ce', 5e-4, 1),
      named('ga', 'kl', 5e-4, 1),
      named('idk', 'ce', 5e-4, 1),
      named('npo', 'none', 5e-3, 1),
      named('npo', 'ce', 5e-3, 1),
      named('npo', 'kl', 5e-3, 1),
      named('dpo', 'none', 5e-3, 0.1),
      named('dpo', 'ce', 5e-3, 0.1),
      named('dpo', 'kl', 5e-3, 0.1),
      named('kto', 'none', 5e-3, 1),
    ],
  },
  'alpha = 0, under two seeds': {
    alpha: 0,
    draws: [12, 13],
    runs: [
      named('ga', 'ce', 1e-4, 1),
      named('npo', 'none', 5e-2, 10),
      named('npo', 'ce', 5e-2, 10),
      named('dpo', 'kl', 5e-2, 5),
      named('kto', 'none', 5e-2, 10),
    ],
  },
};

const lists = (x: readonly Float64Array[]) => x.map((row) => [...row]);

const dataOf = ({ retain, forget, evalRetain, evalForget }: Study) => ({
  train: { x: lists([...retain.x, ...forget.x]), y: [...retain.y, ...forget.y] },
  test: { x: lists([...evalRetain.x, ...evalForget.x]), y: [...evalRetain.y, ...evalForget.y] },
  testForget: evalForget.y.map((_, i) => evalRetain.y.length + i),
});
const weightsOf = ({ W, finetuned, retrained }: Study) => ({
  original: { W: lists(W), a: [...finetuned].map((value) => [value]) },
  retrained: { W: lists(W), a: [...retrained].map((value) => [value]) },
});

/** The scenario that replays studies: the n-th under seed n. */
const scenarioOf = (studies: readonly Study[], runs: readonly ReturnType<typeof named>[]) => {
  const bySeed = <T>(of: (study: Study) => T) => ({
    bySeed: Object.fromEntries(studies.map((study, i) => [i, of(study)])),
  });
  const { retain, forget } = studies[0] as Study;
  const raw = {
    version: 1,
    data: { generator: 'inline', ...bySeed((study) => ({ params: dataOf(study) })) },
    forget: { kind: 'indices', indices: forget.y.map((_, i) => retain.y.length + i) },
    model: { kind: 'random-features', features: sizes.features, weights: bySeed(weightsOf) },
    training: { steps: 1 },
    runs: runs.map(({ name, run }) => ({
      name,
      method: run.objective,
      ...(run.objective === 'ga' || run.objective === 'idk' ? {} : { params: { beta: run.beta } }),
      retain: { kind: run.retain },
      steps: STEPS,
      learningRate: run.learningRate,
      alternativeLabels: bySeed((study) => [...study.forget.idk]),
    })),
    seeds: studies.map((_, i) => i),
    evaluate: { every: EVERY },
  };
  return parseScenario(raw, catalogueInfo, 'strict').scenario;
};

/** The largest gap, as a share of what is allowed: 1e-3 of the value, or 1e-6. */
const worstGap = (found: readonly (number | null)[], expected: readonly number[]): number => {
  expect(found).toHaveLength(expected.length);
  return expected.reduce((worst, value, i) => {
    const gap = Math.abs((found[i] ?? Number.NaN) - value);
    const share = gap / Math.max(1e-3 * Math.abs(value), 1e-6);
    return Math.max(worst, Number.isNaN(share) ? Number.POSITIVE_INFINITY : share);
  }, 0);
};

describe('a study replayed from its own data, weights and labels gives the distances that double precision gives', () => {
  it.each(Object.entries(settings))(
    '%s, at every recorded step of every method',
    async (_, { alpha, draws, runs }) => {
      const studies = draws.map((seed) => drawStudy(seed, { ...sizes, alpha }));
      const { runs: results } = (await collected(scenarioOf(studies, runs))).results();
      const gaps = runs.flatMap(({ name, run }) =>
        studies.map((study, seed) => {
          const expected = unlearnStudy(study, run, STEPS, EVERY);
          const found = results.find((one) => one.name === name && one.seed === seed);
          expect(found?.steps).toEqual(expected.steps);
          const shares = (['forgetDistance', 'retainDistance', 'forgetKl'] as const).map((metric) =>
            worstGap(found?.metrics[metric] ?? [], expected[metric]),
          );
          return { name, seed, share: Math.max(...shares) };
        }),
      );
      expect(gaps.filter(({ share }) => share > 1)).toEqual([]);
    },
    120_000,
  );
});
