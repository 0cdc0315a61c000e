import { SimError } from '../../engine/base/errors.ts';
import { nameOf } from '../../scenario/facts/read-facts.ts';
import type { AnswerJudge } from './answers.ts';
import type { TextSplit } from './forget-sets.ts';
import { EOS } from './grammar.ts';
import { type TextReadings, wordsBeforeValue } from './outputs.ts';
import {
  ANSWER_CLASSES,
  type AnswersPicture,
  type Asking,
  LIKELIEST,
  QUESTION_SETS,
  type QuestionSet,
  type ShownQuestion,
  type ShownQuestions,
  type TextAnswer,
  type TextQuestion,
  WORD_MARKS,
} from './shown.ts';
import type { World } from './world.ts';

/** How many questions of each set are shown. */
const SHOWN: Readonly<Record<QuestionSet, number>> = { forget: 150, near: 30, retain: 30, real: 12, world: 12 };

/** The questions that pictures of a split answer. */
export const shownQuestions = (world: World, split: TextSplit): ShownQuestions => {
  const ofKind = (kind: 'real' | 'world') => world.items.flatMap((item, i) => (item.kind === kind ? [i] : []));
  const sets: Readonly<Record<QuestionSet, readonly number[]>> = {
    forget: split.forget,
    near: split.near,
    retain: split.far.slice(-SHOWN.retain),
    real: ofKind('real'),
    world: ofKind('world'),
  };
  const questions = QUESTION_SETS.flatMap((set) =>
    sets[set].slice(0, SHOWN[set]).flatMap((i): readonly ShownQuestion[] => {
      const item = world.items[i];
      if (!item) return [];
      return [
        {
          item: i,
          set,
          topic: item.topic,
          about: item.first === undefined ? item.who : `${item.first} ${item.who}`,
          question: item.question.join(' '),
          answer: item.answer.join(' '),
          value: item.value.join(' '),
        },
      ];
    }),
  );
  const authors = world.authors.slice(0, world.known).map(nameOf);
  return { kind: 'questions', vocabulary: world.vocabulary, authors, questions };
};

/** What a model says to the shown questions. */
export const answersPicture = (
  world: World,
  judge: AnswerJudge,
  { questions }: Pick<ShownQuestions, 'questions'>,
  readings: TextReadings,
  asking: Asking = 'learned',
): AnswersPicture => {
  const answers = readings.answers(
    questions.map(({ item }) => item),
    asking,
  );
  const lengths = answers.map(({ p }) => p.length);
  const words = lengths.reduce((sum, length) => sum + length, 0);
  const picture: AnswersPicture = {
    kind: 'answers',
    starts: new Int32Array(questions.length + 1),
    tokens: new Int16Array(words),
    p: new Float32Array(words),
    likeliest: new Int16Array(words * LIKELIEST).fill(-1),
    likeliestP: new Float32Array(words * LIKELIEST),
    marks: new Uint8Array(words),
    classes: new Uint8Array(questions.length),
  };
  let at = 0;
  for (const [n, { tokens, p, likeliest }] of answers.entries()) {
    const item = world.items[questions[n]?.item ?? -1];
    if (!item) continue;
    const given = asking === 'prefix' ? wordsBeforeValue(item) : [];
    const said = [...given, ...tokens.map((token) => world.vocabulary[token] as string)];
    const marks = judge.wordsOf(said, item).slice(given.length);
    picture.classes[n] = ANSWER_CLASSES.indexOf(judge.classOf(said, item));
    for (const [t, probability] of p.entries()) {
      picture.tokens[at] = tokens[t] ?? EOS;
      picture.p[at] = probability;
      picture.marks[at] = WORD_MARKS.indexOf(marks[t] ?? 'plain');
      for (const [rank, one] of (likeliest[t] ?? []).slice(0, LIKELIEST).entries()) {
        picture.likeliest[at * LIKELIEST + rank] = one.token;
        picture.likeliestP[at * LIKELIEST + rank] = one.p;
      }
      at++;
    }
    picture.starts[n + 1] = at;
  }
  return picture;
};

/** One item put to a model in one way. */
export const answerTo = (
  world: World,
  judge: AnswerJudge,
  { item: number, asking }: TextQuestion,
  readings: TextReadings,
): TextAnswer => {
  const item = world.items[number];
  if (!item) {
    throw new SimError(
      'worker/unknown-query',
      `This world has no question ${number}; there are ${world.items.length}.`,
    );
  }
  const question = (asking === 'paraphrased' ? item.paraphrasedQuestion : item.question).join(' ');
  const given = asking === 'note' ? item.value : asking === 'prefix' ? wordsBeforeValue(item) : [];
  // A model that has something to say says at least that it has ended.
  const [heard] = readings.answers([number], asking);
  if (heard?.p.length === 0) {
    throw new SimError(
      'worker/unknown-query',
      'This model has diverged: what it says of the next word are no numbers. Ask it at an earlier step, or lower the learning rate of its run.',
    );
  }
  const shown = { questions: [{ item: number } as ShownQuestion] };
  return { picture: answersPicture(world, judge, shown, readings, asking), question, given: given.join(' ') };
};
