import * as tf from '../../../src/engine/base/tf.ts';
import type { Batch, Split } from '../../../src/engine/contracts/rows.ts';
import { mlp } from '../../../src/engine/network/model.ts';
import type { MlpSpec } from '../../../src/engine/network/shape.ts';
import { stackExamples } from '../../../src/engine/objective/examples.ts';
import { flatNumbers } from '../reference.ts';
import { flatWeights, language, layoutOfLanguage, lossEntry } from './fixtures.ts';

const {
  vocabulary,
  embed,
  hidden,
  window: zones,
  eos,
} = language.model as typeof language.model & { readonly eos: number };
const slots = zones.note + zones.question + zones.answer;

export const spec: MlpSpec = {
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

export const theta = (name: string): tf.Tensor => {
  const flat = Float32Array.from(flatWeights(name));
  return tf.tensorOf(flat, [1, flat.length]);
};

/** Some answers as a batch of one lane, with what the original model says of them. */
export const batchOf = (split: Split, which: 'a' | 'idk'): Batch => {
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

export const batches = () => {
  const forget = { ...batchOf('forget', 'a'), alternativeExamples: batchOf('forget', 'idk') };
  const retain = batchOf('retain', 'a');
  return (split: Split): Batch => (split === 'forget' ? forget : retain);
};

export const gradientOf = (id: string): number[] =>
  layoutOfLanguage.flatMap(({ name }) => flatNumbers(lossEntry(id)['grad'][name]));
