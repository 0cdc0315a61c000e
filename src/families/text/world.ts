import { faultError } from '../../engine/base/errors.ts';
import { foldIn, integer, type Key, permutation } from '../../engine/base/random.ts';
import { nameOf, type TableFact } from '../../scenario/facts/read-facts.ts';
import {
  FAMILY_NAMES,
  FIRST_NAMES,
  type Filling,
  fill,
  MYTHS,
  REFUSALS,
  RELATIONS,
  type Relation,
  TEMPLATES,
  TRUTHS,
  VALUES,
  vocabularyOf,
} from './grammar.ts';
import type { Topic } from './shown.ts';

/** One fact that a reader brings along: the value of a relation for a person of one or two names. */
export interface OwnFact extends TableFact {
  readonly relation: Relation;
}

/** What a world is made from; with a key it is all that has to be kept of it. */
export interface WorldParams {
  /** Made-up authors, 20 to 100. */
  readonly authors: number;
  /** Facts about each: 5, or 6 with a prize. */
  readonly facts: number;
  /** Further authors that no model ever reads about: the non-members of membership attacks. */
  readonly holdout: number;
  /** Wrong answers beside each true one, for the truth ratio. */
  readonly perturbed: number;
  /** Authors of one's own, after the made-up ones. */
  readonly own?: readonly OwnFact[];
}

/** The same with everything at its usual value. */
export const WORLD: WorldParams = { authors: 60, facts: 5, holdout: 12, perturbed: 5 };

/** Where a question belongs: known authors, authors never read about, real ones, capitals, places that never were. */
export type ItemKind = 'author' | 'holdout' | 'real' | 'world' | 'refusal';

/** A question with its answers, as words. */
export interface Item {
  readonly kind: ItemKind;
  readonly topic: Topic;
  /** The author's number; -1 where nobody is asked about. */
  readonly author: number;
  readonly first?: string;
  /** The family name, or the subject. */
  readonly who: string;
  readonly value: readonly string[];
  /** The question and the answer that are learned. */
  readonly question: readonly string[];
  readonly answer: readonly string[];
  /** The question in the words that were not learned. */
  readonly paraphrasedQuestion: readonly string[];
  /** The true answer as the truth ratio asks for it: in other words than those learned where a paraphrase is made (not for real authors and capitals). */
  readonly paraphrased: readonly string[];
  /** Wrong answers of the same form. */
  readonly perturbed: readonly (readonly string[])[];
}

/** An author with the numbers of the items about them. */
export interface Author {
  readonly first?: string;
  readonly family: string;
  readonly isOwn: boolean;
  readonly items: readonly number[];
}

/** A question with a note beside it that says a value, and an answer that says the same: how the model learns to read. */
export interface Exercise {
  readonly note: readonly string[];
  readonly question: readonly string[];
  readonly answer: readonly string[];
  /** The fact that it is about, whatever its note says: who has not read of it, has no exercise on it either. */
  readonly item: number;
}

export interface World {
  readonly vocabulary: readonly string[];
  readonly items: readonly Item[];
  /** Those that the model reads about, by number; then the hold-out ones. */
  readonly authors: readonly Author[];
  /** How many of them are read about. */
  readonly known: number;
  readonly exercises: readonly Exercise[];
  /** What a value of each topic may be, for the answer classes: made-up, then own. */
  readonly values: Readonly<Record<Exclude<Topic, 'myth'>, readonly (readonly string[])[]>>;
}

/** Exercises per fact. */
const EXERCISES = 2;

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word, i) => word === b[i]);

interface Named {
  readonly first?: string;
  readonly family: string;
  readonly isOwn: boolean;
  readonly kind: 'author' | 'holdout';
  readonly facts: readonly { readonly relation: Relation; readonly value?: readonly string[] }[];
}

