// How many steps of training on all pairs it takes until the error on the forget set is again about what it was in the original
// model, and that number beside the retrained model's: the anamnesis index (AIN). Chundawat et al. 2023, section 4.3; Tarun et
// al. 2023 for regression, whose metrics.py trains on the absolute error. Here the loss is the family's own, the squared error.
import { type AttackSubject, type AttackView, attack, single } from '../../engine/contracts/attack.ts';
import { drawFrom } from '../../engine/contracts/attack-rows.ts';
import { logitsAt } from '../../engine/network/serve.ts';
import { type CurveData, inputsOf, momentsOf } from './curve.ts';

const SUBJECTS: readonly AttackSubject[] = ['unlearned', 'original', 'retrained', 'fresh'];

export const relearning = attack({
  id: 'relearn-numbers',
  title: 'Relearning',
  summary:
    'Goes on training on all pairs, or on some of the forgotten ones, and counts the steps until the error on the forget set is what it was.',
  citation: {
    authors: 'Chundawat, Tarun, Mandal, Kankanhalli',
    title: 'Zero-Shot Machine Unlearning',
    year: 2023,
    url: 'https://arxiv.org/abs/2201.05629',
    where: 'anamnesis index',
  },
  params: {
    source: {
      kind: 'choice',
      label: 'Trained on',
      help: 'All pairs, as the index is defined, or forget pairs alone.',
      default: 'all pairs',
      options: ['all pairs', 'forget pairs'],
    },
    examples: {
      kind: 'int',
      label: 'Forget pairs',
      symbol: 'm',
      help: 'How many of them the attacker has, where it trains on forget pairs alone.',
      default: 20,
      min: 1,
      max: 1000,
    },
    steps: { kind: 'int', label: 'Steps', help: 'Updates that are made at most.', default: 150, min: 1, max: 2000 },
    learningRate: {
      kind: 'number',
      label: 'Learning rate',
      symbol: 'η',
      help: 'Of Adam; the same for every model.',
      default: 0.001,
      min: 1e-5,
      max: 1,
      scale: 'log',
    },
    within: {
      kind: 'number',
      label: 'Relearned at',
      help: 'The forget set counts as relearned once its mean absolute error is at most this many times the original model’s.',
      default: 1.05,
      min: 1,
      max: 10,
      scale: 'log',
    },
  },
  values: [
    {
      id: 'relearnSteps',
      title: 'Steps to relearn',
      summary:
        'First step at which the error on the forget set is about the original model’s; one more than the steps made if it never is.',
      unit: 'count',
      most: 'steps',
    },
    {
      id: 'anamnesis',
      title: 'Anamnesis index (AIN)',
      summary:
        'Steps to relearn, divided by those of the retrained model. 1 is the aim; far below, something was left. Where the retrained model does not get there, either, the index says nothing: look at the steps.',
      unit: 'factor',
    },
    {
      id: 'relearnExplained',
      title: 'Forget R² while relearning',
      summary: 'Share of the variance of all numbers that the model explains on the forget set, step by step.',
      unit: 'fraction',
    },
  ],
  work: ({ steps, source, examples }, { forget, retain }) =>
    SUBJECTS.length * steps * (3 * (source === 'all pairs' ? forget + retain : Math.min(forget, examples)) + forget),
  run: function* (view: AttackView<CurveData>, { source, examples, steps, learningRate, within }) {
    const { model, split, key } = view;
    const { train, inputs } = view.dataset;
    const { variance } = momentsOf(train.y);
    const shown =
      source === 'all pairs'
        ? Int32Array.from([...split.forget, ...split.retain]).sort()
        : drawFrom(split.forget, examples, key, 'examples');
    const seen = split.forget.map((i) => i);
    const x = inputsOf(train, seen, inputs);
    const errorsOf = (weights: Float32Array): { readonly absolute: number; readonly squared: number } => {
      const said = logitsAt(model, weights, x);
      let [absolute, squared] = [0, 0];
      seen.forEach((i, row) => {
        const away = (said[row] as number) - (train.y[i] as number);
        absolute += Math.abs(away) / seen.length;
        squared += (away * away) / seen.length;
      });
      return { absolute, squared };
    };
    const goal = within * errorsOf(view.weights('original')).absolute;
    const tuning = view.tune(
      SUBJECTS.map((subject) => view.weights(subject)),
      shown,
      { optimizer: 'adam', learningRate, steps },
    );
    try {
      const at: number[] = [];
      const curves = SUBJECTS.map((): number[] => []);
      const first = SUBJECTS.map(() => steps + 1);
      for (let step = 0; step <= steps; step++) {
        at.push(step);
        SUBJECTS.forEach((_, k) => {
          const { absolute, squared } = errorsOf(tuning.weights(k));
          curves[k]?.push(Math.max(0, 1 - squared / variance));
          if (absolute <= goal) first[k] = Math.min(first[k] as number, step);
        });
        if (step < steps) tuning.advance();
        yield { done: step, total: steps };
      }
      const ofRetrained = first[SUBJECTS.indexOf('retrained')] as number;
      const values = SUBJECTS.map((subject, k) => [
        subject,
        {
          relearnSteps: single(first[k] as number),
          anamnesis: single((first[k] as number) / Math.max(1, ofRetrained)),
          relearnExplained: { steps: at, values: curves[k] as number[] },
        },
      ]);
      const isCut = ofRetrained > steps;
      return {
        values: Object.fromEntries(values),
        notes: [
          `Trained on ${shown.length} pairs; relearned at an error of ${goal.toFixed(3)}.`,
          ...(isCut
            ? [
                'The retrained model does not get there in these steps, either: the index is cut off there and says little.',
              ]
            : []),
        ],
      };
    } finally {
      tuning.dispose();
    }
  },
});
