import type { NdArray } from '../base/array.ts';
import { exp } from '../base/math.ts';
import type { Citation } from '../base/schema.ts';
import type { Layer } from './network.ts';

/**
 * Which points: the forget and retain halves of the training set, the whole test set, and the fresh
 * (test) points that come from the forget and the retain distribution.
 */
export type EvalSplit = 'forget' | 'retain' | 'test' | 'testForget' | 'testRetain';
/** Whose outputs: the model under test, θ_o, the gold standard retrained without D_f, or the network with its first weights. */
export type Subject = 'unlearned' | 'original' | 'retrained' | 'untrained';

/** One lane's outputs as plain arrays: a metric never sees a tensor, so it is tested with literals. */
export interface EvalView {
  readonly classes: number;
  /** Log-probabilities [N, C] in nats. N may be 0. */
  readonly logProbs: (split: EvalSplit, subject?: Subject) => NdArray;
  /** Logits [N, C]. */
  readonly logits: (split: EvalSplit, subject?: Subject) => NdArray;
  /** Class indices [N]. */
  readonly labels: (split: EvalSplit) => Int32Array;
  /** All weights and biases, [P]. */
  readonly weights: (subject?: Subject) => Float32Array;
  /** Where each layer's weights and biases stand in `weights`, from the inputs on. */
  readonly layers: readonly Layer[];
  /** Inputs [N, D]. */
  readonly points: (split: EvalSplit) => NdArray;
  /** What the last hidden layer says [N, H]; undefined where it is not one network that answers. */
  readonly features: (split: EvalSplit, subject?: Subject) => NdArray | undefined;
  /** Examples seen in training steps, counted each time, so far and of the retrained model; NaN if unknown. */
  readonly visits: { readonly own: number; readonly retrained: number };
  /** What a metric remembers of the steps before in the same run; `start` makes its memory at the first one. */
  readonly memory: <T extends object>(key: string, start: () => T) => T;
}

/** What metrics are about. */
export type MetricGroup = 'forgetting' | 'keeping' | 'membership' | 'distance' | 'inside' | 'summary';

/** What the page knows of a metric. Plain JSON. */
export interface MetricInfo {
  /** camelCase, as in results and claims; the file's name is the same in kebab-case. */
  readonly id: string;
  /** Words, with the field's short name where there is one: 'Retain accuracy (RA)'. */
  readonly title: string;
  /** One sentence for a newcomer. */
  readonly summary: string;
  /** Its definition: p, θ of the model, with ^ of the original, with * of the retrained one. */
  readonly formula: string;
  readonly citation: Citation;
  readonly unit: 'fraction' | 'nats' | 'count' | 'weight' | 'flag' | 'percent' | 'exponent' | 'bits' | 'factor';
  /** Most forgetting metrics are not better when higher: they are better when they match retraining. */
  readonly better: 'higher' | 'lower' | 'match-retrained';
  /** What it is about, for the table; absent: the table knows, or it is a summary. */
  readonly group?: MetricGroup;
  /** Computed at every recorded step, or, where that would take long, at a run's last one only. */
  readonly when?: 'last';
  /** When there is no value, in words: 'Needs at least two forget points.' */
  readonly undefinedWhen?: string;
}

/** `View`: what its family shows a metric of a lane. */
export interface Metric<View = EvalView> extends MetricInfo {
  /** The value for one lane; NaN where it is undefined (for example over an empty split). */
  readonly compute: (view: View) => number;
}

// biome-ignore lint/suspicious/noExplicitAny: each family's views go to its own metrics only.
export type AnyMetric = Metric<any>;

export const squared = (x: number): number => x * x;

/** Index of the largest of `classes` numbers from `offset`; the first of equals. */
export const argmax = (values: Float32Array, offset: number, classes: number): number => {
  let best = 0;
  for (let c = 1; c < classes; c++) {
    if ((values[offset + c] as number) > (values[offset + best] as number)) best = c;
  }
  return best;
};

/** Mean over rows 0..n-1; NaN for no rows. */
export const meanOver = (n: number, value: (row: number) => number): number => {
  let sum = 0;
  for (let row = 0; row < n; row++) sum += value(row);
  return n === 0 ? Number.NaN : sum / n;
};

/**
 * A number that two arrays of a view decide, computed once for them: several metrics ask for the same one, and all of
 * them for those of the models that are compared with.
 */
export const oncePerArrays = (): ((one: object, other: object, compute: () => number) => number) => {
  const known = new WeakMap<object, { readonly other: object; readonly value: number }>();
  return (one, other, compute) => {
    const before = known.get(one);
    if (before?.other === other) return before.value;
    const value = compute();
    known.set(one, { other, value });
    return value;
  };
};

const accuracies = oncePerArrays();

/** Share of a split whose most probable class is the label, a fraction of 1. */
export const accuracy = (view: EvalView, split: EvalSplit, subject?: Subject): number => {
  const labels = view.labels(split);
  const { data } = view.logits(split, subject);
  return accuracies(data, labels, () =>
    meanOver(labels.length, (row) => (argmax(data, row * view.classes, view.classes) === labels[row] ? 1 : 0)),
  );
};

/** Mean -log p of the label over a split, in nats. */
export const meanLoss = (view: EvalView, split: EvalSplit): number => {
  const labels = view.labels(split);
  const { data } = view.logProbs(split);
  return meanOver(labels.length, (row) => -(data[row * view.classes + (labels[row] as number)] as number));
};

/** Mean KL(p_reference || p) over a split, in nats: the reference comes first, as in the code of the NPO paper. */
export const meanDivergence = (view: EvalView, split: EvalSplit, reference: Subject): number => {
  const from = view.logProbs(split, reference).data;
  const to = view.logProbs(split).data;
  return meanOver(view.labels(split).length, (row) => {
    let sum = 0;
    for (let c = row * view.classes; c < (row + 1) * view.classes; c++) {
      const logP = from[c] as number;
      const p = exp(logP);
      if (p > 0) sum += p * (logP - (to[c] as number));
    }
    return sum;
  });
};

/** L2 distance between the weights of the model under test and those of another; NaN if it is not one network of the same shape. */
export const weightDistance = (view: EvalView, subject: Subject): number => {
  const own = view.weights();
  const other = view.weights(subject);
  if (own.length !== other.length) return Number.NaN;
  let sum = 0;
  for (let i = 0; i < own.length; i++) {
    const d = (own[i] as number) - (other[i] as number);
    sum += d * d;
  }
  return Math.sqrt(sum);
};

/** How far a layer's weights and biases have moved from the original model's, by their L2 norm there; NaN if it is another network. */
export const layerDrift = (view: EvalView, layer: number): number => {
  const [own, before] = [view.weights(), view.weights('original')];
  const { kernel, bias } = view.layers[layer] ?? {};
  if (!kernel || !bias || own.length !== before.length) return Number.NaN;
  let [moved, size] = [0, 0];
  for (let i = kernel.offset; i < bias.offset + bias.size; i++) {
    moved += squared((own[i] as number) - (before[i] as number));
    size += squared(before[i] as number);
  }
  return Math.sqrt(moved / size);
};
