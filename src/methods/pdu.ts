// min E_forget[(max_k z_k - mean_k z_k)²]  subject to  E_retain[-log p_y] <= ε, by dual ascent: each step descends along the
// forget term plus λ times the retain term, then λ <- max(0, λ + s (L_retain - ε)). Entesari et al. 2025 (PDU), eqs. 4, 8;
// locuslab/open-unlearning, src/trainer/unlearn/pdu.py.

import type { ParamSchema } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { HyperValues, LaneValues, Method } from '../engine/contracts/method.ts';
import type { OutputTerm } from '../engine/contracts/rows.ts';
import { advanceWith, begin, lossesOf } from '../engine/method-kinds.ts';
import { crossEntropy, meanOverRows } from '../engine/objective/rows.ts';

const params = {
  tolerance: {
    kind: 'number',
    label: 'Tolerated retain loss',
    symbol: 'ε',
    help: 'As long as the mean cross-entropy on the retain set is below it, the retain term loses weight.',
    paperName: 'retain_loss_eps',
    default: 0.05,
    min: 0,
    max: 5,
    scale: 'linear',
  },
  dualStep: {
    kind: 'number',
    label: 'Dual step',
    symbol: 's',
    help: 'How quickly the weight of the retain term follows the violation.',
    paperName: 'dual_step_size',
    default: 1,
    min: 0,
    max: 50,
    scale: 'linear',
  },
  dualStart: {
    kind: 'number',
    label: 'First weight of the retain term',
    symbol: 'λ₀',
    help: 'Where the weight begins.',
    default: 1,
    min: 0,
    max: 50,
    scale: 'linear',
  },
} as const satisfies ParamSchema;

/** (max z - mean z)²: 0 where all logits are equal. */
const flatten: OutputTerm<LaneValues<typeof params>, HyperValues<typeof params>> = {
  on: 'forget',
  gradient: ({ rows, classes, logits }, _, out) => {
    for (let b = 0; b < rows; b++) {
      const at = b * classes;
      let [top, sum] = [at, 0];
      for (let i = at; i < at + classes; i++) {
        if ((logits[i] as number) > (logits[top] as number)) top = i;
        sum += logits[i] as number;
      }
      const slope = (2 * ((logits[top] as number) - sum / classes)) / rows;
      for (let i = at; i < at + classes; i++) out[i] = slope * ((i === top ? 1 : 0) - 1 / classes);
    }
  },
  loss: (rows) => meanOverRows(rows, tf.square(tf.sub(tf.max(rows.logits, -1), tf.mean(rows.logits, -1)))),
};
const kept = crossEntropy('retain');

const method: Method<typeof params> = {
  id: 'pdu',
  title: 'Primal-dual unlearning (PDU)',
  short: 'PDU',
  summary: 'Flattens the logits of the forget set as far as the retain loss stays within a limit.',
  formula: 'min E_forget[(max z − mean z)²] subject to E_retain[−log p_y] ≤ ε',
  page: {
    idea: 'Say what may be lost instead of choosing a weight: forgetting goes on freely while the retain loss is below a limit, and the weight of the retain term grows while it is above.',
    tex: String.raw`\min_\theta\ \mathbb{E}_{f}\big[(\max_k z_k-\bar z)^2\big]\ \text{ s.t. }\ \mathbb{E}_{r}[-\log p_y]\le\varepsilon,\qquad \lambda\leftarrow\max\big(0,\lambda+s(\mathcal L_r-\varepsilon)\big)`,
    lookFor:
      'The retain loss moves towards ε from either side. The logits of the forget set become equal: high entropy, not another class.',
    failsWhen:
      'A limit below what the original model reaches lets the weight grow without end. A large dual step makes both losses swing.',
  },
  citation: {
    authors: 'Entesari, Hatami, Khaziev, Ramakrishna, Fazlyab',
    title: 'Constrained Entropic Unlearning: A Primal-Dual Framework for Large Language Models',
    year: 2025,
    url: 'https://arxiv.org/abs/2506.05314',
    where: 'PDU',
  },
  needs: ['forget', 'retain'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  exposes: ['outputs', 'gradient'],
  params,
  recipes: [],
  terms: [flatten],
  init: (ctx) => ({ ...begin(ctx, ctx.start), lambda: ctx.settings.dualStart }),
  step: (state, ctx) => {
    const lambda = tf.valuesOf(state['lambda'] as tf.Tensor);
    const losses = lossesOf(ctx.model, state.weights, ctx.batch('retain'));
    const next = advanceWith(ctx, state, [
      { term: flatten, settings: ctx.laneSettings },
      { term: kept, settings: ctx.laneSettings, scale: [...lambda] },
    ]);
    const after = ctx.laneSettings.map(({ dualStep, tolerance }, k) =>
      Math.max(0, (lambda[k] as number) + dualStep * ((losses[k] as number) - tolerance)),
    );
    return { state: { ...next, lambda: tf.tensor2d(after, [after.length, 1]) } };
  },
};
export default method;
