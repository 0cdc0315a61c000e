// min_{w in S} Σ w_i ℓ_i(θ(w)) + γ ‖w‖²,  θ(w) = argmin_θ Σ (1 - w_i) ℓ_i(θ) + λ ‖θ‖₁,  S = {0 <= w <= 1, Σ w = m}: the set whose
// points stay right even when they are unlearned. Fan, Liu, Hero, Liu, "Challenging Forgets", ECCV 2024, eq. 3-4, in the
// first-order form of OPTML-Group/Unlearn-WorstCase, data-wise/utils.py: θ(w) by some updates from θ_o, then one projected
// step w <- Proj(w - α (ℓ_i(θ) + 2 γ w_i)) without the implicit gradient. The set is the m largest weights.

import { ontoCappedSimplex } from '../engine/base/capped-simplex.ts';
import * as tf from '../engine/base/tf.ts';
import { lossesOn } from '../engine/contracts/attack-rows.ts';
import { fusedOf } from '../engine/contracts/fused.ts';
import { type SelectorProgress, type SelectorView, selector } from '../engine/contracts/selector.ts';
import { descend, descentOf, type Moved, optimizers } from '../engine/objective/optim.ts';
import { slopesFor } from '../engine/objective/slopes.ts';

/** One step of the upper level: weights w [N] from the points' losses [N]; Σ w stays at `total`. */
export const upperStep = (
  w: Float64Array,
  losses: ArrayLike<number>,
  { rate, gamma, total }: { readonly rate: number; readonly gamma: number; readonly total: number },
): Float64Array =>
  ontoCappedSimplex(
    w.map((value, i) => value - rate * ((losses[i] as number) + 2 * gamma * value)),
    total,
  );

/** The lower level: some Adam updates of Σ (1 - w_i) ℓ_i + λ ‖θ‖₁ from θ_o over all points at once, [P]. */
function* lower(
  { model, original, train, training }: SelectorView,
  w: Float64Array,
  { steps, l1 }: { readonly steps: number; readonly l1: number },
): Generator<void, Float32Array, void> {
  const { classes, size, inputs } = model;
  const x = tf.tensorOf(train.x, [1, train.y.length, inputs]);
  const start = tf.tensorOf(original, [1, size]);
  const settings = { ...training, optimizer: 'adam', momentum: 0, weightDecay: 0, clipNorm: 0 } as const;
  const descent = descentOf(settings, start);
  const move = fusedOf(model)?.descend ?? descend;
  let now: Moved = { weights: tf.clone(start), state: optimizers.adam.init(start) };
  const held = () => [now.weights, ...Object.values(now.state)];
  try {
    for (let step = 0; step < steps; step++) {
      const next = tf.tidy(() => {
        const pass = model.forward(now.weights, x);
        const slopes = slopesFor(tf.valuesOf(pass.logits) as Float32Array, train.y, classes);
        const weighted = slopes.map((slope, i) => slope * (1 - (w[Math.floor(i / classes)] as number)));
        const gradient = model.backward(pass, tf.tensorOf(weighted, [1, train.y.length, classes]));
        const pulled = tf.add(gradient, tf.mul(l1, tf.sign(now.weights)));
        const moved = move(descent, now.weights, pulled, now.state, step);
        return { weights: moved.weights, ...moved.state };
      });
      for (const tensor of held()) tensor.dispose();
      const { weights, ...state } = next;
      now = { weights, state };
      yield;
    }
    return (tf.valuesOf(now.weights) as Float32Array).slice();
  } finally {
    for (const tensor of [...held(), x, start, ...Object.values(descent.settings)]) tensor.dispose();
  }
}

export default selector({
  id: 'worst-case',
  title: 'Worst case',
  summary:
    'The set that is hardest to forget: searched so that its points stay right even when they are unlearned (or the easiest one).',
  citation: {
    authors: 'Fan, Liu, Hero, Liu',
    title: 'Challenging Forgets: Unveiling the Worst-Case Forget Sets in Machine Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2403.07362',
    where: 'eq. 3-4, first-order',
  },
  params: {
    goal: {
      kind: 'choice',
      label: 'Goal',
      help: 'Hardest: the weights go where the loss stays low after unlearning. Easiest: where it becomes high.',
      default: 'hardest',
      options: ['hardest', 'easiest'],
    },
    rounds: {
      kind: 'int',
      label: 'Rounds',
      help: 'Each unlearns with the weights so far, starting at the original model, and then moves the weights once.',
      default: 15,
      min: 1,
      max: 50,
    },
    steps: {
      kind: 'int',
      label: 'Updates in a round',
      help: 'Adam updates on all points, each counting as much as it is not to be forgotten.',
      default: 40,
      min: 1,
      max: 200,
    },
    rate: {
      kind: 'number',
      label: 'Step of the weights',
      symbol: 'α',
      help: 'How far a round moves the weights along the losses.',
      default: 0.5,
      min: 0.001,
      max: 10,
      scale: 'log',
    },
    gamma: {
      kind: 'number',
      label: 'Spreading',
      symbol: 'γ',
      help: 'Weight of the squared size of the weights: keeps them apart from 0 and 1 for longer.',
      default: 0,
      min: 0,
      max: 10,
      scale: 'linear',
    },
    l1: {
      kind: 'number',
      label: 'Sparsity while unlearning',
      symbol: 'λ',
      help: 'Weight of the sum of absolute network weights in each round.',
      default: 0.0005,
      min: 0,
      max: 1,
      scale: 'linear',
    },
  },
  work: ({ rounds, steps }, rows) => rounds * (3 * steps + 1) * rows,
  score: function* (view, { goal, rounds, steps, rate, gamma, l1 }, count): Generator<SelectorProgress, Float64Array> {
    const { model, train } = view;
    const sign = goal === 'hardest' ? 1 : -1;
    let w: Float64Array = new Float64Array(train.y.length).fill(count / train.y.length);
    for (let round = 0; round < rounds; round++) {
      const unlearning = lower(view, w, { steps, l1 });
      let weights: Float32Array;
      try {
        let step = 0;
        let next = unlearning.next();
        for (; !next.done; next = unlearning.next()) yield { done: round * steps + ++step, total: rounds * steps };
        weights = next.value;
      } finally {
        unlearning.return(new Float32Array());
      }
      const losses = lossesOn(model, weights, train).map((loss) => sign * loss);
      w = upperStep(w, losses, { rate, gamma, total: count });
    }
    return w;
  },
});
