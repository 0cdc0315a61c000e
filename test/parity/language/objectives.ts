import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { Network } from '../../../src/engine/contracts/network.ts';
import type { AnyTerm, Batch, LaneTerm, Split } from '../../../src/engine/contracts/rows.ts';
import { objectiveGradient } from '../../../src/engine/method-kinds.ts';
import { BETA1, BETA2, descend, EPSILON, optimizers } from '../../../src/engine/objective/optim.ts';
import { rowsOf, termLoss } from '../../../src/engine/objective/rows.ts';
import type { EngineName } from '../../../src/engine/start.ts';
import { network } from '../../../src/engine/start.ts';
import { methods } from '../../../src/methods/registry.ts';
import { retainTerms } from '../../../src/retain/registry.ts';
import { useEngine } from '../../support/engine.ts';
import { agrees } from '../agreement.ts';
import { flatNumbers, has } from '../reference.ts';
import { language, layoutOfLanguage, lossEntry, tolerance } from './fixtures.ts';
import { batches, batchOf, gradientOf, spec, theta } from './model.ts';

interface Composition {
  readonly method?: string;
  readonly retain?: 'ce' | 'kl';
  readonly settings?: Readonly<Record<string, string | number | ((hyper: Readonly<Record<string, number>>) => string)>>;
}

/** CE-U's first word, from the count of those that the authors' code leaves out. */
const first = ({ skip }: Readonly<Record<string, number>>): string => (skip === 1 ? 'left out' : 'counted');

/** What each loss is here: the words of `settings` are names in the file's list of hyperparameters. */
const OBJECTIVES: Readonly<Record<string, Composition>> = {
  ce_retain: { retain: 'ce' },
  kl_retain: { retain: 'kl' },
  ga: { method: 'ga' },
  graddiff: { method: 'ga', retain: 'ce' },
  ga_kl: { method: 'ga', retain: 'kl' },
  npo: { method: 'npo', settings: { beta: 'beta' } },
  npo_beta_0p1: { method: 'npo', settings: { beta: 'beta' } },
  npo_rt: { method: 'npo', retain: 'ce', settings: { beta: 'beta' } },
  npo_token: { method: 'npo', settings: { beta: 'beta', weights: 'per word' } },
  npo_kl: { method: 'npo', retain: 'kl', settings: { beta: 'beta' } },
  simnpo: { method: 'simnpo', settings: { beta: 'beta', delta: 'delta', forgetWeight: 1 } },
  simnpo_margin_rt: { method: 'simnpo', retain: 'ce', settings: { beta: 'beta', delta: 'delta', forgetWeight: 1 } },
  idk_rt_split: { method: 'idk', retain: 'ce', settings: { target: 'drawn label' } },
  dpo: { method: 'dpo', settings: { beta: 'beta', factor: '2/β' } },
  dpo_rt: { method: 'dpo', retain: 'ce', settings: { beta: 'beta', factor: '2/β' } },
  dpo_kl: { method: 'dpo', retain: 'kl', settings: { beta: 'beta', factor: '2/β' } },
  kto_logsigmoid: { method: 'kto', settings: { beta: 'beta', form: 'uninformed answer' } },
  kto_logsigmoid_rt: { method: 'kto', retain: 'ce', settings: { beta: 'beta', form: 'uninformed answer' } },
  kto_sigmoid: { method: 'kto', settings: { beta: 'beta', form: 'sigmoid' } },
  flat_tv: { method: 'flat', settings: { divergence: 'total variation' } },
  wga: { method: 'wga', settings: { beta: 'beta' } },
  satimp: { method: 'satimp', settings: { saturation: 'beta1', importance: 'beta2' } },
  ceu: { method: 'ceu', settings: { first } },
  ceu_all: { method: 'ceu', settings: { first } },
  pdu_forget: { method: 'pdu' },
  undial: { method: 'undial', settings: { beta: 'beta' } },
};

