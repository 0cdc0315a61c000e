import { beforeAll, describe, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { AnyTerm, Batch, Split } from '../../../src/engine/contracts/rows.ts';
import { classCodes, processOf } from '../../../src/engine/diffusion/process.ts';
import { codesOf } from '../../../src/engine/diffusion/sampler.ts';
import { codeGradient, rowsAt, spread, told } from '../../../src/engine/diffusion/told.ts';
import { lossGradient, objectiveGradient } from '../../../src/engine/method-kinds.ts';
import { crossEntropy, rowsOf, termLoss } from '../../../src/engine/objective/rows.ts';
import { network } from '../../../src/engine/start.ts';
import { replaced } from '../../../src/methods/selective-amnesia.ts';
import sfdEps from '../../../src/methods/sfd-eps.ts';
import { meanSquare } from '../../../src/methods/shared/conditions.ts';
import { guidedAway } from '../../../src/methods/shared/negative-guidance.ts';
import { fakeLoss, generated, generatorLoss, oneStep } from '../../../src/methods/shared/one-step.ts';
import { pull } from '../../../src/wrappers/shared/spring.ts';
import { useEngine } from '../../support/engine.ts';
import { agrees } from '../agreement.ts';
import { flatNumbers } from '../reference.ts';
import { flat, generative, lossEntry, tolerance } from './fixtures.ts';

const { diffusion } = generative;
const { C } = diffusion;

const process = processOf(Float64Array.from(diffusion.abar), classCodes(C), C);
const modelOf = () =>
  network({ inputs: 2 + 9 + C, hidden: [8, 8], classes: 2, activation: ['tanh', 'relu'], init: 'auto' });
const row = (values: Float32Array): tf.Tensor => tf.tensorOf(values.slice(), [1, values.length]);
const floats = (rows: unknown): Float32Array => Float32Array.from(flatNumbers(rows));

/** The points of a split as a batch of one lane, noised as in the file. */
const batchOf = (split: Split): Batch => {
  const { x0, t, eps } = diffusion[split];
  const conditions = split === 'forget' ? t.map(() => diffusion.forget.c) : diffusion.retain.c;
  const n = t.length;
  const noise = floats(eps);
  const times = Int32Array.from(t);
  const noised = { process, times, conditions: Int32Array.from(conditions), nulls: new Int32Array(n).fill(C) };
  const empty: Batch = {
    head: { kind: 'real', variance: 0.5 },
    x: rowsAt(process, new Float32Array(2 * n), times, codesOf(process, conditions), 1),
    y: tf.tensorOf(noise, [1, n, 2]),
    size: n,
    noised,
  };
  return replaced(empty, floats(x0));
};

const setUp = () => {
  const model = modelOf();
  const [weights, original] = [row(flat(diffusion.theta)), row(flat(diffusion.theta_ref))];
  return { model, weights, original, forget: batchOf('forget'), retain: batchOf('retain') };
};
type SetUp = ReturnType<typeof setUp>;

/** Value and gradient of terms on two batches against an entry of the file. */
const holds = ({ model, weights, retain }: SetUp, id: string, terms: readonly AnyTerm[], forget: Batch): void => {
  const batch = (split: Split) => (split === 'forget' ? forget : retain);
  const value = terms.reduce((sum, term) => {
    const own = batch(term.on);
    const rows = rowsOf(model.forward(weights, own.x).logits, own);
    return sum + (termLoss(term, rows, {}, own).dataSync()[0] as number);
  }, 0);
  const { value: expected, grad } = lossEntry('diffusion', id);
  agrees([value], [expected], tolerance, 'value');
  const lanes = terms.map((term) => ({ term, settings: [{}] }));
  agrees(objectiveGradient(model, { weights, terms: lanes, batch }).dataSync(), flat(grad), tolerance, 'gradient');
};

/** The forget batch with what a model says under the substitute as its other targets. */
const relabelled = ({ model, forget }: SetUp, weights: tf.Tensor): Batch => {
  const codes = codesOf(
    process,
    forgetTimes().map(() => diffusion.forget.substitute),
  );
  return { ...forget, alternatives: model.forward(weights, told(forget, codes)).logits };
};
const forgetTimes = (): readonly number[] => diffusion.forget.t;
const forgetPoints = ({ forget }: SetUp) => ({
  points: floats(diffusion.forward.x_t_forget),
  times: forget.noised?.times ?? new Int32Array(),
});
/** The adversarial condition of the file, for each row. */
const attackCodes = (): Float32Array => spread(floats(diffusion.attack_condition), 1, forgetTimes().length);
const column = (value: number) => tf.tensor2d([[value]]);

describe.each(['kernels', 'cpu'] as const)(
  'what erases a condition agrees with the reference numbers, on %s',
  (engine) => {
    beforeAll(() => useEngine(engine));

    it('forward: noised points, and what both models say of them', () => {
      tf.tidy(() => {
        const { model, weights, original, forget } = setUp();
        const { x_t_forget, eps_theta_forget, eps_ref_forget, eps_theta_null } = diffusion.forward;
        const x = forget.x.dataSync();
        const width = 2 + 9 + C;
        const points = forgetTimes().flatMap((_, b) => [x[b * width] as number, x[b * width + 1] as number]);
        agrees(points, flatNumbers(x_t_forget), tolerance, 'noised points');
        const said = (of: tf.Tensor, at: tf.Tensor) => model.forward(of, at).logits.dataSync();
        agrees(said(weights, forget.x), flatNumbers(eps_theta_forget), tolerance, 'this model');
        agrees(said(original, forget.x), flatNumbers(eps_ref_forget), tolerance, 'the original');
        const bare = told(forget, new Float32Array(forgetTimes().length * C));
        agrees(said(weights, bare), flatNumbers(eps_theta_null), tolerance, 'without a condition');
      });
    });

    it('eps_mse_forget: the loss of training', () => {
      tf.tidy(() => {
        const own = setUp();
        holds(own, 'eps_mse_forget', [crossEntropy('forget')], own.forget);
      });
    });

    it('salun_rl, salun_rl_rt: the model itself under another condition', () => {
      tf.tidy(() => {
        const own = setUp();
        const batch = relabelled(own, own.weights);
        holds(own, 'salun_rl', [meanSquare], batch);
        holds(own, 'salun_rl_rt', [meanSquare, crossEntropy('retain')], batch);
      });
    });

    it('substitute_ref: the original under another condition, as in SFD-ε', () => {
      tf.tidy(() => {
        const own = setUp();
        holds(own, 'substitute_ref', [sfdEps.terms?.[0] as AnyTerm], relabelled(own, own.original));
      });
    });

    it.each(['esd_eta0', 'esd_eta1', 'esd_eta3'])('%s: negative guidance as a target', (id) => {
      tf.tidy(() => {
        const own = setUp();
        const { eta } = lossEntry('diffusion', id);
        const ctx = { model: own.model, original: () => own.original };
        holds(own, id, [meanSquare], guidedAway(ctx, own.forget, forgetPoints(own), column(eta)));
      });
    });

    it('selective_amnesia_forget: noise in place of the points', () => {
      tf.tidy(() => {
        const own = setUp();
        const batch = replaced(own.forget, floats(diffusion.forget.uniform_x0));
        holds(own, 'selective_amnesia_forget', [crossEntropy('forget')], batch);
      });
    });

    it('ewc_penalty: the wrapper’s spring at twice the reference’s weight, which counts no half', () => {
      tf.tidy(() => {
        const { weights, original } = setUp();
        const { value, grad, fisher } = lossEntry('diffusion', 'ewc_penalty');
        const importance = row(flat(fisher));
        const found = pull(weights, original, column(20), importance);
        agrees(found.dataSync(), flat(grad), tolerance, 'gradient');
        const away = tf.sub(weights, original);
        const half = tf.mul(0.5, tf.sum(tf.mul(found, away)));
        agrees(half.dataSync(), [value], tolerance, 'value');
      });
    });

    it('adv_outer_esd: negative guidance under an adversarial condition', () => {
      tf.tidy(() => {
        const own = setUp();
        const ctx = { model: own.model, original: () => own.original };
        const batch = guidedAway(ctx, own.forget, forgetPoints(own), column(1), attackCodes());
        holds(own, 'adv_outer_esd', [meanSquare], batch);
      });
    });

    it('sfd: what a generator draws, and how the fake score and the generator learn', () => {
      tf.tidy(() => {
        const { model, original } = setUp();
        const [generator, fake] = [row(flat(diffusion.theta_generator)), row(flat(diffusion.theta_fake))];
        const { z, t, t_init, x0 } = diffusion.sfd;
        const codesFor = (c: number) =>
          codesOf(
            process,
            t.map(() => c),
          );
        const drawn = oneStep(process, {
          K: 1,
          z: floats(z),
          noise: floats(diffusion.forget.eps),
          times: Int32Array.from(t),
          begin: t_init,
          codes: codesFor(diffusion.forget.c),
          asked: codesFor(diffusion.forget.substitute),
        });
        const points = generated(model, generator, drawn);
        agrees(points.dataSync(), flatNumbers(x0), tolerance, 'points');
        const own = lossEntry('diffusion', 'sfd_sg');
        agrees(fakeLoss(model, fake, drawn, points).dataSync(), [own['value']], tolerance, 'value of the fake score');
        const scored = lossGradient(fake, (at) => fakeLoss(model, at, drawn, points));
        agrees(scored.dataSync(), flat(own['grad']), tolerance, 'gradient of the fake score');
        for (const id of ['sfd_g_forget_alpha1', 'sfd_g_forget_alpha1.2']) {
          const { value, grad, alpha } = lossEntry('diffusion', id);
          const nets = { fake, original, alpha: tf.tensor3d([[[alpha]]]) };
          agrees(generatorLoss(model, generator, drawn, nets).dataSync(), [value], tolerance, `${id}: value`);
          const slope = lossGradient(generator, (at) => generatorLoss(model, at, drawn, nets));
          agrees(slope.dataSync(), flat(grad), tolerance, `${id}: gradient`);
        }
      });
    });

    it('adv_inner, unlearn_diff_atk: where a condition is searched for', () => {
      tf.tidy(() => {
        const { model, weights, original, forget } = setUp();
        const attacked = told(forget, attackCodes());
        for (const [id, target] of [
          ['adv_inner', model.forward(original, forget.x).logits],
          ['unlearn_diff_atk', forget.y],
        ] as const) {
          const { value, grad } = lossEntry('diffusion', id);
          const batch = { ...forget, x: attacked, alternatives: target };
          const loss = termLoss(meanSquare, rowsOf(model.forward(weights, attacked).logits, batch), {}, batch);
          agrees(loss.dataSync(), [value], tolerance, `${id}: value`);
          agrees(codeGradient(model, weights, attacked, target), flatNumbers(grad.v), tolerance, `${id}: gradient`);
        }
      });
    });
  },
);
