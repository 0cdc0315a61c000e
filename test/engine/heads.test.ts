import { beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../../src/engine/base/random.ts';
import { defaultsOf } from '../../src/engine/base/schema.ts';
import * as tf from '../../src/engine/base/tf.ts';
import type { Head } from '../../src/engine/contracts/head.ts';
import { type AnyMethod, everyParamOf, sequenceParamsOf } from '../../src/engine/contracts/method.ts';
import type { Network } from '../../src/engine/contracts/network.ts';
import type { AnyTerm, Batch, LaneTerm } from '../../src/engine/contracts/rows.ts';
import { lossesOf, lossGradient, objectiveGradient } from '../../src/engine/method-kinds.ts';
import { mlp } from '../../src/engine/network/model.ts';
import type { MlpSpec } from '../../src/engine/network/shape.ts';
import { stackExamples } from '../../src/engine/objective/examples.ts';
import { crossEntropy, rowsOf, termLoss } from '../../src/engine/objective/rows.ts';
import { network } from '../../src/engine/start.ts';
import { methods } from '../../src/methods/registry.ts';
import { retainTerms } from '../../src/retain/registry.ts';
import { useEngine } from '../support/engine.ts';

/** A small deterministic stream of numbers in [0, 1). */
const numbers = (seed: number) => {
  let state = seed * 7919 + 17;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
};

interface Kind {
  readonly name: string;
  readonly head: Head;
  readonly sequences: boolean;
  readonly spec: MlpSpec;
  /** Rows of each example, lane by lane. */
  readonly lengths: readonly (readonly number[])[];
}

const WORDS: MlpSpec = {
  inputs: 5,
  hidden: [7],
  classes: 13,
  activation: 'relu',
  init: 'auto',
  embedding: { vocabulary: 13, width: 3, deviation: 0.4 },
};
const single = (n: number) => Array.from({ length: n }, () => 1);

const KINDS: readonly Kind[] = [
  {
    name: 'classes',
    head: { kind: 'categorical' },
    sequences: false,
    spec: { inputs: 3, hidden: [6], classes: 4, activation: 'tanh', init: 'auto' },
    lengths: [single(9), single(9)],
  },
  {
    name: 'words',
    head: { kind: 'categorical' },
    sequences: true,
    spec: WORDS,
    lengths: [
      [3, 1, 2],
      [4, 2],
      [1, 5, 2, 2],
    ],
  },
  {
    name: 'words in several blocks of rows',
    head: { kind: 'categorical' },
    sequences: true,
    spec: WORDS,
    lengths: [Array.from({ length: 40 }, (_, i) => 2 + (i % 5)), Array.from({ length: 30 }, (_, i) => 1 + (i % 4))],
  },
  {
    name: 'words of a large vocabulary',
    head: { kind: 'categorical' },
    sequences: true,
    spec: { ...WORDS, classes: 601, embedding: { vocabulary: 601, width: 6, deviation: 0.4 } },
    lengths: [[2, 3], [4]],
  },
  {
    name: 'numbers',
    head: { kind: 'real', variance: 0.3 },
    sequences: false,
    spec: { inputs: 2, hidden: [6, 5], classes: 2, activation: 'tanh', init: 'auto' },
    lengths: [single(7), single(7)],
  },
  {
    name: 'numbers in lanes of different length and several rows an example',
    head: { kind: 'real', variance: 0.5 },
    sequences: true,
    spec: { inputs: 2, hidden: [6], classes: 1, activation: 'relu', init: 'auto' },
    lengths: [
      [2, 1, 3],
      [1, 1, 1, 1],
    ],
  },
];

const weightsOf = (model: Network, K: number, seed: number): tf.Tensor => {
  const flat = new Float32Array(K * model.size);
  for (let k = 0; k < K; k++)
    flat.set(
      model.init(keyOf(seed + k)).map((w, i) => w + 0.1 * Math.sin(i + k)),
      k * model.size,
    );
  return tf.tensorOf(flat, [K, model.size]);
};

/** A batch of a kind of examples; of one lane, the same rows as in the batch of all of them. */
const batchOf = (kind: Kind, seed: number, lane?: number, lengths = kind.lengths): Batch => {
  const { spec, head } = kind;
  const model = mlp(spec);
  const taken = lane === undefined ? lengths : [lengths[lane] as readonly number[]];
  const { size, ...examples } = stackExamples(taken);
  const K = taken.length;
  const ids = kind.spec.embedding !== undefined;
  const x = ids ? new Int32Array(K * size * spec.inputs) : new Float32Array(K * size * spec.inputs);
  const isReal = head.kind === 'real';
  const [y, alternatives] = [0, 1].map(() =>
    isReal ? new Float32Array(K * size * spec.classes) : new Int32Array(K * size),
  ) as [Float32Array | Int32Array, Float32Array | Int32Array];
  const reference = new Float32Array(K * size * spec.classes);
  taken.forEach((_, k) => {
    const draw = numbers(seed + 31 * (lane ?? k));
    for (let row = k * size; row < k * size + (examples.rows[k] as number); row++) {
      for (let i = 0; i < spec.inputs; i++) {
        x[row * spec.inputs + i] = ids ? Math.floor(draw() * (spec.embedding?.vocabulary ?? 0)) : 2 * draw() - 1;
      }
      for (const target of [y, alternatives]) {
        const width = isReal ? spec.classes : 1;
        for (let o = 0; o < width; o++)
          target[row * width + o] = isReal ? draw() - 0.5 : Math.floor(draw() * spec.classes);
      }
    }
  });
  const points = tf.tensorOf(x, [K, size, spec.inputs]);
  const original = weightsOf(model, lengths.length, 71);
  const own = lane === undefined ? original : tf.slice(original, [lane, 0], [1, model.size]);
  const { logits } = model.forward(own, points);
  reference.set(tf.valuesOf(isReal ? logits : tf.logSoftmax(logits)));
  const shape = isReal ? [K, size, spec.classes] : [K, size];
  const isPlain = taken.every((own_) => own_.length === size);
  return {
    head,
    x: points,
    y: tf.tensorOf(y, shape),
    alternatives: tf.tensorOf(alternatives, shape),
    reference: tf.tensorOf(reference, [K, size, spec.classes]),
    size,
    ...(!isPlain && { examples }),
  };
};

/** The same with refusals: other examples of other lengths. */
const withOthers = (kind: Kind, lane?: number): Batch => {
  const { alternatives: _, ...batch } = batchOf(kind, 3, lane);
  const lengths = kind.lengths.map((own) => own.map((n, s) => 1 + ((n + s) % 3)));
  return { ...batch, alternativeExamples: batchOf(kind, 8, lane, lengths) };
};

/** The shape of what is above the first hidden layer. */
const upperSpec = ({ spec }: Kind): MlpSpec => ({
  inputs: spec.hidden[0] as number,
  hidden: spec.hidden.slice(1),
  classes: spec.classes,
  activation: spec.activation,
  init: 'auto',
});

interface Spoken {
  readonly id: string;
  readonly terms: readonly AnyTerm[];
  readonly settings: readonly Readonly<Record<string, unknown>>[];
  readonly tensors: Readonly<Record<string, unknown>>;
}

/** Every method and retain term that says it speaks a kind of examples, with settings for K lanes. */
const spokenBy = (kind: Kind, K: number): Spoken[] => {
  const speaks = ({ heads = ['categorical'], sequences }: Pick<AnyMethod, 'heads' | 'sequences'>) =>
    heads.includes(kind.head.kind) && (!kind.sequences || sequences === true);
  const own = [...methods.values()]
    .filter((method) => speaks(method) && method.terms !== undefined && !method.needs.includes('teacher'))
    .map((method): Spoken => {
      const defaults = defaultsOf(kind.sequences ? sequenceParamsOf(method) : everyParamOf(method));
      const valueAt = (value: unknown, k: number) => (typeof value === 'number' ? value * (1 - 0.2 * k) : value);
      const lanes = Array.from({ length: K }, (_, k) =>
        Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, valueAt(value, k)])),
      );
      const columnOf = (name: string) => tf.tensor2d(lanes.map((values) => [values[name] as number]));
      const tensors = Object.fromEntries(
        Object.entries(defaults).map(([name, value]) => [name, typeof value === 'number' ? columnOf(name) : value]),
      );
      return { id: method.id, terms: method.terms as readonly AnyTerm[], settings: lanes, tensors };
    });
  const kept = [...retainTerms.values()]
    .filter((term) => speaks(term))
    .map(({ id, term }) => ({
      id: `retain ${id}`,
      terms: [term],
      settings: own[0]?.settings.map(() => ({})) ?? [],
      tensors: {},
    }));
  return [...own, ...kept].filter(({ terms }) => terms.length > 0);
};

