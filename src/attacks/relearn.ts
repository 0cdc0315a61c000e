// Fine-tunes a model on a few forget examples and watches how fast the others come back.
// Lucki et al., "An Adversarial Perspective on Machine Unlearning for AI Safety", TMLR 2025, section 4.
import { type AttackSubject, attack, single } from '../engine/contracts/attack.ts';
import { accuracyOn, drawFrom, pickPoints } from '../engine/contracts/attack-rows.ts';

const SUBJECTS: readonly AttackSubject[] = ['unlearned', 'original', 'retrained', 'fresh'];

export default attack({
  id: 'relearn',
  title: 'Relearning',
  summary:
    'Fine-tunes the model on a few forgotten examples: if the others come back faster than in a model that never saw them, they were hidden and not gone.',
  citation: {
    authors: 'Łucki, Wei, Huang, Henderson, Tramèr, Rando',
    title: 'An Adversarial Perspective on Machine Unlearning for AI Safety',
    year: 2025,
    url: 'https://arxiv.org/abs/2409.18025',
    where: 'section 4, fine-tuning',
  },
  params: {
    examples: {
      kind: 'int',
      label: 'Examples',
      symbol: 'm',
      help: 'Forget examples with their true labels that the attacker has; at most nine tenths of them, so that some are left to test on.',
      default: 60,
      min: 1,
      max: 1000,
    },
    source: {
      kind: 'choice',
      label: 'Examples from',
      help: 'The forget set itself, or the retain set: then the attacker has nothing of what was forgotten.',
      default: 'forget',
      options: ['forget', 'retain'],
    },
    steps: { kind: 'int', label: 'Steps', help: 'Updates that the attacker makes.', default: 60, min: 1, max: 2000 },
    learningRate: {
      kind: 'number',
      label: 'Learning rate',
      symbol: 'η',
      help: 'Of the attacker’s Adam; the same for every model.',
      default: 0.003,
      min: 1e-5,
      max: 1,
      scale: 'log',
    },
    recovered: {
      kind: 'number',
      label: 'Recovered at',
      help: 'Share of the original model’s accuracy from which the forget set counts as back.',
      default: 0.8,
      min: 0.1,
      max: 1,
      scale: 'linear',
    },
  },
  values: [
    {
      id: 'relearnAccuracy',
      title: 'Accuracy after relearning',
      summary: 'Share of the forget examples that the attacker did not use and the model gets right, step by step.',
      unit: 'fraction',
    },
    {
      id: 'relearnSteps',
      title: 'Steps to recover',
      summary: 'First step at which that share is back; one more than the attacker’s steps if it never is.',
      unit: 'count',
      most: 'steps',
    },
  ],
  work: ({ examples, steps }, { forget }) => SUBJECTS.length * steps * (3 * examples + forget),
  run: function* (view, { examples, source, steps, learningRate, recovered }) {
    const { model, dataset, split, key } = view;
    const D = dataset.inputs;
    const own = source === 'forget' ? split.forget : split.retain;
    const most = source === 'forget' ? Math.max(1, Math.floor(0.9 * own.length)) : own.length;
    const shown = drawFrom(own, Math.min(examples, most), key, 'examples');
    const used = new Set(source === 'forget' ? shown : []);
    const left = split.forget.filter((i) => !used.has(i));
    const tested = pickPoints(dataset.train, left.length > 0 ? left : split.forget, D);
    const before = accuracyOn(model, view.weights('original'), tested);

    const tuning = view.tune(
      SUBJECTS.map((subject) => view.weights(subject)),
      shown,
      { optimizer: 'adam', learningRate, steps },
    );
    try {
      const at: number[] = [];
      const curves = SUBJECTS.map((): number[] => []);
      for (let step = 0; step <= steps; step++) {
        at.push(step);
        SUBJECTS.forEach((_, k) => {
          curves[k]?.push(accuracyOn(model, tuning.weights(k), tested));
        });
        if (step < steps) tuning.advance();
        yield { done: step, total: steps };
      }
      const values = SUBJECTS.map((subject, k) => {
        const curve = curves[k] as number[];
        const first = curve.findIndex((accuracy) => accuracy >= recovered * before);
        const relearnSteps = single(first < 0 ? steps + 1 : first);
        return [subject, { relearnAccuracy: { steps: at, values: curve }, relearnSteps }];
      });
      return {
        values: Object.fromEntries(values),
        notes: [
          `${shown.length} examples of the ${source} set; tested on ${tested.y.length} forget examples${left.length > 0 ? ' that the attacker does not have' : ', the same ones: there are no others'}.`,
        ],
      };
    } finally {
      tuning.dispose();
    }
  },
});
