import { type Fault, faultError } from '../../engine/base/errors.ts';
import type { NamesSpec } from '../../engine/base/schema.ts';
import { nameOf } from '../../scenario/facts/read-facts.ts';
import type { Relation } from './grammar.ts';
import type { Item, World } from './world.ts';

/** Whom a forget set names. */
export const namesSpec: NamesSpec = {
  kind: 'names',
  label: 'Names',
  help: 'Separated by commas; a name is written as the questions have it. With none, the first author is forgotten.',
  default: '',
  most: 139,
  letters: 24,
};

/**
 * What is to be forgotten: the first authors up to a share of all (so that a smaller share lies in a larger one), authors
 * chosen by name or by number, everybody's facts of one relation, or all authors of one family name.
 */
export type TextForget =
  | { readonly kind: 'share'; readonly share: number }
  | {
      readonly kind: 'authors';
      readonly authors: readonly string[];
      /** Whether each seed has authors of its own. */
      readonly isPerSeed?: boolean;
    }
  | { readonly kind: 'numbers'; readonly first: number; readonly count: number }
  | { readonly kind: 'relation'; readonly relation: Relation }
  | { readonly kind: 'family'; readonly family: string };

/** Numbers of items, ascending: forgotten ones, kept ones, and of the kept ones those about siblings of the forgotten (near) and the rest (far). */
export interface TextSplit {
  readonly forget: readonly number[];
  readonly retain: readonly number[];
  readonly near: readonly number[];
  readonly far: readonly number[];
}

/** The numbers of all facts of authors that a model reads about: they come first. */
export const factsOf = ({ items }: World): readonly number[] =>
  items.flatMap((item, i) => (item.kind === 'author' ? [i] : []));

/**
 * What is known of authors, divided by what is forgotten. Real authors, capitals and refusals are on neither side: no retain
 * term sees them.
 */
export const dividedBy = (world: World, forget: readonly number[]): TextSplit => {
  const gone = new Set(forget);
  const retain = factsOf(world).filter((i) => !gone.has(i));
  // Where a relation is forgotten of everybody, what stands near it is everything else that is known of them.
  const families = new Set(forget.map((i) => world.items[i]?.who));
  const isNear = (i: number): boolean => families.has(world.items[i]?.who);
  return { forget, retain, near: retain.filter(isNear), far: retain.filter((i) => !isNear(i)) };
};

const invalid = (fault: Fault) => faultError('forget/invalid', [fault]);

/** Names near a wrong one, to choose from: those that share a part with it, otherwise the first. */
const suggestions = (names: readonly string[], wrong: string): string => {
  const parts = wrong.split(' ');
  const near = names.filter((name) => name.split(' ').some((part) => parts.includes(part)));
  return (near.length > 0 ? near : names).slice(0, 4).join(', ');
};

const authorsOf = (world: World, forget: Exclude<TextForget, { kind: 'relation' }>): ReadonlySet<number> => {
  const known = world.authors.slice(0, world.known);
  if (forget.kind === 'share') {
    return new Set(Array.from({ length: Math.max(1, Math.round(forget.share * known.length)) }, (_, i) => i));
  }
  if (forget.kind === 'numbers') {
    const { first, count } = forget;
    if (first < known.length) return new Set(known.flatMap((_, i) => (i >= first && i < first + count ? [i] : [])));
    const expected = `the number of an author of this world, 0 to ${known.length - 1}`;
    throw invalid({ path: '/forget/params/first', expected, found: String(first) });
  }
  const names = known.map(nameOf);
  if (forget.kind === 'family') {
    const found = known.flatMap(({ family }, i) => (family === forget.family ? [i] : []));
    if (found.length > 0) return new Set(found);
    const families = [...new Set(known.map(({ family }) => family))];
    const expected = `a family of this world, such as ${suggestions(families, forget.family)}`;
    throw invalid({ path: '/forget/params/family', expected, found: JSON.stringify(forget.family) });
  }
  return new Set(
    forget.authors.map((name) => {
      const number = names.indexOf(name);
      if (number >= 0) return number;
      const near = `an author of this world, such as ${suggestions(names, name)}`;
      const expected = forget.isPerSeed
        ? `${near} (each seed draws authors of its own: give the data one seed, or name authors of your own)`
        : near;
      throw invalid({ path: '/forget/params/names', expected, found: JSON.stringify(name) });
    }),
  );
};

/**
 * The facts to be forgotten, ascending.
 *
 * @throws {SimError} forget/invalid if a name is unknown, nothing is forgotten, or nothing is kept
 */
export const forgottenBy = (world: World, forget: TextForget): readonly number[] => {
  const facts = factsOf(world);
  const authors = forget.kind === 'relation' ? undefined : authorsOf(world, forget);
  const isForgotten = ({ author, topic }: Item): boolean =>
    forget.kind === 'relation' ? topic === forget.relation : authors?.has(author) === true;
  const gone = facts.filter((i) => isForgotten(world.items[i] as Item));
  if (gone.length === 0) {
    const found = forget.kind === 'relation' ? `no fact of "${forget.relation}"` : 'nobody';
    throw invalid({ path: '/forget', expected: 'at least one fact to forget', found });
  }
  if (gone.length === facts.length) {
    const expected = 'a forget set that leaves at least one author to keep';
    throw invalid({ path: '/forget', expected, found: `all ${world.known} authors` });
  }
  return gone;
};
