import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileKernels, findCompiler } from '../../scripts/kernels.mjs';
import { SimError } from '../../src/engine/base/errors.ts';
import { integer, keyOf, normal } from '../../src/engine/base/random.ts';
import * as tf from '../../src/engine/base/tf.ts';
import { fusedOf } from '../../src/engine/contracts/fused.ts';
import type { Activation, Network } from '../../src/engine/contracts/network.ts';
import type { AnyRowTerm, Batch, LaneTerm, Split } from '../../src/engine/contracts/rows.ts';
import { kernelHeap } from '../../src/engine/kernels/memory.ts';
import { lossesOf } from '../../src/engine/method-kinds.ts';
import { mlp } from '../../src/engine/network/model.ts';
import type { MlpSpec } from '../../src/engine/network/shape.ts';
import { type Descent, descend, type OptimizerName, optimizers } from '../../src/engine/objective/optim.ts';
import { rowGradient } from '../../src/engine/objective/row-gradient.ts';
import { crossEntropy, rowsOf, termLoss } from '../../src/engine/objective/rows.ts';
import { network } from '../../src/engine/start.ts';
import { methods } from '../../src/methods/registry.ts';
import { retainTerms } from '../../src/retain/registry.ts';
import { textOf } from '../architecture/sources.ts';
import { useEngine } from '../support/engine.ts';

beforeAll(() => useEngine('kernels'));

const noise = (seed: number, size: number): Float32Array =>
  Float32Array.from({ length: size }, (_, i) => normal(keyOf(seed), i));

const shapes = fc.record({
  lanes: fc.integer({ min: 1, max: 4 }),
  rows: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(128, 129, 300)),
  inputs: fc.integer({ min: 1, max: 9 }),
  pinned: fc.boolean(),
  hidden: fc.array(fc.integer({ min: 1, max: 19 }), { maxLength: 6 }),
  classes: fc.integer({ min: 2, max: 9 }),
  activation: fc.constantFrom<Activation>('relu', 'tanh', 'sigmoid'),
  seed: fc.nat(1e6),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

const specOf = ({ inputs, hidden, classes, activation, pinned }: Shape): MlpSpec => ({
  inputs,
  hidden,
  classes,
  activation,
  init: 'auto',
  pinned,
});
const weightsOf = (model: Network, { lanes, seed }: Shape): tf.Tensor =>
  tf.tensorOf(
    Float32Array.from(
      Array.from({ length: lanes }, (_, k) => [...model.init(keyOf(seed + k))]).flat(),
      (w, i) => w + 0.1 * normal(keyOf(seed + 7), i),
    ),
    [lanes, model.size],
  );
const pointsOf = ({ lanes, rows, inputs, seed }: Shape): tf.Tensor =>
  tf.tensorOf(noise(seed + 1, lanes * rows * inputs), [lanes, rows, inputs]);

/** Whether two results agree to within rounding, measured by the largest number. */
const expectClose = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 2e-5): void => {
  let largest = 1;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i] as number));
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const gap = Math.abs((found[i] as number) - (expected[i] as number));
    worst = Math.max(worst, Number.isNaN(gap) ? Number.POSITIVE_INFINITY : gap);
  }
  expect(found.length).toBe(expected.length);
  expect(worst).toBeLessThan(tolerance * largest);
};

const batchOf = ({ lanes, rows, classes, inputs, seed }: Shape, shift: number): Batch => {
  const labels = (purpose: number) =>
    tf.tensorOf(
      Int32Array.from({ length: lanes * rows }, (_, i) => integer(keyOf(seed + shift + purpose), i, classes)),
      [lanes, rows],
    );
  return {
    x: tf.tensorOf(noise(seed + shift, lanes * rows * inputs), [lanes, rows, inputs]),
    y: labels(1),
    alternatives: labels(2),
    reference: tf.logSoftmax(tf.tensorOf(noise(seed + shift + 3, lanes * rows * classes), [lanes, rows, classes])),
    teacher: tf.logSoftmax(tf.tensorOf(noise(seed + shift + 4, lanes * rows * classes), [lanes, rows, classes])),
    size: rows,
  };
};

