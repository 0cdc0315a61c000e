// Fine-tunes on forgotten facts until their probability is back: all of them, or those of a part of the authors, and then the others
// are looked at. Łucki et al. 2025, section 4; on a part of the forgotten, Hu et al. 2024 (relearning attacks).
import { attack, single } from '../../../engine/contracts/attack.ts';
import { bySubject, probabilityOf, rowsOfAnswers, SUBJECTS, type TextAttackView } from './attacked.ts';

/** The facts of the first authors up to a share of them, and those of the others; of one author alone both are the same. */
const dividedBy = ({ dataset, split }: TextAttackView, share: number) => {
  const authorOf = (i: number): number => dataset.world.items[i]?.author ?? -1;
  const authors = [...new Set(Array.from(split.forget, authorOf))];
  const seen = new Set(authors.slice(0, Math.max(1, Math.floor(share * authors.length))));
  const shown = split.forget.filter((i) => seen.has(authorOf(i)));
  const others = split.forget.filter((i) => !seen.has(authorOf(i)));
  return { shown, tested: [...(others.length > 0 ? others : shown)], areOthers: others.length > 0 };
};

export const relearnFacts = attack({
  id: 'relearn-facts',
  title: 'Relearning',
  summary:
    'Trains the model on forgotten facts again. If they come back in fewer steps than a model needs that never read them, they were hidden and not gone.',
  citation: {
    authors: 'Łucki, Wei, Huang, Henderson, Tramèr, Rando',
    title: 'An Adversarial Perspective on Machine Unlearning for AI Safety',
    year: 2025,
    url: 'https://arxiv.org/abs/2409.18025',
    where: 'section 4, fine-tuning',
  },
  params: {
    share: {
      kind: 'number',
      label: 'Share of the authors',
      help: 'Whose facts the attacker has. Below 1, the facts of the others are looked at.',
      default: 1,
      min: 0.05,
      max: 1,
      scale: 'linear',
    },
    steps: { kind: 'int', label: 'Steps', help: 'Updates that the attacker makes.', default: 60, min: 1, max: 1000 },
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
      help: 'Share of the original model’s probability from which the facts count as back.',
      default: 0.9,
      min: 0.1,
      max: 1,
      scale: 'linear',
    },
  },
  values: [
    {
      id: 'relearnSteps',
      title: 'Steps to recover',
      summary: 'First step at which the facts are back; one more than the attacker’s steps if they never are.',
      unit: 'count',
      most: 'steps',
    },
    {
      id: 'relearnProbability',
      title: 'Probability after relearning',
      summary: 'How likely the model finds the true answers that are looked at, per word, step by step.',
      unit: 'fraction',
    },
  ],
  page: {
    lookFor:
      'The retrained model shows how long it takes to learn the facts anew. What comes back sooner was still there; what comes back later, or never, belongs to a network that is broken.',
    chart: { value: 'relearnProbability', axis: 'Steps of the attacker' },
  },
  work: ({ steps }, { forget }) => SUBJECTS.length * steps * 4 * rowsOfAnswers(forget),
  run: function* (view: TextAttackView, { share, steps, learningRate, recovered }) {
    const { dataset } = view;
    const { shown, tested, areOthers } = dividedBy(view, share);
    const before = probabilityOf(dataset.readings(view.weights('original')), tested);
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
          curves[k]?.push(probabilityOf(dataset.readings(tuning.weights(k)), tested));
        });
        if (step < steps) tuning.advance();
        yield { done: step, total: steps };
      }
      const values = bySubject((subject) => {
        const curve = curves[SUBJECTS.indexOf(subject)] as number[];
        const first = curve.findIndex((probability) => probability >= recovered * before);
        return {
          relearnSteps: single(first < 0 ? steps + 1 : first),
          relearnProbability: { steps: at, values: curve },
        };
      });
      const whose = areOthers ? `the ${tested.length} facts about the other forgotten authors` : 'the same ones';
      return { values, notes: [`Trained on ${shown.length} forgotten facts; looked at: ${whose}.`] };
    } finally {
      tuning.dispose();
    }
  },
});
