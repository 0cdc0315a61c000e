// L = E_f[MSE(ε_θ(x_t, t, c_f), sg ε(x_t, t, c_s))]: under the erased condition the model is to say what is said under another
// one. OPTML-Group/Unlearn-Saliency, DDPM/runners/diffusion.py, saliency_unlearn, method rl: the teacher is the model itself as
// it stands, the loss a mean over coordinates while the retain term is a sum, c_s = (c_f + 1) mod C.
import type { Citation } from '../engine/base/schema.ts';
import type { Method, MethodContext } from '../engine/contracts/method.ts';
import type { Batch } from '../engine/contracts/rows.ts';
import { codesOf } from '../engine/diffusion/sampler.ts';
import { noisedOf, told } from '../engine/diffusion/told.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';
import { meanSquare, substituted, substituteSpec } from './shared/conditions.ts';

const citation: Citation = {
  authors: 'Fan, Liu, Zhang, Wong, Wei, Liu',
  title: 'SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency',
  year: 2024,
  url: 'https://arxiv.org/abs/2310.12508',
  where: 'eq. 6, generation',
};

const params = {
  ...substituteSpec,
  teacher: {
    kind: 'choice',
    label: 'Who says it',
    help: 'The model itself as it stands at each step, as in the code of SalUn, or the original model.',
    default: 'itself',
    options: ['itself', 'original'],
  },
} as const;

/** A batch of the forget set whose other targets are what a teacher says under the other condition. */
const taught = (
  ctx: MethodContext<typeof params>,
  weights: Parameters<MethodContext['model']['forward']>[0],
): Batch => {
  const batch = ctx.batch('forget');
  if (ctx.settings.teacher === 'original') return batch; // what the family has computed beside it
  const { process, alternatives = new Int32Array() } = noisedOf(batch);
  return { ...batch, alternatives: ctx.model.forward(weights, told(batch, codesOf(process, alternatives))).logits };
};

const method: Method<typeof params> = {
  id: 'relabel-condition',
  title: 'Relabelled condition (RL)',
  short: 'RL',
  summary:
    'Teaches the model to say under the erased condition what it says under another one, on the erased class’s points.',
  formula: 'L = E_f[MSE(ε_θ(x_t, t, c_f), ε(x_t, t, c_s))]',
  page: {
    idea: 'Ask the model what it would say if the point were of another class, and train it to say that under the erased condition, too. With a saliency mask this is SalUn.',
    tex: String.raw`\mathcal L=\mathbb E_{x_0\sim c_f,\,t,\,\varepsilon}\ \mathrm{MSE}\big(\varepsilon_\theta(x_t,t,c_f),\ \mathrm{sg}\,\varepsilon(x_t,t,c_s)\big)`,
    lookFor:
      'The erased cloud moves into the other one at hardly any cost. Under the saliency mask the same happens here: with a retain term it makes no difference at this size.',
    failsWhen:
      'Without a retain term the teacher changes with the pupil, and the model runs away; with the original as teacher it only drifts. What was erased is often still near the condition.',
  },
  citation,
  needs: ['forget', 'alternativeLabels', 'original'],
  heads: ['real'],
  conditions: true,
  start: 'original',
  schedule: 'iterative',
  exposes: ['gradient'],
  params,
  recipes: [
    {
      id: 'relabel-condition-rt',
      title: 'Relabelled condition with retain term (RL+RT)',
      short: 'RL+RT',
      summary: 'Another class’s answer under the erased condition, ordinary training under the others.',
      citation,
      retain: { kind: 'ce' },
    },
    {
      id: 'salun-diffusion',
      title: 'Saliency-based unlearning of a condition (SalUn)',
      short: 'SalUn',
      summary: 'Relabelled condition with retain term, moving only the weights that matter to the erased class.',
      citation,
      retain: { kind: 'ce' },
      mask: { kind: 'salun', keep: 0.5 },
    },
  ],
  init: (ctx) => begin(ctx, ctx.start),
  step: (state, ctx) => {
    const batch = taught(ctx, state.weights);
    const own = { ...ctx, batch: (split: 'forget' | 'retain') => (split === 'forget' ? batch : ctx.batch(split)) };
    return { state: advanceWith(own, state, [{ term: meanSquare, settings: ctx.laneSettings }]) };
  },
  alternatives: ({ substitute }) => substituted(substitute as number),
};
export default method;
