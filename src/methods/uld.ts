// Assistant g, a small fresh network, minimizes E_forget[-log g_y] + λ E_retain[KL(1/C ‖ g)]: it learns the forget set and
// nothing else. What answers is z(x) - w z_g(x): the original's logits less the assistant's. Ji et al. 2024, eqs. 3-5;
// losses as in UCSB-NLP-Chang/ULD, uld/model/forget_losses.py, subtraction as in uld/model/contrastllm.py (whose filter of
// improbable tokens keeps int(0.1 C) = 0 classes at small C and is left out). The offset form z + w (z_g' - z_g) after
// Mitchell et al. 2024, "An Emulator for Fine-Tuning": g has learned all data, g' has then unlearned.

import { foldIn, normal } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { HyperValues, LaneValues, Method, MethodContext, MethodState } from '../engine/contracts/method.ts';
import type { Embedding, Network } from '../engine/contracts/network.ts';
import type { AnyTerm, Batch, OutputTerm, Rows } from '../engine/contracts/rows.ts';
import { begin, follow, objectiveGradient } from '../engine/method-kinds.ts';

import { logitsAt, servedBy } from '../engine/network/serve.ts';
import { uniformGradient, uniformLoss } from '../engine/objective/divergences.ts';
import { descentOf } from '../engine/objective/optim.ts';
import { crossEntropy } from '../engine/objective/rows.ts';
import { network } from '../engine/start.ts';

const params = {
  weight: {
    kind: 'number',
    label: 'Weight of the assistant',
    symbol: 'w',
    help: 'How much of the assistant is subtracted. At 0 the original model answers alone.',
    paperName: 'α; weight in the code, where it carries the minus sign',
    default: 1,
    min: 0,
    max: 2,
    scale: 'linear',
  },
  retainWeight: {
    kind: 'number',
    label: 'Weight of the uniform term',
    symbol: 'λ',
    help: 'How strictly the assistant must know nothing of the retain set: where it is uniform it changes no answer.',
    paperName: 'retain_weight',
    default: 5,
    min: 0,
    max: 50,
    scale: 'linear',
  },
  noise: {
    kind: 'number',
    label: 'Noise of the copies',
    symbol: 'σ',
    help: 'Each step adds a noisy copy of every forget example, as the paper adds paraphrases. In units of the inputs; 0 adds exact copies.',
    default: 0.1,
    min: 0,
    max: 1,
    scale: 'linear',
  },
  form: {
    kind: 'choice',
    label: 'Form',
    help: '"assistant": a fresh network learns the forget set and is subtracted. "offset": a small network learns all data, unlearns, and its change is added.',
    default: 'assistant',
    options: ['assistant', 'offset'],
  },
  shape: {
    kind: 'choice',
    label: 'Shape of the assistant',
    help: 'The layers of the original model, or one hidden layer of 16 units: cheaper, and its logits grow more slowly than those they are taken from.',
    default: 'like the original',
    options: ['like the original', 'one layer'],
  },
} as const satisfies ParamSchema;
type Schema = typeof params;
type Context = MethodContext<Schema>;

const WIDTH = 16;

const assistantOf = ({ inputs, widths, activations, classes, embedding }: Network, shape: string): Network =>
  network({
    inputs,
    hidden: shape === 'one layer' ? [WIDTH] : widths.slice(1, -1),
    classes,
    activation: shape === 'one layer' ? (activations[0] ?? 'tanh') : activations,
    init: 'auto',
    ...(embedding && { embedding: specOf(embedding) }),
  });

/** An embedding of the same shape, with numbers of its own. */
const specOf = ({ table, deviation }: Embedding) => {
  const [vocabulary, width] = table.shape as [number, number];
  return { vocabulary, width, deviation };
};

type Hp = LaneValues<Schema>;

/** KL(1/C ‖ g) on a split, λ times on the retain set. */
const uniformOn = (on: 'forget' | 'retain'): OutputTerm<Hp, HyperValues<Schema>> => ({
  on,
  gradient: (outputs, { retainWeight }, out) => uniformGradient(outputs, on === 'retain' ? retainWeight : 1, out),
  loss: (rows, { retainWeight }) =>
    on === 'retain' ? tf.mul(tf.reshape(retainWeight, [-1]), uniformLoss(rows)) : uniformLoss(rows),
});

