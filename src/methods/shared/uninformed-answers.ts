import { SimError } from '../../engine/base/errors.ts';
import { integer } from '../../engine/base/random.ts';
import type { ChoiceSpec } from '../../engine/base/schema.ts';
import type { AlternativeDraw, AlternativeRule } from '../../engine/contracts/method.ts';

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
    return labels.map((label, i) =>
      answers === 'other' ? (label + 1 + integer(key, i, classes - 1)) % classes : integer(key, i, classes),
    );
  },
});
