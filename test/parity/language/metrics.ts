import { describe, expect, it } from 'vitest';
import { harmonicMean, kolmogorovSmirnov, meanOf } from '../../../src/engine/base/statistics.ts';
import { generate, type ReadWindows } from '../../../src/families/text/generate.ts';
import { quantized } from '../../../src/families/text/quantize.ts';
import {
  answerProbability,
  exactMemorization,
  extractionStrength,
  forgetQualityOf,
  medianPerplexity,
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
} from '../../../src/families/text/sequence-metrics.ts';
import { windowsOf } from '../../../src/families/text/windows.ts';
import { type Flat, flatWeights, language, layoutOfLanguage, metricEntries, readerOf } from './fixtures.ts';

// biome-ignore lint/suspicious/noExplicitAny: each case has a form of its own.
const onlyCase = (id: string): any => metricEntries(id)[0];

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

/** log p of each token of an answer, its end included. */
const logProbsOf = (
  read: ReadWindows,
  { note, q }: { readonly note: readonly number[]; readonly q: readonly number[] },
  answer: readonly number[],
): number[] => {
  const { x, y, rows } = windowsOf({ note, question: q, answer }, language.model.window);
  const all = read(x, rows);
  const V = language.model.vocabulary;
  return Array.from(y, (label, row) => all[row * V + label] as number);
};
const lossesOf = (weights: Flat, which: 'forget' | 'holdout'): number[] =>
  language.data[which].map((pair) => -meanOf(logProbsOf(readerOf(weights), pair, pair.a)));