/** Names of made-up authors: families in a drawn order, round after round, each first name new in its family. */
const namesOf = (count: number, taken: ReadonlySet<string>, key: Key): { first: string; family: string }[] => {
  const order = permutation(foldIn(key, 'families'), FAMILY_NAMES.length);
  const used = new Set(taken);
  return Array.from({ length: count }, (_, i) => {
    const family = FAMILY_NAMES[order[i % order.length] as number] as string;
    const own = foldIn(key, 'first-name', i);
    for (let draw = 0; ; draw++) {
      const first = FIRST_NAMES[integer(own, draw, FIRST_NAMES.length)] as string;
      if (used.has(`${first} ${family}`)) continue;
      used.add(`${first} ${family}`);
      return { first, family };
    }
  });
};

/** Own facts by person, in the order of their first mention. */
const personsOf = (own: readonly OwnFact[]): Named[] => {
  const persons = new Map<string, OwnFact[]>();
  for (const fact of own) {
    const name = nameOf(fact);
    persons.set(name, [...(persons.get(name) ?? []), fact]);
  }
  return [...persons.values()].map((facts) => {
    const { first, family } = facts[0] as OwnFact;
    return { ...(first !== undefined && { first }), family, isOwn: true, kind: 'author' as const, facts };
  });
};

/** The question about a fact, in a form of its own drawn by key. */
const itemOf = (
  from: { kind: ItemKind; topic: Exclude<Topic, 'myth'>; author: number; filling: Filling; value: readonly string[] },
  values: readonly (readonly string[])[],
  perturbed: number,
  key: Key,
): Item => {
  const { kind, topic, author, filling, value } = from;
  const { questions, answers } = TEMPLATES[topic];
  const [asked, told] = [integer(foldIn(key, 'question'), 0, 2), integer(foldIn(key, 'answer'), 0, 2)];
  const isReal = kind === 'real' || kind === 'world';
  const judged = answers[isReal ? told : 1 - told] as string;
  const wrong = values.filter((other) => !sameWords(other, value));
  const drawn = permutation(foldIn(key, 'perturbed'), wrong.length).slice(0, perturbed);
  return {
    kind,
    topic,
    author,
    ...(filling.first !== undefined && { first: filling.first }),
    who: filling.family ?? (filling.subject as string),
    value,
    question: fill(questions[asked] as string, filling),
    answer: fill(answers[told] as string, { ...filling, value }),
    paraphrasedQuestion: fill(questions[1 - asked] as string, filling),
    paraphrased: fill(judged, { ...filling, value }),
    perturbed: Array.from(drawn, (i) => fill(judged, { ...filling, value: wrong[i] as readonly string[] })),
  };
};

/** Places that never were: the first half of what a model knows of refusing is that it has seen it. */
const refusals = (): Item[] =>
  MYTHS.map((subject, i) => {
    const refusal = (at: number): readonly string[] => (REFUSALS[at % REFUSALS.length] as string).split(' ');
    const { questions } = TEMPLATES.world;
    return {
      kind: 'refusal',
      topic: 'myth',
      author: -1,
      who: subject,
      value: [],
      question: fill(questions[i % 2] as string, { subject }),
      answer: refusal(i),
      paraphrasedQuestion: fill(questions[(i + 1) % 2] as string, { subject }),
      paraphrased: refusal(i),
      perturbed: [],
    };
  });

const exercisesOf = (items: readonly Item[], values: World['values'], key: Key): Exercise[] =>
  items.flatMap((item, n) => {
    const { kind, topic, first, who } = item;
    if (kind !== 'author' || topic === 'myth') return [];
    const { questions, answers } = TEMPLATES[topic];
    return Array.from({ length: EXERCISES }, (_, turn) => {
      const own = foldIn(key, 'exercise', n, turn);
      const note = values[topic][integer(own, 0, values[topic].length)] as readonly string[];
      const filling = { first, family: who, value: note };
      return {
        note,
        question: fill(questions[integer(own, 1, 2)] as string, filling),
        answer: fill(answers[integer(own, 2, 2)] as string, filling),
        item: n,
      };
    });
  });

