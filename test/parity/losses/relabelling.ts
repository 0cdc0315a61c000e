import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { AnyMethod } from '../../../src/engine/contracts/method.ts';
import { methods } from '../../../src/methods/registry.ts';
import { noiseSlope } from '../../../src/methods/unsir.ts';
import { useEngine } from '../../support/engine.ts';
import { contextAt, expectAgreement, gradientOfStep, laneAt, lossValue, termOf } from './context.ts';
import {
  classes,
  ENGINES,
  fixtureModel,
  fixtures,
  flat,
  flatNumbers,
  inputs,
  knob,
  type LossEntry,
  lossEntry,
  type Weights,
  weightsNamed,
  worstExcess,
} from './fixtures.ts';

const methodOf = (id: string): AnyMethod => methods.get(id) as AnyMethod;

const unsirAt = ({ at, noise_x, forget_class }: LossEntry) => {
  const noise = noise_x as number[][];
  return {
    noise,
    labels: new Int32Array(noise.length).fill(forget_class as number),
    setting: { theta: at.theta, params: { noisePoints: noise.length, copies: 1, impairShare: 1 } },
  };
};

describe.each(ENGINES)(`relabelling agrees with the authors' code, on %s`, (engine) => {
  beforeAll(() => useEngine(engine));

  it('boundary_shrink: input gradients, labels across the boundary, gradient', () => {
    const entry = lossEntry('boundary_shrink');
    const { input_grad, adv_label, x_adv, at } = entry;
    const bound = knob(entry, 'bound');
    const [model, method] = [fixtureModel(), methodOf('boundary-shrink')];
    const lane = laneAt(model, at.ref);
    const ofMean = lane.inputGradient('forget').map((slope) => slope / fixtures.data.forget.y.length);
    expect(worstExcess(ofMean, flatNumbers(input_grad))).toBeLessThanOrEqual(1);
    const { x, y } = fixtures.data.forget;
    const moved = x.flat().map((value, i) => value + bound * Math.sign(ofMean[i] as number));
    expect(worstExcess(moved, flatNumbers(x_adv))).toBeLessThanOrEqual(1);
    const found = method.alternatives?.({ bound }).draw({
      labels: Int32Array.from(y),
      classes,
      counts: new Int32Array(classes).fill(1),
      key: [0, 0],
      lane,
    });
    expect([...(found ?? [])]).toEqual(adv_label);
    const setting = { theta: at.theta, ref: at.ref, labels: [...(found ?? [])] };
    const gradient = gradientOfStep(model, method, setting);
    const value = tf.tidy(() => {
      const ctx = contextAt(model, method, setting);
      return lossValue(model, ctx.start, [{ term: termOf(method, 0), factor: 1, batch: ctx.batch('forget') }]);
    });
    expectAgreement(entry, { value, gradient });
  });

  it('boundary_expand: the gradient of the shared weights, with the extra column at hand', () => {
    const { extra_W3_column, extra_b3, grad, at, value } = lossEntry('boundary_expand');
    const [model, wider, method] = [fixtureModel(), fixtureModel(classes + 1), methodOf('boundary-expand')];
    const theta = fixtures.weights[at.theta] as Weights;
    const W3 = (theta['W3'] as number[][]).map((row, i) => [...row, (extra_W3_column as number[])[i] as number]);
    const b3 = [...(theta['b3'] as number[]), (extra_b3 as number[])[0] as number];
    const wide = flat({ ...theta, W3, b3 });
    expect(wide.length).toBe(wider.size);
    const [loss, gradient] = tf.tidy(() => {
      const ctx = contextAt(model, method, { theta: at.theta });
      const weights = tf.tensor2d(wide, [1, wider.size]);
      const own = ctx.batch('forget');
      const batch = { ...own, y: tf.tensorOf(new Int32Array(own.size).fill(classes), [1, own.size]) };
      const moved = method.step({ weights: ctx.start, wide: weights }, ctx).state.weights;
      return [
        lossValue(wider, weights, [{ term: termOf(method, 0), factor: 1, batch }]),
        tf.sub(ctx.start, moved).dataSync(),
      ] as const;
    });
    expect(worstExcess([loss], [value]), 'value').toBeLessThanOrEqual(1);
    const own = Object.fromEntries(
      Object.entries(grad).map(([name, values]) => [
        name,
        name === 'W3'
          ? (values as number[][]).map((row) => row.slice(0, classes))
          : name === 'b3'
            ? (values as number[]).slice(0, classes)
            : values,
      ]),
    );
    expect(worstExcess(gradient, flat(own as Weights)), 'gradient').toBeLessThanOrEqual(1);
  });

  it('boundary_expand: its own start answers as the original model does', () => {
    const [model, method] = [fixtureModel(), methodOf('boundary-expand')];
    const weights = tf.tidy(() => method.init(contextAt(model, method, { theta: 'theta_ref' })).weights.dataSync());
    expect([...weights]).toEqual([...weightsNamed('theta_ref')]);
  });

  it('unsir_impair: one mean over noise and retain set', () => {
    const entry = lossEntry('unsir_impair');
    const { noise, labels, setting } = unsirAt(entry);
    const [model, method] = [fixtureModel(), methodOf('unsir')];
    const found = tf.tidy(() => {
      const ctx = contextAt(model, method, setting);
      const retain = ctx.batch('retain');
      const [x, y] = [tf.tensor3d([noise]), tf.tensorOf(labels, [1, labels.length])];
      const share = noise.length / (noise.length + retain.size);
      const value = lossValue(model, ctx.start, [
        { term: termOf(method, 0), factor: share, batch: { x, y, size: noise.length } },
        { term: termOf(method, 1), factor: 1 - share, batch: retain },
      ]);
      return { value, gradient: gradientOfStep(model, method, setting, { noise: x, noiseLabels: y }) };
    });
    expectAgreement(entry, found);
  });

  it('unsir_impair: value and slope of what the noise minimises', () => {
    const entry = lossEntry('unsir_impair');
    const { noise, labels, setting } = unsirAt(entry);
    const { notes, noise_loss_at_theta_ref, noise_grad_x, at } = entry;
    const penalty = Number(/\+ ([\d.e-]+)\*mean sum x\^2/.exec(notes as string)?.[1]);
    const [model, method] = [fixtureModel(), methodOf('unsir')];
    const [value, slope] = tf.tidy(() => {
      const ctx = contextAt(model, method, {
        ...setting,
        theta: at.ref,
        params: { ...setting.params, penalty },
      });
      const [x, y] = [tf.tensor3d([noise]), tf.tensorOf(labels, [1, labels.length])];
      const unlikely = lossValue(model, ctx.start, [
        { term: termOf(method, 0), factor: -1, batch: { x, y, size: noise.length } },
      ]);
      const square = noise.flat().reduce((sum, value) => sum + value * value, 0) / noise.length;
      const flatNoise = tf.tensor2d(noise.flat(), [1, noise.length * inputs]);
      return [unlikely + penalty * square, noiseSlope(ctx as never, ctx.start, flatNoise, y).dataSync()] as const;
    });
    expect(worstExcess([value], [noise_loss_at_theta_ref as number]), 'value').toBeLessThanOrEqual(1);
    expect(worstExcess(slope, flatNumbers(noise_grad_x)), 'slope').toBeLessThanOrEqual(1);
  });
});
