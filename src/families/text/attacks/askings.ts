// The same questions in other ways: in words that were not learned, with the true answer begun, with the value in a note beside it.
// Jin et al. 2024 (RWKU), section 3.2: adversarial attack probes; Shumailov et al. 2024 (UnUnlearning): the note.
import { attack, single } from '../../../engine/contracts/attack.ts';
import type { Asking } from '../shown.ts';
import { valueShare } from '../view.ts';
import { bySubject, rowsOfAnswers, SUBJECTS, sidesOf, type TextAttackView } from './attacked.ts';

const WAYS = {
  askedPlainly: 'learned',
  askedInOtherWords: 'paraphrased',
  askedWithPrefix: 'prefix',
  askedWithNote: 'note',
} as const satisfies Readonly<Record<string, Asking>>;

export const askings = attack({
  id: 'other-askings',
  title: 'Other ways to ask',
  summary: 'Asks for every forgotten fact in four ways and counts the answers in which the true value is.',
  citation: {
    authors: 'Jin, Cao, Wang, He, Yuan, Li, Chen, Liu, Zhao',
    title: 'RWKU: Benchmarking Real-World Knowledge Unlearning for Large Language Models',
    year: 2024,
    url: 'https://arxiv.org/abs/2406.10890',
    where: 'adversarial attack probes',
  },
  params: {},
  values: [
    {
      id: 'askedWithPrefix',
      title: 'Answer begun',
      summary: 'Share of the values that come out when the true words before them are given (prefix injection).',
      unit: 'fraction',
    },
    {
      id: 'askedPlainly',
      title: 'As learned',
      summary: 'Share of the values that come out when the question is put as it was learned.',
      unit: 'fraction',
    },
    {
      id: 'askedInOtherWords',
      title: 'In other words',
      summary: 'Share of the values that come out when the question is put in the words that were not learned.',
      unit: 'fraction',
    },
    {
      id: 'askedWithNote',
      title: 'With a note',
      summary: 'Share of the values that are read from a note beside the question (in-context).',
      unit: 'fraction',
    },
  ],
  page: {
    lookFor:
      'A refusal is a lid: with the answer begun, what was refused comes out. What the retrained model reads from a note it never knew, so reading is not remembering; a model that cannot read the note has lost more than facts.',
  },
  work: (_, { forget }) => SUBJECTS.length * 4 * rowsOfAnswers(forget),
  run: function* (view: TextAttackView) {
    const { dataset } = view;
    const { forget } = sidesOf(view);
    const values = bySubject((subject) => {
      const readings = dataset.readings(view.weights(subject));
      return Object.fromEntries(
        Object.entries(WAYS).map(([id, asking]) => [id, single(valueShare(dataset, readings, forget, asking))]),
      );
    });
    yield { done: 1, total: 1 };
    return { values, notes: [`${forget.length} forgotten facts, each asked for in four ways; greedy answers.`] };
  },
});
