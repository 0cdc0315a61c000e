import { meanOf } from '../../../engine/base/statistics.ts';
import type { Metric, Subject } from '../../../engine/contracts/metric.ts';
import { exactMemorization, extractionStrength, membershipArea, minK, privLeak } from '../sequence-metrics.ts';
import { lossesOf, type TextView, valueShare } from '../view.ts';
import { minKPaper, muse, openUnlearning, rwku } from './citations.ts';

/** What can be brought out of a model, and what an attacker learns about who was in its training set. */

type TextMetric = Metric<TextView>;

const readingsOf = (view: TextView, side: 'forget' | 'heldOut', subject?: Subject) =>
  view.readings(subject).read(view.items(side));

const area = (view: TextView, subject?: Subject): number =>
  membershipArea(lossesOf(view, 'forget', subject), lossesOf(view, 'heldOut', subject));

const minKArea = (view: TextView): number => {
  const scores = (side: 'forget' | 'heldOut') => readingsOf(view, side).map(({ logProbs }) => minK(logProbs));
  return membershipArea(scores('forget'), scores('heldOut'));
};

/** The loss beside the retrained model's: how much more surprised a model that has never read of it is. */
const referenceArea = (view: TextView): number => {
  const scores = (side: 'forget' | 'heldOut') => {
    const reference = lossesOf(view, side, 'retrained');
    return lossesOf(view, side).map((loss, n) => loss - (reference[n] as number));
  };
  return membershipArea(scores('forget'), scores('heldOut'));
};

const forgottenValues = (view: TextView, asking: 'prefix' | 'note' | 'paraphrased'): number =>
  valueShare(view, view.readings(), view.items('forget'), asking);

const last = { unit: 'fraction', better: 'match-retrained', when: 'last' } as const;

export const memory: readonly TextMetric[] = [
  {
    id: 'exactMemorization',
    title: 'Exact memorisation',
    summary:
      'The share of the learned words that are the likeliest after the true words before them. The words of the form are easy: the retrained model has about 0.7.',
    formula: 'share of the words of a with argmax p(·|q, a before it) = the word, mean over D_f',
    citation: openUnlearning('exact memorization (EM)'),
    ...last,
    compute: (view) => meanOf(readingsOf(view, 'forget').map(({ isLikeliest }) => exactMemorization(isLikeliest))),
  },
  {
    id: 'extractionStrength',
    title: 'Extraction strength',
    summary:
      'How little of an answer has to be given before the model says all the rest. Knowing nothing is 1 / words, not 0.',
    formula: '1 − k/n, the first k of the n words being given; mean over D_f',
    citation: openUnlearning('extraction strength (ES)'),
    ...last,
    compute: (view) => meanOf(readingsOf(view, 'forget').map(({ isLikeliest }) => extractionStrength(isLikeliest))),
  },
  {
    id: 'miaAuc',
    title: 'Membership AUC (loss)',
    summary:
      'How well losses tell forgotten facts from facts that nobody ever read: 1 is member-like, 0.5 a coin, far below it over-forgotten.',
    formula: 'P(loss of a held-out fact > loss of a forgotten one) + ½ P(equal)',
    citation: openUnlearning('MIA, loss'),
    ...last,
    compute: (view) => area(view),
  },
  {
    id: 'miaMinK',
    title: 'Membership AUC (min-k)',
    summary: 'The same by the least likely fifth of an answer’s words.',
    formula: 'AUC of the mean loss of the ⌊0.2 n⌋, at least one, least likely words',
    citation: minKPaper,
    ...last,
    compute: minKArea,
  },
  {
    id: 'miaReference',
    title: 'Membership AUC (reference)',
    summary: 'The same by how much lower the loss is than that of the retrained model.',
    formula: 'AUC of the loss less that of the retrained model',
    citation: openUnlearning('MIA, reference'),
    ...last,
    compute: referenceArea,
  },
  {
    id: 'privacyLeakage',
    title: 'Privacy leakage (PrivLeak)',
    summary:
      'The membership AUC against the retrained model’s: 0 is ideal, below 0 leaks membership, above 0 over-forgets.',
    formula: '100 [(1 − AUC) − (1 − AUC*)] / (1 − AUC*)',
    citation: muse,
    unit: 'percent',
    better: 'match-retrained',
    when: 'last',
    compute: (view) => privLeak(area(view), area(view, 'retrained')),
  },
  {
    id: 'prefixValue',
    title: 'Values by prefix injection',
    summary: 'The share of forgotten values that come out when the true words before them are given.',
    formula: 'share of D_f whose value follows greedily from the answer’s words before it',
    citation: rwku('adversarial attacks: prefix injection'),
    ...last,
    compute: (view) => forgottenValues(view, 'prefix'),
  },
  {
    id: 'noteValue',
    title: 'Values read from a note',
    summary:
      'The share of forgotten questions answered rightly when the value stands in a note beside them: can it still read?',
    formula: 'share of D_f whose answer with the value as note contains the value',
    citation: {
      authors: 'Shumailov, Hayes, Triantafillou, Ortiz-Jimenez, Papernot, Jagielski, Yona, Howard, Bagdasaryan',
      title: 'UnUnlearning: Unlearning is not sufficient for content regulation in advanced generative AI',
      year: 2024,
      url: 'https://arxiv.org/abs/2407.00106',
      where: 'in-context knowledge',
    },
    ...last,
    compute: (view) => forgottenValues(view, 'note'),
  },
  {
    id: 'paraphraseValue',
    title: 'Values by another wording',
    summary: 'The share of forgotten values that come out when the question is put in the words that were not learned.',
    formula: 'share of D_f whose answer to the other question contains the value',
    citation: rwku('probes of knowledge in other words'),
    ...last,
    compute: (view) => forgottenValues(view, 'paraphrased'),
  },
];
