import { exp, log } from '../../engine/base/math.ts';
import { kolmogorovSmirnov } from '../../engine/base/statistics.ts';
import { type EvalSplit, type EvalView, meanOver, oncePerArrays, type Subject } from '../../engine/contracts/metric.ts';

/** Probabilities of a split, row by row: [N * C]. */
export const probabilities = (view: EvalView, split: EvalSplit, subject?: Subject): Float64Array =>
  Float64Array.from(view.logProbs(split, subject).data, exp);

/**
 * Truth ratio of each example of a split: [(1 - p_y) / (C - 1)] / p_y, how much more the wrong answers get than the right
 * one (TOFU, Maini et al. 2024, section 2.2.2, with the arithmetic mean over the wrong classes).
 */
export const truthRatios = (view: EvalView, split: EvalSplit, subject?: Subject): number[] => {
  const p = probabilities(view, split, subject);
  const C = view.classes;
  return Array.from(view.labels(split), (label, row) => {
    const right = p[row * C + label] as number;
    return (1 - right) / (C - 1) / Math.max(right, 1e-300);
  });
};

/** Mean over a split of the Jensen-Shannon divergence between two models, to base 2: 0 to 1. */
export const meanJensenShannon = (view: EvalView, split: EvalSplit, one: Subject, other: Subject): number => {
  const [p, q] = [probabilities(view, split, one), probabilities(view, split, other)];
  const term = (a: number, mean: number): number => (a > 0 ? (a * log(a / mean)) / Math.LN2 : 0);
  let sum = 0;
  p.forEach((value, i) => {
    const opposite = q[i] as number;
    const mean = (value + opposite) / 2;
    sum += (term(value, mean) + term(opposite, mean)) / 2;
  });
  return sum / view.labels(split).length;
};

/** Linear centered kernel alignment of two sets of features of the same n examples, 0 to 1 (Kornblith et al. 2019). */
export const linearCka = (a: Float32Array, b: Float32Array, n: number): number => {
  const centered = (source: Float32Array): { readonly x: Float64Array; readonly width: number } => {
    const width = source.length / n;
    const x = Float64Array.from(source);
    for (let c = 0; c < width; c++) {
      let sum = 0;
      for (let row = 0; row < n; row++) sum += x[row * width + c] as number;
      for (let row = 0; row < n; row++) x[row * width + c] = (x[row * width + c] as number) - sum / n;
    }
    return { x, width };
  };
  /** ‖AᵀB‖² */
  const crossed = (p: ReturnType<typeof centered>, q: ReturnType<typeof centered>): number => {
    let total = 0;
    for (let i = 0; i < p.width; i++) {
      for (let j = 0; j < q.width; j++) {
        let sum = 0;
        for (let row = 0; row < n; row++)
          sum += (p.x[row * p.width + i] as number) * (q.x[row * q.width + j] as number);
        total += sum * sum;
      }
    }
    return total;
  };
  const [first, second] = [centered(a), centered(b)];
  return crossed(first, second) / Math.sqrt(crossed(first, first) * crossed(second, second));
};

/** The same of the last hidden layers of the model and the original one on a split; NaN where that is not defined. */
export const ckaWithOriginal = (view: EvalView, split: EvalSplit): number => {
  const [own, before] = [view.features(split), view.features(split, 'original')];
  const n = view.labels(split).length;
  return own && before && n > 1 ? linearCka(own.data, before.data, n) : Number.NaN;
};

/**
 * Centered hidden embedding similarity of n pairs, ⟨h⁺, h⁻⟩ - ‖h⁺‖², features [n * width] each (Razin et al. 2025, definition
 * 2, last token and last layer alone).
 */
export const chesScores = (
  preferred: ArrayLike<number>,
  dispreferred: ArrayLike<number>,
  width: number,
): Float64Array => {
  const scores = new Float64Array(preferred.length / width);
  for (let i = 0; i < preferred.length; i++) {
    const [plus, minus] = [preferred[i] as number, dispreferred[i] as number];
    const row = Math.floor(i / width);
    scores[row] = (scores[row] as number) + plus * (minus - plus);
  }
  return scores;
};

/** The mean over all pairs of a retain example (+) and a forget example (-); NaN where there are no features. */
export const meanChes = (view: EvalView): number => {
  const [forget, retain] = [view.features('forget'), view.features('retain')];
  const [nf, nr] = [view.labels('forget').length, view.labels('retain').length];
  if (!forget || !retain || nf === 0 || nr === 0) return Number.NaN;
  const width = retain.data.length / nr;
  const mean = new Float64Array(width); // it enters linearly
  forget.data.forEach((value, i) => {
    mean[i % width] = (mean[i % width] as number) + value / nf;
  });
  const paired = Float64Array.from(retain.data, (_, i) => mean[i % width] as number);
  const scores = chesScores(retain.data, paired, width);
  return meanOver(nr, (row) => scores[row] as number);
};

const qualities = oncePerArrays();

/** How often two samples of one distribution lie as far apart as the model's and the retrained model's truth ratios (TOFU). */
export const forgetQuality = (view: EvalView): number =>
  qualities(view.logProbs('forget').data, view.logProbs('forget', 'retrained').data, () => {
    const [own, goal] = [truthRatios(view, 'forget'), truthRatios(view, 'forget', 'retrained')];
    return kolmogorovSmirnov(own, goal).pValue;
  });
