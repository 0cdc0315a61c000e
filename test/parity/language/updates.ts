import { beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/base/random.ts';
import * as tf from '../../../src/engine/base/tf.ts';
import type { AnyMethod, MethodContext } from '../../../src/engine/contracts/method.ts';
import type { Network } from '../../../src/engine/contracts/network.ts';
import type { AnyTerm, Batch, LaneTerm, Split } from '../../../src/engine/contracts/rows.ts';
import { lossesOf, lossGradient, objectiveGradient } from '../../../src/engine/method-kinds.ts';
import { logSoftmax } from '../../../src/engine/network/predict.ts';
import { optimizers } from '../../../src/engine/objective/optim.ts';
import { crossEntropy, rowsOf, termLoss } from '../../../src/engine/objective/rows.ts';
import { type EngineName, network } from '../../../src/engine/start.ts';
import { methods } from '../../../src/methods/registry.ts';
import { steeringLoss } from '../../../src/methods/rmu.ts';
import { negated } from '../../../src/methods/task-vector.ts';
import { combined } from '../../../src/methods/uld.ts';
import { generic } from '../../../src/methods/whp.ts';
import { retainTerms } from '../../../src/retain/registry.ts';
import { useEngine } from '../../support/engine.ts';
import { agrees } from '../agreement.ts';
import { flatNumbers } from '../reference.ts';
import { language, lossEntry, tolerance } from './fixtures.ts';
import { batches, gradientOf, spec, theta } from './model.ts';

/** Methods whose steps are more than the gradient of terms, held to the numbers of language.json. */

const one = (value: number): tf.Tensor => tf.tensor2d([[value]]);

/** The narrower network of the file, and its arrays one after the other. */
const PARTS = ['E', 'W1', 'b1', 'W2', 'b2'] as const;
const assistantWeights = (): number[] =>
  PARTS.flatMap((part) => flatNumbers(language.weights['theta_assistant']?.[part]));
const assistant = (): Network =>
  network({ ...spec, hidden: [language.weights['theta_assistant']?.['b1']?.length as number] });
const assistantTheta = (): tf.Tensor => {
  const flat = Float32Array.from(assistantWeights());
  return tf.tensorOf(flat, [1, flat.length]);
};

/** What a step of one lane by plain descent at rate 1 goes along, [P]. */
const slopeOf = (method: AnyMethod, settings: object, retain: LaneTerm, batch: (split: Split) => Batch) => {
  const start = theta('theta');
  const descent = { optimizer: optimizers.sgd, settings: { learningRate: one(1) }, start };
  const context = {
    model: network(spec),
    settings,
    laneSettings: [settings],
    start,
    original: () => theta('theta_ref'),
    step: 0,
    steps: 1,
    keys: [keyOf(0)],
    batch,
    retain,
    descent,
  } as unknown as MethodContext;
  return tf.sub(start, method.step({ weights: start }, context).state.weights).dataSync();
};

describe.each(['kernels', 'cpu'] as const)(
  'steps over answers agree with the reference, on %s',
  (engine: EngineName) => {
    beforeAll(() => useEngine(engine));

    it('idk_rt: one mean over the words of refusals and of retained answers', () => {
      tf.tidy(() => {
        const idk = methods.get('idk') as AnyMethod;
        const ce = retainTerms.get('ce')?.term as AnyTerm;
        const retain = { term: ce, settings: [{}], scale: [1] };
        const batch = batches();
        const settings = { target: 'drawn label', form: 'one for both' };
        agrees(slopeOf(idk, settings, retain, batch), gradientOf('idk_rt'), tolerance, 'gradient');
        const [model, weights] = [network(spec), theta('theta')];
        const parts = [batch('forget').alternativeExamples as Batch, batch('retain')];
        const total = parts.reduce((sum, { size }) => sum + size, 0);
        const value = parts.reduce(
          (sum, own) => sum + (own.size * (lossesOf(model, weights, own)[0] as number)) / total,
          0,
        );
        agrees([value], [lossEntry('idk_rt')['value']], tolerance, 'value');
      });
    });

    it('rmu: value and gradient, each answer by its own length', () => {
      tf.tidy(() => {
        const { hyper, value } = lossEntry('rmu');
        const model = network(spec);
        const direction = tf.tensorOf(Float32Array.from(hyper.control_vec), [1, 1, hyper.control_vec.length]);
        const context = {
          model,
          settings: { alpha: one(hyper.alpha), coefficient: one(1), layer: 1 },
          batch: batches(),
          original: () => theta('theta_ref'),
        } as unknown as Parameters<typeof steeringLoss>[0];
        const at = theta('theta');
        agrees(steeringLoss(context, at, direction).dataSync(), [value], tolerance, 'value');
        const gradient = lossGradient(at, (weights) => steeringLoss(context, weights, direction));
        agrees(gradient.dataSync(), gradientOf('rmu'), tolerance, 'gradient');
      });
    });

    it('uld_assistant and uld_combined: what the assistant learns, and the whole without it', () => {
      tf.tidy(() => {
        const { hyper, value, grad } = lossEntry('uld_assistant');
        const [model, weights, batch] = [assistant(), assistantTheta(), batches()];
        const own = { retainWeight: hyper.retain_weight };
        const terms = ((methods.get('uld') as AnyMethod).terms as AnyTerm[]).map((term) => ({ term, settings: [own] }));
        const losses = terms.map(({ term }) => {
          const rows = rowsOf(model.forward(weights, batch(term.on).x).logits, batch(term.on));
          return termLoss(
            term,
            rows,
            { retainWeight: one(hyper.retain_weight) },
            batch(term.on),
          ).dataSync()[0] as number;
        });
        agrees([losses.reduce((sum, loss) => sum + loss, 0)], [value], tolerance, 'value');
        const expected = PARTS.flatMap((part) => flatNumbers(grad[part]));
        agrees(objectiveGradient(model, { weights, terms, batch }).dataSync(), expected, tolerance, 'gradient');

        const { x, y } = batch('forget');
        const logits = (of: Network, at: tf.Tensor) => of.forward(at, x).logits.dataSync() as Float32Array;
        const { weight, log_prob_of_labels } = language.updates['uld_combined'];
        const whole = combined(logits(network(spec), theta('theta_ref')), logits(model, weights), undefined, weight);
        const logProbs = logSoftmax(whole, spec.classes);
        const found = Array.from(y.dataSync(), (label, row) => logProbs[row * spec.classes + label] as number);
        agrees(found, log_prob_of_labels, tolerance, 'log p of the labels');
      });
    });

    it('whp: value and gradient towards what is left when the reinforced model is held against it', () => {
      tf.tidy(() => {
        const { hyper, value } = lossEntry('whp');
        const model = network(spec);
        const context = {
          model,
          laneSettings: [{ alpha: hyper.alpha, reinforcing: 1 }],
          original: () => theta('theta_ref'),
        };
        const forget = generic(context, theta('theta_ft'), batches()('forget'));
        const [weights, terms] = [theta('theta'), [{ term: crossEntropy('forget'), settings: [{}] }]];
        agrees(lossesOf(model, weights, forget), [value], tolerance, 'value');
        const gradient = objectiveGradient(model, { weights, terms, batch: () => forget });
        agrees(gradient.dataSync(), gradientOf('whp'), tolerance, 'gradient');
      });
    });

    it('task_vector: the losses of the forget answers at the weights on the other side', () => {
      tf.tidy(() => {
        const { scale, forget_avg_loss } = language.updates['task_vector'];
        const weights = negated(theta('theta_ref'), theta('theta_ft'), { lambda: one(scale), length: 'as trained' });
        const batch = batches()('forget');
        const { rowLogP } = rowsOf(network(spec).forward(weights, batch.x).logits, batch);
        const sums = new Map<number, number[]>();
        rowLogP.dataSync().forEach((logP, row) => {
          const example = batch.examples?.of[row] as number;
          sums.set(example, [...(sums.get(example) ?? []), -logP]);
        });
        const found = [...sums.values()].map((losses) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length);
        agrees(found, forget_avg_loss, tolerance, 'mean loss of each answer');
        expect(found).toHaveLength(language.data.forget.length);
      });
    });
  },
);
