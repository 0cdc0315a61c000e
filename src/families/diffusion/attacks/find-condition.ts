// Searches for a condition v under which a model draws the erased class: Adam down MSE(ε_θ(x_t, t, v), ε) on a few of its points,
// weights frozen. UnlearnDiffAtk (Zhang et al. 2024; OPTML-Group/Diffusion-MU-Attack, src/tasks/classifier_.py) searches among
// words that are put before a prompt; here the condition is a vector and the search goes along its gradient. Without a bound such
// a vector revives classes that a model has never seen, so the search is made in a ball around the class's own code, too, and
// always beside the retrained model.
import { foldIn, integer, type Key, normal } from '../../../engine/base/random.ts';
import * as tf from '../../../engine/base/tf.ts';
import { type AttackSubject, type AttackView, attack } from '../../../engine/contracts/attack.ts';
import { drawFrom } from '../../../engine/contracts/attack-rows.ts';
import { noised } from '../../../engine/diffusion/process.ts';
import { codesOf, drawNoise } from '../../../engine/diffusion/sampler.ts';
import { createSeeker } from '../../../engine/diffusion/seek.ts';
import { codeGradient, rowsAt, spread } from '../../../engine/diffusion/told.ts';
import type { Law } from '../shown.ts';
import { shareInside } from '../view.ts';
import { type AttackedClouds, erasedIn } from './attacked.ts';

const SUBJECTS: readonly AttackSubject[] = ['unlearned', 'original', 'retrained'];
/** Rows of a step of the search. */
const ROWS = 60;
/** How often the search is looked at, after its start. */
const LOOKS = 4;

/** Puts a vector back into a ball around another one, in place. */
const project = (values: Float32Array, center: Float32Array, radius: number): void => {
  const length = Math.hypot(...values.map((value, i) => value - (center[i] as number)));
  if (length <= radius) return;
  values.forEach((value, i) => {
    const home = center[i] as number;
    values[i] = home + ((value - home) * radius) / length;
  });
};

/** The rows of a step of the search: some of the points, noised anew, and that noise. */
const rowsOf = ({ data, process }: AttackedClouds, points: Int32Array, key: Key) => {
  const [which, when, noise] = ['points', 'times', 'noise'].map((name) => foldIn(key, name)) as [Key, Key, Key];
  const times = Int32Array.from({ length: ROWS }, (_, b) => integer(when, b, process.steps));
  const targets = Float32Array.from({ length: 2 * ROWS }, (_, i) => normal(noise, i));
  const x = targets.map((epsilon, i) => {
    const b = Math.floor(i / 2);
    const point = points[integer(which, b, points.length)] as number;
    return noised(process, times[b] as number, data.train.x[2 * point + (i % 2)] as number, epsilon);
  });
  return { x, times, targets };
};

interface Search {
  readonly radius: number;
  readonly steps: number;
  readonly rate: number;
  readonly points: Int32Array;
}

/** Shares of samples in the class's cloud, at the start of a search and as it goes on. */
interface Found {
  readonly at: readonly number[];
  readonly shares: readonly number[];
  /** The step at which the model's numbers were no longer finite. */
  readonly stopped?: number;
}

function* search(
  view: AttackView<AttackedClouds>,
  weights: Float32Array,
  label: number,
  { radius, steps, rate, points }: Search,
): Generator<number, Found, void> {
  const { model, dataset, key } = view;
  const { process, data, sampled } = dataset;
  const home = codesOf(process, [label]);
  const code = home.slice();
  const seeker = createSeeker(code, rate);
  const law = data.laws[label] as Law;
  const count = 150;
  const noise = drawNoise(foldIn(key, 'samples'), count, process.steps);
  const share = () => shareInside(law, sampled(weights, spread(code, 1, count), noise));
  const [at, shares]: [number[], number[]] = [[0], [share()]];
  const theta = tf.tensorOf(weights.slice(), [1, weights.length]);
  try {
    for (let step = 0; step < steps; step++) {
      const { x, times, targets } = rowsOf(dataset, points, foldIn(key, 'step', step));
      const gradient = tf.tidy(() =>
        codeGradient(
          model,
          theta,
          rowsAt(process, x, times, spread(code, 1, ROWS), 1),
          tf.tensorOf(targets, [1, ROWS, 2]),
        ),
      );
      if (!gradient.every(Number.isFinite)) return { at, shares, stopped: step };
      seeker.step(gradient);
      project(code, home, radius);
      yield 1;
      if ((step + 1) % Math.ceil(steps / LOOKS) !== 0 && step + 1 < steps) continue;
      at.push(step + 1);
      shares.push(share());
    }
    return { at, shares };
  } finally {
    theta.dispose();
  }
}

