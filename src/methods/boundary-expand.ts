// A class number C is appended to the output layer, fresh, and E_forget[-log p_C] is minimized; afterwards its column is
// dropped. The forget examples are drawn into a class of their own, and what remains of their logits decides.
// Chen et al., CVPR 2023, section 3.3; OPTML-Group/Unlearn-Saliency, Classification/unlearn/boundary_ex.py.

import { foldIn, type Key } from '../engine/base/random.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method, MethodState } from '../engine/contracts/method.ts';
import type { Layer, Network } from '../engine/contracts/network.ts';
import { begin, follow, objectiveGradient } from '../engine/method-kinds.ts';

import { crossEntropy } from '../engine/objective/rows.ts';
import { network } from '../engine/start.ts';

/** The same network with one more class. */
const wider = ({ inputs, widths, activations, classes }: Network): Network =>
  network({ inputs, hidden: widths.slice(1, -1), classes: classes + 1, activation: activations, init: 'auto' });

/** Places of the original's weights among those of the wider network, in order. */
const placesOf = (model: Network): Int32Array => {
  const { layers, classes } = model;
  const last = (layers.at(-1) as Layer).kernel;
  const [rows] = last.shape as [number, number];
  return Int32Array.from({ length: model.size }, (_, i) => {
    if (i < last.offset) return i;
    const at = i - last.offset;
    if (at < rows * classes) return last.offset + Math.floor(at / classes) * (classes + 1) + (at % classes);
    return last.offset + rows * (classes + 1) + (at - rows * classes);
  });
};

/** Weights of the original with a fresh column, [P + rows + 1]. */
const widened = (model: Network, weights: Float32Array, key: Key): Float32Array => {
  const all = wider(model).init(key);
  placesOf(model).forEach((place, i) => {
    all[place] = weights[i] as number;
  });
  return all;
};

const narrowed = (model: Network, wide: tf.Tensor): tf.Tensor =>
  tf.gather(wide, tf.tensorOf(placesOf(model), [model.size]), 1);

const withoutColumn = (model: Network, { weights: wide, ...moments }: MethodState): MethodState => ({
  ...moments,
  wide,
  weights: narrowed(model, wide),
});

const method: Method = {
  id: 'boundary-expand',
  title: 'Boundary expand',
  short: 'BE',
  summary: 'Draws the forget set into an extra class that is thrown away afterwards.',
  formula: 'L = E_forget[−log p_C] with a class C that is appended, then dropped',
  page: {
    idea: 'Give the forget set a class of its own to go to, so that no other class has to make room. Then throw that class away.',
    tex: String.raw`\min_\theta\ \mathbb{E}_{f}\big[-\log p_{C}\big],\qquad z_\theta(x)\in\mathbb{R}^{C+1}\ \to\ \text{drop column } C`,
    lookFor:
      'The answers on the forget set are those of the classes that are left after the extra one is dropped. What is seen here is always the network without the extra column.',
    failsWhen:
      'The extra column may do all the work: then the old logits hardly change, and dropping the column brings the forgotten class back.',
  },
  citation: {
    authors: 'Chen, Gao, Liu, Peng, Wang',
    title: 'Boundary Unlearning: Rapid Forgetting of Deep Networks via Shifting the Decision Boundary',
    year: 2023,
    url: 'https://arxiv.org/abs/2303.11570',
    where: 'section 3.3',
  },
  needs: ['forget', 'original'],
  needsLayers: true,
  start: 'original',
  schedule: 'iterative',
  alone: true,
  params: {},
  recipes: [],
  terms: [crossEntropy('forget')],
  init: (ctx) => {
    const size = wider(ctx.model).size;
    const all = new Float32Array(ctx.keys.length * size);
    ctx.lanes.forEach((lane, k) => {
      all.set(widened(ctx.model, lane.original(), foldIn(lane.key, 'extra class')), k * size);
    });
    return withoutColumn(ctx.model, begin(ctx, tf.tensorOf(all, [ctx.keys.length, size])));
  },
  step: (state, ctx) => {
    const { wide, weights: _, ...moments } = state;
    const model = wider(ctx.model);
    const batch = ctx.batch('forget');
    const y = tf.tensorOf(new Int32Array(batch.y.size).fill(ctx.model.classes), batch.y.shape);
    const weights = wide as tf.Tensor;
    const terms = [{ term: crossEntropy('forget'), settings: ctx.laneSettings }];
    const gradient = objectiveGradient(model, { weights, terms, batch: () => ({ ...batch, y }) });
    return { state: withoutColumn(ctx.model, follow({ ...ctx, model }, { ...moments, weights }, gradient)) };
  },
};
export default method;
