import { beforeAll, describe, expect, it } from 'vitest';
import { norm } from '../../src/engine/base/linear.ts';
import { normal } from '../../src/engine/base/random.ts';
import { newtonStep, trainedHead } from '../../src/methods/shared/linear-head.ts';
import { createArchive } from '../../src/sim/archive.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, small } from '../support/run.ts';

beforeAll(engineForTests);

/** Weights of the models, and of each run at its first and last step, with the results. */
const ran = async (runs: readonly Record<string, unknown>[], more: Record<string, unknown> = {}) => {
  const archive = createArchive();
  const seen = new Map<string, Float32Array[]>();
  const named = runs.map((run, i) => ({ name: `run ${i}`, steps: 20, ...run }));
  const collector = await collected(small({ runs: named, evaluate: { every: 1000 }, ...more }), {
    archive: {
      ...archive,
      put: (model, _seed, _step, weights) =>
        seen.set(String(model), [...(seen.get(String(model)) ?? []), weights.slice()]),
    },
  });
  archive.dispose();
  const at = (model: string, which: number): Float32Array => seen.get(model)?.at(which) as Float32Array;
  return {
    original: at('original', 0),
    retrained: at('retrained', -1),
    starts: runs.map((_, i) => at(String(i), 0)),
    ends: runs.map((_, i) => at(String(i), -1)),
    results: collector.results().runs,
    failures: collector.failures,
  };
};

const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  norm(Array.from(a, (value, i) => value - (b[i] as number)));
const zeros = (a: Float32Array): number => a.reduce((n, value) => n + (value === 0 ? 1 : 0), 0);

/** 5 classes of 20 points: one of them is a fifth of all. */
const ALL_OVER_FORGET = 5;

describe('doing nothing', () => {
  it('leaves the original, and costs one step', async () => {
    const { original, ends, results } = await ran([{ method: 'none' }]);
    expect(ends[0]).toEqual(original);
    expect(results[0]?.steps).toEqual([0, 1]);
  });
});

describe('EU-k and CF-k', () => {
  const training = { optimizer: 'adam', learningRate: 0.05, steps: 60 };

  it('EU of all layers is retraining, to the last bit', async () => {
    const { retrained, ends } = await ran([
      { method: 'euk', params: { k: 2, reset: 'where training began' }, ...training },
    ]);
    expect(ends[0]).toEqual(retrained);
  });

  it('CF of all layers is fine-tuning, to the last bit', async () => {
    const { ends } = await ran([{ method: 'cfk', params: { k: 2 } }, { method: 'ft' }]);
    expect(ends[0]).toEqual(ends[1]);
  });

  it.each(['euk', 'cfk'])('%s leaves the layers below as they were', async (method) => {
    const { original, ends } = await ran([{ method, params: { k: 1 } }]);
    const below = 2 * 16 + 16;
    expect(ends[0]?.slice(0, below)).toEqual(original.slice(0, below));
    expect(ends[0]?.slice(below)).not.toEqual(original.slice(below));
  });

  it('with fresh weights every pass and full batches, EU-k never gets further than one step', async () => {
    const run = { method: 'euk', params: { k: 1, fresh: 'every pass' } };
    const { ends } = await ran([
      { ...run, steps: 1 },
      { ...run, steps: 7 },
    ]);
    expect(ends[1]).toEqual(ends[0]);
  });
});

describe('L1-FT', () => {
  it('at α = 0 is fine-tuning; the larger α, the smaller the weights', async () => {
    const run = (alpha: number) => ({ method: 'l1-ft', params: { alpha }, steps: 60 });
    const { ends } = await ran([{ method: 'ft', steps: 60 }, run(0), run(0.002), run(0.02)]);
    expect(distance(ends[1] as Float32Array, ends[0] as Float32Array)).toBeLessThan(1e-4);
    const sizes = ends.map((end) => end.reduce((sum, value) => sum + Math.abs(value), 0));
    expect(sizes[2]).toBeLessThan(sizes[1] as number);
    expect(sizes[3]).toBeLessThan(sizes[2] as number);
  });
});

