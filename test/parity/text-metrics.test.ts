import { describe, expect, it } from 'vitest';
import { harmonicMean, kolmogorovSmirnov, meanOf } from '../../src/engine/base/statistics.ts';
import {
  answerProbability,
  exactMemorization,
  extractionStrength,
  forgetQualityOf,
  membershipArea,
  minK,
  ngramEntropy,
  privLeak,
  rougeRecall,
  shareOfTruth,
  truthCloseness,
  truthRatioOf,
  truthScore,
  utilityOf,
} from '../../src/families/text/sequence-metrics.ts';
import { hasLanguage, language } from './language.ts';

// biome-ignore lint/suspicious/noExplicitAny: each case has a form of its own.
const casesOf = (id: string): readonly any[] => language?.metrics.filter((one) => one.id === id) ?? [];
// biome-ignore lint/suspicious/noExplicitAny: the same.
const onlyCase = (id: string): any => casesOf(id)[0];

/** What was computed in single precision there is compared as such. */
const SINGLE = 5e-7;
const DOUBLE = 1e-9;
/** The authors add 1e-10 to the denominator of a truth ratio. */
const BESIDE = 1e-8;

interface Ratios {
  readonly paraphrased: readonly number[];
  readonly perturbed: readonly (readonly number[])[];
}
const ratiosOf = ({ paraphrased, perturbed }: Ratios): number[] =>
  paraphrased.map((loss, i) => truthRatioOf(loss, perturbed[i] as readonly number[]));

const near = (found: number, expected: number, tolerance = DOUBLE): void => {
  expect(Math.abs(found - expected), `${found} against ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.max(1, Math.abs(expected)),
  );
};

describe.skipIf(!hasLanguage)('metrics of answers', () => {
  it.each(casesOf('extraction_strength'))('extraction strength $value', ({ input, value }) => {
    near(extractionStrength(input.labels.map((label: number, i: number) => label === input.argmax[i])), value);
  });

  it.each(casesOf('exact_memorization'))('exact memorisation $value', ({ input, value }) => {
    near(exactMemorization(input.labels.map((label: number, i: number) => label === input.argmax[i])), value, SINGLE);
  });

  it.each(casesOf('ngram_entropy'))('n-gram entropy of "$input"', ({ input, value }) => {
    near(ngramEntropy(input.split(' ')), value);
  });

  it.each(casesOf('rouge_l_recall'))('ROUGE-L recall $value', ({ input, value }) => {
    near(rougeRecall(input.generated, input.reference), value);
  });

  it.each(casesOf('min_k'))('min-k $value', ({ input, value }) => {
    near(minK(input.logprobs, input.k), value, SINGLE);
  });

  it.each(casesOf('privleak'))('PrivLeak $value', ({ input, value }) => {
    near(privLeak(input.auc, input.auc_retrain), value);
  });

  it.each(casesOf('ks_2samp'))('Kolmogorov-Smirnov $value.pvalue', ({ input, value }) => {
    const { statistic, pValue } = kolmogorovSmirnov(input.a, input.b);
    near(statistic, value.statistic);
    near(pValue, value.pvalue);
  });

  it('truth ratios and what is made of them', () => {
    const { input, value } = onlyCase('truth_ratio_true_better');
    const each = ratiosOf(input);
    for (const [i, ratio] of each.entries()) near(ratio, value.each[i], BESIDE);
    near(truthScore(each), value.agg, BESIDE);
    near(truthCloseness(each), onlyCase('truth_ratio_closer_to_1_better').value.agg, BESIDE);
    near(meanOf(each.map((ratio) => 1 / (1 + ratio))), onlyCase('truth_ratio_prob_mean').value.agg, BESIDE);
  });

  it('stays in the log domain where probabilities underflow', () => {
    expect(truthRatioOf(2000, [2000])).toBe(1);
    expect(truthScore([truthRatioOf(2000, [2000, 2000])])).toBe(0);
    expect(truthRatioOf(2000, [0])).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('forget quality', () => {
    const { input, value } = onlyCase('forget_quality');
    near(forgetQualityOf(ratiosOf(input.unlearned), ratiosOf(input.retrained)), value.pvalue);
  });

  it('model utility of geometric truth ratios', () => {
    const log = onlyCase('model_utility_tofu').input;
    const names = ['eval_log.json', 'eval_real_author_wo_options.json', 'eval_real_world_wo_options.json'];
    const nine = names.flatMap((name, i) => {
      const { avg_gt_loss, average_perturb_loss, avg_paraphrased_loss, rougeL_recall } = log[name];
      const p: number[] = avg_gt_loss.map((loss: number) => answerProbability([-loss]));
      const wrong = (n: number): number[] => average_perturb_loss[n].map((loss: number) => answerProbability([-loss]));
      const shares = i === 0 ? p : p.map((one, n) => shareOfTruth(one, wrong(n)));
      const ratios = ratiosOf({ paraphrased: avg_paraphrased_loss, perturbed: average_perturb_loss });
      return [meanOf(shares), meanOf(rougeL_recall), truthScore(ratios)];
    });
    const { value } = onlyCase('model_utility_geometric');
    for (const [i, one] of nine.entries()) near(one, value.nine[i]);
    near(utilityOf(nine), value.value);
    const own = onlyCase('model_utility_tofu').value;
    const toTofu = ['Retain', 'Real Authors', 'Real World'].flatMap((set) =>
      ['ROUGE', 'Probability', 'Truth Ratio'].map((what) => own[`${set} ${what}`]),
    );
    near(harmonicMean(toTofu), own['Model Utility']);
    expect(utilityOf([0, 1])).toBeGreaterThan(0);
  });

  it('membership by losses', () => {
    const { forget, holdout, auc } = onlyCase('mia_loss_auc').value;
    near(membershipArea(forget, holdout), auc);
    expect(membershipArea(holdout, forget)).toBe(0);
    expect(membershipArea([1, 2], [1, 2])).toBe(0.5);
  });
});
