// c (E_f|f - f_b| + β Σ_layers E_f mean_units (A(h) - A(h_b))²) + (1 - c) E_r|f - y|: b is a fresh network that has learned the retain
// set for some steps, as the original learned, and has never seen the forget set; A(h) is h² divided by its length, row by row; c is the share of the
// forget set in the step's rows. Tarun et al. 2023, algorithm 1; ayu987/deep-regression-unlearning, unlearn.py, whose
// `.mean(1)` turns A of a dense layer into the constant 1, and which lowers its rate on a plateau.

import { foldIn } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method, MethodContext, MethodState } from '../engine/contracts/method.ts';
import { advanceWith, begin, lossGradient } from '../engine/method-kinds.ts';
import { descentOf, slowed } from '../engine/objective/optim.ts';
import { crossEntropy } from '../engine/objective/rows.ts';

const params = {
  proxySteps: {
    kind: 'int',
    label: 'Training of the proxy',
    symbol: 's_b',
    help: 'Steps for which a fresh network learns the retain set. What the forget set is led to is this network, as good or bad as it is.',
    default: 150,
    min: 1,
    max: 5000,
  },
  attention: {
    kind: 'number',
    label: 'Weight of the hidden layers',
    symbol: 'β',
    help: 'How much the hidden activations are drawn to the proxy’s, too. On small networks it hardly matters.',
    paperName: 'AT_beta',
    default: 50,
    min: 0,
    max: 1000,
    scale: 'linear',
  },
} as const satisfies ParamSchema;
type Context = MethodContext<typeof params>;

/** So that a row whose units are all off has a gradient, too. */
const LEAST = 1e-24;

/** h² of every row divided by its length, [K, B, width]. */
const attention = (h: tf.Tensor): tf.Tensor => {
  const squares = tf.square(h);
  return tf.div(squares, tf.sqrt(tf.add(tf.sum(tf.square(squares), 2, true), LEAST)));
};

/** The loss per lane, [K], at the weights at [K, P], of a proxy [K, P]. */
export const blindspotLoss = (
  { model, settings, batch }: Pick<Context, 'model' | 'settings' | 'batch'>,
  at: tf.Tensor,
  proxy: tf.Tensor,
): tf.Tensor => {
  const [forget, retain] = [batch('forget'), batch('retain')];
  const share = forget.size / (forget.size + retain.size);
  const [own, led] = [model.forward(at, forget.x), model.forward(proxy, forget.x)];
  const away = (a: tf.Tensor, b: tf.Tensor) => {
    const difference = tf.sub(a, b);
    return tf.mean(tf.mul(difference, tf.sign(difference)), [1, 2]);
  };
  const hidden = own.inputs
    .slice(1)
    .map((h, i) => tf.mean(tf.square(tf.sub(attention(h), attention(led.inputs[i + 1] as tf.Tensor))), [1, 2]));
  const kept = away(model.forward(at, retain.x).logits, retain.y);
  const drawn = tf.mul(tf.reshape(settings.attention, [-1]), tf.addN(hidden));
  return tf.add(tf.mul(share, tf.add(away(own.logits, led.logits), drawn)), tf.mul(1 - share, kept));
};

const PROXY = 'proxy.';

/** The state of the proxy as that of a network of its own, and the other way round. */
const proxyIn = (state: MethodState): MethodState =>
  Object.fromEntries(
    Object.entries(state).flatMap(([name, tensor]) =>
      name.startsWith(PROXY) ? [[name.slice(PROXY.length), tensor]] : [],
    ),
  ) as MethodState;
const asProxy = (state: MethodState) =>
  Object.fromEntries(Object.entries(state).map(([name, tensor]) => [PROXY + name, tensor]));

/** Fresh weights that no other model begins with, [K, P]. */
const freshWeights = ({ model, keys }: Context): tf.Tensor => {
  const all = new Float32Array(keys.length * model.size);
  keys.forEach((key, k) => {
    all.set(model.init(foldIn(key, 'proxy')), k * model.size);
  });
  return tf.tensorOf(all, [keys.length, model.size]);
};

const method: Method<typeof params> = {
  id: 'blindspot',
  title: 'Blindspot unlearning',
  short: 'Blindspot',
  summary: 'Trains a fresh network without the forget set for a while, then says on the forget set what that one says.',
  formula: 'L = c (E_f|f − f_b| + β Σ E_f‖A(h) − A(h_b)‖²) + (1 − c) E_r|f − y|',
  page: {
    idea: 'Where would a model be that never saw the forget set? Train one from scratch, not for as long as the original, and lead the model to its answers and its hidden activations there.',
    tex: String.raw`\mathcal L=c\,\Big(\mathbb{E}_f|f-f_b|+\beta\sum_\ell\mathbb{E}_f\,\tfrac1d\big\|A(h_\ell)-A(h^b_\ell)\big\|^2\Big)+(1-c)\,\mathbb{E}_r|f-y|,\qquad A(h)=\frac{h^2}{\|h^2\|}`,
    lookFor:
      'The model becomes its proxy: make the training of the proxy longer and the gap to the retrained model closes, down to what two retrained models differ by.',
    failsWhen:
      'A proxy that has hardly learned says nonsense on the forget set, and so does the model. A proxy that has learned everything is a retrained model, and there was no need to unlearn.',
  },
  citation: {
    authors: 'Tarun, Chundawat, Mandal, Kankanhalli',
    title: 'Deep Regression Unlearning',
    year: 2023,
    url: 'https://arxiv.org/abs/2210.08196',
    where: 'algorithm 1',
  },
  needs: ['forget', 'retain', 'training'],
  heads: ['real'],
  needsLayers: true,
  start: 'original',
  schedule: 'iterative',
  params,
  recipes: [],
  init: (ctx) => {
    const fresh = freshWeights(ctx);
    return { ...begin(ctx, ctx.start), ...asProxy(begin({ descent: descentOf(ctx.training(), fresh) }, fresh)) };
  },
  prepare: {
    steps: ({ settings }) => settings.proxySteps,
    step: (state, { model, batch, training, step, settings, laneSettings }) => {
      const own = proxyIn(state);
      const descent = slowed(descentOf(training(), own.weights), training().rate?.(step, settings.proxySteps));
      const next = advanceWith({ model, descent, step, batch }, own, [
        { term: crossEntropy('retain'), settings: laneSettings },
      ]);
      return { state: { ...state, ...asProxy(next) } };
    },
  },
  step: (state, ctx) => {
    const { weights: proxy } = proxyIn(state);
    const gradient = lossGradient(state.weights, (at) => blindspotLoss(ctx, at, proxy));
    return { state: advanceWith(ctx, state, [], gradient) };
  },
};
export default method;