/** A pull that no method makes with its defaults. */
const towardsUniform: AnyRowTerm = {
  on: 'forget',
  pulls: [{ towards: 'uniform', weight: ({ logP }) => 1 - logP }],
  loss: (rows) => rows.logP,
};

/** Every term, with its defaults and a factor per lane. */
const everyTerm = (lanes: number): LaneTerm[] =>
  [
    ...[...methods.values()].flatMap((method) => (method.terms ?? []).map((term) => ({ term, schema: method.params }))),
    ...[...retainTerms.values()].map(({ term }) => ({ term, schema: {} })),
    { term: towardsUniform, schema: {} },
  ].map(({ term, schema }, i) => ({
    term,
    settings: Array.from({ length: lanes }, (_, k) =>
      Object.fromEntries(
        Object.entries(schema as Record<string, { kind: string; default: unknown }>).map(([name, spec]) => [
          name,
          spec.kind === 'number' ? (spec.default as number) * (1 + k / 4) : spec.default,
        ]),
      ),
    ),
    scale: Array.from({ length: lanes }, (_, k) => 0.3 + 0.2 * i + 0.1 * k),
  }));

describe('the kernels agree with the composed network', () => {
  it('in logits, hidden layers, and the gradient of any loss of them by weights and points', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        tf.tidy(() => {
          const [own, reference] = [network(specOf(shape)), mlp(specOf(shape))];
          const weights = weightsOf(own, shape);
          const x = pointsOf(shape);
          const passes = [own, reference].map((model) => model.forward(weights, x));
          const outputs = passes.map(({ logits, inputs }) => [logits, ...inputs]) as [tf.Tensor[], tf.Tensor[]];
          for (const [i, tensor] of outputs[0].entries()) {
            expectClose(tensor.dataSync(), outputs[1][i]?.dataSync() ?? []);
          }
          const gradients = [own, reference].map((model) => {
            const loss = (p: tf.Tensor, points: tf.Tensor): tf.Tensor => {
              const { logits, inputs } = model.forward(p, points);
              return tf.add(tf.sum(tf.square(logits)), tf.sum(tf.mul(inputs.at(-1) as tf.Tensor, 0.5)));
            };
            return [
              tf
                .grad((p) => loss(p, x))(weights)
                .dataSync(),
              tf
                .grad((points) => loss(weights, points))(x)
                .dataSync(),
              // by both at once, as where a network's points are another one's outputs
              tf
                .grad((p) => loss(p, tf.add(x, tf.mean(p))))(weights)
                .dataSync(),
            ] as const;
          });
          for (const which of [0, 1, 2] as const) expectClose(gradients[0]?.[which] ?? [], gradients[1]?.[which] ?? []);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('in the gradients of single rows and the mean of their squares, which are those of one row at a time', () => {
    fc.assert(
      fc.property(shapes, ({ lanes: _, ...shape }) => {
        tf.tidy(() => {
          const one = { ...shape, lanes: 1 };
          const [own, reference] = [network(specOf(one)), mlp(specOf(one))];
          const weights = weightsOf(own, one);
          const values = weights.dataSync() as Float32Array;
          const x = pointsOf(one);
          const pass = reference.forward(weights, x);
          const [, N, C] = pass.logits.shape as [number, number, number];
          const dLogits = (tf.sub(tf.exp(tf.logSoftmax(pass.logits)), 1 / C).dataSync() as Float32Array).slice();
          const found = [own, reference].map(({ perRow }) => perRow.gradients(values, x, dLogits));
          expectClose(found[0] ?? [], found[1] ?? []);
          const P = own.size;
          const rows = found[1] as Float32Array;
          const mean = new Float32Array(P);
          const squares = new Float32Array(P);
          rows.forEach((g, i) => {
            mean[i % P] = (mean[i % P] as number) + g / N;
            squares[i % P] = (squares[i % P] as number) + (g * g) / N;
          });
          expectClose(tf.div(reference.backward(pass, tf.tensorOf(dLogits, [1, N, C])), N).dataSync(), mean);
          for (const { perRow } of [own, reference]) expectClose(perRow.meanSquares(values, x, dLogits), squares);
        });
      }),
    );
  });

  it('in the gradient of any term, and of every term at once', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, chosen) => {
        tf.tidy(() => {
          const [own, reference] = [network(specOf(shape)), mlp(specOf(shape))];
          const weights = weightsOf(own, shape);
          const batches = { forget: batchOf(shape, 10), retain: batchOf(shape, 20) };
          const every = everyTerm(shape.lanes);
          const batch = (split: Split) => batches[split];
          for (const terms of [every, [every[chosen % every.length] as LaneTerm]]) {
            const found = fusedOf(own)?.gradient({ weights, terms, batch });
            const parts = (['forget', 'retain'] as const).map((split) => {
              const pass = reference.forward(weights, batches[split].x);
              const on = terms.filter(({ term }) => term.on === split);
              return reference.backward(pass, rowGradient(on, pass.logits, batches[split]));
            });
            expectClose(found?.dataSync() ?? [], tf.addN(parts).dataSync());
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('in the mean cross-entropy of a batch', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        tf.tidy(() => {
          const [own, reference] = [network(specOf(shape)), mlp(specOf(shape))];
          const weights = weightsOf(own, shape);
          const batch = batchOf(shape, 10);
          const expected = lossesOf(reference, weights, batch);
          expectClose(fusedOf(own)?.losses(weights, batch) ?? [], expected);
          const { logits } = reference.forward(weights, batch.x);
          expectClose(expected, termLoss(crossEntropy('forget'), rowsOf(logits, batch), {}).dataSync());
        });
      }),
    );
  });

  it('in steps of every optimizer, with and without mask, decay and clipping', () => {
    const settings = fc.record({
      optimizer: fc.constantFrom<OptimizerName>('sgd', 'momentum', 'adam'),
      hasMask: fc.boolean(),
      hasDecay: fc.boolean(),
      clip: fc.option(fc.constantFrom(0.01, 1, Number.POSITIVE_INFINITY)),
    });
    fc.assert(
      fc.property(shapes, settings, (shape, { optimizer, hasMask, hasDecay, clip }) => {
        tf.tidy(() => {
          const own = network(specOf(shape));
          const K = shape.lanes;
          const start = weightsOf(own, shape);
          const column = (of: (k: number) => number) => tf.tensor2d(Array.from({ length: K }, (_, k) => [of(k)]));
          const mask = Float32Array.from(noise(shape.seed + 5, K * own.size), (v) => Number(v > 0));
          const descent: Descent = {
            optimizer: optimizers[optimizer],
            settings: {
              learningRate: column((k) => 0.01 * (k + 1)),
              momentum: column((k) => 0.9 - 0.1 * k),
              ...(hasDecay && { weightDecay: column((k) => 0.1 * k) }),
              ...(clip !== null && { clipNorm: column(() => clip) }),
            },
            ...(hasMask && { mask: tf.tensorOf(mask, [K, own.size]) }),
            start: start,
          };
          const only = batchOf(shape, 10);
          const terms = [{ term: crossEntropy('retain'), settings: Array.from({ length: K }, () => ({})) }];
          let [a, b] = [start, start].map((weights) => ({ weights, state: descent.optimizer.init(weights) })) as [
            { weights: tf.Tensor; state: Record<string, tf.Tensor> },
            { weights: tf.Tensor; state: Record<string, tf.Tensor> },
          ];
          for (let step = 0; step < 3; step++) {
            const at = (weights: tf.Tensor) => ({ weights, terms, batch: () => only });
            a = fusedOf(own)?.step(at(a.weights), descent, a.state, step) ?? a;
            const gradient = fusedOf(own)?.gradient(at(b.weights)) as tf.Tensor;
            b = descend(descent, b.weights, gradient, b.state, step);
          }
          // Adam divides by the root of the squared gradient: where that is nearly nothing, rounding decides.
          expectClose(a.weights.dataSync(), b.weights.dataSync(), optimizer === 'adam' ? 1e-2 : 2e-5);
          const [moved, from] = [a.weights.dataSync(), start.dataSync()];
          if (hasMask) for (const [i, free] of mask.entries()) if (!free) expect(moved[i]).toBe(from[i]);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('in what it predicts and decides', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        tf.tidy(() => {
          const one = { ...shape, lanes: 1 };
          const [own, reference] = [network(specOf(one)), mlp(specOf(one))];
          const weights = weightsOf(own, one).dataSync() as Float32Array;
          const x = pointsOf(one);
          const [found, expected] = [own.predict(weights, x), reference.predict(weights, x)];
          expectClose(found.logits, expected.logits);
          expectClose(found.logProbs, expected.logProbs);
          const [maps, others] = [own.decide(weights, x), reference.decide(weights, x)];
          others.confidence.forEach((value, i) => {
            expect(Math.abs(value - (maps.confidence[i] as number))).toBeLessThanOrEqual(1);
          });
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe('the kernels', () => {
  it('refuse to give more gradients of single rows than fit, with the size asked for', () => {
    tf.tidy(() => {
      const model = network({ inputs: 2, hidden: [400, 400], classes: 3, activation: 'relu', init: 'auto' });
      const rows = 1000;
      const ask = () =>
        model.perRow.gradients(
          new Float32Array(model.size),
          tf.tensorOf(new Float32Array(2 * rows), [1, rows, 2]),
          new Float32Array(3 * rows),
        );
      expect(ask).toThrow(/take \d+ MB; at most 256 MB/);
    });
  });

  it('give a lane the same bits alone, among others and at any place', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        tf.tidy(() => {
          const model = network(specOf(shape));
          const K = shape.lanes;
          const weights = weightsOf(model, shape);
          const batch = batchOf(shape, 10);
          const terms = everyTerm(K).filter(({ term }) => term.on === 'forget');
          const together = fusedOf(model)
            ?.gradient({ weights, terms, batch: () => batch })
            .dataSync() as Float32Array;
          const k = shape.seed % K;
          const pick = (tensor: tf.Tensor | undefined) =>
            tf.gather(tensor as tf.Tensor, tf.tensorOf(Int32Array.of(k), [1]));
          const { x, y, alternatives, reference, teacher } = batch;
          const alone = fusedOf(model)?.gradient({
            weights: pick(weights),
            terms: terms.map(({ term, settings, scale }) => ({
              term,
              settings: [settings[k]],
              scale: [scale?.[k] as number],
            })),
            batch: () => ({
              x: pick(x),
              y: pick(y),
              alternatives: pick(alternatives),
              reference: pick(reference),
              teacher: pick(teacher),
              size: shape.rows,
            }),
          });
          expect(alone?.dataSync()).toEqual(together.slice(k * model.size, (k + 1) * model.size));
        });
      }),
      { numRuns: 30 },
    );
  });

  it('free their copies with the tensors, and their memory stays the same over many networks', () => {
    const visit = (width: number) =>
      tf.tidy(() => {
        const shape: Shape = {
          lanes: 2,
          rows: 50,
          inputs: 2,
          hidden: [width],
          classes: 3,
          activation: 'relu',
          pinned: false,
          seed: 1,
        };
        const model = network(specOf(shape));
        const terms = [{ term: crossEntropy('forget'), settings: [{}, {}] }];
        fusedOf(model)?.gradient({ weights: weightsOf(model, shape), terms, batch: () => batchOf(shape, 1) });
      });
    visit(40); // the largest workspace
    const before = [tf.tensorCount(), kernelHeap().used(), kernelHeap().f32.length];
    for (let i = 0; i < 200; i++) visit(1 + (i % 40));
    expect([tf.tensorCount(), kernelHeap().used(), kernelHeap().f32.length]).toEqual(before);
  });

  it('say how much memory they asked for when there is none', () => {
    expect(() => kernelHeap().allocate(2 ** 33)).toThrow(SimError);
    expect(() => kernelHeap().allocate(2 ** 33)).toThrow(/8388608 KiB asked for/);
  });

  it.skipIf(!findCompiler())('are what their sources compile to, byte for byte', async () => {
    expect(await compileKernels()).toBe(textOf('src/engine/kernels/wasm.ts'));
  });
});