const termsOf = (id: string, { method, retain, settings = {} }: Composition): LaneTerm[] => {
  const { hyper } = lossEntry(id);
  const values = Object.fromEntries(
    Object.entries(settings).map(([name, given]) => [
      name,
      typeof given === 'function'
        ? given(hyper)
        : typeof given === 'string' && has(hyper, given)
          ? hyper[given]
          : given,
    ]),
  );
  const own = method ? ((methods.get(method)?.terms ?? []) as AnyTerm[]) : [];
  const kept = retain ? [retainTerms.get(retain)?.term as AnyTerm] : [];
  return [...own.map((term) => ({ term, settings: [values] })), ...kept.map((term) => ({ term, settings: [{}] }))];
};

const tensorsOf = (values: unknown) =>
  Object.fromEntries(
    Object.entries(values as Record<string, string | number>).map(([name, value]) => [
      name,
      typeof value === 'number' ? tf.tensor2d([[value]]) : value,
    ]),
  );

/** What a sum of terms comes to. */
const lossOf = (
  model: Network,
  weights: tf.Tensor,
  terms: readonly LaneTerm[],
  batch: (split: Split) => Batch,
): number =>
  terms.reduce((sum, { term, settings }) => {
    const own = batch(term.on);
    const others = own.alternativeExamples && model.forward(weights, own.alternativeExamples.x).logits;
    const rows = rowsOf(model.forward(weights, own.x).logits, own, others);
    return sum + (termLoss(term, rows, tensorsOf(settings[0]), own).dataSync()[0] as number);
  }, 0);

describe.each(['kernels', 'cpu'] as const)(
  'objectives over answers agree with the authors’ code, on %s',
  (engine: EngineName) => {
    beforeAll(() => useEngine(engine));

    it('the rows of the forget answers are those of the file', () => {
      const { rows, labels, sequence, logits } = language.forward;
      tf.tidy(() => {
        const { x, y, examples } = batchOf('forget', 'a');
        expect(Array.from(x.dataSync())).toEqual(rows.flat());
        expect(Array.from(y.dataSync())).toEqual([...labels]);
        expect(Array.from(examples?.of ?? [])).toEqual([...sequence]);
        const pass = network(spec).forward(theta('theta'), x);
        agrees(pass.logits.dataSync(), logits.flat(), tolerance, 'logits');
        agrees(pass.inputs[1]?.dataSync() ?? [], language.forward.hidden.flat(), tolerance, 'hidden');
        const own = tf.sum(tf.mul(tf.logSoftmax(pass.logits), tf.oneHot(y, spec.classes)), -1);
        agrees(own.dataSync(), language.forward.log_prob_of_labels, tolerance, 'log p of the labels');
      });
    });

    it.each(Object.entries(OBJECTIVES))('%s: value and gradient', (id, composition) => {
      tf.tidy(() => {
        const [model, batch, weights, terms] = [network(spec), batches(), theta('theta'), termsOf(id, composition)];
        const value = lossOf(model, weights, terms, batch);
        agrees([value], [lossEntry(id)['value']], tolerance, 'value');
        const gradient = objectiveGradient(model, { weights, terms, batch });
        agrees(gradient.dataSync(), gradientOf(id), tolerance, 'gradient');
      });
    });

    it('adam_3_steps_npo_rt: losses on the way and the weights at its end', () => {
      const { lr, betas, eps, losses, weights_after } = language.updates['adam_3_steps_npo_rt'];
      tf.tidy(() => {
        const [model, batch, terms] = [
          network(spec),
          batches(),
          termsOf('npo_rt', OBJECTIVES['npo_rt'] as Composition),
        ];
        let weights = theta('theta');
        const { adam } = optimizers;
        let state = adam.init(weights);
        const descent = { optimizer: adam, settings: { learningRate: tf.tensor2d([[lr]]) }, start: weights };
        const found = (losses as number[]).map((_, step) => {
          const value = lossOf(model, weights, terms, batch);
          const gradient = objectiveGradient(model, { weights, terms, batch });
          ({ weights, state } = descend(descent, weights, gradient, state, step));
          return value;
        });
        expect([betas, eps]).toEqual([[BETA1, BETA2], EPSILON]);
        agrees(found, losses, tolerance, 'losses');
        const expected = layoutOfLanguage.flatMap(({ name }) => flatNumbers(weights_after[name]));
        agrees(weights.dataSync(), expected, tolerance, 'weights');
      });
    });
  },
);
