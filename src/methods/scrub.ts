// With d = τ² E[KL(p̂_τ ‖ p_τ)], the distance to the original model as a teacher: max steps climb d on the forget set, min
// steps descend γ E_retain[-log p_y] + α d on the retain set. Kurmanji et al., NeurIPS 2023, eqs. 2-4, algorithm 1;
// meghdadk/SCRUB, thirdparty/repdistiller/helper/loops.py, distiller_zoo/KD.py. A round is some max steps and then some min
// steps; only the first rounds have max steps. At θ = θ_o every d is 0 and flat, so the very first max steps would not move
// (but for weight decay): by default one pass of min steps goes before them, whose cross-entropy leaves the plateau.
// Rewinding (+R) serves, at the end, the checkpoint of the round whose error on the forget set is nearest to the last error on
// held-out points of its law (section 3.2).

import { exp } from '../engine/base/math.ts';
import { foldIn, type Key, normal } from '../engine/base/random.ts';
import type { Citation, ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { HyperValues, LaneValues, Method, MethodContext, MethodState } from '../engine/contracts/method.ts';
import { argmax } from '../engine/contracts/metric.ts';
import type { OutputTerm } from '../engine/contracts/rows.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';
import { logitsAt } from '../engine/network/serve.ts';
import { distillGradient, distillLoss } from '../engine/objective/divergences.ts';

const citation: Citation = {
  authors: 'Kurmanji, Triantafillou, Hayes, Triantafillou',
  title: 'Towards Unbounded Machine Unlearning',
  year: 2023,
  url: 'https://arxiv.org/abs/2302.09880',
  where: 'algorithm 1',
};

const params = {
  temperature: {
    kind: 'number',
    label: 'Temperature',
    symbol: 'τ',
    help: 'How much the teacher’s small probabilities count.',
    paperName: 'kd_T',
    default: 2,
    min: 0.5,
    max: 20,
    scale: 'log',
  },
  alpha: {
    kind: 'number',
    label: 'Weight of the teacher',
    symbol: 'α',
    help: 'How strictly the min steps stay near the original model on the retain set.',
    default: 0.5,
    min: 0,
    max: 10,
    scale: 'linear',
  },
  gamma: {
    kind: 'number',
    label: 'Weight of the labels',
    symbol: 'γ',
    help: 'How much the min steps train on the retain labels.',
    default: 1,
    min: 0,
    max: 10,
    scale: 'linear',
  },
  maxSteps: {
    kind: 'int',
    label: 'Max steps per round',
    help: 'Steps away from the teacher on the forget set.',
    default: 3,
    min: 0,
    max: 100,
  },
  minSteps: {
    kind: 'int',
    label: 'Min steps per round',
    help: 'Steps of repair on the retain set.',
    default: 12,
    min: 1,
    max: 200,
  },
  maxRounds: {
    kind: 'int',
    label: 'Rounds with max steps',
    help: 'After these rounds only min steps follow.',
    paperName: 'msteps',
    default: 4,
    min: 0,
    max: 1000,
  },
  order: {
    kind: 'choice',
    label: 'Order in a round',
    help: '"max first" is the authors’. "min first" as in the code of MUFAC. "all max first" does the max steps of all rounds before any min step, as in the code of worst-case forget sets.',
    default: 'max first',
    options: ['max first', 'min first', 'all max first'],
  },
  start: {
    kind: 'choice',
    label: 'Before the first round',
    help: 'At the original model the distance to the teacher is flat, and a max step stands still. "min steps" leave that point first, "noise" of 0.001 on every weight does, too. "as in the authors’ code": neither.',
    default: 'min steps',
    options: ['min steps', 'noise', 'as in the authors’ code'],
  },
  climb: {
    kind: 'choice',
    label: 'Max step',
    help: '"distance" to the teacher, as published. "distance and loss" as in the corrective unlearning benchmark, which adds the cross-entropy.',
    default: 'distance',
    options: ['distance', 'distance and loss'],
  },
  rewind: {
    kind: 'flag',
    label: 'Rewind',
    help: 'At the end, serve the round whose forget error is nearest to the error on held-out points of the same law. Against membership attacks.',
    default: false,
  },
} as const satisfies ParamSchema;
type Schema = typeof params;
type Context = MethodContext<Schema>;
type Term = OutputTerm<LaneValues<Schema>, HyperValues<Schema>>;

const maxTerm: Term = {
  on: 'forget',
  gradient: (outputs, { temperature, alpha, climb }, out) => {
    const withLoss = climb === 'distance and loss';
    distillGradient(outputs, outputs.reference, temperature, withLoss ? -alpha : -1, out);
    if (!withLoss) return;
    const { rows, classes, logProbs, labels } = outputs;
    for (let i = 0; i < rows * classes; i++) {
      const isLabel = i % classes === labels[Math.floor(i / classes)];
      out[i] = (out[i] as number) - (exp(logProbs[i] as number) - (isLabel ? 1 : 0)) / rows;
    }
  },
  loss: (rows, { temperature, alpha, climb }) => {
    const distance = distillLoss(rows, rows.referenceLogProbs, temperature);
    if (climb === 'distance') return tf.neg(distance);
    return tf.sub(tf.mean(rows.logP, 1), tf.mul(tf.reshape(alpha, [-1]), distance));
  },
};

const minTerm: Term = {
  on: 'retain',
  gradient: (outputs, { temperature, alpha, gamma }, out) => {
    distillGradient(outputs, outputs.reference, temperature, alpha, out);
    const { rows, classes, logProbs, labels } = outputs;
    for (let i = 0; i < rows * classes; i++) {
      const isLabel = i % classes === labels[Math.floor(i / classes)];
      out[i] = (out[i] as number) + (gamma * (exp(logProbs[i] as number) - (isLabel ? 1 : 0))) / rows;
    }
  },
  loss: (rows, { temperature, alpha, gamma }) =>
    tf.sub(
      tf.mul(tf.reshape(alpha, [-1]), distillLoss(rows, rows.referenceLogProbs, temperature)),
      tf.mul(tf.reshape(gamma, [-1]), tf.mean(rows.logP, 1)),
    ),
};

/** Whether a step climbs, and whether it ends a round. */
const stage = ({ settings, step: made }: Pick<Context, 'settings' | 'step'>) => {
  const step = made - (settings.start === 'min steps' ? settings.minSteps : 0);
  if (step < 0) return { climbs: false, ends: step === -1 };
  const length = settings.maxSteps + settings.minSteps;
  const early = settings.maxRounds * (settings.order === 'all max first' ? settings.maxSteps : length);
  if (step >= early) return { climbs: false, ends: (step - early + 1) % settings.minSteps === 0 };
  if (settings.order === 'all max first') return { climbs: true, ends: (step + 1) % settings.maxSteps === 0 };
  const at = step % length;
  const climbs = settings.order === 'max first' ? at < settings.maxSteps : at >= settings.minSteps;
  return { climbs, ends: at === length - 1 };
};

const NOISE = 0.001;

/** The original's weights, on which a little noise may be. */
const startOf = ({ settings, start, keys }: Context): tf.Tensor => {
  if (settings.start !== 'noise') return start;
  const [K, P] = start.shape as [number, number];
  const noise = Float32Array.from({ length: K * P }, (_, i) => {
    const k = Math.floor(i / P);
    return NOISE * normal(foldIn(keys[k] as Key, 'start'), i - k * P);
  });
  return tf.add(start, tf.tensorOf(noise, [K, P]));
};

const CHECKPOINT = 'round.';

/** Share of points that a network [P] gets wrong. */
const errorOf = (ctx: Context, weights: Float32Array, { x, y }: { x: Float32Array; y: Int32Array }): number => {
  const { classes } = ctx.model;
  const logits = logitsAt(ctx.model, weights, x);
  return y.reduce((sum, label, row) => sum + (argmax(logits, row * classes, classes) === label ? 0 : 1), 0) / y.length;
};

/** Lane by lane, the checkpoint whose forget error is nearest to the final error on held-out points. */
const rewound = (ctx: Context, state: MethodState): tf.Tensor => {
  const rounds = Object.keys(state).filter((name) => name.startsWith(CHECKPOINT));
  const [K, P] = state.weights.shape as [number, number];
  const out = new Float32Array(K * P);
  const laneOf = (tensor: tf.Tensor, k: number) => (tf.valuesOf(tensor) as Float32Array).slice(k * P, (k + 1) * P);
  ctx.lanes.forEach((lane, k) => {
    const final = laneOf(state.weights, k);
    const heldOut = lane.heldOut();
    const target = heldOut.count > 0 ? errorOf(ctx, final, heldOut) : errorOf(ctx, final, lane.rows('forget'));
    let [best, gap] = [final, Math.abs(errorOf(ctx, final, lane.rows('forget')) - target)];
    for (const name of rounds) {
      const candidate = laneOf(state[name] as tf.Tensor, k);
      const own = Math.abs(errorOf(ctx, candidate, lane.rows('forget')) - target);
      if (own < gap) [best, gap] = [candidate, own];
    }
    out.set(best, k * P);
  });
  return tf.tensorOf(out, [K, P]);
};

const method: Method<Schema> = {
  id: 'scrub',
  title: 'Scalable remembering and unlearning (SCRUB)',
  short: 'SCRUB',
  summary: 'A student that disobeys its teacher, the original model, on the forget set and obeys it on the rest.',
  formula: 'max: −τ² E_f KL(p̂_τ ‖ p_τ); min: γ E_r[−log p_y] + α τ² E_r KL(p̂_τ ‖ p_τ)',
  page: {
    idea: 'Let the original model teach. On the forget set the student moves away from what it says, on the retain set it stays close and goes on learning the labels; the two alternate.',
    tex: String.raw`\text{max: }-\tau^2\,\mathbb{E}_f\,\mathrm{KL}(\hat p_\tau\|p_\tau),\qquad \text{min: }\gamma\,\mathbb{E}_r[-\log p_y]+\alpha\,\tau^2\,\mathbb{E}_r\,\mathrm{KL}(\hat p_\tau\|p_\tau)`,
    lookFor:
      'A saw-tooth: down in the max steps, up in the min steps. The forget labels are never used in the max steps.',
    failsWhen:
      'It starts on a plateau: the teacher and the student agree, so nothing pushes them apart. For whole classes it may stall; more rounds or a larger rate help.',
  },
  citation,
  needs: ['forget', 'retain', 'original', 'heldOut'],
  start: 'original',
  schedule: 'iterative',
  exposes: ['outputs'],
  params,
  recipes: [
    {
      id: 'scrub-r',
      title: 'SCRUB with rewinding (SCRUB+R)',
      short: 'SCRUB+R',
      summary: 'SCRUB, then back to the round that errs on the forget set as often as on unseen points of its kind.',
      citation: { ...citation, where: 'section 3.2, rewinding' },
      params: { rewind: true },
    },
  ],
  terms: [maxTerm, minTerm],
  init: (ctx) => begin(ctx, startOf(ctx)),
  step: (state, ctx) => {
    const { climbs, ends } = stage(ctx);
    const term = climbs ? maxTerm : minTerm;
    // A run's retain term belongs to the min steps.
    const { retain, ...without } = ctx;
    const next = advanceWith(climbs ? without : ctx, state, [{ term, settings: ctx.laneSettings }]);
    if (!ctx.settings.rewind) return { state: next };
    if (ctx.step === ctx.steps - 1) return { state: { ...next, weights: rewound(ctx, next) } };
    return { state: ends ? { ...next, [`${CHECKPOINT}${ctx.step}`]: tf.clone(next.weights) } : next };
  },
};
export default method;
