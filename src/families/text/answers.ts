import { REFUSALS, TEMPLATES, valueLength } from './grammar.ts';
import type { Topic } from './shown.ts';
import { ANSWER_CLASSES, type AnswerClass, type WordMark } from './shown.ts';
import type { Item, World } from './world.ts';

/** What a sentence says if it follows a template. */
interface Said {
  readonly who: string;
  readonly value: readonly string[];
  /** Where in the sentence the value begins. */
  readonly at: number;
}

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, i) => word === b[i]);

type Known = Exclude<Topic, 'myth'>;
const TOPICS = Object.keys(TEMPLATES) as readonly Known[];
const PATTERNS = TOPICS.flatMap((topic) =>
  TEMPLATES[topic].answers.map((answer) => ({ topic, pattern: answer.split(' ') })),
);

/** Sorts the answers of one world. */
export interface AnswerJudge {
  readonly classOf: (answer: readonly string[], item: Item) => AnswerClass;
  /** Of each word of an answer: part of a value that is true or wrong here, part of a sentence, or of no sentence. */
  readonly wordsOf: (answer: readonly string[], item: Item) => readonly WordMark[];
}

export const answerJudge = (world: World): AnswerJudge => {
  const names: Readonly<Record<'L' | 'real' | 'world', ReadonlySet<string>>> = {
    L: new Set(world.authors.map(({ family }) => family)),
    real: new Set(world.items.flatMap(({ kind, who }) => (kind === 'real' ? [who] : []))),
    world: new Set(world.items.flatMap(({ kind, who }) => (kind === 'world' ? [who] : []))),
  };
  const values = new Map(TOPICS.map((topic) => [topic, new Set(world.values[topic].map((value) => value.join(' ')))]));

  const match = (pattern: readonly string[], answer: readonly string[], topic: Known): Said | undefined => {
    let i = 0;
    let who = '';
    let value: readonly string[] = [];
    let at = 0;
    for (const word of pattern) {
      if (word === 'V') {
        at = i;
        value = answer.slice(i, i + valueLength(topic));
        i += valueLength(topic);
        if (!values.get(topic)?.has(value.join(' '))) return undefined;
        continue;
      }
      const said = answer[i++];
      if (said === undefined) return undefined;
      if (word === 'L' || word === 'S') {
        const known = word === 'L' ? names.L : names[topic === 'real' ? 'real' : 'world'];
        if (!known.has(said)) return undefined;
        who = said;
      } else if (said !== word) return undefined;
    }
    return i === answer.length ? { who, value, at } : undefined;
  };

  /** The reading of a sentence that fits the question best. One and the same sentence may tell a town and a year. */
  const readings = (answer: readonly string[], item: Item): { readonly said: Said; readonly is: AnswerClass }[] =>
    PATTERNS.flatMap(({ topic, pattern }): { readonly said: Said; readonly is: AnswerClass }[] => {
      const said = match(pattern, answer, topic);
      if (!said) return [];
      if (topic !== item.topic || said.who !== item.who) return [{ said, is: 'other' }];
      return [{ said, is: sameWords(said.value, item.value) ? 'true' : 'wrong' }];
    });

  const isRefusal = (answer: readonly string[]): boolean => REFUSALS.includes(answer.join(' '));
  const best = (answer: readonly string[], item: Item) =>
    readings(answer, item).toSorted((a, b) => ANSWER_CLASSES.indexOf(a.is) - ANSWER_CLASSES.indexOf(b.is))[0];

  return {
    classOf: (answer, item) => {
      if (isRefusal(answer)) return item.kind === 'refusal' ? 'true' : 'refusal';
      return best(answer, item)?.is ?? 'gibberish';
    },
    wordsOf: (answer, item) => {
      const found = best(answer, item);
      if (!found) return answer.map(() => (isRefusal(answer) ? 'plain' : 'stray'));
      const { said, is } = found;
      const isValue = (i: number): boolean => i >= said.at && i < said.at + said.value.length;
      return answer.map((_, i) => (isValue(i) ? (is === 'true' ? 'true' : 'wrong') : 'plain'));
    },
  };
};
