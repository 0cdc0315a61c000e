// ESD's loss under an adversarial condition v in place of c_f. Every few steps v is searched for: some Adam steps down
// MSE(ε_θ(x_t, t, v), ε̂(x_t, t, c_f)), from where it was ("latest"). OPTML-Group/AdvUnlearn, train-scripts/AdvUnlearn.py, and
// utils/attack_util.py, soft_prompt_attack; there the text encoder is trained and 200 steps without attack come first.
import type { Citation } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import type { Method, MethodContext } from '../engine/contracts/method.ts';
import type { Batch } from '../engine/contracts/rows.ts';
import { codesOf } from '../engine/diffusion/sampler.ts';
import { createSeeker } from '../engine/diffusion/seek.ts';
import { codeGradient, noisedOf, rowsAt, spread } from '../engine/diffusion/told.ts';
import { advanceWith, begin } from '../engine/method-kinds.ts';
import { meanSquare } from './shared/conditions.ts';
import { esdParams, guidedAway } from './shared/negative-guidance.ts';
import { pathsFor, pointsAt } from './shared/paths.ts';

const citation: Citation = {
  authors: 'Zhang, Chen, Jia, Zhang, Fan, Liu and others',
  title: 'Defensive Unlearning with Adversarial Training for Robust Concept Erasure in Diffusion Models',
  year: 2024,
  url: 'https://arxiv.org/abs/2405.15234',
  where: 'algorithm 1',
};

const params = {
  ...esdParams,
  every: {
    kind: 'int',
    label: 'Steps between searches',
    help: 'After so many steps the condition that gives most of the class away is searched for again.',
    default: 5,
    min: 1,
    max: 100,
  },
  searchSteps: {
    kind: 'int',
    label: 'Steps of a search',
    help: 'Adam steps on the condition, from where the last search ended.',
    default: 30,
    min: 1,
    max: 100,
  },
  searchRate: {
    kind: 'number',
    label: 'Rate of a search',
    help: 'Size of a step on the condition.',
    default: 0.05,
    min: 1e-4,
    max: 1,
    scale: 'log',
  },
} as const;

type Context = MethodContext<typeof params>;

/** The conditions [K * codeWidth] after a search from some others. */
const searched = (
  ctx: Context,
  weights: tf.Tensor,
  batch: Batch,
  paths: tf.Tensor,
  from: Float32Array,
): Float32Array => {
  const { process, conditions } = noisedOf(batch);
  const K = ctx.keys.length;
  const found = from.slice();
  const steps = ctx.settings.searchSteps;
  const rates = ctx.laneSettings.map(({ searchRate }) => searchRate);
  const width = process.codeWidth;
  const seekers = rates.map((rate, k) => createSeeker(found.subarray(k * width, (k + 1) * width), rate));
  const original = codesOf(process, conditions);
  for (let i = 0; i < steps; i++) {
    tf.tidy(() => {
      const { points, times } = pointsAt(paths, ctx.keys, 'search', ctx.step * steps + i);
      const target = ctx.model.forward(ctx.original(), rowsAt(process, points, times, original, K)).logits;
      const x = rowsAt(process, points, times, spread(found, K, batch.size), K);
      const gradient = codeGradient(ctx.model, weights, x, target);
      seekers.forEach((seeker, k) => {
        seeker.step(gradient.subarray(k * width, (k + 1) * width));
      });
    });
  }
  return found;
};

const method: Method<typeof params> = {
  id: 'adv-unlearn',
  title: 'Adversarial unlearning (AdvUnlearn)',
  short: 'AdvUnlearn',
  summary: 'ESD under the condition that still gives the class away best, which is searched for again and again.',
  formula: 'min over θ, max over v: L = E[MSE(ε_θ(x_t, t, v), ε̂(∅) − η (ε̂(c_f) − ε̂(∅)))]',
  page: {
    idea: 'A class that is erased under its own name can be found under another. So look for that other condition while unlearning, and erase the class there.',
    tex: String.raw`\min_\theta\ \mathbb E\ \mathrm{MSE}\big(\varepsilon_\theta(x_t,t,v^*),\ \hat\varepsilon_\varnothing-\eta(\hat\varepsilon_{c_f}-\hat\varepsilon_\varnothing)\big),\quad v^*=\arg\min_v\ \mathrm{MSE}\big(\varepsilon_\theta(x_t,t,v),\hat\varepsilon_{c_f}\big)`,
    lookFor:
      'An attack on the condition that brings the class back after ESD finds next to nothing here, even without bounds.',
    failsWhen:
      'Robustness is paid for: the kept classes are drawn a little worse even under a strong retain term, far worse under a weak one, and each step takes several times as long.',
  },
  citation,
  needs: ['forget', 'original'],
  heads: ['real'],
  conditions: true,
  start: 'original',
  schedule: 'iterative',
  exposes: ['gradient'],
  params,
  recipes: [
    {
      id: 'adv-unlearn-rt',
      title: 'Adversarial unlearning with retain term (AdvUnlearn+RT)',
      short: 'AdvUnlearn+RT',
      summary: 'Adversarial unlearning, held by twenty times the ordinary training under the other conditions.',
      citation,
      retain: { kind: 'ce', weight: 20 },
    },
  ],
  init: (ctx) => begin(ctx, ctx.start),
  step: (state, ctx) => {
    const batch = ctx.batch('forget');
    const { process, conditions } = noisedOf(batch);
    const K = ctx.keys.length;
    const paths = pathsFor(ctx, state, batch, ctx.settings.refresh);
    const first = () =>
      codesOf(
        process,
        Array.from({ length: K }, (_, k) => conditions[k * batch.size] as number),
      );
    const latest = state['condition'] ? (tf.valuesOf(state['condition']) as Float32Array) : first();
    const isSearched = ctx.step % ctx.settings.every === 0;
    const condition = isSearched ? searched(ctx, state.weights, batch, paths, latest) : latest;
    const at = pointsAt(paths, ctx.keys, 'time', ctx.step);
    const rows = guidedAway(ctx, batch, at, ctx.settings.eta, spread(condition, K, batch.size));
    const own = { ...ctx, batch: (split: 'forget' | 'retain') => (split === 'forget' ? rows : ctx.batch(split)) };
    const next = advanceWith(own, state, [{ term: meanSquare, settings: ctx.laneSettings }]);
    return { state: { ...next, paths, condition: tf.tensorOf(condition.slice(), [K, process.codeWidth]) } };
  },
};
export default method;