/** λ times the cross-entropy on the retain set. */
const labelsOnRetain: AnyTerm = {
  on: 'retain',
  pulls: [{ towards: 'label', weight: (_row: unknown, { retainWeight }: Hp) => retainWeight }],
  loss: (rows: Rows, { retainWeight }: HyperValues<Schema>) => tf.neg(tf.mul(retainWeight, rows.rowLogP)),
};

const TERMS: readonly AnyTerm[] = [crossEntropy('forget'), uniformOn('retain')];

/** The offset form: uniform on what is to be forgotten, λ times the labels on what is kept. */
const OFFSET_TERMS: readonly AnyTerm[] = [uniformOn('forget'), labelsOnRetain];

/** [K, n] from column `from` on. */
const columns = (weights: tf.Tensor, from: number, n: number): tf.Tensor =>
  tf.slice(weights, [0, from], [weights.shape[0] as number, n]);

/** The forget batch with a noisy copy of each row. Words have no copies. */
const withCopies = (ctx: Pick<Context, 'model' | 'laneSettings' | 'keys' | 'step'>, batch: Batch): Batch => {
  if (ctx.model.embedding) return batch;
  const [, B, D] = batch.x.shape as [number, number, number];
  const K = ctx.laneSettings.length;
  const noise = new Float32Array(K * B * D);
  ctx.laneSettings.forEach((settings, k) => {
    const key = foldIn(ctx.keys[k] as readonly [number, number], 'copies', ctx.step);
    for (let i = 0; i < B * D; i++) noise[k * B * D + i] = settings.noise * normal(key, i);
  });
  const copies = tf.add(batch.x, tf.tensorOf(noise, [K, B, D]));
  return { x: tf.concat([batch.x, copies], 1), y: tf.concat([batch.y, batch.y], 1), size: 2 * B };
};

/** One update of the network that sits behind the original's weights. */
const learn = (
  state: MethodState,
  ctx: Pick<Context, 'model' | 'settings' | 'laneSettings' | 'keys' | 'step' | 'batch' | 'descent'>,
  terms: readonly AnyTerm[],
  isCopied: boolean,
): MethodState => {
  const assistant = assistantOf(ctx.model, ctx.settings.shape);
  const { weights, ...moments } = state;
  const P = ctx.model.size;
  const own = columns(weights, P, assistant.size);
  const gradient = objectiveGradient(assistant, {
    weights: own,
    terms: terms.map((term) => ({ term, settings: ctx.laneSettings })),
    batch: (split) => (split === 'forget' && isCopied ? withCopies(ctx, ctx.batch(split)) : ctx.batch(split)),
  });
  const next = follow({ ...ctx, model: assistant }, { ...moments, weights: own }, gradient);
  const rest = columns(weights, P + assistant.size, (weights.shape[1] as number) - P - assistant.size);
  return { ...next, weights: tf.concat([columns(weights, 0, P), next.weights, rest], 1) };
};

/** The logits of the whole: what the assistant says is taken away, or what a small network has changed is added. */
export const combined = (
  own: Float32Array,
  learned: Float32Array,
  before: Float32Array | undefined,
  weight: number,
): Float32Array =>
  own.map((z, i) => {
    const change = before ? (learned[i] as number) - (before[i] as number) : -(learned[i] as number);
    return z + weight * change;
  });

