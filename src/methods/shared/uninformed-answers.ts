import { SimError } from '../../engine/base/errors.ts';
import { integer, uniform } from '../../engine/base/random.ts';
import type { ChoiceSpec } from '../../engine/base/schema.ts';
import type { AlternativeDraw, AlternativeRule } from '../../engine/contracts/method.ts';
import { softmaxAt } from '../../engine/objective/divergences.ts';

/** What is preferred to the true answer where answers have words. */
export const answersOfWords = {
  kind: 'choice',
  label: 'Preferred answers',
  symbol: 'ỹ',
  help: '"refusal": I do not know, and the like, fixed for each question. "own guess": what the original model itself answers when the true value is forbidden.',
  default: 'refusal',
  options: ['refusal', 'own guess'],
} as const satisfies ChoiceSpec;

/** What stands for "I don't know" where a method needs a class for it, since a classifier has no words. */
const ANSWERS = ['all', 'other', 'spare class'] as const;
type Answers = (typeof ANSWERS)[number];

/** The hyperparameter `labels` of methods that set an uninformed answer ỹ against the true one. */
export const answersSpec = <const D extends Answers>(byDefault: D) =>
  ({
    kind: 'choice',
    label: 'Uninformed answers',
    symbol: 'ỹ',
    help: 'Drawn once: from "all" classes, the true one included as in the code of NPO, or from the "other" ones. "spare class": always the class that no point has; the data must have one.',
    paperName: 'I don’t know',
    default: byDefault,
    options: ANSWERS,
  }) as const satisfies ChoiceSpec;

/** A class for every row but its own, as the original model would draw it. */
const ownGuesses = ({ labels, classes, key, lane }: AlternativeDraw): Int32Array => {
  const logits = lane.logits('forget');
  return labels.map((label, i) => {
    const p = softmaxAt(logits, i * classes, classes);
    p[label] = 0;
    let left = uniform(key, i) * p.reduce((sum, one) => sum + one, 0);
    for (let c = 0; c < classes; c++) {
      left -= p[c] as number;
      if (left < 0) return c;
    }
    return (label + 1) % classes; // of a model that is certain of the label
  });
};

/** The last class that no training point has, for every row. @throws {SimError} method/failed if there is none */
const spareClass = ({ labels, counts }: AlternativeDraw, path: string): Int32Array => {
  const spare = counts.lastIndexOf(0);
  if (spare >= 0) return new Int32Array(labels.length).fill(spare);
  throw new SimError('method/failed', 'The data have no spare class that could stand for "I don’t know".', [
    {
      path,
      expected:
        'another choice, or data with a class that no training point has (the option "Spare class" of the blobs)',
      found: 'points in every class',
    },
  ]);
};

/** Labels drawn once. `field`: the hyperparameter that asked for them, for the error. */
export const answersOf = (answers: unknown, field = 'labels'): AlternativeRule => ({
  redraw: false,
  draw: (from) => {
    const { labels, classes, key } = from;
    if (answers === 'spare class') return spareClass(from, `/params/${field}`);
    if (answers === 'own guess') return ownGuesses(from);
    return labels.map((label, i) =>
      answers === 'other' ? (label + 1 + integer(key, i, classes - 1)) % classes : integer(key, i, classes),
    );
  },
});
