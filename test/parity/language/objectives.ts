import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import type { Network } from '../../../src/engine/contracts/network.ts';
import type { AnyTerm, Batch, LaneTerm, Split } from '../../../src/engine/contracts/rows.ts';
import { objectiveGradient } from '../../../src/engine/method-kinds.ts';
import { mlp } from '../../../src/engine/network/model.ts';
import type { MlpSpec } from '../../../src/engine/network/shape.ts';
import { stackExamples } from '../../../src/engine/objective/examples.ts';
import { BETA1, BETA2, descend, EPSILON, optimizers } from '../../../src/engine/objective/optim.ts';
import { rowsOf, termLoss } from '../../../src/engine/objective/rows.ts';
import type { EngineName } from '../../../src/engine/start.ts';
import { network } from '../../../src/engine/start.ts';
import { methods } from '../../../src/methods/registry.ts';
import { retainTerms } from '../../../src/retain/registry.ts';
import { useEngine } from '../../support/engine.ts';
import { agrees } from '../agreement.ts';
import { flatNumbers, has } from '../reference.ts';
import { flatWeights, language, layoutOfLanguage, lossEntry, tolerance } from './fixtures.ts';

const {
  vocabulary,
  embed,
  hidden,
  window: zones,
  eos,
} = language.model as typeof language.model & { readonly eos: number };
const slots = zones.note + zones.question + zones.answer;

const spec: MlpSpec = {
  inputs: slots,
  hidden: [hidden],
  classes: vocabulary,
  activation: 'relu',
  init: 'auto',
  embedding: { vocabulary, width: embed, deviation: 0.2 },
};

const ofTheRight = (tokens: readonly number[], width: number): number[] => {
  const kept = tokens.slice(Math.max(0, tokens.length - width));
  return [...new Array<number>(width - kept.length).fill(0), ...kept];
};

/** The rows of an answer: every word of it, and the end, from the words before. */
const rowsOfAnswer = (note: readonly number[], question: readonly number[], answer: readonly number[]) => {
  const words = [...answer, eos];
  return words.map((label, t) => ({
    label,
    window: [
      ...ofTheRight(note, zones.note),
      ...ofTheRight(question, zones.question),
      ...ofTheRight(words.slice(0, t), zones.answer),
    ],
  }));
};

const theta = (name: string): tf.Tensor => {
  const flat = Float32Array.from(flatWeights(name));
  return tf.tensorOf(flat, [1, flat.length]);
};

/** Some answers as a batch of one lane, with what the original model says of them. */
const batchOf = (split: Split, which: 'a' | 'idk'): Batch => {
  const answers = language.data[split].map(({ note, q, [which]: answer }) => rowsOfAnswer(note, q, answer));
  const rows = answers.flat();
  const { size, ...examples } = stackExamples([answers.map((answer) => answer.length)]);
  const x = tf.tensorOf(Int32Array.from(rows.flatMap((row) => row.window)), [1, size, slots]);
  return {
    x,
    y: tf.tensorOf(
      Int32Array.from(rows, ({ label }) => label),
      [1, size],
    ),
    reference: tf.logSoftmax(mlp(spec).forward(theta('theta_ref'), x).logits),
    size,
    examples,
  };
};

const batches = () => {
  const forget = { ...batchOf('forget', 'a'), alternativeExamples: batchOf('forget', 'idk') };
  const retain = batchOf('retain', 'a');
  return (split: Split): Batch => (split === 'forget' ? forget : retain);
};

interface Composition {
  readonly method?: string;
  readonly retain?: 'ce' | 'kl';
  readonly settings?: Readonly<Record<string, string | number>>;
}

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
  npo_kl: { method: 'npo', retain: 'kl', settings: { beta: 'beta' } },
  simnpo: { method: 'simnpo', settings: { beta: 'beta', delta: 'delta', forgetWeight: 1 } },
  simnpo_margin_rt: { method: 'simnpo', retain: 'ce', settings: { beta: 'beta', delta: 'delta', forgetWeight: 1 } },
  idk_rt_split: { method: 'idk', retain: 'ce', settings: { target: 'drawn label' } },
  dpo: { method: 'dpo', settings: { beta: 'beta', factor: '2/β' } },
  dpo_rt: { method: 'dpo', retain: 'ce', settings: { beta: 'beta', factor: '2/β' } },
  dpo_kl: { method: 'dpo', retain: 'kl', settings: { beta: 'beta', factor: '2/β' } },
  wga: { method: 'wga', settings: { beta: 'beta' } },
  satimp: { method: 'satimp', settings: { saturation: 'beta1', importance: 'beta2' } },
  ceu_all: { method: 'ceu' },
  undial: { method: 'undial', settings: { beta: 'beta' } },
};

const termsOf = (id: string, { method, retain, settings = {} }: Composition): LaneTerm[] => {
  const { hyper } = lossEntry(id);
  const values = Object.fromEntries(
    Object.entries(settings).map(([name, given]) => [
      name,
      typeof given === 'string' && has(hyper, given) ? hyper[given] : given,
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

const gradientOf = (id: string): number[] =>
  layoutOfLanguage.flatMap(({ name }) => flatNumbers(lossEntry(id)['grad'][name]));

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
        agrees(network(spec).forward(theta('theta'), x).logits.dataSync(), logits.flat(), tolerance, 'logits');
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
