import { beforeAll, describe, expect, it } from 'vitest';
import { epsilonAt, rocCurve } from '../../src/engine/base/attack-statistics.ts';
import { areaUnderCurve, hypervolume, kolmogorovSmirnov, meanOfKnown } from '../../src/engine/base/statistics.ts';
import { logitOfLoss } from '../../src/engine/contracts/attack-rows.ts';
import type { Dataset } from '../../src/engine/contracts/dataset.ts';
import { type EvalView, meanOver, type Subject } from '../../src/engine/contracts/metric.ts';
import { metrics } from '../../src/metrics/registry.ts';
import { chesScores, meanJensenShannon, probabilities, truthRatios } from '../../src/metrics/shared/agreement.ts';
import {
  type Exposure,
  exposures,
  type Feature,
  featureOf,
  lossesOn,
  modifiedEntropy,
} from '../../src/metrics/shared/membership.ts';
import { confidenceOf, svcNonMembers, thresholdAttack } from '../../src/metrics/shared/membership-attacks.ts';
import { createEvaluator, type Outputs, viewOf } from '../../src/sim/evaluate.ts';
import { useEngine } from '../support/engine.ts';
import { fixtureModel, fixtures, flat, hasFixtures, type Weights, whySkipped } from './fixtures.ts';

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
const expected = fixtures?.metrics;

/** Entries that this file holds the product to, and those of metrics.test.ts. */
const COVERED = [
  ...['forget_distance', 'retain_distance', 'forget_kl_to_ref', 'weight_dist_l2', 'weight_dist_retrain_l2'],
  ...['svc_mia_forget_efficacy', 'm_entropy', 'threshold_mia', 'mia_auc_loss', 'truth_ratio', 'zrf', 'ece10_test'],
  ...['tug_of_war', 'tug_of_war_ref', 'avg_gap_ref', 'avg_gap', 'hypervolume_2d'],
  ...['epsilon_attack', 'ches', 'lira_logit_conf', 'u_lira'],
];

/** The fixture's points: forget and retain for training, its own test points as fresh points of either kind. */
const viewAt = (name: string): EvalView => {
  const { forget, retain, test } = fixtures.data;
  const points = (sets: readonly (typeof forget)[]) => ({
    x: Float32Array.from(sets.flatMap(({ x }) => x.flat())),
    y: Int32Array.from(sets.flatMap(({ y }) => [...y])),
  });
  const dataset: Dataset = { inputs: 2, classes: 3, train: points([forget, retain]), test: points([test]) };
  const [nf, n, all] = [forget.y.length, dataset.train.y.length, range(0, test.y.length)];
  const split = { forget: range(0, nf), retain: range(nf, n), testForget: all, testRetain: all };
  const rows = { train: dataset.train.x, test: dataset.test.x };
  const evaluator = createEvaluator({ model: fixtureModel(), encode: (x) => x }, dataset, rows, [-1, 1, -1, 1]);
  const outputs = (weights: string) => evaluator.outputs(flat(fixtures.weights[weights] as Weights));
  const subjects: Record<Subject, Outputs> = {
    unlearned: outputs(name),
    original: outputs('theta_ref'),
    retrained: outputs('theta_retrain'),
    untrained: outputs('theta_bad'),
  };
  return viewOf(dataset, split, subjects);
};

const scoreOf = (id: string, name = 'theta'): number => metrics.get(id)?.compute(viewAt(name)) ?? Number.NaN;

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

