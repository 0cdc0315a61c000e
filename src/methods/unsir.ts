// Impair, then repair. Noise x_n is made that the original model takes for anything but class c:
//   min over x_n: -CE(f_θo(x_n), c) + λ E‖x_n‖²  (Adam, 40 steps);
// impair: CE on copies of (x_n, c) together with the retain set; repair: CE on the retain set alone. Tarun et al. 2023,
// eqs. 1-3, algorithm 1; vikram2000b/Fast-Machine-Unlearning. Note that the impair step trains *towards* label c, on points
// that look nothing like it.

import { SimError } from '../engine/base/errors.ts';
import { foldIn, normal } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import type { Method, MethodContext } from '../engine/contracts/method.ts';
import type { Batch } from '../engine/contracts/rows.ts';
import { advanceWith, begin, inputGradient } from '../engine/method-kinds.ts';
import { optimizers } from '../engine/objective/optim.ts';
import { rowGradient } from '../engine/objective/row-gradient.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

const params = {
  noisePoints: {
    kind: 'int',
    label: 'Noise points',
    help: 'How many points of error-maximizing noise are made.',
    default: 20,
    min: 1,
    max: 256,
  },
  copies: {
    kind: 'int',
    label: 'Copies of the noise',
    help: 'How often each counts beside the retain points of a step.',
    default: 20,
    min: 1,
    max: 100,
  },
  penalty: {
    kind: 'number',
    label: 'Penalty on the noise',
    symbol: 'λ',
    help: 'Keeps the noise within reach of the data. At 0 it runs away without bound.',
    default: 0.1,
    min: 0.001,
    max: 10,
    scale: 'log',
  },
  impairShare: {
    kind: 'number',
    label: 'Share of impairing',
    help: 'The first steps impair, the others repair: how many of them, as a fraction of 1.',
    default: 0.5,
    min: 0,
    max: 1,
    scale: 'linear',
  },
} as const satisfies ParamSchema;

const NOISE_STEPS = 40;
const NOISE_RATE = 0.1;

const [impair, repair] = [crossEntropy('forget'), crossEntropy('retain')];

/** The class to be forgotten. @throws {SimError} method/failed if the forget set holds several */
const classOf = (lane: LaneView): number => {
  const { y } = lane.rows('forget');
  const label = y[0] as number;
  if (y.every((other) => other === label)) return label;
  throw new SimError('method/failed', 'unsir forgets one class at a time.', [
    { path: '/method', expected: 'a forget set of one class', found: `${new Set(y).size} classes` },
  ]);
};

type Context = MethodContext<typeof params>;

/** Slope of -CE(f_θo(x), y) + λ E‖x‖², a mean over the points, at noise [K, N D] with the labels y [K, N]. */
export const noiseSlope = (ctx: Context, original: tf.Tensor, noise: tf.Tensor, y: tf.Tensor): tf.Tensor => {
  const { model, settings, laneSettings } = ctx;
  const [K, N] = y.shape as [number, number];
  const x = tf.reshape(noise, [K, N, model.inputs]);
  const { logits } = model.forward(original, x);
  const term = { term: impair, settings: laneSettings, scale: laneSettings.map(() => -1) };
  const unlikely = rowGradient([term], logits, { x, y, size: N });
  const slope = tf.reshape(inputGradient(model, original, x, unlikely), [K, N * model.inputs]);
  return tf.add(slope, tf.mul(tf.mul(settings.penalty, 2 / N), noise));
};

const method: Method<typeof params> = {
  id: 'unsir',
  title: 'Impair and repair with noise (UNSIR)',
  short: 'UNSIR',
  summary: 'Ties the label of a class to noise that looks nothing like it, then mends what broke on the retain set.',
  formula: 'noise: min −CE(f_o(x_n), c) + λ E‖x_n‖²; impair: CE on (x_n, c) and D_r; repair: CE on D_r',
  page: {
    idea: 'Overwrite what a label means: train it on noise that the model finds least like it, so that the real examples no longer fit. A few steps on the retain set repair the rest.',
    tex: String.raw`x_n=\arg\min_{x}\,-\mathrm{CE}(f_{\theta_o}(x),c)+\lambda\,\mathbb{E}\|x\|^2,\qquad \text{impair: } \mathrm{CE}\big(\{(x_n,c)\}\cup D_r\big),\quad \text{repair: } \mathrm{CE}(D_r)`,
    lookFor:
      'A dip while it impairs, a recovery while it repairs. In the picture the forgotten class lives on far away from the data.',
    failsWhen:
      'It is made for one whole class. In the plane the noise may lie where nothing is, and the boundary around the real points does not move.',
  },
  citation: {
    authors: 'Tarun, Chundawat, Mandal, Kankanhalli',
    title: 'Fast Yet Effective Machine Unlearning',
    year: 2021,
    url: 'https://arxiv.org/abs/2111.08947',
    where: 'algorithm 1',
  },
  needs: ['forget', 'retain', 'original'],
  start: 'original',
  schedule: 'iterative',
  params,
  recipes: [],
  terms: [impair, repair],
  init: (ctx) => {
    const { model, settings, lanes, keys } = ctx;
    const [K, N, D] = [keys.length, settings.noisePoints, model.inputs];
    const labels = Int32Array.from({ length: K * N }, (_, i) => classOf(lanes[Math.floor(i / N)] as LaneView));
    const first = Float32Array.from({ length: K * N * D }, (_, i) => {
      const k = Math.floor(i / (N * D));
      return normal(foldIn(keys[k] as readonly [number, number], 'noise'), i - k * N * D);
    });
    const original = ctx.original();
    const y = tf.tensorOf(labels, [K, N]);
    const rate = tf.tensor2d([[NOISE_RATE]]);
    let noise = tf.tensorOf(first, [K, N * D]);
    let moments = optimizers.adam.init(noise);
    for (let step = 0; step < NOISE_STEPS; step++) {
      const slope = noiseSlope(ctx, original, noise, y);
      const next = optimizers.adam.update(noise, slope, moments, { learningRate: rate }, step);
      [noise, moments] = [next.weights, next.state];
    }
    return { ...begin(ctx, ctx.start), noise: tf.reshape(noise, [K, N, D]), noiseLabels: y };
  },
  step: (state, ctx) => {
    const { settings, laneSettings, steps, step } = ctx;
    const isImpairing = laneSettings.map(({ impairShare }) => step < Math.round(impairShare * steps));
    const [x, y] = [state['noise'] as tf.Tensor, state['noiseLabels'] as tf.Tensor];
    const noisy = settings.noisePoints * settings.copies;
    const real = ctx.batch('retain').size;
    const share = noisy / (noisy + real);
    const noise: Batch = { x, y, size: settings.noisePoints };
    const next = advanceWith({ ...ctx, batch: (split) => (split === 'forget' ? noise : ctx.batch(split)) }, state, [
      { term: impair, settings: laneSettings, scale: isImpairing.map((is) => (is ? share : 0)) },
      { term: repair, settings: laneSettings, scale: isImpairing.map((is) => (is ? 1 - share : 1)) },
    ]);
    return { state: next };
  },
};
export default method;
