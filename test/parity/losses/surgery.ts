import { beforeAll, describe, expect, it } from 'vitest';
import { norm } from '../../../src/engine/base/linear.ts';
import { normal } from '../../../src/engine/base/random.ts';
import * as tf from '../../../src/engine/base/tf.ts';
import { type AnyMethod, keepHighest, type RankingMask } from '../../../src/engine/contracts/method.ts';
import type { Network } from '../../../src/engine/contracts/network.ts';
import type { StepGradient } from '../../../src/engine/contracts/step-gradient.ts';
import { slopesFor } from '../../../src/engine/objective/slopes.ts';
import { masks } from '../../../src/masks/registry.ts';
import { trueDiagonal, variances } from '../../../src/methods/fisher.ts';
import { RECURSION } from '../../../src/methods/influence.ts';
import { methods } from '../../../src/methods/registry.ts';
import {
  newtonStep,
  removeRows,
  residualNorm,
  spectralNorms,
  trainedBinary,
  trainedHead,
} from '../../../src/methods/shared/linear-head.ts';
import { importances } from '../../../src/methods/ssd.ts';
import l2 from '../../../src/wrappers/l2.ts';
import { useEngine } from '../../support/engine.ts';
import { contextAt, expectAgreement, gradientOfStep, laneAt, lossValue, type Setting, termOf } from './context.ts';
import {
  classes,
  ENGINES,
  fixtureModel,
  fixtures,
  flat,
  flatNumbers,
  hiddenWidths,
  inputs,
  knob,
  lossEntry,
  weightsNamed,
  worstExcess,
} from './fixtures.ts';

const methodOf = (id: string): AnyMethod => methods.get(id) as AnyMethod;
const update = (id: string) => fixtures.updates[id];

/** The weights that a one-shot method leaves. */
const edited = (model: Network, id: string, setting: Setting): Float32Array =>
  tf.tidy(() => {
    const method = methodOf(id);
    const ctx = contextAt(model, method, setting);
    return method.step({ weights: ctx.start }, ctx).state.weights.dataSync() as Float32Array;
  });

/** Last hidden features of the original with a constant, forget rows first. */
const headData = () => {
  const lane = laneAt(fixtureModel(), 'theta_ref');
  const w = hiddenWidths.at(-1) as number;
  const rows = (['forget', 'retain'] as const).flatMap((split) => {
    const hidden = lane.hidden(split).at(-1) as Float32Array;
    return Array.from(lane.rows(split).y, (label, i) => ({ x: [...hidden.subarray(w * i, w * (i + 1)), 1], label }));
  });
  return {
    X: Float64Array.from(rows.flatMap(({ x }) => x)),
    y: Int32Array.from(rows, ({ label }) => label),
    d: w + 1,
    forgotten: lane.rows('forget').count,
  };
};

/** How far two lists of positive numbers are apart, as a share of the expected. */
const worstRatio = (found: ArrayLike<number>, expected: ArrayLike<number>): number =>
  Math.max(...Array.from(expected, (value, i) => Math.abs((found[i] as number) / value - 1)));
const RATIO = 1e-3;

/** What an edit changed, to be compared on the scale of the change. */
const change = (after: ArrayLike<number>, before: Float32Array): Float32Array =>
  before.map((value, i) => (after[i] as number) - value);

