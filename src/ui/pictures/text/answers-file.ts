import type { AnswersPicture, ShownQuestions } from '../../../families/text/shown.ts';
import { csvOf } from '../../../scenario/files/exported.ts';
import { answerAt } from './answer.ts';

/** What one model said to one question. */
export interface AnswerRow {
  /** A run's name with its setting, 'original' or 'retrained'. */
  readonly model: string;
  readonly seed: number;
  readonly step: number;
  readonly set: string;
  readonly about: string;
  readonly question: string;
  readonly learned: string;
  readonly said: string;
  /** One of the five answer classes. */
  readonly is: string;
  /** Of each word that it said, its end included where it came. */
  readonly probabilities: readonly number[];
}

/** What a model said to all shown questions of a seed. */
export const answerRows = (
  of: Pick<AnswerRow, 'model' | 'seed' | 'step'>,
  shown: ShownQuestions,
  picture: AnswersPicture,
): readonly AnswerRow[] =>
  shown.questions.flatMap(({ set, about, question, answer: learned }, i) => {
    const answer = answerAt(shown, picture, i, '');
    if (!answer) return [];
    const probabilities = answer.words.map(({ p }) => Number(p.toPrecision(4)));
    return [{ ...of, set, about, question, learned, said: answer.sentence, is: answer.is, probabilities }];
  });

const COLUMNS = ['model', 'seed', 'step', 'set', 'about', 'question', 'learned', 'said', 'is'] as const;

/** One row an answer; the probabilities of its words stand in one cell, separated by spaces. */
export const answersCsv = (rows: readonly AnswerRow[]): string =>
  csvOf([
    [...COLUMNS, 'probabilities'],
    ...rows.map((row) => [...COLUMNS.map((column) => row[column]), row.probabilities.join(' ')]),
  ]);

/** The answers beside what they are of. */
export const answersJson = (about: object, rows: readonly AnswerRow[]): string =>
  `${JSON.stringify({ kind: 'answers', version: 1, ...about, answers: rows }, null, 1)}\n`;
