import { beforeAll, describe, expect, it } from 'vitest';
import { epsilonAt, logLikelihoodRatio, rocCurve } from '../../../src/engine/base/attack-statistics.ts';
import { areaUnderCurve, hypervolume, kolmogorovSmirnov, meanOfKnown } from '../../../src/engine/base/statistics.ts';
import { logitOfLoss } from '../../../src/engine/contracts/attack-rows.ts';
import type { Dataset } from '../../../src/engine/contracts/dataset.ts';
import { type EvalView, meanOver, type Subject } from '../../../src/engine/contracts/metric.ts';
import { createEvaluator, type PointOutputs, viewOf } from '../../../src/families/points/evaluate.ts';
import { metrics } from '../../../src/metrics/registry.ts';
import { chesScores, meanJensenShannon, probabilities, truthRatios } from '../../../src/metrics/shared/agreement.ts';
import {
  type Exposure,
  exposures,
  type Feature,
  featureOf,
  lossesOn,
  modifiedEntropy,
} from '../../../src/metrics/shared/membership.ts';
import { confidenceOf, svcNonMembers, thresholdAttack } from '../../../src/metrics/shared/membership-attacks.ts';
import { trainSvm } from '../../../src/metrics/shared/svm.ts';
import { useEngine } from '../../support/engine.ts';
import {
  classes,
  fixtureModel,
  fixtures,
  inputs,
  type Points,
  reference,
  weightsNamed,
  worstExcess,
} from './fixtures.ts';

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
const expected = fixtures.metrics;

/** What the code of the ε attack fixes: its δ, and the least that a rate counts as. */
const [CODE_DELTA, CODE_LEAST] = [1e-5, 1e-10];
const ROUNDED = 0.0005 + 1e-9;

/** The fixture's points: forget and retain for training, its own test points as fresh points of either kind. */
const viewAt = (name: string): EvalView => {
  const { forget, retain, test } = fixtures.data;
  const points = (sets: readonly Points[]) => ({
    x: Float32Array.from(sets.flatMap(({ x }) => x.flat())),
    y: Int32Array.from(sets.flatMap(({ y }) => [...y])),
  });
  const dataset: Dataset = { inputs, classes, train: points([forget, retain]), test: points([test]) };
  const [nf, n, all] = [forget.y.length, dataset.train.y.length, range(0, test.y.length)];
  const split = { forget: range(0, nf), retain: range(nf, n), testForget: all, testRetain: all };
  const rows = { train: dataset.train.x, test: dataset.test.x };
  const evaluator = createEvaluator({ model: fixtureModel(), encode: (x) => x }, dataset, rows, [-1, 1, -1, 1]);
  const outputs = (weights: string) => evaluator.outputs(weightsNamed(weights));
  const subjects: Record<Subject, PointOutputs> = {
    unlearned: outputs(name),
    original: outputs('theta_ref'),
    retrained: outputs('theta_retrain'),
    untrained: outputs('theta_bad'),
  };
  return viewOf(dataset, split, subjects);
};

const scoreOf = (id: string, name = 'theta'): number => metrics.get(id)?.compute(viewAt(name)) ?? Number.NaN;

/** A number that the file gives in words. */
const numberIn = (words: string, pattern: RegExp): number => {
  const found = pattern.exec(words)?.[1];
  if (found === undefined) throw new Error(`${reference.file}: "${words}" does not say ${pattern}`);
  return Number(found);
};

/** How many targets lie so near the boundary that the solver's tolerance, 0.001 in the reference, decides about them. */
const undecided = (...[members, others, targets]: Parameters<typeof svcNonMembers>): number => {
  const rows = [...members, ...others];
  const isMember = rows.map((_, i) => i < members.length);
  const svm = trainSvm(rows, isMember, { cost: 3, gamma: 1 / (rows[0] as readonly number[]).length });
  return targets.filter((target) => Math.abs(svm.decide(target)) < 2e-3).length;
};

/** The modified entropy of the SVC code, which reads every column that appears and log p where log(1 - p) is meant. */
const quirkyEntropy = (list: readonly Exposure[]): readonly number[] => {
  const columns = [...new Set(list.map(({ label }) => label))];
  const log = (p: number): number => -Math.log(Math.max(p, 1e-30));
  return list.map(({ p }) => {
    const reversed = p.map((q) => 1 - q);
    const modified = [...p];
    const modifiedLog = p.map((q) => log(q));
    for (const c of columns) {
      modified[c] = reversed[c] as number;
    }
    return modified.reduce((sum, q, k) => sum + q * (modifiedLog[k] as number), 0);
  });
};