describe.each(ENGINES)(`surgery agrees with the authors' code, on %s`, (engine) => {
  beforeAll(() => useEngine(engine));

  it('l1_sparse_ft: the gradient of fine-tuning plus α sign(θ)', () => {
    const entry = lossEntry('l1_sparse_ft');
    const alpha = knob(entry, 'alpha_t');
    const [model, method] = [fixtureModel(), methodOf('l1-ft')];
    const setting = { theta: entry.at.theta, params: { alpha, restShare: 0 } };
    const value = tf.tidy(() => {
      const ctx = contextAt(model, method, setting);
      const parts = [{ term: termOf(method, 0), factor: 1, batch: ctx.batch('retain') }];
      return (
        lossValue(model, ctx.start, parts) +
        alpha * weightsNamed(entry.at.theta).reduce((sum, weight) => sum + Math.abs(weight), 0)
      );
    });
    expectAgreement(entry, { value, gradient: gradientOfStep(model, method, setting) });
  });

  it('l2_anchor: a spring towards the original model', () => {
    const entry = lossEntry('l2_anchor');
    const model = fixtureModel();
    const [from, to] = [weightsNamed(entry.at.ref), weightsNamed(entry.at.theta)];
    const gradient = tf.tidy(() => {
      const original = tf.tensor2d(from, [1, model.size]);
      const wrap = (step: StepGradient) =>
        l2.wrap(step, {
          model,
          settings: { weight: tf.tensor2d([[1]]) },
          original: () => original,
          weighed: () => original,
          step: 0,
          steps: 1,
          keys: [],
        });
      const nothing = {
        retain: {
          x: tf.tensor3d([[new Array<number>(inputs).fill(0)]]),
          y: tf.tensorOf(Int32Array.of(0), [1, 1]),
          size: 1,
        },
      };
      const own = (context: Setting['context']) =>
        gradientOfStep(model, methodOf('ft'), { theta: entry.at.theta, batches: nothing, context: context ?? {} });
      const without = own({});
      return own({ wrap }).map((g, i) => g - (without[i] as number));
    });
    // The spring has a gradient only. It grows evenly on the way from the original, so its work is half of what it is at the end.
    const value = 0.5 * gradient.reduce((sum, g, i) => sum + g * ((to[i] as number) - (from[i] as number)), 0);
    expectAgreement(entry, { value, gradient });
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
    const { selected, n_selected, theta_new, importance_forget, importance_full } = modes[mode];
    // That code's other two settings have no knob here: a weight is never made larger, and no power is taken.
    expect([hyper.lower_bound, hyper.exponent]).toEqual([1, 1]);
    const { forget, retain } = fixtures.data;
    const batchSize = forget.y.length + retain.y.length;
    const params = {
      selection: hyper.selection_weighting,
      dampening: hyper.dampening_constant,
      importance: importance as 'per example',
      batchSize,
    };
    const model = fixtureModel();
    const own = importances(laneAt(model, at), params);
    expect(worstExcess(own.forget, flat(importance_forget)), 'importance, forget set').toBeLessThanOrEqual(1);
    expect(worstExcess(own.all, flat(importance_full)), 'importance, all data').toBeLessThanOrEqual(1);
    const [after, before, goal] = [edited(model, 'ssd', { theta: at, params }), weightsNamed(at), flat(theta_new)];
    // Of a selected weight that is multiplied by 1 nothing can be seen.
    const moves = [...flat(selected)].map((is, i) => (is === 1 && goal[i] !== before[i] ? 1 : 0));
    expect(Array.from(after, (value, i) => (value === before[i] ? 0 : 1))).toEqual(moves);
    const account = methodOf('ssd').account?.(laneAt(model, at), model, params, undefined);
    expect(account?.['dampened']).toBe(n_selected);
    expect(worstExcess(after, goal)).toBeLessThanOrEqual(1);
  });

  it('fisher: both diagonals, and Golatkar’s variances', () => {
    const entry = update('fisher');
    const lane = laneAt(fixtureModel(), entry.at);
    const { alpha } = entry.hyper;
    const empirical = lane.meanSquares('retain', slopesFor(lane.logits('retain'), lane.rows('retain').y, classes));
    expect(worstExcess(empirical, flat(entry.empirical_diag)), 'true labels').toBeLessThanOrEqual(1);
    expect(worstExcess(trueDiagonal(lane), flat(entry.true_diag)), 'labels of the model').toBeLessThanOrEqual(1);
    expect(worstRatio(variances(lane, alpha), flat(entry.golatkar_var)), 'variances').toBeLessThan(RATIO);
  });

  it.each([
    ['simple', 'theta_simple', 'simple_std'],
    ['Golatkar', 'theta_golatkar', 'golatkar_var'],
  ])('fisher, %s: the weights with the program’s own noise, and with the file’s', (form, name, spread) => {
    const entry = update('fisher');
    const [model, before, noise] = [fixtureModel(), weightsNamed(entry.at), flat(entry.noise_vector)];
    const deviation = flat(entry[spread]).map((value) => (form === 'simple' ? value : Math.sqrt(value)));
    const after = edited(model, 'fisher', { theta: entry.at, params: { alpha: entry.hyper.alpha, form } });
    const { key } = laneAt(model, entry.at);
    const expected = deviation.map((value, i) => value * normal(key, i));
    // The change of a weight in single precision is known to half a unit of the weight's last digit.
    const digits = 2 ** -23 * Math.max(...before.map(Math.abs));
    change(after, before).forEach((d, i) => {
      const value = expected[i] as number;
      expect(Math.abs(d - value), `weight ${i}`).toBeLessThan(digits + RATIO * Math.abs(value));
    });
    change(flat(entry[name]), before).forEach((d, i) => {
      const value = (deviation[i] as number) * (noise[i] as number);
      expect(Math.abs(d - value), `weight ${i} of the file`).toBeLessThan(digits + RATIO * Math.abs(value));
    });
  });

  it.each([
    ['Gauss-Newton', 'theta_ggn', 'ggn_direction'],
    ['empirical Fisher', undefined, 'empirical_fisher_direction'],
    ['as in the authors’ code', 'theta_woodfisher_reference', 'woodfisher_reference'],
  ])('influence, %s: the direction, and the weights after the step', (curvature, name, direction) => {
    const entry = update('influence');
    const { alpha, damping, woodfisher_N } = entry.hyper;
    expect(woodfisher_N, 'rows of the recursion, which are no setting here').toBe(RECURSION);
    const at = (step: number) =>
      edited(fixtureModel(), 'influence', { theta: entry.at, params: { alpha: step, damping, curvature } });
    const own = change(at(1), weightsNamed(entry.at));
    expect(worstExcess(own, flat(entry[direction])), 'direction').toBeLessThanOrEqual(1);
    if (name) expect(worstExcess(at(alpha), flat(entry[name])), 'weights').toBeLessThanOrEqual(1);
  });

  it('influence: what removing the forget set pushes along', () => {
    const { at, v } = update('influence');
    const lane = laneAt(fixtureModel(), at);
    const [n, m] = [lane.rows('forget').count, lane.rows('retain').count];
    const kept = lane.gradient('retain');
    const own = lane.gradient('forget').map((g, i) => (n / (n + m)) * (g - (kept[i] as number)));
    expect(worstExcess(own, flat(v))).toBeLessThanOrEqual(1);
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
    expect(kept.filter((one) => one === 0)).toHaveLength(entry.pruned);
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
    const full = { X, y, features: d, classes, lambda: entry.hyper.lam };
    const left = { ...full, X: X.slice(forgotten * d), y: y.slice(forgotten) };
    const before = trainedHead(full, new Float64Array(classes * d));
    expect(worstExcess(before, flatNumbers(entry.w_full))).toBeLessThanOrEqual(1);
    const after = newtonStep(left, before);
    expect(worstExcess(after, flatNumbers(entry.w_after_one_newton))).toBeLessThanOrEqual(1);
    const exact = trainedHead(left, after);
    expect(worstExcess(exact, flatNumbers(entry.w_exact_retrain))).toBeLessThanOrEqual(1);
    const distance = (from: Float64Array) => norm(from.map((w, i) => w - (exact[i] as number)));
    const { dist_before, dist_after, residual_grad_norm_after } = entry;
    const residual = residualNorm(left, after) / left.y.length;
    for (const [found, value] of [
      [distance(before), dist_before],
      [distance(after), dist_after],
      [residual, residual_grad_norm_after],
    ]) {
      expect(worstExcess([found], [value])).toBeLessThanOrEqual(1);
    }
  });

  it('certified_removal_binary: four removals in a row, and the bound of each', () => {
    const entry = update('certified_removal_binary');
    const { X, y, d } = headData();
    const labels = Float64Array.from(y, (label) => (label === 0 ? 1 : -1));
    const head = { X, y: labels, features: d, lambda: entry.hyper.lam };
    const [rows, removed] = [Array.from(labels.keys()), Array.from(entry.grad_residual_bounds, (_, i) => i)];
    const before = trainedBinary(head, rows);
    expect(worstExcess(before, entry.w_full)).toBeLessThanOrEqual(1);
    const { w, bounds, residual } = removeRows(head, before, rows, removed, spectralNorms(head, rows, removed));
    expect(worstExcess(w, entry.w_after_4_removals)).toBeLessThanOrEqual(1);
    expect(worstExcess(bounds, entry.grad_residual_bounds)).toBeLessThanOrEqual(1);
    expect(worstExcess([residual], [entry.true_residual_norm])).toBeLessThanOrEqual(1);
  });
});
