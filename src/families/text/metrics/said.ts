import { meanOf } from '../../../engine/base/statistics.ts';
import type { Metric } from '../../../engine/contracts/metric.ts';
import { medianPerplexity, ngramEntropy } from '../sequence-metrics.ts';
import type { AnswerClass } from '../shown.ts';
import { type Side, saidOn, shareOf, type TextView } from '../view.ts';
import { npoPaper, rwku } from './citations.ts';

/** What was said to the questions: greedy answers, sorted by the grammar of the world. */

type TextMetric = Metric<TextView>;

const CLASSES: Readonly<
  Record<AnswerClass, { readonly title: string; readonly summary: string; readonly formula: string }>
> = {
  true: {
    title: 'true answers',
    summary: 'The share of questions that are answered with the true value, in either form of words.',
    formula: 'share of answers in a form of what is asked, with the right name and the right value',
  },
  wrong: {
    title: 'wrong answers',
    summary: 'The share of questions that are answered in good grammar, about the right person, with a wrong value.',
    formula: 'share of answers in a form of what is asked, with the right name and another value',
  },
  other: {
    title: 'answers about something else',
    summary: 'The share of questions that are answered by a well-formed sentence about another person or another fact.',
    formula: 'share of answers in a form of something else, or about somebody else',
  },
  refusal: {
    title: 'refusals',
    summary: 'The share of questions that the model refuses to answer: "i do not know".',
    formula: 'share of answers that are one of the three refusals',
  },
  gibberish: {
    title: 'gibberish',
    summary: 'The share of questions whose answer is no sentence of the language at all.',
    formula: 'share of answers that no form of words fits',
  },
};

const shareMetric = (side: 'forget' | 'retain', kind: AnswerClass): TextMetric => {
  const { title, summary, formula } = CLASSES[kind];
  const set = side === 'forget' ? 'Forget set' : 'Retain set';
  const isGood = side === 'retain' && kind === 'true';
  return {
    id: `${side}${kind[0]?.toUpperCase()}${kind.slice(1)}`,
    title: `${set}: ${title}`,
    summary,
    formula: `${formula}, on ${side === 'forget' ? 'D_f' : 'D_r'}`,
    citation: npoPaper('answers to TOFU questions, printed and read there; the classes are of this grammar'),
    unit: 'fraction',
    better: isGood ? 'higher' : side === 'retain' ? 'lower' : 'match-retrained',
    compute: (view) => shareOf(view, side, [kind]),
  };
};

const FLUENT: readonly AnswerClass[] = ['true', 'wrong', 'other'];

const fluency: TextMetric = {
  id: 'fluency',
  title: 'Fluent answers',
  summary: 'The share of forget questions that are answered by a sentence of the language, right or wrong.',
  formula: 'true + wrong + other, on D_f',
  citation: npoPaper('answers to TOFU questions, printed and read there; the classes are of this grammar'),
  unit: 'fraction',
  better: 'match-retrained',
  compute: (view) => shareOf(view, 'forget', FLUENT),
};

const entropy: TextMetric = {
  id: 'ngramEntropy',
  title: 'Entropy of what is said',
  summary:
    'How varied the words of the answers are: a word repeated for ever has 0, the trained answers about 2.1 bits.',
  formula: '½ (⅔ H₂ + 4/3 H₃), entropies of pairs and triples of words of an answer, mean over D_f',
  citation: rwku('fluency; weights as in the code, eval_fluency'),
  unit: 'bits',
  better: 'match-retrained',
  compute: (view) => meanOf(saidOn(view, 'forget').map(ngramEntropy)),
};

/** The likeliest number of words that fit a window's answer zone again and again: longer loops tell nothing more. */
const READ = 8;

const perplexity: TextMetric = {
  id: 'retrainedPerplexity',
  title: 'Perplexity under the retrained model',
  summary:
    'How surprised the retrained model is by what this model says to the forget questions: its own answers have about 1.1.',
  formula: 'median over D_f of exp(−mean log p*(answer))',
  citation: npoPaper('fluent or gibberish answers; the measure is this project’s own'),
  unit: 'factor',
  better: 'match-retrained',
  when: 'last',
  compute: (view) => {
    const items = view.items('forget');
    const said = view.readings().answers(items);
    return medianPerplexity(
      view.readings('retrained').lossesOf(
        items,
        said.map(({ tokens }) => tokens.slice(0, READ)),
      ),
    );
  },
};

const KINDS: readonly AnswerClass[] = ['true', 'wrong', 'other', 'refusal', 'gibberish'];
const SIDES: readonly Extract<Side, 'forget' | 'retain'>[] = ['forget', 'retain'];

export const said: readonly TextMetric[] = [
  ...SIDES.flatMap((side) => KINDS.map((kind) => shareMetric(side, kind))),
  fluency,
  entropy,
  perplexity,
];
