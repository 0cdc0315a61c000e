// E[KL(t ‖ p)] over the forget set and a share of the retain set: t is a random network's output on the former, the original's
// on the latter. Chundawat et al., AAAI 2023, eq. 2; vikram2000b/bad-teaching-unlearning, unlearn.py, UnlearnerLoss, whose
// kl_div divides by the number of classes, too, and which has no factor τ².

import { foldIn } from '../engine/base/random.ts';
import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { HyperValues, LaneValues, Method } from '../engine/contracts/method.ts';
import type { Layer } from '../engine/contracts/network.ts';
import type { OutputTerm } from '../engine/contracts/rows.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';

import { distillGradient, distillLoss } from '../engine/objective/divergences.ts';

const params = {
  retainShare: {
    kind: 'number',
    label: 'Share of the retain set',
    help: 'How much of the retain set counts beside the forget set, as a fraction of 1: the mean over such samples.',
    default: 0.3,
    min: 0.01,
    max: 1,
    scale: 'linear',
  },
  temperature: {
    kind: 'number',
    label: 'Temperature',
    symbol: 'τ',
    help: 'Softens teachers and student alike.',
    paperName: 'KL_temperature',
    default: 1,
    min: 0.5,
    max: 20,
    scale: 'log',
  },
  teacherScale: {
    kind: 'number',
    label: 'Scale of the bad teacher',
    help: 'Of its output layer. A random network is confident at random; towards 0 it becomes uniform.',
    default: 1,
    min: 0,
    max: 10,
    scale: 'linear',
  },
  reduction: {
    kind: 'choice',
    label: 'Mean over',
    help: '"examples". "as in the authors’ code": examples and classes, which divides the whole loss by the number of classes.',
    default: 'examples',
    options: ['examples', 'as in the authors’ code'],
  },
} as const satisfies ParamSchema;
type Term = OutputTerm<LaneValues<typeof params>, HyperValues<typeof params>>;

const byTeacher: Term = {
  on: 'forget',
  gradient: (outputs, { temperature: t, reduction }, out) => {
    const scale = reduction === 'examples' ? 1 : 1 / outputs.classes;
    distillGradient(outputs, outputs.teacher, t, scale / (t * t), out);
  },
  loss: (rows, { temperature, reduction }) => {
    const scale = reduction === 'examples' ? 1 : 1 / (rows.logits.shape[2] as number);
    const square = tf.square(tf.reshape(temperature, [-1]));
    return tf.mul(scale, tf.div(distillLoss(rows, rows.teacherLogProbs, temperature), square));
  },
};
const byOriginal: Term = {
  on: 'retain',
  gradient: (outputs, { temperature: t, reduction }, out) => {
    const scale = reduction === 'examples' ? 1 : 1 / outputs.classes;
    distillGradient(outputs, outputs.reference, t, scale / (t * t), out);
  },
  loss: (rows, { temperature, reduction }) => {
    const scale = reduction === 'examples' ? 1 : 1 / (rows.logits.shape[2] as number);
    const square = tf.square(tf.reshape(temperature, [-1]));
    return tf.mul(scale, tf.div(distillLoss(rows, rows.referenceLogProbs, temperature), square));
  },
};

const method: Method<typeof params> = {
  id: 'bad-teacher',
  title: 'Bad teaching',
  short: 'Bad teacher',
  summary: 'Learns the forget set from a network that knows nothing and the rest from the original model.',
  formula: 'L = E_f∪r[KL(t ‖ p)], t from a random network on D_f, from the original on D_r',
  page: {
    idea: 'Two teachers: an incompetent one for what is to be forgotten, the original one for everything else. The student ends up as clueless on the forget set as a network that was never trained.',
    tex: String.raw`\mathcal L=\mathbb{E}_{x\in D_f\cup D_r}\big[\mathrm{KL}(t(x)\,\|\,p(x))\big],\qquad t=\begin{cases}p_{\text{random}} & x\in D_f\\ \hat p & x\in D_r\end{cases}`,
    lookFor:
      'High entropy on the forget set, and a membership attack that falls far below one half: over-forgetting is visible, too.',
    failsWhen:
      'A retrained model is not clueless: it generalizes. What it leaves on single points tells everybody which ones were deleted.',
  },
  citation: {
    authors: 'Chundawat, Tarun, Mandal, Kankanhalli',
    title: 'Can Bad Teaching Induce Forgetting? Unlearning in Deep Networks Using an Incompetent Teacher',
    year: 2023,
    url: 'https://arxiv.org/abs/2205.08096',
    where: 'eq. 2',
  },
  needs: ['forget', 'retain', 'original', 'teacher'],
  needsLayers: true,
  start: 'original',
  schedule: 'iterative',
  exposes: ['outputs', 'gradient'],
  params,
  recipes: [],
  terms: [byTeacher, byOriginal],
  teacher: (lane, { teacherScale }) => {
    const weights = lane.model.init(foldIn(lane.key, 'bad teacher'));
    const last = (lane.model.layers.at(-1) as Layer).kernel;
    return weights.map((value, i) => (i >= last.offset ? teacherScale * value : value));
  },
  init: (ctx) => begin(ctx, ctx.start),
  step: (state, ctx) => {
    const [forget, retain] = [ctx.batch('forget').size, ctx.batch('retain').size];
    const shares = ctx.laneSettings.map(({ retainShare }) => (retainShare * retain) / (forget + retainShare * retain));
    return {
      state: advanceWith(ctx, state, [
        { term: byTeacher, settings: ctx.laneSettings, scale: shares.map((share) => 1 - share) },
        { term: byOriginal, settings: ctx.laneSettings, scale: shares },
      ]),
    };
  },
};
export default method;