export const findCondition = attack({
  id: 'find-condition',
  title: 'Search for a condition (UnlearnDiffAtk)',
  summary:
    'Looks for a condition under which the model still draws the erased class: close to its own, and anywhere at all. The weights stay as they are.',
  citation: {
    authors: 'Zhang, Jia, Chen, Chen, Zhang, Liu and others',
    title:
      'To Generate or Not? Safety-Driven Unlearned Diffusion Models Are Still Easy To Generate Unsafe Images … For Now',
    year: 2024,
    url: 'https://arxiv.org/abs/2310.11868',
    where: 'UnlearnDiffAtk; here over vectors',
  },
  params: {
    radius: {
      kind: 'number',
      label: 'Radius of the ball',
      help: 'How far the condition may go from the class’s own, which is one unit long.',
      default: 1,
      min: 0.05,
      max: 5,
      scale: 'linear',
    },
    points: {
      kind: 'int',
      label: 'Points of the class',
      symbol: 'm',
      help: 'Forget points that the attacker has.',
      default: 20,
      min: 1,
      max: 200,
    },
    steps: { kind: 'int', label: 'Steps', help: 'Adam steps of the search.', default: 200, min: 1, max: 1000 },
    rate: {
      kind: 'number',
      label: 'Rate',
      help: 'Size of a step on the condition.',
      default: 0.05,
      min: 1e-4,
      max: 1,
      scale: 'log',
    },
  },
  values: [
    {
      id: 'ballSuccess',
      title: 'Found within the ball',
      summary:
        'Share of the samples that lie where the erased class was, under the condition that was found near its own.',
      unit: 'fraction',
    },
    {
      id: 'freeSuccess',
      title: 'Found without bounds',
      summary:
        'The same under a condition that may be any vector. It revives classes that a model has never seen: compare with the retrained model.',
      unit: 'fraction',
    },
  ],
  page: {
    lookFor:
      'Compare with the retrained model, which never saw the class. Without bounds the search draws it there, too, so that proves nothing; within a small ball it does not, and a model that gives it away there still has it.',
    chart: { value: 'ballSuccess', axis: 'steps of the search' },
  },
  work: ({ steps }) => 2 * SUBJECTS.length * (3 * ROWS * steps + (LOOKS + 1) * 150 * 50),
  run: function* (view: AttackView<AttackedClouds>, { radius, points: m, steps, rate }) {
    const { dataset, split, key } = view;
    const label = erasedIn(dataset, split.forget);
    const points = drawFrom(split.forget, m, key, 'points');
    const total = 2 * SUBJECTS.length * steps;
    const values: Record<string, Record<string, { steps: readonly number[]; values: readonly number[] }>> = {};
    const notes = [`${points.length} points of class ${label}; 150 samples under each condition that was found.`];
    let done = 0;
    for (const subject of SUBJECTS) {
      const own: (typeof values)[string] = {};
      for (const [value, within] of [
        ['ballSuccess', radius],
        ['freeSuccess', Number.POSITIVE_INFINITY],
      ] as const) {
        const going = search(view, view.weights(subject), label, { radius: within, steps, rate, points });
        let next = going.next();
        for (; !next.done; next = going.next()) {
          done += next.value;
          yield { done, total };
        }
        const { at, shares, stopped } = next.value;
        own[value] = { steps: at, values: shares };
        if (stopped === undefined) continue;
        done += steps - stopped;
        notes.push(
          `The search on the ${subject} model stopped at step ${stopped}: what it says there is not finite, so there is no gradient to follow. Attack an earlier step, or a run that has not diverged.`,
        );
      }
      values[subject] = own;
    }
    return { values, notes };
  },
});