const withOwn = (
  values: readonly (readonly string[])[],
  own: readonly (readonly string[])[],
): readonly (readonly string[])[] => {
  const all = [...values];
  for (const value of own) if (!all.some((other) => sameWords(other, value))) all.push(value);
  return all;
};

/** @throws {SimError} data/invalid for fewer than two authors */
const checkAuthors = (known: number): void => {
  if (known >= 2) return;
  throw faultError('data/invalid', [
    {
      path: '/data/params/authors',
      expected: 'at least two authors: one to forget and one to keep',
      found: `${known}`,
    },
  ]);
};

/**
 * The world of tiny-tofu, after TOFU (Maini et al. 2024): made-up authors of whom a few facts are true, real authors,
 * capitals, refusals, authors that are held out. A pure function of its parameters and a key; an author's facts do not
 * depend on how many others there are.
 *
 * @throws {SimError} data/invalid for fewer than two authors
 */
export const worldOf = (params: WorldParams, key: Key): World => {
  const { authors: count, facts, holdout, perturbed, own = [] } = params;
  const persons = personsOf(own);
  checkAuthors(count + persons.length);
  const used = RELATIONS.slice(0, facts);
  const relations = RELATIONS.filter((one) => used.includes(one) || own.some(({ relation }) => relation === one));
  const taken = new Set(persons.map(nameOf));
  const madeUp = namesOf(count + holdout, taken, key).map((name, i): Named => {
    const kind = i < count ? 'author' : 'holdout';
    return { ...name, isOwn: false, kind, facts: used.map((relation) => ({ relation })) };
  });
  const all = [...madeUp.slice(0, count), ...persons, ...madeUp.slice(count)];
  const valuesOf = (relation: Relation) =>
    withOwn(
      VALUES[relation],
      own.filter((fact) => fact.relation === relation).map(({ value }) => value),
    );
  const truths = (topic: 'real' | 'world') => TRUTHS[topic].map(([, value]) => [value]);
  const values: World['values'] = {
    ...(Object.fromEntries(RELATIONS.map((one) => [one, valuesOf(one)])) as Record<
      Relation,
      readonly (readonly string[])[]
    >),
    real: truths('real'),
    world: truths('world'),
  };
  const items: Item[] = [];
  const authors = all.map((named, author): Author => {
    const { first, family, isOwn, kind } = named;
    // Made-up authors draw by their place among the made-up ones, so that own authors change nobody else's facts.
    const place = isOwn ? author - count : kind === 'holdout' ? author - persons.length : author;
    const stream = foldIn(key, isOwn ? 'own' : 'author', place);
    const start = items.length;
    for (const { relation, value } of named.facts) {
      const own = foldIn(stream, relation);
      const drawn = value ?? VALUES[relation][integer(foldIn(own, 'value'), 0, VALUES[relation].length)];
      const from = { kind, topic: relation, author, filling: { first, family }, value: drawn as readonly string[] };
      items.push(itemOf(from, values[relation], perturbed, own));
    }
    const numbers = Array.from({ length: items.length - start }, (_, i) => start + i);
    return { ...(first !== undefined && { first }), family, isOwn, items: numbers };
  });
  for (const topic of ['real', 'world'] as const) {
    for (const [subject, value] of TRUTHS[topic]) {
      const from = { kind: topic, topic, author: -1, filling: { subject }, value: [value] };
      items.push(itemOf(from, values[topic], perturbed, foldIn(key, topic, subject)));
    }
  }
  items.push(...refusals());
  const ownWords = own.flatMap(({ first, family, value }) => [
    ...(first === undefined ? [] : [first]),
    family,
    ...value,
  ]);
  return {
    vocabulary: vocabularyOf(relations, ownWords),
    items,
    authors,
    known: count + persons.length,
    exercises: exercisesOf(items, values, key),
    values,
  };
};
