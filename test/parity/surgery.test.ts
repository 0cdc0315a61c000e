import { beforeAll, describe, expect, it } from 'vitest';
import { norm } from '../../src/engine/base/linear.ts';
import { normal } from '../../src/engine/base/random.ts';
import * as tf from '../../src/engine/base/tf.ts';
import { type AnyMethod, keepHighest, type RankingMask } from '../../src/engine/contracts/method.ts';
import type { Model } from '../../src/engine/network/model.ts';
import { masks } from '../../src/masks/registry.ts';
import { methods } from '../../src/methods/registry.ts';
import {
  newtonStep,
  removeRows,
  residualNorm,
  spectralNorms,
  trainedBinary,
  trainedHead,
} from '../../src/methods/shared/linear-head.ts';
import { useEngine } from '../support/engine.ts';
import { contextAt, gradientOfStep, laneAt, type Setting, weightsNamed } from './context.ts';
import {
  ENGINES,
  fixtureModel,
  fixtures,
  flat,
  flatNumbers,
  hasFixtures,
  type LossEntry,
  type Weights,
  whySkipped,
  worstExcess,
} from './fixtures.ts';

const methodOf = (id: string): AnyMethod => methods.get(id) as AnyMethod;
const lossEntry = (id: string): LossEntry => fixtures.losses.find((one) => one.id === id) as LossEntry;
const update = (id: string) => fixtures.updates[id];

/** The weights that a one-shot method leaves. */
const edited = (model: Model, id: string, setting: Setting): Float32Array =>
  tf.tidy(() => {
    const method = methodOf(id);
    const ctx = contextAt(model, method, setting);
    return method.step({ weights: ctx.start }, ctx).state.weights.dataSync() as Float32Array;
  });

/** Last hidden features of the original with a constant, forget rows first. */
const headData = () => {
  const lane = laneAt(fixtureModel(), 'theta_ref');
  const rows = (['forget', 'retain'] as const).flatMap((split) => {
    const hidden = lane.hidden(split).at(-1) as Float32Array;
    return Array.from(lane.rows(split).y, (label, i) => ({ x: [...hidden.subarray(8 * i, 8 * (i + 1)), 1], label }));
  });
  return {
    X: Float64Array.from(rows.flatMap(({ x }) => x)),
    y: Int32Array.from(rows, ({ label }) => label),
    d: 9,
    forgotten: lane.rows('forget').count,
  };
};

/** What an edit changed, to be compared on the scale of the change. */
const change = (after: ArrayLike<number>, before: Float32Array): Float32Array =>
  before.map((value, i) => (after[i] as number) - value);

