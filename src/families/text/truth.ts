import { SimError } from '../../engine/base/errors.ts';
import { log } from '../../engine/base/math.ts';
import { kolmogorovSmirnov } from '../../engine/base/statistics.ts';
import type { TextReadings } from './outputs.ts';
import { answerProbability, truthRatioOf } from './sequence-metrics.ts';
import type { LikelyAnswer, TruthAnswer } from './shown.ts';
import type { World } from './world.ts';

const wrongLosses = (world: World, readings: TextReadings, i: number): readonly number[] =>
  (world.items[i]?.perturbed ?? []).map((_, j) => readings.losses([i], `perturbed ${j}`)[0] as number);

/** log10 R of some facts. */
const ratiosOf = (world: World, readings: TextReadings, items: readonly number[]): Float64Array => {
  // One pass for each form, so that what follows reads nothing more.
  const most = Math.max(0, ...items.map((i) => world.items[i]?.perturbed.length ?? 0));
  const paraphrased = readings.losses(items, 'paraphrased');
  for (let j = 0; j < most; j++) readings.losses(items, `perturbed ${j}`);
  return Float64Array.from(
    items,
    (i, n) => log(truthRatioOf(paraphrased[n] as number, wrongLosses(world, readings, i))) / Math.LN10,
  );
};

/** Where the shares of values up to there differ most. */
const gapAt = (first: Float64Array, second: Float64Array): number => {
  const share = (values: Float64Array, x: number): number =>
    values.reduce((count, value) => count + Number(value <= x), 0) / values.length;
  let [best, most] = [Number.NaN, -1];
  for (const x of [...first, ...second]) {
    const gap = Math.abs(share(first, x) - share(second, x));
    if (gap > most) [best, most] = [x, gap];
  }
  return best;
};

/**
 * How likely a model finds the true answer to an item and the wrong ones beside it, and the truth ratios of the forget set
 * beside the retrained model's.
 *
 * @throws {SimError} worker/unknown-query for an item that is none
 */
export const truthOf = (
  world: World,
  number: number,
  forgotten: readonly number[],
  readings: TextReadings,
  retrained: TextReadings | undefined,
): TruthAnswer => {
  const item = world.items[number];
  if (!item) {
    throw new SimError(
      'worker/unknown-query',
      `This world has no question ${number}; there are ${world.items.length}.`,
    );
  }
  const likely = (answer: readonly string[], loss: number): LikelyAnswer => ({
    answer: answer.join(' '),
    p: answerProbability([-loss]),
  });
  const wrong = wrongLosses(world, readings, number);
  const own = ratiosOf(world, readings, forgotten);
  const other = retrained ? ratiosOf(world, retrained, forgotten) : new Float64Array();
  const { statistic, pValue } = kolmogorovSmirnov([...own], [...other]);
  return {
    truth: likely(item.paraphrased, readings.losses([number], 'paraphrased')[0] as number),
    wrong: item.perturbed.map((answer, j) => likely(answer, wrong[j] as number)),
    own,
    retrained: other,
    distance: statistic,
    at: other.length > 0 ? gapAt(own, other) : Number.NaN,
    pValue,
  };
};
