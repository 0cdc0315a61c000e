import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { keyOf, normal } from '../../src/engine/base/random.ts';
import * as tf from '../../src/engine/base/tf.ts';
import type { MethodContext } from '../../src/engine/contracts/method.ts';
import type { Batch, LaneTerm } from '../../src/engine/contracts/rows.ts';
import type { StepGradient } from '../../src/engine/contracts/step-gradient.ts';
import type { WrapperContext } from '../../src/engine/contracts/wrapper.ts';
import { advanceWith, begin, objectiveGradient } from '../../src/engine/method-kinds.ts';
import { descentOf } from '../../src/engine/objective/optim.ts';
import { crossEntropy, rowsOf } from '../../src/engine/objective/rows.ts';
import { network } from '../../src/engine/start.ts';
import type { LabelledPoints } from '../../src/families/family.ts';
import { methods } from '../../src/methods/registry.ts';
import { metrics } from '../../src/metrics/registry.ts';
import { catalogue } from '../../src/sim/catalogue.ts';
import type { RunEvent } from '../../src/sim/events.ts';
import { prepareSeeds } from '../../src/sim/lanes.ts';
import { elicitation, logitsUnder, perturbation } from '../../src/wrappers/lat.ts';
import pcgrad, { projected } from '../../src/wrappers/pcgrad.ts';
import { wrappers } from '../../src/wrappers/registry.ts';
import { engineForTests } from '../support/engine.ts';
import { ofPoints } from '../support/methods.ts';
import { collected, eventsOf, lastWeights, small } from '../support/run.ts';

beforeAll(engineForTests);

const takenBy = (id: string) =>
  [...ofPoints.values()].filter((method) => wrappers.get(id)?.takes(method)).map((method) => method.id);
const attacked = takenBy('lat');
const ruled = takenBy('pcgrad');

/** What a run gives, without the names of what it was given. */
const numbersOf = (events: readonly RunEvent[]) =>
  events.filter(({ type }) => type === 'metrics' || type === 'diverged');

const tensors = (seed: number, ...shape: [number, number]) =>
  tf.tensor2d(
    Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => normal(keyOf(seed), i)),
    shape,
  );

const setUp = (seed: number) => {
  const model = network({ inputs: 3, hidden: [7, 5], classes: 4, activation: 'relu', init: 'auto' });
  const weights = tf.tensorOf(Float32Array.from([...model.init(keyOf(seed)), ...model.init(keyOf(seed + 1))]), [
    2,
    model.size,
  ]);
  const batch: Batch = {
    x: tf.reshape(tensors(seed + 2, 2, 18), [2, 6, 3]),
    y: tf.tensorOf(
      Int32Array.from({ length: 12 }, (_, i) => i % 4),
      [2, 6],
    ),
    size: 6,
  };
  return { model, weights, batch };
};
const column = (...values: number[]) => tf.tensor2d(values, [values.length, 1]);

describe('gradient surgery', () => {
  it('leaves nothing that points against the retain gradient, and everything where there is no conflict', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 40 }), (seed, P) => {
        tf.tidy(() => {
          const [forget, retain] = [tensors(seed, 3, P), tensors(seed + 1, 3, P)];
          const dot = (a: tf.Tensor, b: tf.Tensor) => tf.sum(tf.mul(a, b), 1).dataSync();
          const left = projected(forget, retain);
          const [before, after, sizes] = [dot(forget, retain), dot(left, retain), dot(retain, retain)];
          before.forEach((value, k) => {
            const size = Math.sqrt(sizes[k] as number);
            expect(after[k]).toBeGreaterThanOrEqual(-1e-5 * (1 + size));
            if (value < 0) return;
            const rows = (tensor: tf.Tensor) => [...tensor.dataSync().slice(k * P, (k + 1) * P)];
            expect(rows(left)).toEqual(rows(forget));
          });
        });
      }),
    );
  });

  it('takes all of a gradient that is opposite, and none where the retain gradient is zero', () => {
    tf.tidy(() => {
      const forget = tensors(1, 2, 5);
      const opposite = projected(forget, tf.mul(forget, -3)).dataSync();
      for (const value of opposite) expect(Math.abs(value)).toBeLessThan(1e-6);
      expect([...projected(forget, tf.zerosLike(forget)).dataSync()]).toEqual([...forget.dataSync()]);
    });
  });

  it('comes before the optimizer: the moments are those of the projected gradient', () => {
    tf.tidy(() => {
      const { model, weights, batch } = setUp(3);
      const term = { on: 'forget', pulls: [{ towards: 'label', weight: () => -1 }], loss: () => weights } as const;
      const ctx = {
        model,
        laneSettings: [{}, {}],
        batch: () => batch,
        retain: { term: crossEntropy('retain'), settings: [{}, {}] },
        step: 0,
        wrap: (own: StepGradient) => pcgrad.wrap(own, {} as WrapperContext<typeof pcgrad.params>),
        descent: descentOf({ optimizer: 'adam', learningRate: 0.1, momentum: 0, weightDecay: 0, clipNorm: 0 }, weights),
      } as unknown as MethodContext;
      const { 'optimizer.first': first } = advanceWith(ctx, begin(ctx, weights), [{ term, settings: [{}, {}] }]);
      // Ascent and descent of the same loss: opposite gradients, of which only the retain term's is left.
      const kept = objectiveGradient(model, { weights, terms: [ctx.retain as LaneTerm], batch: ctx.batch });
      const expected = tf.mul(kept, 0.1).dataSync();
      first?.dataSync().forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i] as number, 6);
      });
    });
  });

  it.each(ruled)('of %s without a retain gradient says what is missing, and the other runs go on', async (method) => {
    if (methods.get(method)?.terms?.some(({ on }) => on === 'retain') || method === 'pdu') return; // they have their own
    const runs = [
      { name: 'ruled', method, steps: 3, wrappers: [{ kind: 'pcgrad' }] },
      { name: 'plain', method, steps: 3 },
    ];
    const events = await eventsOf(small({ runs }));
    const failures = events.filter((event) => event.type === 'variantFailed');
    expect(failures.map(({ error }) => error.faults[0]?.path)).toEqual(['/retain/kind']);
    expect(events.some((event) => event.type === 'metrics' && event.model === 1 && event.step === 3)).toBe(true);
  });

  it.each(['ga', 'npo', 'rl', 'pdu', 'bad-teacher'])(
    'changes %s beside a retain term that it conflicts with',
    async (method) => {
      const run = { method, steps: 6, retain: { kind: 'ce' }, learningRate: 0.1 };
      const runs = [
        { ...run, name: 'plain' },
        { ...run, name: 'ruled', wrappers: [{ kind: 'pcgrad' }] },
      ];
      const { results } = await collected(small({ runs }));
      const [plain, own] = results().runs.map(({ metrics }) => metrics['weightDistance']?.at(-1));
      expect(own).not.toBeNull();
      expect(own).not.toBe(plain);
    },
  );
});

