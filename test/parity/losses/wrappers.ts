import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { AnyMethod } from '../../../src/engine/contracts/method.ts';
import type { Split, Term } from '../../../src/engine/contracts/rows.ts';
import type { WrapperContext } from '../../../src/engine/contracts/wrapper.ts';
import { objectiveGradient } from '../../../src/engine/method-kinds.ts';
import { crossEntropy, rowsOf, termLoss } from '../../../src/engine/objective/rows.ts';
import { methods } from '../../../src/methods/registry.ts';
import { elicitation, gradientUnder, logitsUnder } from '../../../src/wrappers/lat.ts';
import pcgrad, { projected } from '../../../src/wrappers/pcgrad.ts';
import { useEngine } from '../../support/engine.ts';
import {
  ENGINES,
  fixtureBatch,
  fixtureModel,
  fixtures,
  flat,
  flatNumbers,
  lossEntry,
  weightsNamed,
  worstExcess,
} from './fixtures.ts';

const ascent = () => (methods.get('ga') as AnyMethod).terms?.[0] as Term<unknown, unknown>;
const alone = <T>(term: T) => [{ term, settings: [{}] }];

const setUp = (at: string) => {
  const model = fixtureModel();
  const weights = tf.tensor2d(weightsNamed(at), [1, model.size]);
  const batch = (split: Split) => fixtureBatch(model, split, weightsNamed('theta_ref'));
  return { model, weights, batch };
};

describe.each(ENGINES)(`wrappers of a run agree with reference numbers, on %s`, (engine) => {
  beforeAll(() => useEngine(engine));

  it('PCGrad: what is left of either gradient, and their sum', () => {
    const entry = fixtures.updates['pcgrad'];
    tf.tidy(() => {
      const { model, weights, batch } = setUp(entry.at);
      const gradient = (term: Term<unknown, unknown>) =>
        objectiveGradient(model, { weights, terms: alone(term), batch });
      const [forget, retain] = [gradient(ascent()), gradient(crossEntropy('retain'))];
      const [unlearn, kept] = [projected(forget, retain), projected(retain, forget)];
      expect(worstExcess(unlearn.dataSync(), flat(entry.unlearn_projected))).toBeLessThanOrEqual(1);
      expect(worstExcess(kept.dataSync(), flat(entry.retain_projected))).toBeLessThanOrEqual(1);
      expect(worstExcess(tf.add(unlearn, kept).dataSync(), flat(entry.sum_symmetric))).toBeLessThanOrEqual(1);
      const [f, r] = [forget.dataSync(), retain.dataSync()];
      const inner = (a: ArrayLike<number>, b: ArrayLike<number>) =>
        Array.from(a, (value, i) => value * (b[i] as number)).reduce((sum, value) => sum + value, 0);
      expect(worstExcess([inner(f, r)], [entry.dot])).toBeLessThanOrEqual(1);
      expect(worstExcess([inner(f, r) / Math.sqrt(inner(f, f) * inner(r, r))], [entry.cosine])).toBeLessThanOrEqual(1);
      const step = { terms: [], batch, on: () => undefined, extra: [] };
      const joined = pcgrad.wrap(step, {} as WrapperContext<typeof pcgrad.params>).join?.(forget, retain);
      expect([...(joined?.dataSync() ?? [])]).toEqual([...tf.add(unlearn, retain).dataSync()]);
    });
  });

  it('LAT over GradDiff: value and gradient at a given change of the first hidden layer, and where the adversary would go', () => {
    const entry = lossEntry('lat_graddiff');
    tf.tidy(() => {
      const { model, weights, batch } = setUp(entry.at.theta);
      const rows = flatNumbers(entry['delta']);
      const delta = tf.tensor3d(rows, [1, batch('forget').size, rows.length / batch('forget').size]);
      const forget = gradientUnder(model, weights, alone(ascent()), batch('forget'), 1, delta);
      const retain = objectiveGradient(model, { weights, terms: alone(crossEntropy('retain')), batch });
      const gradient = tf.add(forget, retain).dataSync();
      for (const { name, offset, size } of model.layout) {
        const found = gradient.subarray(offset, offset + size);
        expect(worstExcess(found, flatNumbers(entry.grad[name])), `gradient of ${name}`).toBeLessThanOrEqual(1);
      }
      // The file differentiates the mean over the rows, the engine their sum.
      const own = tf.div(elicitation(model, weights, batch('forget'), 1, delta), batch('forget').size);
      expect(worstExcess(own.dataSync(), flatNumbers(entry['adversary_grad_delta']))).toBeLessThanOrEqual(1);
      const loss = (term: Term<unknown, unknown>, logits: tf.Tensor) =>
        termLoss(term, rowsOf(logits, batch(term.on)), {}).dataSync()[0] as number;
      const value =
        loss(ascent(), logitsUnder(model, weights, batch('forget'), 1, delta)) +
        loss(crossEntropy('retain'), model.forward(weights, batch('retain').x).logits);
      expect(worstExcess([value], [entry.value])).toBeLessThanOrEqual(1);
    });
  });
});