const laneTerms = ({ terms, settings }: Spoken, lane?: number): LaneTerm[] =>
  terms.map((term) => ({ term, settings: lane === undefined ? settings : [settings[lane]] }));

const readsAlternatives = ({ id }: Spoken): boolean => methods.get(id)?.needs.includes('alternativeLabels') === true;

const expectClose = (found: ArrayLike<number>, expected: ArrayLike<number>, what: string) => {
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(largest, `${what}: no gradient at all`).toBeGreaterThan(1e-7);
  for (let i = 0; i < expected.length; i++) {
    const away = Math.abs((found[i] as number) - (expected[i] as number));
    expect(away, `${what} at ${i}`).toBeLessThan(1e-3 * largest);
  }
};

/** The gradient of terms' losses by the tensor library, through the composed network. */
const byLibrary = ({ spec }: Kind, { terms, tensors }: Spoken, weights: tf.Tensor, batch: Batch): ArrayLike<number> => {
  const model = mlp(spec);
  return lossGradient(weights, (at) => {
    const others = batch.alternativeExamples && model.forward(at, batch.alternativeExamples.x).logits;
    const rows = rowsOf(model.forward(at, batch.x).logits, batch, others);
    return tf.addN(terms.map((term) => termLoss(term, rows, tensors, batch)));
  }).dataSync();
};

