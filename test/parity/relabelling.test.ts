import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/engine/base/tf.ts';
import type { AnyMethod } from '../../src/engine/contracts/method.ts';
import { network } from '../../src/engine/start.ts';
import { methods } from '../../src/methods/registry.ts';
import { useEngine } from '../support/engine.ts';
import { contextAt, gradientOfStep, laneAt, weightsNamed } from './context.ts';
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

const entry = (id: string): LossEntry => fixtures.losses.find((one) => one.id === id) as LossEntry;
const methodOf = (id: string): AnyMethod => methods.get(id) as AnyMethod;

describe.skipIf(!hasFixtures).each(ENGINES)(
  `relabelling agrees with the authors' code, on %s${hasFixtures ? '' : ` (${whySkipped})`}`,
  (engine) => {
    beforeAll(() => useEngine(engine));

    it('boundary_shrink: input gradients, labels across the boundary, gradient', () => {
      const { input_grad, adv_label, hyper, grad, at } = entry('boundary_shrink');
      const [model, method] = [fixtureModel(), methodOf('boundary-shrink')];
      const lane = laneAt(model, 'theta_ref');
      const ofMean = lane.inputGradient('forget').map((slope) => slope / fixtures.data.forget.y.length);
      expect(worstExcess(ofMean, flatNumbers(input_grad))).toBeLessThanOrEqual(1);
      const { y } = fixtures.data.forget;
      const found = method.alternatives?.({ bound: hyper['bound'] as number }).draw({
        labels: Int32Array.from(y),
        classes: 3,
        counts: Int32Array.of(1, 1, 1),
        key: [0, 0],
        lane,
      });
      expect([...(found ?? [])]).toEqual(adv_label);
      const gradient = gradientOfStep(model, method, { theta: at.theta, labels: [...(found ?? [])] });
      expect(worstExcess(gradient, flat(grad))).toBeLessThanOrEqual(1);
    });

    it('boundary_expand: the gradient of the shared weights, with the extra column at hand', () => {
      const { extra_W3_column, extra_b3, grad, at } = entry('boundary_expand');
      const [model, method] = [fixtureModel(), methodOf('boundary-expand')];
      const wider = network({ inputs: 2, hidden: [8, 8], classes: 4, activation: ['tanh', 'relu'], init: 'auto' });
      const theta = fixtures.weights[at.theta] as Weights;
      const W3 = (theta['W3'] as number[][]).map((row, i) => [...row, (extra_W3_column as number[])[i] as number]);
      const b3 = [...(theta['b3'] as number[]), (extra_b3 as number[])[0] as number];
      const wide = flat({ ...theta, W3, b3 });
      expect(wide.length).toBe(wider.size);
      const gradient = tf.tidy(() => {
        const ctx = contextAt(model, method, { theta: at.theta });
        const state = { weights: ctx.start, wide: tf.tensor2d(wide, [1, wider.size]) };
        return tf.sub(ctx.start, method.step(state, ctx).state.weights).dataSync();
      });
      const own = Object.fromEntries(
        Object.entries(grad).map(([name, values]) => [
          name,
          name === 'W3'
            ? (values as number[][]).map((row) => row.slice(0, 3))
            : name === 'b3'
              ? (values as number[]).slice(0, 3)
              : values,
        ]),
      );
      expect(worstExcess(gradient, flat(own))).toBeLessThanOrEqual(1);
    });

    it('boundary_expand: its own start answers as the original model does', () => {
      const [model, method] = [fixtureModel(), methodOf('boundary-expand')];
      const weights = tf.tidy(() => method.init(contextAt(model, method, { theta: 'theta_ref' })).weights.dataSync());
      expect([...weights]).toEqual([...weightsNamed('theta_ref')]);
    });

    it('unsir_impair: one mean over noise and retain set', () => {
      const { noise_x, forget_class, grad, at } = entry('unsir_impair');
      const [model, method] = [fixtureModel(), methodOf('unsir')];
      const noise = noise_x as number[][];
      const gradient = tf.tidy(() =>
        gradientOfStep(
          model,
          method,
          { theta: at.theta, params: { noisePoints: noise.length, copies: 1, impairShare: 1 } },
          {
            noise: tf.tensor3d([noise]),
            noiseLabels: tf.tensorOf(new Int32Array(noise.length).fill(forget_class as number), [1, noise.length]),
          },
        ),
      );
      expect(worstExcess(gradient, flat(grad))).toBeLessThanOrEqual(1);
    });
  },
);