describe.skipIf(!hasFixtures).each(ENGINES)(
  `surgery agrees with the authors' code, on %s${hasFixtures ? '' : ` (${whySkipped})`}`,
  (engine) => {
    beforeAll(() => useEngine(engine));

    it('l1_sparse_ft: the gradient of fine-tuning plus α sign(θ)', () => {
      const { at, hyper, grad } = lossEntry('l1_sparse_ft');
      const params = { alpha: hyper['alpha_t'] as number, restShare: 0 };
      const gradient = gradientOfStep(fixtureModel(), methodOf('l1-ft'), { theta: at.theta, params });
      expect(worstExcess(gradient, flat(grad))).toBeLessThanOrEqual(1);
    });

    it('l2_anchor: a spring towards the original model', () => {
      const { grad, at } = lossEntry('l2_anchor');
      const model = fixtureModel();
      const gradient = tf.tidy(() => {
        const anchor = { weight: tf.tensor2d([[1]]), at: tf.tensor2d(weightsNamed('theta_ref'), [1, model.size]) };
        const nothing = { retain: { x: tf.tensor3d([[[0, 0]]]), y: tf.tensorOf(Int32Array.of(0), [1, 1]), size: 1 } };
        const own = (context: Setting['context']) =>
          gradientOfStep(model, methodOf('ft'), { theta: at.theta, batches: nothing, context: context ?? {} });
        const without = own({});
        return own({ anchor }).map((g, i) => g - (without[i] as number));
      });
      expect(worstExcess(gradient, flat(grad))).toBeLessThanOrEqual(1);
    });

    it('wagle: the score of every weight, and exactly the weights that are kept', () => {
      const { at, scores, mask, kept, hyper } = update('wagle');
      const score = (masks.get('wagle') as RankingMask).score(laneAt(fixtureModel(), at), { mu: hyper.mu });
      expect(worstExcess(score, flat(scores).map(Math.abs))).toBeLessThanOrEqual(1);
      const own = keepHighest(score, hyper.ratio);
      expect([...own]).toEqual([...flat(mask)]);
      expect(own.reduce((a, b) => a + b, 0)).toBe(kept);
    });

    it.each([
      ['per_sample', 'per example'],
      ['full_batch', 'as in the authors’ code'],
    ])('ssd, %s: exactly the weights that are selected, and what is left of them', (mode, importance) => {
      const { at, hyper, modes } = update('ssd');
      const { selected, n_selected, theta_new } = modes[mode];
      const params = { selection: hyper.selection_weighting, dampening: hyper.dampening_constant, importance };
      const after = edited(fixtureModel(), 'ssd', { theta: at, params });
      const before = weightsNamed(at);
      const isSelected = Array.from(after, (value, i) => (value === before[i] ? 0 : 1));
      // A selected weight that is multiplied by 1 has not changed: none is in this file.
      expect(isSelected).toEqual([...flat(selected)]);
      expect(isSelected.filter((one) => one === 1)).toHaveLength(n_selected);
      expect(worstExcess(after, flat(theta_new))).toBeLessThanOrEqual(1);
    });

    it.each([
      ['simple', 'theta_simple'],
      ['Golatkar', 'theta_golatkar'],
    ])('fisher, %s: the deviation of the noise on every weight', (form, name) => {
      const entry = update('fisher');
      const setting = { theta: entry.at, params: { alpha: entry.hyper.alpha, form } };
      const before = weightsNamed(entry.at);
      // Noise of the program's own and of the file, each divided out: what is left are the deviations.
      const model = fixtureModel();
      const own = change(edited(model, 'fisher', setting), before);
      const noise = flat(entry.noise_vector);
      const expected = change(flat(entry[name] as Weights), before).map((d, i) => Math.abs(d / (noise[i] as number)));
      const found = own.map((d, i) => Math.abs(d / normal(laneAt(model, entry.at).key, i)));
      expect(worstExcess(found, expected)).toBeLessThanOrEqual(20); // differences of single-precision weights lose digits
    });

    it.each([
      ['Gauss-Newton', 'theta_ggn'],
      ['as in the authors’ code', 'theta_woodfisher_reference'],
    ])('influence, %s: the weights after the step', (curvature, name) => {
      const entry = update('influence');
      const params = { alpha: entry.hyper.alpha, damping: entry.hyper.damping, curvature };
      const after = edited(fixtureModel(), 'influence', { theta: entry.at, params });
      expect(worstExcess(after, flat(entry[name]))).toBeLessThanOrEqual(1);
    });

    it('influence, empirical Fisher: the direction', () => {
      const entry = update('influence');
      const params = { alpha: 1, damping: entry.hyper.damping, curvature: 'empirical Fisher' };
      const after = edited(fixtureModel(), 'influence', { theta: entry.at, params });
      const direction = change(after, weightsNamed(entry.at));
      expect(worstExcess(direction, flat(entry.empirical_fisher_direction))).toBeLessThanOrEqual(1);
    });

    it('omp_prune: exactly the weights that are pruned', () => {
      const entry = update('omp_prune');
      const [model, method] = [fixtureModel(), methodOf('prune-ft')];
      const kept = tf.tidy(() => {
        const training = {
          optimizer: 'sgd',
          learningRate: 1,
          momentum: 0,
          weightDecay: 0,
          clipNorm: 0,
          steps: 1,
          batchSize: 'full',
        };
        const ctx = contextAt(model, method, {
          theta: entry.at,
          params: { rate: entry.hyper.rate },
          context: { training: () => training as never },
        });
        return (method.init(ctx)['kept'] as tf.Tensor).dataSync();
      });
      for (const { name, offset, size, shape } of model.layout) {
        const own = [...kept.slice(offset, offset + size)];
        expect(own, name).toEqual(shape.length === 2 ? flatNumbers(entry.mask[name]) : own.map(() => 1));
      }
    });

    it('task_vector: the original less λ times the way to the fine-tuned model', () => {
      const entry = update('task_vector');
      const [model, method] = [fixtureModel(), methodOf('task-vector')];
      const after = tf.tidy(() => {
        const ctx = contextAt(model, method, {
          theta: 'theta_ref',
          params: { lambda: entry.hyper.lambda },
          context: {
            descent: {
              ...contextAt(model, method, { theta: 'theta_ref' }).descent,
              settings: { learningRate: tf.tensor2d([[0]]) },
            },
          },
        });
        const tuned = tf.tensor2d(weightsNamed('theta_ft'), [1, model.size]);
        return method.step({ weights: ctx.start, tuned }, ctx).state.weights.dataSync();
      });
      expect(worstExcess(after, flat(entry.theta_new))).toBeLessThanOrEqual(1);
    });

    it('newton_head: the head at its optimum, after one step without the forget set, and what retraining gives', () => {
      const entry = update('newton_head');
      const { X, y, d, forgotten } = headData();
      const full = { X, y, features: d, classes: 3, lambda: entry.hyper.lam };
      const left = { ...full, X: X.slice(forgotten * d), y: y.slice(forgotten) };
      const before = trainedHead(full, new Float64Array(3 * d));
      expect(worstExcess(before, flatNumbers(entry.w_full))).toBeLessThanOrEqual(1);
      const after = newtonStep(left, before);
      expect(worstExcess(after, flatNumbers(entry.w_after_one_newton))).toBeLessThanOrEqual(1);
      const exact = trainedHead(left, after);
      expect(worstExcess(exact, flatNumbers(entry.w_exact_retrain))).toBeLessThanOrEqual(1);
      const distance = (from: Float64Array) => norm(from.map((w, i) => w - (exact[i] as number)));
      expect(distance(before)).toBeCloseTo(entry.dist_before, 3);
      expect(distance(after)).toBeCloseTo(entry.dist_after, 3);
      expect(residualNorm(left, after) / left.y.length).toBeCloseTo(entry.residual_grad_norm_after, 5);
    });

    it('certified_removal_binary: four removals in a row, and the bound of each', () => {
      const entry = update('certified_removal_binary');
      const { X, y, d } = headData();
      const labels = Float64Array.from(y, (label) => (label === 0 ? 1 : -1));
      const head = { X, y: labels, features: d, lambda: entry.hyper.lam };
      const [rows, removed] = [Array.from(labels.keys()), [0, 1, 2, 3]];
      const before = trainedBinary(head, rows);
      expect(worstExcess(before, entry.w_full)).toBeLessThanOrEqual(1);
      const { w, bounds, residual } = removeRows(head, before, rows, removed, spectralNorms(head, rows, removed));
      expect(worstExcess(w, entry.w_after_4_removals)).toBeLessThanOrEqual(1);
      expect(worstExcess(bounds, entry.grad_residual_bounds)).toBeLessThanOrEqual(1);
      expect(residual).toBeCloseTo(entry.true_residual_norm, 3);
    });
  },
);