describe('prune, then unlearn', () => {
  const kernels = 2 * 16 + 16 * 5;
  /** Zeros among the kernels; a bias of a unit that is cut off stays at zero, too, and does not count. */
  const pruned = (weights: Float32Array) => zeros(weights.slice(0, 32)) + zeros(weights.slice(48, 128));

  it.each([0, 0.5, 0.9])(
    'at rate %d holds exactly that share of the kernels at zero, at step 0 and ever after',
    async (rate) => {
      const runs = ['fine-tuning', 'gradient ascent'].map((unlearning) => ({
        method: 'prune-ft',
        params: { rate, unlearning },
        mask: { kind: 'random', keep: 0.5 },
      }));
      const { starts, ends } = await ran(runs);
      for (const weights of [...starts, ...ends]) expect(pruned(weights)).toBe(Math.round(rate * kernels));
    },
  );

  it.each(['full', 16])('with nothing pruned, and batches of %s, it begins where training ended', async (batchSize) => {
    const training = { steps: 60, learningRate: 0.05, batchSize };
    const { original, starts } = await ran([{ method: 'prune-ft', params: { rate: 0 } }], { training });
    const gap = distance(starts[0] as Float32Array, original);
    // Full batches are the same sums in the same order; mini-batches are drawn anew.
    if (batchSize === 'full') expect(gap).toBe(0);
    else expect(gap).toBeGreaterThan(0);
  });

  it('is prepared once for several requests: the second goes on from the first, still sparse', async () => {
    const requests = [1, 2].map((label) => ({ kind: 'class', label }));
    const run = { method: 'prune-ft', params: { rate: 0.7 }, steps: 1, learningRate: 1e-6 };
    const { starts, ends } = await ran([run], { forget: requests[0], requests });
    expect(pruned(ends[0] as Float32Array)).toBe(Math.round(0.7 * kernels));
    // Two steps of next to no length: anything that had been trained in between would show.
    expect(distance(ends[0] as Float32Array, starts[0] as Float32Array)).toBeLessThan(1e-4);
  });
});

describe('SSD', () => {
  it.each(['per example', 'as in the authors’ code'])(
    '%s: all data contain the forget set, so from α = n / n_f on nothing is selected',
    async (importance) => {
      const { original, ends, results } = await ran([
        { method: 'ssd', params: { selection: ALL_OVER_FORGET + 0.01, importance, batchSize: 20 } },
      ]);
      expect(ends[0]).toEqual(original);
      expect(results[0]?.account).toEqual({ dampened: 0 });
    },
  );

  it('at λ = 0 sets what it selects to zero, as many weights as it says', async () => {
    const { original, ends, results } = await ran([{ method: 'ssd', params: { dampening: 0, selection: 1.5 } }]);
    const count = results[0]?.account?.['dampened'] as number;
    expect(count).toBeGreaterThan(0);
    expect(zeros(ends[0] as Float32Array) - zeros(original)).toBe(count);
  });

  it('in the form of the authors’ code depends on the batch size; batches of one are single examples', async () => {
    const run = (batchSize: number) => ({
      method: 'ssd',
      params: { importance: 'as in the authors’ code', batchSize },
    });
    const { ends } = await ran([{ method: 'ssd' }, run(1), run(50)]);
    expect(distance(ends[1] as Float32Array, ends[0] as Float32Array)).toBeLessThan(1e-3);
    expect(distance(ends[2] as Float32Array, ends[0] as Float32Array)).toBeGreaterThan(1e-2);
  });
});

describe('Fisher forgetting', () => {
  it('moves further as α grows; the simple form never by more than a thousandth of the noise', async () => {
    const run = (alpha: number, form: string) => ({ method: 'fisher', params: { alpha, form } });
    const { original, ends } = await ran([
      run(1e-8, 'Golatkar'),
      run(1e-5, 'Golatkar'),
      run(1e-3, 'Golatkar'),
      run(1, 'simple'),
    ]);
    const ways = ends.map((end) => distance(end, original));
    expect(ways[1]).toBeGreaterThan(ways[0] as number);
    expect(ways[2]).toBeGreaterThan(ways[1] as number);
    const largest = Math.max(...(ends[3] as Float32Array).map((w, i) => Math.abs(w - (original[i] as number))));
    expect(largest).toBeLessThan(0.006);
  });
});

describe('influence unlearning', () => {
  it('at α = 0 changes nothing; more damping goes less far', async () => {
    const run = (alpha: number, damping: number) => ({ method: 'influence', params: { alpha, damping } });
    const { original, ends } = await ran([run(0, 0.01), run(1, 0.01), run(1, 0.1), run(1, 10)]);
    expect(ends[0]).toEqual(original);
    const ways = ends.map((end) => distance(end, original));
    expect(ways[1]).toBeGreaterThan(ways[2] as number);
    expect(ways[2]).toBeGreaterThan(ways[3] as number);
  });

  it('the authors’ recursion is one step of gradient ascent and retain descent, to a thousandth', async () => {
    const { original, ends } = await ran([
      { method: 'influence', params: { curvature: 'as in the authors’ code' } },
      // ∇(CE_r - CE_f) times n_f / n, as one step of plain gradient descent.
      { method: 'ga', retain: { kind: 'ce', weight: 1 }, learningRate: 1 / ALL_OVER_FORGET, steps: 1 },
    ]);
    const way = distance(ends[1] as Float32Array, original);
    expect(way).toBeGreaterThan(0);
    expect(distance(ends[0] as Float32Array, ends[1] as Float32Array)).toBeLessThan(2e-3 * way);
  });

  it('one Newton step on what is left of a quadratic objective is retraining', () => {
    // With λ large the head's objective is quadratic up to terms that vanish like 1/λ².
    const noise = (n: number, key: number) => Float64Array.from({ length: n }, (_, i) => normal([1, key], i));
    const all = {
      X: noise(40 * 4, 2),
      y: Int32Array.from({ length: 40 }, (_, i) => i % 3),
      features: 4,
      classes: 3,
      lambda: 50,
    };
    const left = { ...all, X: all.X.slice(10 * 4), y: all.y.slice(10) };
    const before = trainedHead(all, new Float64Array(12));
    const after = newtonStep(left, before);
    const exact = trainedHead(left, before);
    expect(distance(after, exact)).toBeLessThan(1e-4 * distance(before, exact));
  });
});