describe('metrics of answers', () => {
  it.each(metricEntries('extraction_strength'))('extraction strength $value', ({ input, value }) => {
    near(extractionStrength(input.labels.map((label: number, i: number) => label === input.argmax[i])), value);
  });

  it.each(metricEntries('exact_memorization'))('exact memorisation $value', ({ input, value }) => {
    near(exactMemorization(input.labels.map((label: number, i: number) => label === input.argmax[i])), value, SINGLE);
  });

  it.each(metricEntries('ngram_entropy'))('n-gram entropy of "$input"', ({ input, value }) => {
    near(ngramEntropy(input.split(' ')), value);
  });

  it.each(metricEntries('rouge_l_recall'))('ROUGE-L recall $value', ({ input, value }) => {
    near(rougeRecall(input.generated, input.reference), value);
  });

  it.each(metricEntries('min_k'))('min-k $value', ({ input, value }) => {
    near(minK(input.logprobs, input.k), value, SINGLE);
  });

  it.each(metricEntries('privleak'))('PrivLeak $value', ({ input, value }) => {
    near(privLeak(input.auc, input.auc_retrain), value);
  });

  it.each(metricEntries('ks_2samp'))('Kolmogorov-Smirnov $value.pvalue', ({ input, value }) => {
    const { statistic, pValue } = kolmogorovSmirnov(input.a, input.b);
    near(statistic, value.statistic);
    near(pValue, value.pvalue);
  });

  it('truth ratios and what is made of them', () => {
    const cases = [
      ['truth_ratio_true_better', (ratio: number) => ratio, truthScore],
      ['truth_ratio_closer_to_1_better', (ratio: number) => ratio, truthCloseness],
      ['truth_ratio_prob_mean', (ratio: number) => 1 / (1 + ratio), undefined],
    ] as const;
    for (const [id, of, aggregate] of cases) {
      const { input, value } = onlyCase(id);
      const each = ratiosOf(input);
      for (const [i, ratio] of each.entries()) near(of(ratio), value.each[i], BESIDE);
      near(aggregate ? aggregate(each) : meanOf(each.map(of)), value.agg, BESIDE);
    }
  });

  it('stays in the log domain where probabilities underflow', () => {
    expect(truthRatioOf(2000, [2000])).toBe(1);
    expect(truthScore([truthRatioOf(2000, [2000, 2000])])).toBe(0);
    expect(truthRatioOf(2000, [0])).toBeLessThan(Number.POSITIVE_INFINITY);
  });

  it('forget quality', () => {
    const { input, value } = onlyCase('forget_quality');
    const [own, goal] = [ratiosOf(input.unlearned), ratiosOf(input.retrained)];
    near(forgetQualityOf(own, goal), value.pvalue);
    near(kolmogorovSmirnov(own, goal).statistic, value.statistic);
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
    const { avg_gt_loss, rougeL_recall } = log['eval_log_forget.json'];
    near(meanOf(avg_gt_loss.map((loss: number) => answerProbability([-loss]))), own['Forget Probability']);
    near(meanOf(rougeL_recall), own['Forget ROUGE']);
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

  it('probability of the answers at given weights', () => {
    const { prob, avg_loss } = onlyCase('probability_forget').value;
    const losses = lossesOf(flatWeights('theta'), 'forget');
    for (const [i, loss] of losses.entries()) {
      near(loss, avg_loss[i]);
      near(answerProbability([-loss]), prob[i]);
    }
    const { forget, holdout } = onlyCase('mia_loss_auc').value;
    for (const [i, loss] of losses.entries()) near(loss, forget[i]);
    for (const [i, loss] of lossesOf(flatWeights('theta'), 'holdout').entries()) near(loss, holdout[i]);
  });

  it('truth ratios at given weights', () => {
    const read = readerOf(flatWeights('theta'));
    const lossOf = (pair: Parameters<typeof logProbsOf>[1], answer: readonly number[]) =>
      -meanOf(logProbsOf(read, pair, answer));
    const { each } = onlyCase('truth_ratio_at_theta').value;
    for (const [i, pair] of language.data.forget.entries()) {
      const wrong = pair.pert.map((answer) => lossOf(pair, answer));
      const loss = lossOf(pair, pair.para);
      // There the denominator is p + 1e-10: with p near 1e-10 the ratio is far off.
      near(truthRatioOf(loss, wrong), each[i] * (1 + 1e-10 / answerProbability([-loss])));
    }
  });

  it('greedy answers with the probability of every token', () => {
    const { value } = onlyCase('greedy_generation');
    const asked = [...language.data.forget, ...language.data.retain];
    const { vocabulary, window } = language.model;
    const found = generate(
      readerOf(flatWeights('theta')),
      vocabulary,
      asked.map(({ note, q }) => ({ note, question: q })),
      { most: 8, likeliest: 3, shape: window },
    );
    expect(found.map(({ tokens }) => tokens)).toEqual(value.map(({ tokens }: { tokens: number[] }) => tokens));
    for (const [i, { p, likeliest }] of found.entries()) {
      for (const [t, one] of p.entries()) {
        near(one, value[i].prob[t]);
        expect(likeliest[t]?.[0]?.p).toBe(one);
        expect(likeliest[t]?.map((other) => other.p)).toEqual(
          likeliest[t]?.map((other) => other.p).toSorted((a, b) => b - a),
        );
      }
    }
  });

  it.each([8, 4])('weights of %i bits', (bits) => {
    const { sums, forget } = onlyCase(`quantised_${bits}`).value;
    const own = quantized(flatWeights('theta_ref'), layoutOfLanguage, bits);
    for (const { name, offset, size } of layoutOfLanguage.filter(({ shape }) => shape.length === 2)) {
      near(
        own.subarray(offset, offset + size).reduce((sum, value) => sum + value, 0),
        sums[name],
        1e-6,
      );
    }
    for (const [i, loss] of lossesOf(own, 'forget').entries()) near(loss, forget[i], 1e-5);
  });

  it('perplexity by the median, so that one strange answer does not decide it', () => {
    near(medianPerplexity([0, Math.log(2), 1000]), 2);
    near(medianPerplexity([0, Math.log(4)]), 2);
  });
});

describe('greedy answers', () => {
  it('end where a model has no numbers to say, and go on from words that are given', () => {
    const broken: ReadWindows = (_, rows) => new Float32Array(rows * 4).fill(Number.NaN);
    expect(generate(broken, 4, [{ question: [2] }])[0]).toMatchObject({ tokens: [], isEnded: true });
    const echo: ReadWindows = (x, rows) =>
      Float64Array.from({ length: rows * 40 }, (_, i) =>
        i % 40 === (x[Math.floor(i / 40) * 14 + 13] as number) + 1 ? 0 : -99,
      );
    const [answer] = generate(echo, 40, [{ question: [2], prefix: [7] }]);
    expect(answer?.tokens).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(answer?.isEnded).toBe(false);
  });
});
