import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { AnyMethod } from '../../../src/engine/contracts/method.ts';
import type { AnyTerm, Split } from '../../../src/engine/contracts/rows.ts';
import { objectiveGradient } from '../../../src/engine/method-kinds.ts';

import { alignmentLoss } from '../../../src/methods/laf.ts';
import { methods } from '../../../src/methods/registry.ts';
import { steeringLoss } from '../../../src/methods/rmu.ts';
import { useEngine } from '../../support/engine.ts';
import { contextAt, expectAgreement, gradientOfStep, lossValue, type Setting } from './context.ts';
import {
  ENGINES,
  fixtureBatch,
  fixtureModel,
  fixtures,
  flat,
  has,
  knob,
  type LossEntry,
  lossEntry,
  weightsNamed,
  worstExcess,
} from './fixtures.ts';

const methodOf = (id: string): AnyMethod => methods.get(id) as AnyMethod;

/** Value and gradient of some of a method's terms, each with a factor. */
const computed = (
  { at }: LossEntry,
  terms: readonly (readonly [term: AnyTerm, factor: number])[],
  settings: Readonly<Record<string, number | string>>,
  teacher?: string,
) =>
  tf.tidy(() => {
    const model = fixtureModel();
    const weights = tf.tensor2d(weightsNamed(at.theta), [1, model.size]);
    const reference = weightsNamed(at.ref);
    const batch = (split: Split) => {
      const own = fixtureBatch(model, split, reference);
      if (teacher === undefined) return own;
      const bad = tf.tensor2d(weightsNamed(teacher), [1, model.size]);
      return { ...own, teacher: tf.logSoftmax(model.forward(bad, own.x).logits) };
    };
    const lanes = terms.map(([term, factor]) => ({ term, settings: [settings], scale: [factor] }));
    const gradient = objectiveGradient(model, { weights, terms: lanes, batch });
    const parts = terms.map(([term, factor]) => ({ term, factor, batch: batch(term.on) }));
    return { value: lossValue(model, weights, parts, settings), gradient: gradient.dataSync() };
  });

describe.each(ENGINES)(`distillation and representations agree with the authors' code, on %s`, (engine) => {
  beforeAll(() => useEngine(engine));

  it('scrub: max step, min step, and the max step of the corrective benchmark', () => {
    const [max, min] = methodOf('scrub').terms ?? [];
    if (!max || !min) throw new Error('two terms');
    const settings = (id: string, climb: string) => {
      const { hyper } = lossEntry(id);
      const of = (name: string) => (has(hyper, name) ? (hyper[name] as number) : 0);
      return { temperature: of('kd_T'), alpha: of('alpha'), gamma: of('gamma'), climb };
    };
    expectAgreement(
      lossEntry('scrub_max'),
      computed(lossEntry('scrub_max'), [[max, 1]], settings('scrub_max', 'distance')),
    );
    expectAgreement(
      lossEntry('scrub_min'),
      computed(lossEntry('scrub_min'), [[min, 1]], settings('scrub_min', 'distance')),
    );
    const corrective = lossEntry('scrub_max_corrective');
    const corrected = settings('scrub_max_corrective', 'distance and loss');
    expectAgreement(corrective, computed(corrective, [[max, 1]], corrected));
  });

  it('scrub_epoch: the weights after a max step and a min step; the first max step from the original does not move', () => {
    const { start, optimizer, theta_after_max, theta_after_max_min, first_step_from_ref_max_grad_norm } =
      fixtures.updates['scrub_epoch'];
    const [model, method] = [fixtureModel(), methodOf('scrub')];
    const { scrub_T, scrub_alpha, scrub_gamma } = fixtures.hyper;
    const params = {
      temperature: scrub_T as number,
      alpha: scrub_alpha as number,
      gamma: scrub_gamma as number,
      maxSteps: 1,
      minSteps: 1,
      start: 'as in the authors’ code',
    };
    const [first, second] = tf.tidy(() => {
      const ctx = contextAt(model, method, { theta: start, params });
      const descent = { ...ctx.descent, settings: { learningRate: tf.tensor2d([[optimizer.lr]]) } };
      const climbed = method.step({ weights: ctx.start }, { ...ctx, descent, steps: 2 }).state;
      const repaired = method.step(climbed, { ...ctx, descent, steps: 2, step: 1 }).state;
      return [climbed.weights.dataSync(), repaired.weights.dataSync()] as const;
    });
    expect(worstExcess(first, flat(theta_after_max))).toBeLessThanOrEqual(1);
    expect(worstExcess(second, flat(theta_after_max_min))).toBeLessThanOrEqual(1);
    const plateau = gradientOfStep(model, method, { theta: 'theta_ref', params });
    expect(Math.abs(Math.max(...plateau.map(Math.abs)) - first_step_from_ref_max_grad_norm)).toBeLessThan(1e-6);
  });

  it.each([
    ['bad_teacher_batchmean', 'examples'],
    ['bad_teacher_refmean', 'as in the authors’ code'],
  ])('%s', (id, reduction) => {
    const [forget, retain] = methodOf('bad-teacher').terms ?? [];
    if (!forget || !retain) throw new Error('two terms');
    const [n, m] = [fixtures.data.forget.y.length, fixtures.data.retain.y.length];
    const shares = [
      [forget, n / (n + m)],
      [retain, m / (n + m)],
    ] as const;
    const settings = { temperature: knob(lossEntry(id), 'KL_temperature'), reduction };
    expectAgreement(lossEntry(id), computed(lossEntry(id), shares, settings, 'theta_bad'));
  });

  it('rmu: steered and held activations', () => {
    const entry = lossEntry('rmu');
    const model = fixtureModel();
    const c = knob(entry, 'steering_coeff');
    const setting: Setting = {
      theta: entry.at.theta,
      params: { coefficient: c, alpha: knob(entry, 'alpha'), layer: knob(entry, 'layer') },
    };
    const found = tf.tidy(() => {
      const direction = tf.tensor3d([[(entry['control_vec'] as number[]).map((value) => value / c)]]);
      const ctx = contextAt(model, methodOf('rmu'), setting);
      return {
        value: steeringLoss(ctx as never, ctx.start, direction).dataSync()[0] as number,
        gradient: gradientOfStep(model, methodOf('rmu'), setting, { direction }),
      };
    });
    expectAgreement(entry, found);
  });

  it('laf_contrastive: the alignment step, a sum there and a mean over the retain rows here', () => {
    const entry = lossEntry('laf_contrastive');
    const model = fixtureModel();
    const rows = fixtures.data.retain.y.length;
    const setting: Setting = {
      theta: entry.at.theta,
      params: { temperature: knob(entry, 'temp') },
      context: { step: 1, steps: 10 },
    };
    const value = tf.tidy(() => {
      const ctx = contextAt(model, methodOf('laf'), setting);
      return alignmentLoss(ctx as never, ctx.start).dataSync()[0] as number;
    });
    const gradient = gradientOfStep(model, methodOf('laf'), setting).map((g) => rows * g);
    expectAgreement(entry, { value: rows * value, gradient });
  });
});
