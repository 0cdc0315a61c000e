import { beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../../src/scenario/read/parse.ts';
import type { Archive } from '../../../src/sim/archive.ts';
import { catalogueInfo } from '../../../src/sim/catalogue.ts';
import { useEngine } from '../../support/engine.ts';
import { eventsOf } from '../../support/run.ts';
import { ENGINES, fixtures } from './fixtures.ts';

interface Entry {
  readonly X: readonly (readonly number[])[];
  readonly y: readonly number[];
  readonly theta_init: readonly number[];
  readonly eta: number;
  readonly beta: number;
  readonly dist_XtX: Readonly<Record<'ga' | 'npo', Readonly<Record<string, number>>>>;
}

/** The steps at which the entry gives a distance. */
const stepsOf = ({ dist_XtX }: Pick<Entry, 'dist_XtX'>): number[] => Object.keys(dist_XtX.ga).map(Number);

/** The entry as an experiment. Its y = 1 has the logit, which here is the first class; one more point is there to be kept. */
const scenarioOf = ({ X, y, theta_init, eta, beta, dist_XtX }: Entry) => {
  const points = { x: [...X, X[0]], y: [...y.map((label) => 1 - label), 1] };
  const run = { steps: Math.max(...stepsOf({ dist_XtX })), learningRate: eta };
  const raw = {
    version: 1,
    data: { generator: 'inline', params: { train: points, test: points } },
    forget: { kind: 'indices', indices: y.map((_, i) => i) },
    model: { kind: 'linear', weights: { original: { a: theta_init.map((value) => [value]) } } },
    training: { steps: 1 },
    runs: [
      { name: 'ga', method: 'ga', ...run },
      { name: 'npo', method: 'npo', params: { beta }, ...run },
    ],
    seeds: [0],
    evaluate: { every: 1 },
  };
  return parseScenario(raw, catalogueInfo, 'strict').scenario;
};

/** ‖X (θ_t - θ_0)‖ of both runs at some steps. */
const distancesOf = async (entry: Entry) => {
  const recorded = new Map<string, Float32Array>();
  const archive: Archive = {
    open: () => undefined,
    put: (model, _seed, step, weights) => {
      recorded.set(`${model}/${step}`, weights);
    },
    frame: () => {
      throw new Error('only the weights are kept');
    },
    weights: () => {
      throw new Error('only the weights are kept');
    },
    named: () => {
      throw new Error('only the weights are kept');
    },
    told: () => {
      throw new Error('only the weights are kept');
    },
    profile: () => {
      throw new Error('only the weights are kept');
    },
    outputs: () => {
      throw new Error('only the weights are kept');
    },
    dispose: () => undefined,
  };
  await eventsOf(scenarioOf(entry), { archive });
  const distance = (run: number, step: number): number => {
    const at = recorded.get(`${run}/${step}`) as Float32Array;
    const moves = entry.X.map((x) =>
      x.reduce((sum, v, i) => sum + v * ((at[i] as number) - (entry.theta_init[i] as number)), 0),
    );
    return Math.hypot(...moves);
  };
  const steps = stepsOf(entry);
  return { ga: steps.map((step) => distance(0, step)), npo: steps.map((step) => distance(1, step)) };
};

describe.each(ENGINES)(`theorem 2 agrees with the reference, on %s`, (engine) => {
  beforeAll(() => useEngine(engine));

  it('in how far both methods move the forget set’s outputs, over a thousand steps', async () => {
    const entry = fixtures.updates['theorem2'] as Entry;
    const found = await distancesOf(entry);
    for (const method of ['ga', 'npo'] as const) {
      stepsOf(entry).forEach((step, i) => {
        const expected = entry.dist_XtX[method][step] as number;
        expect(Math.abs((found[method][i] as number) - expected) / expected, `${method} at ${step}`).toBeLessThan(1e-4);
      });
    }
  });
});
