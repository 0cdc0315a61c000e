import { exp, log } from '../../engine/base/math.ts';
import { areaUnderCurve, harmonicMean, kolmogorovSmirnov, meanOf } from '../../engine/base/statistics.ts';

/**
 * Numbers of question-answer pairs as literal arrays: log p of each answer token, what is generated, truth ratios. Sources:
 * NPO (licong-lin/negative-preference-optimization@1207bbe), OU (locuslab/open-unlearning@d3d7cf9), TOFU (Maini et al.
 * 2024), RWKU (Jin et al. 2024). Losses are in nats per token, the end of an answer included.
 */

/** exp(mean log p) of one answer: P(a|q)^(1/|a|). OU evaluate_probability. */
export const answerProbability = (logProbs: readonly number[]): number => exp(meanOf(logProbs));

/** p / (p + Σ p of the wrong answers + 1e-10): of real authors and capitals. TOFU real_authors and world_facts. */
export const shareOfTruth = (p: number, wrong: readonly number[]): number =>
  p / (p + wrong.reduce((sum, other) => sum + other, 0) + 1e-10);

/** Length of the longest common subsequence. */
const commonLength = (a: readonly unknown[], b: readonly unknown[]): number => {
  let row = new Uint16Array(b.length + 1);
  for (const x of a) {
    const next = new Uint16Array(b.length + 1);
    for (const [j, y] of b.entries()) {
      next[j + 1] = x === y ? (row[j] as number) + 1 : Math.max(row[j + 1] as number, next[j] as number);
    }
    row = next;
  }
  return row[b.length] as number;
};

/** ROUGE-L recall: the longest common subsequence's share of the reference, 0 of none. Lin 2004; words are whole, there is no stemmer. */
export const rougeRecall = (generated: readonly unknown[], reference: readonly unknown[]): number =>
  reference.length === 0 ? 0 : commonLength(generated, reference) / reference.length;

const MOST = 60;

/**
 * R = exp(loss of the paraphrased answer - mean loss of the perturbed ones), the exponent held within ±60: in the log
 * domain, since a ratio of probabilities that underflow makes a collapsed model look perfect.
 */
export const truthRatioOf = (paraphrased: number, perturbed: readonly number[]): number =>
  exp(Math.min(MOST, Math.max(-MOST, paraphrased - meanOf(perturbed))));

/** On what is to be kept: mean max(0, 1 - R). OU true_better. */
export const truthScore = (ratios: readonly number[]): number => meanOf(ratios.map((ratio) => Math.max(0, 1 - ratio)));

/** On the forget set: mean min(R, 1/R). OU closer_to_1_better. */
export const truthCloseness = (ratios: readonly number[]): number =>
  meanOf(ratios.map((ratio) => Math.min(ratio, 1 / (ratio + 1e-10))));

/** Harmonic mean of nine numbers, each held at 1e-12 at least: probability, ROUGE-L recall and truth score of retain, real, world. TOFU. */
export const utilityOf = (nine: readonly number[]): number => harmonicMean(nine.map((value) => Math.max(value, 1e-12)));

/** The two-sided Kolmogorov-Smirnov p-value between the forget set's truth ratios of two models. TOFU forget quality. */
export const forgetQualityOf = (unlearned: readonly number[], retrained: readonly number[]): number =>
  kolmogorovSmirnov(unlearned, retrained).pValue;

/** The share of an answer's tokens, its end left out, that are the likeliest ones after the true words before them. OU exact_memorization. */
export const exactMemorization = (isLikeliest: readonly boolean[]): number =>
  meanOf(isLikeliest.slice(0, -1).map((hit) => (hit ? 1 : 0)));

/**
 * 1 - k/n: k true words of the n have to be given before the likeliest ones are all of the rest; the end is left out. k is at
 * most n - 1, so nothing known gives 1/n, not 0. OU extraction_strength.
 */
export const extractionStrength = (isLikeliest: readonly boolean[]): number => {
  const words = isLikeliest.slice(0, -1);
  const n = words.length;
  let k = n - 1;
  while (k > 0 && words[k] && words[k - 1]) k--;
  return 1 - k / n;
};

/** The mean loss of the k n least likely tokens, at least one. Shi et al. 2024, Min-K%. */
export const minK = (logProbs: readonly number[], k = 0.2): number => {
  const sorted = logProbs.toSorted((a, b) => a - b);
  return -meanOf(sorted.slice(0, Math.max(1, Math.floor(k * logProbs.length))));
};

/** How well losses tell items from unread ones: 1 is member-like, 0.5 a coin, below it over-forgotten. OU mia_loss. */
export const membershipArea = (forget: readonly number[], unread: readonly number[]): number =>
  areaUnderCurve(unread, forget);

/** 100 ((1 - AUC) - (1 - AUC*)) / (1 - AUC* + 1e-10): above 0 over-forgotten, below under-forgotten. Shi et al. 2024 (MUSE), as OU privleak. */
export const privLeak = (area: number, retrained: number): number =>
  (100 * (1 - area - (1 - retrained))) / (1 - retrained + 1e-10);

const entropyOfRuns = (words: readonly string[], n: number): number => {
  const counts = new Map<string, number>();
  const total = words.length - n + 1;
  for (let i = 0; i < total; i++) {
    const run = words.slice(i, i + n).join(' ');
    counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / total) * (log(count / total) / Math.LN2);
  return entropy;
};

/** Mean of ⅔ of the entropy of pairs and 4/3 of that of triples of words, in bits: a loop has 0. RWKU eval_fluency. */
export const ngramEntropy = (words: readonly string[]): number =>
  ((2 / 3) * entropyOfRuns(words, 2) + (4 / 3) * entropyOfRuns(words, 3)) / 2;

/** exp of the median loss of what was said under another model. */
export const medianPerplexity = (losses: readonly number[]): number => {
  const sorted = losses.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) / 2;
  return exp(((sorted[Math.floor(at)] as number) + (sorted[Math.ceil(at)] as number)) / 2);
};
