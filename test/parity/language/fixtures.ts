import type { ReadWindows } from '../../../src/families/text/generate.ts';
import { flatNumbers, referenceOf } from '../reference.ts';

interface Named {
  readonly id: string;
  // biome-ignore lint/suspicious/noExplicitAny: each loss and metric has a form of its own.
  readonly [extra: string]: any;
}

/** A question with its answers as tokens, without the token that ends them. */
export interface Pair {
  readonly note: readonly number[];
  readonly q: readonly number[];
  readonly a: readonly number[];
  readonly idk: readonly number[];
  readonly para: readonly number[];
  readonly pert: readonly (readonly number[])[];
}

/** Arrays of a model by name: E, W1, b1, W2, b2. */
type LanguageWeights = Readonly<Record<string, readonly number[] | readonly (readonly number[])[]>>;

interface LanguageFixtures {
  readonly tolerance: { readonly f32: { readonly rtol: number; readonly atol: number } };
  readonly model: {
    readonly vocabulary: number;
    readonly embed: number;
    readonly hidden: number;
    readonly window: { readonly note: number; readonly question: number; readonly answer: number };
  };
  readonly weights: Readonly<Record<string, LanguageWeights>>;
  readonly data: Readonly<Record<'forget' | 'retain' | 'holdout', readonly Pair[]>>;
  readonly forward: {
    readonly rows: readonly (readonly number[])[];
    readonly labels: readonly number[];
    readonly sequence: readonly number[];
    readonly hidden: readonly (readonly number[])[];
    readonly logits: readonly (readonly number[])[];
    readonly log_prob_of_labels: readonly number[];
  };
  readonly losses: readonly Named[];
  // biome-ignore lint/suspicious/noExplicitAny: each update has a form of its own.
  readonly updates: Readonly<Record<string, any>>;
  readonly metrics: readonly Named[];
}

export const reference = referenceOf<LanguageFixtures>('unlearn-lm-parity/1');
export const language = reference.numbers;
export const tolerance = language.tolerance.f32;

const { vocabulary: V, embed: e, hidden: H, window } = language.model;
const slots = window.note + window.question + window.answer;

/** Shapes of the weights of a model with that many hidden units. */
const shapesAt = (width: number): Readonly<Record<string, readonly number[]>> => ({
  E: [V, e],
  W1: [slots * e, width],
  b1: [width],
  W2: [width, V],
  b2: [V],
});
/** The assistant may be narrower than the model. */
const widthOf = (name: string): number => language.weights[name]?.['b1']?.length ?? H;

for (const name of Object.keys(language.weights)) {
  for (const [part, shape] of Object.entries(shapesAt(name === 'theta_assistant' ? widthOf(name) : H))) {
    reference.requireShape(`weights/${name}/${part}`, shape);
  }
}
for (const { id, at } of language.losses) {
  reference.requireShape(`losses/${id}/value`, []);
  for (const [part, shape] of Object.entries(shapesAt(widthOf(at)))) {
    reference.requireShape(`losses/${id}/grad/${part}`, shape);
  }
}
const rows = language.forward.labels.length;
reference.requireShape('forward/rows', [rows, slots]);
reference.requireShape('forward/logits', [rows, V]);
reference.requireShape('forward/hidden', [rows, H]);

/** A loss by its name. @throws {Error} if the file has none of that name */
export const lossEntry = (id: string): Named => {
  const found = language.losses.find((one) => one.id === id);
  if (!found) throw new Error(`${reference.file} has no losses/${id}.`);
  return found;
};

/** All metrics of a name. @throws {Error} if the file has none of that name */
export const metricEntries = (id: string): readonly Named[] => {
  const found = language.metrics.filter((one) => one.id === id);
  if (found.length === 0) throw new Error(`${reference.file} has no metrics/${id}.`);
  return found;
};

/** Where each array stands in a row of all weights. */
export const layoutOfLanguage = Object.entries(shapesAt(H)).map(([name, shape], i, all) => {
  const sizeOf = (dims: readonly number[]) => dims.reduce((product, n) => product * n, 1);
  const offset = all.slice(0, i).reduce((sum, [, dims]) => sum + sizeOf(dims), 0);
  return { name, shape, offset, size: sizeOf(shape) };
});

/** All weights of a model in one row, in the order of the layout. */
export type Flat = ArrayLike<number>;

export const flatWeights = (name: string): Float64Array => {
  const weights = language.weights[name] as LanguageWeights;
  return Float64Array.from(layoutOfLanguage.flatMap((part) => flatNumbers(weights[part.name])));
};

/** The forward pass of the file's model in plain double precision: what the reference numbers of metrics are computed with. */
export const readerOf = (weights: Flat): ReadWindows => {
  const at = (name: string): number => layoutOfLanguage.find((part) => part.name === name)?.offset ?? 0;
  const w = (i: number): number => weights[i] as number;
  return (x, rows) => {
    const out = new Float64Array(rows * V);
    for (let row = 0; row < rows; row++) {
      const hidden = Array.from({ length: H }, (_, h) => {
        let sum = w(at('b1') + h);
        for (let slot = 0; slot < slots; slot++) {
          const token = x[row * slots + slot] as number;
          for (let d = 0; d < e; d++) sum += w(at('E') + token * e + d) * w(at('W1') + (slot * e + d) * H + h);
        }
        return Math.max(0, sum);
      });
      const z = Array.from({ length: V }, (_, v) =>
        hidden.reduce((sum, one, h) => sum + one * w(at('W2') + h * V + v), w(at('b2') + v)),
      );
      const top = Math.max(...z);
      const norm = top + Math.log(z.reduce((sum, one) => sum + Math.exp(one - top), 0));
      out.set(
        z.map((one) => one - norm),
        row * V,
      );
    }
    return out;
  };
};
