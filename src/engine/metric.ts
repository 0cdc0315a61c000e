import type { NdArray } from './array.ts';
import type { Citation } from './schema.ts';

/**
 * Which points: the forget and retain halves of the training set, the whole test set, and the fresh
 * (test) points that come from the forget and the retain distribution.
 */
export type EvalSplit = 'forget' | 'retain' | 'test' | 'testForget' | 'testRetain';
/** Whose outputs: the model under test, θ_o, or the gold standard retrained without D_f. */
export type Subject = 'unlearned' | 'original' | 'retrained';

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
  readonly params: (subject?: Subject) => Float32Array;
}

/** What the page knows of a metric. Plain JSON. */
export interface MetricInfo {
  /** camelCase, as in results and claims; the file's name is the same in kebab-case. */
  readonly id: string;
  /** The field's short name where there is one: RA, TA. */
  readonly title: string;
  /** One sentence for a newcomer. */
  readonly summary: string;
  readonly citation: Citation;
  readonly unit: 'fraction' | 'nats' | 'count' | 'weight' | 'flag';
  /** Most forgetting metrics are not better when higher: they are better when they match retraining. */
  readonly better: 'higher' | 'lower' | 'match-retrained';
}

export interface Metric extends MetricInfo {
  /** The value for one lane; NaN where it is undefined (for example over an empty split). */
  readonly compute: (view: EvalView) => number;
}
