import { meanOf } from '../../engine/base/statistics.ts';
import { type Asked, type Generated, generate, type ReadWindows } from './generate.ts';
import { readOnce } from './read-once.ts';
import { type Asking, LIKELIEST } from './shown.ts';
import { tokensOf, type Windows, windowsOf } from './windows.ts';
import type { Item, World } from './world.ts';

/** What of an item is given to a model to read: the learned answer, the paraphrase, the wrong ones, the answer to its other question. */
type Form = 'answer' | 'paraphrased' | `perturbed ${number}`;

/** What a model does with one answer when the true words before each are given. */
export interface Reading {
  /** log p of each token, its end included. */
  readonly logProbs: readonly number[];
  /** Whether each was the likeliest one. */
  readonly isLikeliest: readonly boolean[];
}

/** What a model says of a world. Everything is read when it is first asked for, many answers in one pass, and kept. */
export interface TextReadings {
  readonly read: (items: readonly number[], form?: Form) => readonly Reading[];
  /** Mean loss per token of each item's answer, in nats. */
  readonly losses: (items: readonly number[], form?: Form) => readonly number[];
  /** Greedy answers with the five likeliest words at each place. */
  readonly answers: (items: readonly number[], asking?: Asking) => readonly Generated[];
  /** Greedy answers without some words, by item. */
  readonly answersWithout: (
    items: readonly number[],
    forbidden: readonly (readonly number[])[],
  ) => readonly (readonly number[])[];
  /** log p of every word at every row of some windows, [rows * words] each. */
  readonly logProbs: (windows: readonly Windows[]) => readonly Float32Array[];
  /** Mean loss per token of some answers to the items' learned questions. */
  readonly lossesOf: (items: readonly number[], answers: readonly (readonly number[])[]) => readonly number[];
}

const answerIn = (item: Item, form: Form): readonly string[] => {
  if (form === 'answer') return item.answer;
  if (form === 'paraphrased') return item.paraphrased;
  return item.perturbed[Number(form.slice('perturbed '.length))] ?? item.paraphrased;
};

/** The learned answer up to its value; all of it if it has none. */
export const wordsBeforeValue = ({ answer, value }: Item): readonly string[] => {
  const first = answer.findIndex((_, i) => value.length > 0 && value.every((word, j) => answer[i + j] === word));
  return first < 0 ? answer : answer.slice(0, first);
};

/** The windows of a world as one model or another reads them: made once for each answer. */
export interface WorldLibrary {
  readonly world: World;
  readonly windows: (item: number, form: Form) => Windows;
  readonly asked: (item: number, asking: Asking) => Asked;
  readonly question: (item: number) => readonly number[];
}

export const libraryOf = (world: World): WorldLibrary => {
  const tokens = tokensOf(world.vocabulary);
  const made = new Map<string, ReturnType<typeof windowsOf>>();
  const itemAt = (i: number): Item => world.items[i] as Item;
  return {
    world,
    windows: (i, form) => {
      const name = `${i}/${form}`;
      let windows = made.get(name);
      if (!windows) {
        const item = itemAt(i);
        windows = windowsOf({ question: tokens.of(item.question), answer: tokens.of(answerIn(item, form)) });
        made.set(name, windows);
      }
      return windows;
    },
    asked: (i, asking) => {
      const item = itemAt(i);
      const question = tokens.of(asking === 'paraphrased' ? item.paraphrasedQuestion : item.question);
      if (asking === 'note') return { question, note: tokens.of(item.value) };
      if (asking === 'prefix') return { question, prefix: tokens.of(wordsBeforeValue(item)) };
      return { question };
    },
    question: (i) => tokens.of(itemAt(i).question),
  };
};

/** Windows one after the other. */
const joined = (windows: readonly Windows[]): { readonly x: Int32Array; readonly rows: number } => {
  const x = new Int32Array(windows.reduce((sum, one) => sum + one.x.length, 0));
  let filled = 0;
  for (const one of windows) {
    x.set(one.x, filled);
    filled += one.x.length;
  }
  return { x, rows: windows.reduce((sum, one) => sum + one.rows, 0) };
};