describe.skipIf(!hasFixtures)(
  `attacks and scores agree with the reference numbers${hasFixtures ? '' : ` (${whySkipped})`}`,
  () => {
    beforeAll(() => useEngine('kernels'));

    it.each(['theta', 'theta_ref', 'theta_retrain'])(
      'the support vector machine finds the same members at %s',
      (name) => {
        const view = viewAt(name);
        const { forget, retain, test } = {
          forget: exposures(view, 'forget'),
          retain: exposures(view, 'retain').slice(0, 16),
          test: exposures(view, 'test'),
        };
        const byFeature = (rowsOf: (one: Exposure) => readonly number[]) =>
          svcNonMembers(retain.map(rowsOf), test.map(rowsOf), forget.map(rowsOf));
        const single = (feature: Feature) => (one: Exposure) => [Math.abs(featureOf(feature, one))];
        const found = {
          correctness: byFeature(single('correctness')),
          confidence: byFeature(confidenceOf),
          entropy: byFeature(single('entropy')),
          prob: byFeature(({ p }) => p),
        };
        const { m_entropy: _, ...values } = expected.svc_mia_forget_efficacy.values[name];
        for (const [feature, value] of Object.entries(values)) {
          expect(found[feature as keyof typeof found], feature).toBeCloseTo(value as number, 9);
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

    it('thresholds by class let the same shares through', () => {
      const view = viewAt('theta');
      const retain = exposures(view, 'retain');
      for (const feature of ['confidence', 'entropy', 'mEntropy'] as const) {
        const scores = (list: readonly Exposure[]) =>
          list.map((one) => ({ label: one.label, value: featureOf(feature, one) }));
        const attack = thresholdAttack(scores(retain.slice(0, 10)), scores(exposures(view, 'test')), view.classes);
        const [members, others] = expected.threshold_mia.values[feature === 'mEntropy' ? 'm_entropy' : feature];
        expect(attack.members(scores(retain.slice(10))), feature).toBeCloseTo(members, 9);
        expect(attack.nonMembers(scores(exposures(view, 'forget'))), feature).toBeCloseTo(others, 9);
      }
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
      const { geo_theta, geo_retrain, ks_pvalue_tofu_code, ks_stat_tofu_code, retain_score } = expected.truth_ratio;
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
      own.forEach((score, i) => {
        expect(score).toBeCloseTo(expected.ches.value[i], 3);
      });
      expect(own).toHaveLength(expected.ches.value.length);
    });

    it('logit confidences, as U-LiRA reads them', () => {
      const view = viewAt('theta');
      const logProbs = view.logProbs('forget');
      const labels = view.labels('forget');
      const own = Array.from(labels, (label, row) => logitOfLoss(-(logProbs.data[row * 3 + label] as number)));
      own.forEach((value, i) => {
        expect(value).toBeCloseTo(expected.lira_logit_conf.theta_forget[i], 3);
      });
    });

    it('ε at a threshold, the smaller side, and the error rates it is made of', () => {
      const { values_unlearn, values_retrain, scores } = expected.epsilon_attack;
      const curve = rocCurve(values_unlearn, values_retrain);
      for (const { threshold, fpr, fnr, attack_score } of scores) {
        const at = curve.filter((point) => point.threshold >= threshold).at(-1);
        expect(at?.fpr, `${threshold}`).toBeCloseTo(fpr, 9);
        expect(1 - (at?.tpr ?? Number.NaN), `${threshold}`).toBeCloseTo(fnr, 9);
        expect(epsilonAt({ fpr, fnr }, 0.01, 'smaller')).toBeCloseTo(attack_score, 9);
      }
    });

    it('every entry is covered here, in metrics.test.ts, or is a note', () => {
      const known = new Set([...COVERED, 'theta', 'theta_ref', 'theta_retrain', 'distance_note']);
      expect(Object.keys(expected).filter((name) => !known.has(name))).toEqual([]);
    });

    it('calibration, entropy, tug of war, average gap and hypervolume', () => {
      expect(scoreOf('calibrationError')).toBeCloseTo(expected.ece10_test, 5);
      for (const name of ['theta', 'theta_ref', 'theta_retrain']) {
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
      const { points, value } = expected.hypervolume_2d;
      expect(hypervolume(points)).toBeCloseTo(value, 12);
    });
  },
);
