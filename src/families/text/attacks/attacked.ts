import { meanOf } from '../../../engine/base/statistics.ts';
import type { AttackSeries, AttackSubject, AttackView } from '../../../engine/contracts/attack.ts';
import type { AnswerJudge } from '../answers.ts';
import type { TextReadings, WorldLibrary } from '../outputs.ts';
import { answerProbability } from '../sequence-metrics.ts';
import type { World } from '../world.ts';

/** What attacks on a model of words see of its world. */
export interface TextAttacked {
  readonly world: World;
  readonly judge: AnswerJudge;
  readonly library: WorldLibrary;
  /** Tokens as words. */
  readonly words: (tokens: readonly number[]) => readonly string[];
  /** What the network says at weights [P]; nothing is kept from one call to the next. */
  readonly readings: (weights: Float32Array) => TextReadings;
}

export type TextAttackView = AttackView<TextAttacked>;

export const SUBJECTS: readonly AttackSubject[] = ['unlearned', 'original', 'retrained', 'fresh'];

/** How many retained facts are looked at. */
const RETAINED = 60;

/** The facts that are looked at: all that are forgotten, the last of those that are kept. */
export const sidesOf = ({ split }: Pick<TextAttackView, 'split'>): Readonly<Record<'forget' | 'retain', number[]>> => ({
  forget: [...split.forget],
  retain: [...split.retain].slice(-RETAINED),
});

/** Mean probability of the learned answers, per word. */
export const probabilityOf = (readings: TextReadings, items: readonly number[]): number =>
  meanOf(readings.losses(items).map((loss) => answerProbability([-loss])));

/** The share of some facts that are answered truly. */
export const truthOf = (
  { world, judge, words }: TextAttacked,
  readings: TextReadings,
  items: readonly number[],
): number => {
  const said = readings.answers(items);
  return meanOf(
    items.map((i, n) => {
      const item = world.items[i];
      return item && judge.classOf(words(said[n]?.tokens ?? []), item) === 'true' ? 1 : 0;
    }),
  );
};

/** The values of every subject. */
export const bySubject = (
  of: (subject: AttackSubject) => Readonly<Record<string, AttackSeries>>,
): Readonly<Partial<Record<AttackSubject, Readonly<Record<string, AttackSeries>>>>> =>
  Object.fromEntries(SUBJECTS.map((subject) => [subject, of(subject)]));

/** Forward passes of one row, about, of asking for so many answers. */
export const rowsOfAnswers = (answers: number): number => 8 * answers;