/** How much more the wrong answers get than the right one, with the geometric mean over them: TOFU's own code. */
const geometricRatios = (view: EvalView, subject: Subject): number[] => {
  const { data } = view.logProbs('forget', subject);
  const C = view.classes;
  return Array.from(view.labels('forget'), (label, row) => {
    const logs = Array.from(data.slice(row * C, (row + 1) * C));
    const right = logs[label] as number;
    return Math.exp((logs.reduce((sum, one) => sum + one, 0) - right) / (C - 1) - right);
  });
};

describe(`attacks and scores agree with the reference numbers`, () => {
  beforeAll(() => useEngine('kernels'));

  it.each(Object.keys(expected.svc_mia_forget_efficacy.values))(
    'the support vector machine finds the same members at %s',
    (name) => {
      const { values, setup } = expected.svc_mia_forget_efficacy;
      const [view, shadow] = [viewAt(name), numberIn(setup, /first (\d+) retain/)];
      const [members, others, targets] = [
        exposures(view, 'retain').slice(0, shadow),
        exposures(view, 'test'),
        exposures(view, 'forget'),
      ];
      const single = (feature: Feature) => (list: readonly Exposure[]) =>
        list.map((one) => [Math.abs(featureOf(feature, one))]);
      const features: Readonly<Record<string, (list: readonly Exposure[]) => (readonly number[])[]>> = {
        correctness: single('correctness'),
        confidence: (list) => list.map(confidenceOf),
        entropy: single('entropy'),
        m_entropy: (list) => quirkyEntropy(list).map((value) => [value]),
        prob: (list) => list.map(({ p }) => p),
      };
      for (const [feature, value] of Object.entries<number>(values[name])) {
        const rowsOf = features[feature];
        if (!rowsOf) throw new Error(`no feature "${feature}" here`);
        const [inside, outside, asked] = [rowsOf(members), rowsOf(others), rowsOf(targets)];
        const found = svcNonMembers(inside, outside, asked);
        const open = undecided(inside, outside, asked) / asked.length;
        expect(Math.abs(found - value), feature).toBeLessThanOrEqual(open + 1e-9);
      }
    },
  );

  it('modified entropy is that of Song and Mittal; the other code’s formula is known and not ours', () => {
    const list = exposures(viewAt('theta'), 'forget');
    expected.m_entropy.correct_song_mittal.forEach((value: number, i: number) => {
      expect(Math.abs(modifiedEntropy(list[i] as Exposure) - value)).toBeLessThan(1e-4 * Math.max(0.1, value));
    });
    expected.m_entropy.reference_svc_code.forEach((value: number, i: number) => {
      expect(Math.abs((quirkyEntropy(list)[i] as number) - value) / value).toBeLessThan(1e-3);
    });
  });

  it('thresholds by class let the same shares through, and right answers are counted as they are', () => {
    const { values, setup } = expected.threshold_mia;
    const [view, shadow] = [viewAt('theta'), numberIn(setup, /shadow_train=retain\[:(\d+)\]/)];
    const retain = exposures(view, 'retain');
    const [inside, targets] = [retain.slice(0, shadow), retain.slice(shadow)];
    const [outside, forget] = [exposures(view, 'test'), exposures(view, 'forget')];
    for (const [feature, name] of Object.entries({
      confidence: 'confidence',
      entropy: 'entropy',
      mEntropy: 'm_entropy',
    } as const)) {
      const scores = (list: readonly Exposure[]) =>
        list.map((one) => ({ label: one.label, value: featureOf(feature as Feature, one) }));
      const attack = thresholdAttack(scores(inside), scores(outside), view.classes);
      const [members, others] = values[name];
      expect(attack.members(scores(targets)), feature).toBeCloseTo(members, 9);
      expect(attack.nonMembers(scores(forget)), feature).toBeCloseTo(others, 9);
    }
    const [members, others] = values.correctness;
    const right = (list: readonly Exposure[]) =>
      meanOver(list.length, (i) => featureOf('correctness', list[i] as Exposure));
    expect(right(targets), 'correctness').toBeCloseTo(members, 9);
    expect(1 - right(forget), 'correctness').toBeCloseTo(others, 9);
  });

  it('the area under the curve of losses', () => {
    const view = viewAt('theta');
    expect(areaUnderCurve(lossesOn(view, 'test'), lossesOn(view, 'forget'))).toBeCloseTo(
      expected.mia_auc_loss.value,
      9,
    );
    expect(scoreOf('miaAuc')).toBeCloseTo(expected.mia_auc_loss.value, 9);
  });

  it('truth ratios, their test and the scores made from them', () => {
    const view = viewAt('theta');
    const [own, goal] = [truthRatios(view, 'forget'), truthRatios(view, 'forget', 'retrained')];
    const { arith_theta, arith_retrain, ks_pvalue_arith, ks_stat_arith } = expected.truth_ratio;
    own.forEach((value, i) => {
      expect(Math.abs(value / arith_theta[i] - 1)).toBeLessThan(1e-3);
    });
    goal.forEach((value, i) => {
      expect(Math.abs(value / arith_retrain[i] - 1)).toBeLessThan(1e-3);
    });
    const { statistic, pValue } = kolmogorovSmirnov(own, goal);
    expect(statistic).toBeCloseTo(ks_stat_arith, 12);
    expect(pValue).toBeCloseTo(ks_pvalue_arith, 12);
    expect(scoreOf('forgetQuality')).toBeCloseTo(ks_pvalue_arith, 12);
    const { geo_theta, geo_retrain, ks_pvalue_tofu_code, ks_stat_tofu_code } = expected.truth_ratio;
    const { retain_score, forget_score } = expected.truth_ratio;
    for (const [subject, values] of [
      ['unlearned', geo_theta],
      ['retrained', geo_retrain],
    ] as const) {
      geometricRatios(view, subject).forEach((value, i) => {
        expect(Math.abs(value / values[i] - 1)).toBeLessThan(1e-3);
      });
    }
    const closeness = own.map((value) => Math.min(value, 1 / value));
    expect(meanOver(closeness.length, (row) => closeness[row] as number)).toBeCloseTo(forget_score, 4);
    const inverse = (list: readonly number[]) => list.map((value) => 1 / value);
    expect(kolmogorovSmirnov(inverse(geo_theta), inverse(geo_retrain)).pValue).toBeCloseTo(ks_pvalue_tofu_code, 12);
    expect(kolmogorovSmirnov(geo_theta, geo_retrain).statistic).toBeCloseTo(ks_stat_tofu_code, 12);
    const kept = truthRatios(view, 'retain').map((value) => Math.max(0, 1 - value));
    expect(meanOver(kept.length, (row) => kept[row] as number)).toBeCloseTo(retain_score, 4);
  });

  it('zero-retrain forgetting is one minus the Jensen-Shannon divergence', () => {
    const divergence = meanJensenShannon(viewAt('theta'), 'forget', 'unlearned', 'untrained');
    expect(1 - divergence).toBeCloseTo(expected.zrf.correct_js_base2, 5);
    expect(1 - divergence * Math.LN2).toBeCloseTo(expected.zrf.correct_js, 5);
    // That code takes the mean's divergence from both models, and the mean over the classes too.
    const view = viewAt('theta');
    const [p, q] = [probabilities(view, 'forget'), probabilities(view, 'forget', 'untrained')];
    const other = p.map((value, i) => {
      const mean = (value + (q[i] as number)) / 2;
      return mean * (Math.log(mean / value) + Math.log(mean / (q[i] as number)));
    });
    expect(1 - meanOver(other.length, (i) => (other[i] as number) / 2)).toBeCloseTo(expected.zrf.reference, 5);
  });

  it('CHES of paired retain and forget examples', () => {
    const view = viewAt('theta');
    const [forget, retain] = [view.features('forget'), view.features('retain')];
    const width = forget?.shape[1] as number;
    const n = view.labels('forget').length;
    const own = chesScores(retain?.data.subarray(0, n * width) ?? [], forget?.data ?? [], width);
    expect(worstExcess(own, expected.ches.value)).toBeLessThanOrEqual(1);
  });

  it('logit confidences, as U-LiRA reads them', () => {
    const view = viewAt('theta');
    const logProbs = view.logProbs('forget');
    const labels = view.labels('forget');
    const own = Array.from(labels, (label, row) => logitOfLoss(-(logProbs.data[row * classes + label] as number)));
    expect(worstExcess(own, expected.lira_logit_conf.theta_forget)).toBeLessThanOrEqual(1);
  });

  it('the likelihood ratio of U-LiRA', () => {
    const { in_scores, out_scores, observed, log_likelihood_ratio } = expected.u_lira;
    observed.forEach((value: number, i: number) => {
      expect(logLikelihoodRatio(value, in_scores, out_scores)).toBeCloseTo(log_likelihood_ratio[i], 9);
    });
  });

  it('the score 1 - 2^-ε at every threshold, ε of the smaller side, and the error rates that it is made of', () => {
    const { values_unlearn, values_retrain, scores } = expected.epsilon_attack;
    const curve = rocCurve(values_unlearn, values_retrain);
    for (const { threshold, fpr, fnr, attack_score } of scores) {
      const at = curve.filter((point) => point.threshold >= threshold).at(-1);
      const own = { fpr: at?.fpr ?? Number.NaN, fnr: 1 - (at?.tpr ?? Number.NaN) };
      // That code rounds all that it reports to three places.
      expect(Math.abs(own.fpr - fpr), `false positives at ${threshold}`).toBeLessThanOrEqual(ROUNDED);
      expect(Math.abs(own.fnr - fnr), `false negatives at ${threshold}`).toBeLessThanOrEqual(ROUNDED);
      const score = 1 - 2 ** -epsilonAt(own, CODE_DELTA, 'smaller', { fpr: CODE_LEAST, fnr: CODE_LEAST });
      expect(Math.abs(score - attack_score), `score at ${threshold}`).toBeLessThanOrEqual(ROUNDED);
    }
  });

  it.each([
    // FPR 1/8, FNR 1/4; the smaller side is log((1 - 1/4) / (1/8)) = log 6, or log((1 - 1/8) / (1/4)) = log 3.5.
    [{ fpr: 1 / 8, fnr: 1 / 4 }, 1 - 2 ** -Math.log(3.5)],
    // No errors at all: everything is told apart.
    [{ fpr: 0, fnr: 0 }, 1],
    // As good as chance.
    [{ fpr: 1 / 2, fnr: 1 / 2 }, 0],
    [{ fpr: 1, fnr: 0 }, 0],
  ])('that score where it is not 0: %j', (rates, expectedScore) => {
    const epsilon = epsilonAt(rates, CODE_DELTA, 'smaller', { fpr: CODE_LEAST, fnr: CODE_LEAST });
    expect(1 - 2 ** -epsilon).toBeCloseTo(expectedScore, 4);
  });

  it('calibration, entropy, tug of war, average gap and hypervolume', () => {
    expect(scoreOf('calibrationError')).toBeCloseTo(expected.ece10_test, 5);
    for (const name of ['theta', 'theta_ref', 'theta_retrain']) {
      expect(worstExcess([scoreOf('testLoss', name)], [expected[name].ce_t])).toBeLessThanOrEqual(1);
      expect(scoreOf('forgetEntropy', name)).toBeCloseTo(expected[name].entropy_f, 5);
      expect(scoreOf('unlearningAccuracy', name)).toBeCloseTo(expected[name].UA, 9);
      expect(scoreOf('testAccuracy', name)).toBeCloseTo(expected[name].TA, 9);
    }
    expect(scoreOf('tugOfWar')).toBeCloseTo(expected.tug_of_war.value, 9);
    expect(scoreOf('tugOfWar', 'theta_ref')).toBeCloseTo(expected.tug_of_war_ref.value, 9);
    // The reference averages three parts; ours has membership as the fourth.
    const gapOf = (name: string) => {
      const { UA, RA, TA } = expected[name];
      const goal = expected.theta_retrain;
      return meanOfKnown([Math.abs(UA - goal.UA), Math.abs(RA - goal.RA), Math.abs(TA - goal.TA)]);
    };
    expect(gapOf('theta_ref')).toBeCloseTo(expected.avg_gap_ref, 9);
    expect(gapOf('theta')).toBeCloseTo(expected.avg_gap, 9);
    const auc = (name: string) => scoreOf('miaAuc', name);
    const fourth = Math.abs(auc('theta_ref') - auc('theta_retrain'));
    expect(scoreOf('averageGap', 'theta_ref')).toBeCloseTo((3 * expected.avg_gap_ref + fourth) / 4, 9);
    const { points, reference: corner, value } = expected.hypervolume_2d;
    const above = points.map((point: readonly number[]) => point.map((one, i) => one - corner[i]));
    expect(hypervolume(above)).toBeCloseTo(value, 12);
  });
});
