import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import { fusedOf } from '../../../src/engine/contracts/fused.ts';
import type { LaneView } from '../../../src/engine/contracts/lane-view.ts';
import { keepHighest, type RankingMask } from '../../../src/engine/contracts/method.ts';
import type { AnyRowTerm, Split } from '../../../src/engine/contracts/rows.ts';
import { objectiveGradient } from '../../../src/engine/method-kinds.ts';
import {
  BETA1,
  BETA2,
  descend,
  EPSILON,
  type OptimizerName,
  type OptimizerState,
  optimizers,
} from '../../../src/engine/objective/optim.ts';
import { crossEntropy } from '../../../src/engine/objective/rows.ts';
import { masks } from '../../../src/masks/registry.ts';
import { methods } from '../../../src/methods/registry.ts';
import { useEngine } from '../../support/engine.ts';
import {
  ENGINES,
  fixtureBatch,
  fixtureModel,
  fixtures,
  flat,
  type Weights,
  weightsNamed,
  worstExcess,
} from './fixtures.ts';

/** A step of a small chain: which term, with which labels. */
interface Step {
  readonly term: AnyRowTerm;
  readonly alternatives?: readonly number[];
}

interface Settings {
  readonly optimizer: OptimizerName;
  readonly lr: number;
  readonly momentum?: number;
  readonly weightDecay?: number;
  readonly mask?: Float32Array;
}

const column = (value: number): tf.Tensor => tf.tensor2d([[value]]);

/** Weights [P] after some steps of the engine from `start`. */
const stepsFrom = (start: Float32Array, steps: readonly Step[], settings: Settings): Float32Array =>
  tf.tidy(() => {
    const model = fixtureModel();
    const { lr, momentum, weightDecay, mask } = settings;
    const begun = tf.tensor2d(start, [1, model.size]);
    const optimizer = optimizers[settings.optimizer];
    let weights: tf.Tensor = begun;
    let state: OptimizerState = optimizer.init(begun);
    steps.forEach(({ term, alternatives }, step) => {
      const batch = (split: Split) => fixtureBatch(model, split, start, alternatives);
      const objective = { weights, terms: [{ term, settings: [{}] }], batch };
      const descent = {
        optimizer,
        settings: {
          learningRate: column(lr),
          ...(momentum && { momentum: column(momentum) }),
          ...(weightDecay && { weightDecay: column(weightDecay) }),
        },
        ...(mask && { mask: tf.tensor2d(mask, [1, model.size]) }),
        start: begun,
      };
      ({ weights, state } =
        fusedOf(model)?.step(objective, descent, state, step) ??
        descend(descent, weights, objectiveGradient(model, objective), state, step));
    });
    return weights.dataSync() as Float32Array;
  });

/** The saliency scores at a set of weights, as the mask sees them. */
const salunScore = (at: string): Float32Array => {
  const original = weightsNamed(at);
  const gradient: LaneView['gradient'] = (split) =>
    tf.tidy(() => {
      const model = fixtureModel();
      const weights = tf.tensor2d(original, [1, model.size]);
      const batch = fixtureBatch(model, split, original);
      const terms = [{ term: crossEntropy(split), settings: [{}] }];
      return objectiveGradient(model, { weights, terms, batch: () => batch }).dataSync() as Float32Array;
    });
  return (masks.get('salun') as RankingMask).score({ gradient } as LaneView, {});
};

describe.each(ENGINES)(`updates agree with the authors' code, on %s`, (engine) => {
  beforeAll(() => useEngine(engine));

  it('SalUn: the saliency of every weight, and exactly the weights that are kept', () => {
    const { at, saliency_abs, ratios } = fixtures.updates['salun_mask'];
    const score = salunScore(at);
    expect(worstExcess(score, flat(saliency_abs))).toBeLessThanOrEqual(1);
    for (const [ratio, { kept, mask }] of Object.entries<{ kept: number; mask: Weights }>(ratios)) {
      const own = keepHighest(score, Number(ratio));
      expect([...own]).toEqual([...flat(mask)]);
      expect(own.reduce((sum, one) => sum + one, 0)).toBe(kept);
    }
  });

  it('SalUn over random labels: three masked steps with momentum and weight decay leave frozen weights bit-equal', () => {
    const { start, ratio, optimizer, theta_after_fixed, max_masked_drift_fixed } = fixtures.updates['salun_rl_3steps'];
    const { forget } = fixtures.data;
    expect(max_masked_drift_fixed).toBe(0);
    const relabel = methods.get('rl')?.terms?.[0] as AnyRowTerm;
    const mask = keepHighest(salunScore(start), ratio);
    const begin = weightsNamed(start);
    const end = stepsFrom(
      begin,
      [
        { term: relabel, alternatives: forget.y_rand_all },
        { term: crossEntropy('retain') },
        { term: relabel, alternatives: forget.y_rand_other },
      ],
      {
        optimizer: 'momentum',
        lr: optimizer.lr,
        momentum: optimizer.momentum,
        weightDecay: optimizer.weight_decay,
        mask,
      },
    );
    expect(worstExcess(end, flat(theta_after_fixed))).toBeLessThanOrEqual(1);
    mask.forEach((free, i) => {
      if (!free) expect(end[i]).toBe(begin[i]);
    });
  });

  const { hyper } = fixtures.updates['optimizers_3_steps_ce_retain'];
  const cases: Readonly<Record<string, Settings>> = {
    sgd: { optimizer: 'sgd', lr: hyper.lr },
    momentum: { optimizer: 'momentum', lr: hyper.lr, momentum: hyper.momentum },
    momentum_wd: { optimizer: 'momentum', lr: hyper.lr, momentum: hyper.momentum, weightDecay: hyper.weight_decay },
    adam: { optimizer: 'adam', lr: hyper.lr },
  };
  for (const [name, settings] of Object.entries(cases)) {
    it(`three steps of ${name} on the retain set end where PyTorch's end`, () => {
      const entry = fixtures.updates['optimizers_3_steps_ce_retain'];
      const step = { term: crossEntropy('retain') };
      const end = stepsFrom(weightsNamed(entry.start), [step, step, step], settings);
      expect(worstExcess(end, flat(entry[name]))).toBeLessThanOrEqual(1);
    });
  }

  it('Adam has PyTorch’s constants, which are no settings here', () => {
    const { beta1, beta2, eps } = hyper.adam;
    expect([beta1, beta2, eps]).toEqual([BETA1, BETA2, EPSILON]);
  });

  it('three updates of adam with the decay beside the gradient end where PyTorch’s AdamW ends', () => {
    const entry = fixtures.updates['optimizers_3_steps_ce_retain'];
    const end = tf.tidy(() => {
      const model = fixtureModel();
      const start = weightsNamed(entry.start);
      const batch = (split: Split) => fixtureBatch(model, split, start);
      let weights: tf.Tensor = tf.tensor2d(start, [1, model.size]);
      let state = optimizers.adam.init(weights);
      for (let step = 0; step < 3; step++) {
        const gradient = objectiveGradient(model, {
          weights,
          terms: [{ term: crossEntropy('retain'), settings: [{}] }],
          batch,
        });
        const shrunk = tf.mul(weights, 1 - hyper.lr * hyper.weight_decay);
        ({ weights, state } = optimizers.adam.update(
          shrunk,
          gradient,
          state,
          { learningRate: column(hyper.lr) },
          step,
        ));
      }
      return weights.dataSync();
    });
    expect(worstExcess(end, flat(entry.adamw))).toBeLessThanOrEqual(1);
  });
});
