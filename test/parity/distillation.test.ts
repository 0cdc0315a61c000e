import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/engine/base/tf.ts';
import type { AnyMethod, Split } from '../../src/engine/contracts/method.ts';
import { objectiveGradient } from '../../src/engine/method-kinds.ts';
import { rowsOf, termLoss } from '../../src/engine/objective/rows.ts';
import { methods } from '../../src/methods/registry.ts';
import { useEngine } from '../support/engine.ts';
import { contextAt, gradientOfStep, type Setting, weightsNamed } from './context.ts';
import {
  ENGINES,
  fixtureBatch,
  fixtureModel,
  fixtures,
  flat,
  hasFixtures,
  type LossEntry,
  whySkipped,
  worstExcess,
} from './fixtures.ts';

const entry = (id: string): LossEntry => fixtures.losses.find((one) => one.id === id) as LossEntry;
const methodOf = (id: string): AnyMethod => methods.get(id) as AnyMethod;

/** Value and gradient of some of a method's terms, each with a factor. */
const computed = (
  { at }: LossEntry,
  terms: readonly (readonly [term: NonNullable<AnyMethod['terms']>[number], factor: number])[],
  settings: Readonly<Record<string, number | string>>,
  teacher?: string,
) =>
  tf.tidy(() => {
    const model = fixtureModel();
    const weights = tf.tensor2d(weightsNamed(at.theta), [1, model.size]);
    const reference = weightsNamed(at.ref ?? 'theta_ref');
    const batch = (split: Split) => {
      const own = fixtureBatch(model, split, reference);
      if (teacher === undefined) return own;
      const bad = tf.tensor2d(weightsNamed(teacher), [1, model.size]);
      return { ...own, teacher: tf.logSoftmax(model.forward(bad, own.x).logits) };
    };
    const lanes = terms.map(([term, factor]) => ({ term, settings: [settings], scale: [factor] }));
    const gradient = objectiveGradient(model, { weights, terms: lanes, batch });
    const tensors = Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [
        name,
        typeof value === 'number' ? tf.tensor2d([[value]]) : value,
      ]),
    );
    const value = terms.reduce((sum, [term, factor]) => {
      const own = batch(term.on);
      const rows = rowsOf(model.forward(weights, own.x).logits, own);
      return sum + factor * (termLoss(term, rows, tensors).dataSync()[0] as number);
    }, 0);
    return { value, gradient: gradient.dataSync() };
  });

const expectAgreement = ({ value, grad }: LossEntry, found: ReturnType<typeof computed>) => {
  expect(worstExcess([found.value], [value]), 'value').toBeLessThanOrEqual(1);
  expect(worstExcess(found.gradient, flat(grad)), 'gradient').toBeLessThanOrEqual(1);
};

describe.skipIf(!hasFixtures).each(ENGINES)(
  `distillation and representations agree with the authors' code, on %s${hasFixtures ? '' : ` (${whySkipped})`}`,
  (engine) => {
    beforeAll(() => useEngine(engine));

    it('scrub: max step, min step, and the max step of the corrective benchmark', () => {
      const [max, min] = methodOf('scrub').terms ?? [];
      if (!max || !min) throw new Error('two terms');
      const settings = (id: string, climb: string) => {
        const { kd_T = 1, alpha = 0, gamma = 0 } = entry(id).hyper as Record<string, number>;
        return { temperature: kd_T, alpha, gamma, climb };
      };
      expectAgreement(entry('scrub_max'), computed(entry('scrub_max'), [[max, 1]], settings('scrub_max', 'distance')));
      expectAgreement(entry('scrub_min'), computed(entry('scrub_min'), [[min, 1]], settings('scrub_min', 'distance')));
      const corrective = entry('scrub_max_corrective');
      const corrected = settings('scrub_max_corrective', 'distance and loss');
      expectAgreement(corrective, computed(corrective, [[max, 1]], corrected));
    });

    it('scrub_epoch: the weights after a max step and a min step; the first max step from the original does not move', () => {
      const { start, optimizer, theta_after_max, theta_after_max_min } = fixtures.updates['scrub_epoch'];
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
      expect(Math.max(...plateau.map(Math.abs))).toBeLessThan(1e-6);
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
      const settings = { temperature: 1, reduction };
      expectAgreement(entry(id), computed(entry(id), shares, settings, 'theta_bad'));
    });

    it('rmu: steered and held activations', () => {
      const { at, hyper, grad, control_vec } = entry('rmu');
      const model = fixtureModel();
      const c = hyper['steering_coeff'] as number;
      const setting: Setting = {
        theta: at.theta,
        params: { coefficient: c, alpha: hyper['alpha'] as number, layer: hyper['layer'] as number },
      };
      const gradient = tf.tidy(() => {
        const direction = tf.tensor3d([[(control_vec as number[]).map((value) => value / c)]]);
        return gradientOfStep(model, methodOf('rmu'), setting, { direction });
      });
      expect(worstExcess(gradient, flat(grad))).toBeLessThanOrEqual(1);
    });

    it('laf_contrastive: the alignment step, a sum there and a mean over the retain rows here', () => {
      const { at, hyper, grad } = entry('laf_contrastive');
      const model = fixtureModel();
      const rows = fixtures.data.retain.y.length;
      const gradient = gradientOfStep(model, methodOf('laf'), {
        theta: at.theta,
        params: { temperature: hyper['temp'] as number },
        context: { step: 1, steps: 10 },
      });
      expect(
        worstExcess(
          gradient.map((g) => rows * g),
          flat(grad),
        ),
      ).toBeLessThanOrEqual(1);
    });
  },
);