describe('a latent adversary', () => {
  it.each([1, 2])('stays within its radius and brings the labels back, at layer %i', (layer) => {
    tf.tidy(() => {
      const { model, weights, batch } = setUp(layer);
      const adversary = { layer, steps: 12, epsilon: column(0.3, 1), learningRate: column(0.3, 0.3) };
      const delta = perturbation(model, weights, batch, adversary);
      const norms = (tensor: tf.Tensor) => tf.sqrt(tf.sum(tf.square(tensor), 2));
      const clean = tf.mean(norms(model.forward(weights, batch.x).inputs[layer] as tf.Tensor), 1).dataSync();
      const longest = tf.max(norms(delta), 1).dataSync();
      [0.3, 1].forEach((epsilon, k) => {
        expect(longest[k]).toBeLessThanOrEqual(epsilon * (clean[k] as number) * (1 + 1e-5));
        expect(longest[k]).toBeGreaterThan(0.9 * epsilon * (clean[k] as number));
      });
      const loss = (logits: tf.Tensor) =>
        tf
          .neg(tf.mean(tf.sum(tf.mul(tf.logSoftmax(logits), tf.cast(tf.oneHot(batch.y, 4), 'float32')), 2), 1))
          .dataSync();
      const [before, after] = [
        loss(model.forward(weights, batch.x).logits),
        loss(logitsUnder(model, weights, batch, layer, delta)),
      ];
      before.forEach((value, k) => {
        expect(after[k]).toBeLessThan(0.9 * value);
      });
    });
  });

  it('moves an example the same whatever others are in its batch, and starts downhill', () => {
    tf.tidy(() => {
      const { model, weights, batch } = setUp(9);
      const delta = tf.zerosLike(model.forward(weights, batch.x).inputs[1] as tf.Tensor);
      const all = elicitation(model, weights, batch, 1, delta);
      const part = { x: tf.slice(batch.x, [0, 0, 0], [2, 2, 3]), y: tf.slice(batch.y, [0, 0], [2, 2]), size: 2 };
      const few = elicitation(model, weights, part, 1, tf.slice(delta, [0, 0, 0], [2, 2, 7]));
      const expected = tf.slice(all, [0, 0, 0], [2, 2, 7]).dataSync();
      few.dataSync().forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i] as number, 6);
      });
    });
  });

  it.each(attacked)('of radius 0 leaves %s what it is, to the bit, and a small one nearly', async (method) => {
    // SCRUB begins with min steps, which nobody attacks.
    const run = { method, steps: method === 'scrub' ? 16 : 5, retain: { kind: 'ce' }, learningRate: 0.01 };
    const numbers = async (fields: object) =>
      numbersOf(await eventsOf(small({ runs: [{ ...run, name: 'a', ...fields }] })));
    const base = await numbers({});
    expect(await numbers({ wrappers: [{ kind: 'lat', epsilon: 0 }] })).toEqual(base);
    const near = await numbers({ wrappers: [{ kind: 'lat', epsilon: 1e-5 }] });
    const far = await numbers({ wrappers: [{ kind: 'lat', epsilon: 1 }] });
    const last = (events: readonly RunEvent[]) => events.findLast((event) => event.type === 'metrics')?.values ?? [];
    last(near).forEach((value, i) => {
      const expected = last(base)[i] as number;
      const isSmooth = /Loss|Distance|Kl|Drift/.test([...metrics.keys()][i] ?? '');
      if (isSmooth && Number.isFinite(expected))
        expect(Math.abs(value - expected)).toBeLessThan(0.02 * (1 + Math.abs(expected)));
    });
    expect(last(far)).not.toEqual(last(base));
  });

  it('of the same radius brings back less of what was forgotten under it', async () => {
    const run = { method: 'rl', steps: 150, retain: { kind: 'ce' } };
    const runs = [
      { ...run, name: 'plain' },
      { ...run, name: 'attacked', wrappers: [{ kind: 'lat', epsilon: 0.5, steps: 6 }] },
    ];
    const scenario = small({ runs });
    const last = await lastWeights(scenario);
    const [seed] = prepareSeeds(scenario, catalogue);
    if (!seed) throw new Error('no seed');
    const { draw, split } = seed;
    const { x, y } = (draw.points as LabelledPoints).dataset.train;
    const points = Float32Array.from([...split.forget].flatMap((i) => [...x.subarray(2 * i, 2 * i + 2)]));
    const count = split.forget.length;
    const recovered = tf.tidy(() => {
      const batch: Batch = {
        x: tf.tensorOf(points, [1, count, 2]),
        y: tf.tensorOf(
          split.forget.map((i) => y[i] as number),
          [1, count],
        ),
        size: count,
      };
      return [0, 1].map((variant) => {
        const weights = tf.tensorOf(last.get(`${variant}/0`) as Float32Array, [1, draw.model.size]);
        const attack = { layer: 1, steps: 20, epsilon: column(0.5), learningRate: column(0.2) };
        const delta = perturbation(draw.model, weights, batch, attack);
        return tf.mean(rowsOf(logitsUnder(draw.model, weights, batch, 1, delta), batch).logP).dataSync()[0] as number;
      });
    });
    draw.dispose();
    expect(recovered[1]).toBeLessThan((recovered[0] as number) - 1);
  });

  it('counts what it reads', async () => {
    const run = { method: 'ga', steps: 4, batchSize: 5 };
    const runs = [
      { ...run, name: 'plain' },
      { ...run, name: 'attacked', wrappers: [{ kind: 'lat', steps: 3 }] },
    ];
    const { results } = await collected(small({ runs }));
    expect(results().runs.map(({ sampleVisits }) => sampleVisits)).toEqual([20, 80]);
  });

  it('may be swept, each lane with the numbers of a run of its own', async () => {
    const run = { name: 'a', method: 'npo', steps: 4, retain: { kind: 'ce' }, wrappers: [{ kind: 'lat', steps: 2 }] };
    const swept = await collected(small({ runs: [{ ...run, sweep: { 'wrappers.lat.epsilon': [0, 0.5, 1] } }] }));
    for (const [i, epsilon] of [0, 0.5, 1].entries()) {
      const alone = await collected(small({ runs: [{ ...run, wrappers: [{ kind: 'lat', steps: 2, epsilon }] }] }));
      expect(swept.results().runs[i]?.metrics).toEqual(alone.results().runs[0]?.metrics);
    }
  });

  it.each([
    [
      { method: 'ft', wrappers: [{ kind: 'l2' }, { kind: 'lat' }] },
      '/wrappers/1/kind',
      'a wrapper that ft takes: l2, ewc',
    ],
    [
      { method: 'retrain', wrappers: [{ kind: 'pcgrad' }] },
      '/wrappers/0/kind',
      'a wrapper that retrain takes: l2, ewc',
    ],
    [{ method: 'uld', wrappers: [{ kind: 'pcgrad' }] }, '/wrappers/0/kind', 'no wrapper'],
    [{ method: 'none', wrappers: [{ kind: 'l2' }] }, '/wrappers/0/kind', 'no wrapper'],
    [
      { method: 'ga', wrappers: [{ kind: 'lat', layer: 2 }] },
      '/wrappers/0/layer',
      'a hidden layer of the network: 1 to 1',
    ],
  ])('that %j does not fit fails that run alone, and says why', async (fields, path, expected) => {
    const runs = [
      { name: 'bad', steps: 2, ...fields },
      { name: 'good', method: 'ga', steps: 2 },
    ];
    const events = await eventsOf(small({ runs }));
    const failures = events.filter((event) => event.type === 'variantFailed');
    expect(failures.map(({ error }) => error.code)).toEqual(['method/failed']);
    expect(failures[0]?.error.faults[0]).toMatchObject({ path, expected });
    expect(failures[0]?.error.message).toContain('bad');
    expect(events.at(-1)?.type).toBe('finished');
  });
});
