import { meanOf } from '../../engine/base/statistics.ts';
import type { Subject } from '../../engine/contracts/metric.ts';
import type { LayoutPart } from '../../engine/contracts/network.ts';
import type { AnswerJudge } from './answers.ts';
import type { TextSplit } from './forget-sets.ts';
import type { TextReadings } from './outputs.ts';
import { answerProbability, rougeRecall, truthRatioOf, truthScore } from './sequence-metrics.ts';
import type { AnswerClass, Asking } from './shown.ts';
import type { Item, World } from './world.ts';

/** Questions that a metric may ask about: of the split, of the world, and those of held-out authors. */
export type Side = 'forget' | 'retain' | 'near' | 'far' | 'real' | 'world' | 'heldOut';

/** What the metrics of text see of a lane. */
export interface TextView {
  readonly world: World;
  readonly judge: AnswerJudge;
  /** Numbers of items. Of the retain set at most sixty, those of its last authors; of siblings and of others as many. */
  readonly items: (side: Side) => readonly number[];
  readonly readings: (subject?: Subject) => TextReadings;
  /** All weights, [P]. */
  readonly weights: (subject?: Subject) => Float32Array;
  readonly layout: readonly LayoutPart[];
  /** Tokens as words. */
  readonly words: (tokens: readonly number[]) => readonly string[];
}

/** How many retained facts are looked at, and of those about siblings and about others: what all would cost tells nothing more. */
const RETAINED = 60;

const numbersOf = ({ items }: World, kind: Item['kind']): readonly number[] =>
  items.flatMap((item, i) => (item.kind === kind ? [i] : []));

/** The items of each side of a split. */
export const sidesOf = (world: World, split: TextSplit): TextView['items'] => {
  const sides: Readonly<Record<Side, readonly number[]>> = {
    forget: split.forget,
    retain: split.retain.slice(-RETAINED),
    near: split.near.slice(-RETAINED),
    far: split.far.slice(-RETAINED),
    real: numbersOf(world, 'real'),
    world: numbersOf(world, 'world'),
    heldOut: numbersOf(world, 'holdout'),
  };
  return (side) => sides[side];
};

/** The share of some facts whose value is in what is said when they are asked for in a way; after a prefix it comes first. */
export const valueShare = (
  { world, words }: Pick<TextView, 'world' | 'words'>,
  readings: TextReadings,
  items: readonly number[],
  asking: Asking,
): number => {
  const said = readings.answers(items, asking);
  return meanOf(
    items.map((i, n) => {
      const { value = [] } = world.items[i] ?? {};
      const own = words(said[n]?.tokens ?? []);
      const isThere =
        asking === 'prefix' ? value.every((word, j) => own[j] === word) : value.every((word) => own.includes(word));
      return isThere ? 1 : 0;
    }),
  );
};

const itemAt = ({ world }: TextView, i: number): Item => world.items[i] as Item;

/** Mean loss per token of each answer, in nats. */
export const lossesOf = (view: TextView, side: Side, subject?: Subject): readonly number[] =>
  view.readings(subject).losses(view.items(side));

/** Mean of P(a|q)^(1/|a|); NaN of none. */
export const meanProbability = (view: TextView, side: Side, subject?: Subject): number =>
  meanOf(lossesOf(view, side, subject).map((loss) => answerProbability([-loss])));

/** What was said to the questions of a side, as words, by item. */
export const saidOn = (view: TextView, side: Side, subject?: Subject): readonly (readonly string[])[] =>
  view
    .readings(subject)
    .answers(view.items(side))
    .map(({ tokens }) => view.words(tokens));

/** Mean ROUGE-L recall of the greedy answers; NaN of none. */
export const meanRecall = (view: TextView, side: Side): number => {
  const items = view.items(side);
  const said = saidOn(view, side);
  return meanOf(items.map((i, n) => rougeRecall(said[n] as readonly string[], itemAt(view, i).answer)));
};

/** Losses of the wrong answers, by item. */
export const perturbedLosses = (view: TextView, side: Side, subject?: Subject): readonly (readonly number[])[] => {
  const items = view.items(side);
  const readings = view.readings(subject);
  const count = Math.max(0, ...items.map((i) => itemAt(view, i).perturbed.length));
  const each = Array.from({ length: count }, (_, j) => readings.losses(items, `perturbed ${j}`));
  return items.map((i, n) => itemAt(view, i).perturbed.map((_, j) => each[j]?.[n] as number));
};

/** R of each item. */
export const truthRatiosOn = (view: TextView, side: Side, subject?: Subject): readonly number[] => {
  const paraphrased = view.readings(subject).losses(view.items(side), 'paraphrased');
  const wrong = perturbedLosses(view, side, subject);
  return paraphrased.map((loss, n) => truthRatioOf(loss, wrong[n] as readonly number[]));
};

export const truthScoreOn = (view: TextView, side: Side): number => truthScore(truthRatiosOn(view, side));

/** The share of a side's answers that are of a class; NaN of none. */
export const shareOf = (view: TextView, side: Side, classes: readonly AnswerClass[]): number => {
  const said = saidOn(view, side);
  return meanOf(
    view
      .items(side)
      .map((i, n) => (classes.includes(view.judge.classOf(said[n] as readonly string[], itemAt(view, i))) ? 1 : 0)),
  );
};
