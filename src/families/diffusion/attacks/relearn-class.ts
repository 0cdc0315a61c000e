// Goes on training on a few points of the erased class under its condition, and watches how soon the class is drawn again. After
// Łucki et al. 2025, section 4.
import { foldIn } from '../../../engine/base/random.ts';
import { type AttackSubject, type AttackView, attack } from '../../../engine/contracts/attack.ts';
import { drawFrom } from '../../../engine/contracts/attack-rows.ts';
import { codesOf, drawNoise } from '../../../engine/diffusion/sampler.ts';
import type { Law } from '../shown.ts';
import { shareInside } from '../view.ts';
import { type AttackedClouds, erasedIn } from './attacked.ts';

const SUBJECTS: readonly AttackSubject[] = ['unlearned', 'original', 'retrained', 'fresh'];
/** Samples that are drawn at each look. */
const SAMPLES = 100;
/** Shares of the steps after which the models are looked at. */
const LOOKS = [0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1];

export const relearnClass = attack({
  id: 'relearn-class',
  title: 'Relearning',
  summary:
    'Goes on training on a few points of the erased class: does it come back sooner than in a model that never had it?',
  citation: {
    authors: 'Łucki, Wei, Huang, Henderson, Tramèr, Rando',
    title: 'An Adversarial Perspective on Machine Unlearning for AI Safety',
    year: 2025,
    url: 'https://arxiv.org/abs/2409.18025',
    where: 'section 4, fine-tuning',
  },
  params: {
    points: {
      kind: 'int',
      label: 'Points of the class',
      symbol: 'm',
      help: 'Forget points that the attacker has.',
      default: 20,
      min: 1,
      max: 200,
    },
    steps: { kind: 'int', label: 'Steps', help: 'Updates that the attacker makes.', default: 100, min: 1, max: 1000 },
    learningRate: {
      kind: 'number',
      label: 'Learning rate',
      symbol: 'η',
      help: 'Of the attacker’s Adam; the same for every model.',
      default: 0.001,
      min: 1e-5,
      max: 1,
      scale: 'log',
    },
  },
  values: [
    {
      id: 'relearnHits',
      title: 'Erased class drawn after relearning',
      summary: 'Share of the samples under the erased condition that lie where the class was, step by step.',
      unit: 'fraction',
    },
  ],
  page: {
    lookFor:
      'The retrained model learns the class in some fifty steps, too: only what comes back sooner than there was left over.',
    chart: { value: 'relearnHits', axis: 'steps of relearning' },
  },
  work: ({ steps, points }) => SUBJECTS.length * (3 * points * steps + LOOKS.length * SAMPLES * 50),
  run: function* (view: AttackView<AttackedClouds>, { points: m, steps, learningRate }) {
    const { dataset, split, key } = view;
    const { process, data, sampled } = dataset;
    const label = erasedIn(dataset, split.forget);
    const law = data.laws[label] as Law;
    const shown = drawFrom(split.forget, m, key, 'points');
    const codes = codesOf(process, new Int32Array(SAMPLES).fill(label));
    const noise = drawNoise(foldIn(key, 'samples'), SAMPLES, process.steps);
    const looks = [...new Set(LOOKS.map((share) => Math.round(share * steps)))];
    const settings = { optimizer: 'adam', learningRate, steps } as const;
    const tuning = view.tune(
      SUBJECTS.map((subject) => view.weights(subject)),
      shown,
      settings,
    );
    const curves = SUBJECTS.map((): number[] => []);
    try {
      for (let step = 0; step <= steps; step++) {
        if (looks.includes(step)) {
          SUBJECTS.forEach((_, k) => {
            curves[k]?.push(shareInside(law, sampled(tuning.weights(k), codes, noise)));
          });
        }
        if (step < steps) tuning.advance();
        yield { done: step, total: steps };
      }
    } finally {
      tuning.dispose();
    }
    const found = SUBJECTS.map((subject, k) => [
      subject,
      { relearnHits: { steps: looks, values: curves[k] as number[] } },
    ]);
    return {
      values: Object.fromEntries(found),
      notes: [`${shown.length} points of class ${label}, each step with other noise; ${SAMPLES} samples at each look.`],
    };
  },
});