/** log p of the labels of windows, read one after the other as one pass. */
const labelsOf = (read: ReadWindows, vocabulary: number, windows: readonly Windows[]): number[][] => {
  const { x, rows } = joined(windows);
  const said = rows === 0 ? [] : read(x, rows);
  let row = 0;
  return windows.map(({ y }) => Array.from(y, (label) => said[row++ * vocabulary + label] as number));
};

/** The same with whether each label is the likeliest word. */
const readAll = (read: ReadWindows, vocabulary: number, windows: readonly Windows[]): Reading[] => {
  const { x, rows } = joined(windows);
  if (rows === 0) return windows.map(() => ({ logProbs: [], isLikeliest: [] }));
  const said = read(x, rows);
  let row = 0;
  return windows.map(({ y }) => {
    const logProbs: number[] = [];
    const isLikeliest: boolean[] = [];
    for (const label of y) {
      const at = row * vocabulary;
      const own = said[at + label] as number;
      let isBest = true;
      for (let token = 0; token < vocabulary && isBest; token++) {
        const other = said[at + token] as number;
        if (other > own || (other === own && token < label) || Number.isNaN(other)) isBest = false;
      }
      logProbs.push(own);
      isLikeliest.push(isBest);
      row++;
    }
    return { logProbs, isLikeliest };
  });
};

/** What a model that reads windows says of a world. */
export const readingsOf = (library: WorldLibrary, model: ReadWindows): TextReadings => {
  const vocabulary = library.world.vocabulary.length;
  const read = readOnce(model, vocabulary);
  const readings = new Map<string, Reading>();
  const lossAt = new Map<string, number>();
  const generated = new Map<string, Generated>();

  const readForm = (items: readonly number[], form: Form = 'answer'): readonly Reading[] => {
    const missing = items.filter((i) => !readings.has(`${i}/${form}`));
    const found = readAll(
      read,
      vocabulary,
      missing.map((i) => library.windows(i, form)),
    );
    for (const [n, i] of missing.entries()) readings.set(`${i}/${form}`, found[n] as Reading);
    return items.map((i) => readings.get(`${i}/${form}`) as Reading);
  };

  return {
    read: readForm,
    losses: (items, form = 'answer') => {
      const missing = items.filter((i) => !lossAt.has(`${i}/${form}`));
      const found = labelsOf(
        read,
        vocabulary,
        missing.map((i) => library.windows(i, form)),
      );
      for (const [n, i] of missing.entries()) lossAt.set(`${i}/${form}`, -meanOf(found[n] as number[]));
      return items.map((i) => lossAt.get(`${i}/${form}`) as number);
    },
    answers: (items, asking = 'learned') => {
      const missing = items.filter((i) => !generated.has(`${i}/${asking}`));
      const found = generate(
        read,
        vocabulary,
        missing.map((i) => library.asked(i, asking)),
        { likeliest: LIKELIEST },
      );
      for (const [n, i] of missing.entries()) generated.set(`${i}/${asking}`, found[n] as Generated);
      return items.map((i) => generated.get(`${i}/${asking}`) as Generated);
    },
    answersWithout: (items, forbidden) =>
      generate(
        read,
        vocabulary,
        items.map((i, n) => ({ ...library.asked(i, 'learned'), forbidden: forbidden[n] ?? [] })),
      ).map(({ tokens }) => tokens),
    logProbs: (windows) => {
      const { x, rows } = joined(windows);
      const said = Float32Array.from(rows === 0 ? [] : read(x, rows));
      let row = 0;
      return windows.map((one) => {
        row += one.rows;
        return said.slice((row - one.rows) * vocabulary, row * vocabulary);
      });
    },
    lossesOf: (items, answers) =>
      labelsOf(
        read,
        vocabulary,
        items.map((i, n) => windowsOf({ question: library.question(i), answer: answers[n] ?? [] })),
      ).map((logProbs) => -meanOf(logProbs)),
  };
};