describe.each(['kernels', 'cpu'] as const)('heads and examples, on %s', (engine) => {
  beforeAll(() => useEngine(engine));

  it.each(KINDS)('pulls are the gradient of the loss: $name', (kind) => {
    const K = kind.lengths.length;
    const spoken = spokenBy(kind, K);
    expect(spoken.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['npo', 'ga', 'ft', 'simnpo', 'retain ce', 'retain kl']),
    );
    for (const one of spoken) {
      tf.tidy(() => {
        const model = network(kind.spec);
        const batch = kind.sequences && readsAlternatives(one) ? withOthers(kind) : batchOf(kind, 3);
        const weights = weightsOf(model, K, 5);
        const found = objectiveGradient(model, { weights, terms: laneTerms(one), batch: () => batch });
        expectClose(found.dataSync(), byLibrary(kind, one, weights, batch), one.id);
      });
    }
  });

  it.each(KINDS)(
    'what is above a hidden layer is a network of its own, and gradients reach what goes in: $name',
    (kind) => {
      tf.tidy(() => {
        const K = kind.lengths.length;
        const model = network(kind.spec);
        const [{ x }, weights] = [batchOf(kind, 4), weightsOf(model, K, 6)];
        const pass = model.forward(weights, x);
        const { network: upper, weights: own } = model.above(1);
        const again = upper.forward(own(weights), pass.inputs[1] as tf.Tensor);
        expectClose(again.logits.dataSync(), pass.logits.dataSync(), 'outputs from above the first hidden layer');
        const pull = tf.sub(tf.sigmoid(pass.logits), 0.4);
        const hidden = pass.inputs[1] as tf.Tensor;
        const found = upper.backwardToInputs(upper.forward(own(weights), hidden), pull).inputs;
        const expected = tf.grad((h) => tf.sum(tf.mul(mlp(upperSpec(kind)).forward(own(weights), h).logits, pull)))(
          hidden,
        );
        expectClose(found.dataSync(), expected.dataSync(), 'dLoss/dHidden');
        expectClose(
          model.backwardToInputs(pass, pull).weights.dataSync(),
          model.backward(pass, pull).dataSync(),
          'dLoss/dWeights beside it',
        );
      });
    },
  );

  it.each(KINDS)('the loss of a batch is the mean of -log p over its rows: $name', (kind) => {
    tf.tidy(() => {
      const K = kind.lengths.length;
      const model = network(kind.spec);
      const [batch, weights] = [batchOf(kind, 4), weightsOf(model, K, 6)];
      const rows = rowsOf(mlp(kind.spec).forward(weights, batch.x).logits, batch);
      expectClose(
        lossesOf(model, weights, batch),
        termLoss(crossEntropy('forget'), rows, {}, batch).dataSync(),
        'loss',
      );
    });
  });
});

describe('lanes of several rows an example, on the kernels', () => {
  beforeAll(() => useEngine('kernels'));

  it.each(KINDS)('stacked lanes give the bits of single runs, whatever the padding: $name', (kind) => {
    const K = kind.lengths.length;
    for (const one of spokenBy(kind, K)) {
      tf.tidy(() => {
        const model = network(kind.spec);
        const isOther = kind.sequences && readsAlternatives(one);
        const made = (lane?: number) => (isOther ? withOthers(kind, lane) : batchOf(kind, 3, lane));
        const weights = weightsOf(model, K, 5);
        const together = objectiveGradient(model, { weights, terms: laneTerms(one), batch: () => made() });
        for (let k = 0; k < K; k++) {
          const alone = objectiveGradient(model, {
            weights: tf.slice(weights, [k, 0], [1, model.size]),
            terms: laneTerms(one, k),
            batch: () => made(k),
          });
          const own = tf.slice(together, [k, 0], [1, model.size]);
          expect(Array.from(own.dataSync()), `${one.id} ${k}`).toEqual(Array.from(alone.dataSync()));
        }
      });
    }
  });
});