describe('certified removal from the head', () => {
  const few = { kind: 'indices', indices: [3] };

  it.each(['softmax', 'one against the rest'])(
    '%s: a point is removed within the budget, by one step',
    async (head) => {
      const params = { head, lambda: 0.1, sigma: 20 };
      const { starts, ends, results } = await ran([{ method: 'newton-head', params }], { forget: few });
      const { residual, budget, trainedAnew } = results[0]?.account ?? {};
      expect(trainedAnew).toBe(0);
      expect(residual).toBeGreaterThan(0);
      expect(residual).toBeLessThan(budget as number);
      expect(distance(ends[0] as Float32Array, starts[0] as Float32Array)).toBeGreaterThan(0);
    },
  );

  it('a class spends the budget, and then the head is trained anew and has forgotten it', async () => {
    const { results } = await ran([{ method: 'newton-head', params: { sigma: 0.01 } }]);
    expect(results[0]?.account?.['trainedAnew']).toBe(1);
    expect(results[0]?.metrics['forgetAccuracy']?.at(-1)).toBeLessThan(0.3);
  });

  it('what single removals leave adds up over several requests', async () => {
    const params = { head: 'one against the rest', lambda: 0.1, sigma: 20 };
    const run = { method: 'newton-head', params };
    const requests = [3, 7, 50].map((index) => ({ kind: 'indices', indices: [index] }));
    const one = await ran([run], { forget: requests[0] });
    const three = await ran([run], { forget: requests[0], requests });
    const left = (of: typeof one) => of.results[0]?.account?.['residual'] as number;
    expect(left(three)).toBeGreaterThan(left(one));
  });

  it('with untrained features no weight below the head depends on the forget set', async () => {
    const below = 2 * 16 + 16;
    const { original, starts } = await ran([
      { method: 'newton-head', params: { features: 'untrained' } },
      { method: 'retrain', steps: 1 },
    ]);
    expect(starts[0]?.slice(0, below)).toEqual(starts[1]?.slice(0, below)); // fresh weights, as retraining has them
    expect(starts[0]?.slice(0, below)).not.toEqual(original.slice(0, below));
  });
});

describe('task vector negation', () => {
  it('at λ = 0 changes nothing; a fitted forget set gives a vector that unit length makes visible', async () => {
    const run = (lambda: number, length: string) => ({ method: 'task-vector', params: { lambda, length } });
    const { original, ends } = await ran([run(0, 'as trained'), run(1, 'as trained'), run(2, 'unit')]);
    expect(ends[0]).toEqual(original);
    expect(distance(ends[2] as Float32Array, original)).toBeCloseTo(2, 3);
    expect(distance(ends[1] as Float32Array, original)).toBeLessThan(2);
  });
});

describe('unit ablation', () => {
  it('at factor 1 changes nothing, at 0 silences its share of the units', async () => {
    const run = (factor: number) => ({ method: 'ablate-units', params: { share: 0.25, factor } });
    const { original, ends } = await ran([run(1), run(0)]);
    expect(ends[0]).toEqual(original);
    expect(zeros(ends[1] as Float32Array)).toBe(4 * 5); // a quarter of 16 units, 5 outgoing weights each
  });

  it('the units that are most active on the forget set are worth more than random ones', async () => {
    const run = (choice: string) => ({ method: 'ablate-units', params: { share: 0.25, choice } });
    const { results } = await ran([run('most active'), run('random')], {
      seeds: [0, 1, 2, 3, 4, 5, 6, 7],
      model: { hidden: [48], activation: 'relu' },
    });
    const drop = (name: string) => {
      const own = results.filter((lane) => lane.name === name);
      const gap = (lane: (typeof own)[number]) =>
        (lane.metrics['retainAccuracy']?.at(-1) as number) - (lane.metrics['forgetAccuracy']?.at(-1) as number);
      return own.reduce((sum, lane) => sum + gap(lane), 0) / own.length;
    };
    expect(drop('run 0')).toBeGreaterThan(drop('run 1'));
  });
});