const method: Method<Schema> = {
  id: 'uld',
  title: 'Unlearning from logit difference (ULD)',
  short: 'ULD',
  summary: 'Leaves the model alone: a small assistant learns what to forget, and its logits are subtracted.',
  formula: 'z(x) − w z_g(x), with g from min E_forget[−log g_y] + λ E_retain[KL(1/C ‖ g)]',
  page: {
    idea: 'It is easier to learn the forget set than to unlearn it. A small assistant learns the forget set and stays uniform elsewhere; subtracting its logits takes away what it knows and, where it is uniform, changes nothing.',
    tex: String.raw`z(x) - w\,z_g(x),\qquad g=\arg\min_g\ \mathbb{E}_{f}\big[-\log g_y\big]+\lambda\,\mathbb{E}_{r}\big[\mathrm{KL}(\tfrac1C\,\|\,g)\big]`,
    lookFor:
      'The retain accuracy hardly moves while the forget accuracy falls. The weights of the original model never change, so weight distance has no value here.',
    failsWhen:
      'The knowledge is still in the model: a probe of its hidden layers finds all of it. Where forget and retain examples overlap, the assistant cannot be certain on one and uniform on the other.',
  },
  citation: {
    authors: 'Ji, Liu, Zhang, Liu, Kompella, Liu, Chang',
    title: 'Reversing the Forget-Retain Objectives: An Efficient LLM Unlearning Framework from Logit Difference',
    year: 2024,
    url: 'https://arxiv.org/abs/2406.08607',
    where: 'eqs. 3 to 5',
  },
  needs: ['forget', 'retain', 'original', 'training'],
  start: 'original',
  schedule: 'iterative',
  alone: true,
  sequences: true,
  params,
  // A question has no noisy copies, and a model of words no training that the offset's small network could repeat.
  sequenceParams: { noise: null, form: null, weight: { ...params.weight, default: 0.4 } },
  recipes: [
    {
      id: 'offset-unlearning',
      title: 'Offset of a small model (emulated fine-tuning)',
      short: 'Offset',
      summary: 'A small network learns all data and unlearns; the change of its logits is added to the original model.',
      citation: {
        authors: 'Mitchell, Rafailov, Sharma, Finn, Manning',
        title: 'An Emulator for Fine-Tuning Large Language Models using Small Language Models',
        year: 2024,
        url: 'https://arxiv.org/abs/2310.12962',
        where: 'eq. 3',
      },
      params: { form: 'offset', weight: 1 },
    },
  ],
  terms: TERMS,
  init: (ctx) => {
    const assistant = assistantOf(ctx.model, ctx.settings.shape);
    const fresh = ctx.keys.map((key) => assistant.init(foldIn(key, 'assistant')));
    const own = tf.tensorOf(Float32Array.from(fresh.flatMap((one) => [...one])), [fresh.length, assistant.size]);
    const isOffset = ctx.settings.form === 'offset';
    const descent = isOffset ? descentOf(ctx.training(), own) : ctx.descent;
    const parts = [ctx.original(), own, ...(isOffset ? [own] : [])];
    return { ...begin({ descent }, own), weights: tf.concat(parts, 1) };
  },
  prepare: {
    // The offset form's small network first learns what the original model has learned; then both start alike.
    steps: (ctx) => {
      const { steps } = ctx.training();
      return ctx.settings.form === 'offset' ? steps : 0;
    },
    step: (state, ctx) => {
      const all = [crossEntropy('forget'), crossEntropy('retain')];
      const [P, { size }] = [ctx.model.size, assistantOf(ctx.model, ctx.settings.shape)];
      const descent = descentOf(ctx.training(), columns(state.weights, P, size));
      const learned = learn(state, { ...ctx, descent }, all, false);
      const own = columns(learned.weights, P, size);
      const weights = tf.concat([columns(learned.weights, 0, P), own, own], 1);
      const isLast = ctx.step === ctx.training().steps - 1;
      return { state: isLast ? { ...begin(ctx, own), weights } : { ...learned, weights } };
    },
  },
  step: (state, ctx) => ({
    state: learn(state, ctx, ctx.settings.form === 'offset' ? OFFSET_TERMS : TERMS, ctx.settings.form === 'assistant'),
  }),
  serve: (model, { shape, form, weight }) => {
    const assistant = assistantOf(model, shape);
    const [P, size] = [model.size, assistant.size];
    const isOffset = form === 'offset';
    return servedBy(model, P + (isOffset ? 2 : 1) * size, (weights, points) => {
      const own = logitsAt(model, weights.slice(0, P), points);
      const learned = logitsAt(assistant, weights.slice(P, P + size), points);
      const before = isOffset ? logitsAt(assistant, weights.slice(P + size), points) : undefined;
      return combined(own, learned, before, weight);
    });
  },
};
export default method;
