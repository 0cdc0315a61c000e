import { type Fault, faultError } from '../../engine/base/errors.ts';
import type { Relation } from './grammar.ts';
import type { Item, World } from './world.ts';

/**
 * What is to be forgotten: the first authors up to a share of all (so that a smaller share lies in a larger one), chosen
 * authors, everybody's facts of one relation, or all authors of one family name.
 */
export type TextForget =
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'authors'; readonly authors: readonly string[] }
  | { readonly kind: 'relation'; readonly relation: Relation }
  | { readonly kind: 'family'; readonly family: string };

/** Numbers of items, ascending: forgotten ones, kept ones, and of the kept ones those about siblings of the forgotten (near) and the rest (far). */
export interface TextSplit {
  readonly forget: readonly number[];
  readonly retain: readonly number[];
  readonly near: readonly number[];
  readonly far: readonly number[];
}

export const fullName = ({ first, family }: { readonly first?: string; readonly family: string }): string =>
  first === undefined ? family : `${first} ${family}`;

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
  const names = known.map(fullName);
  if (forget.kind === 'family') {
    const found = known.flatMap(({ family }, i) => (family === forget.family ? [i] : []));
    if (found.length > 0) return new Set(found);
    const families = [...new Set(known.map(({ family }) => family))];
    const expected = `a family of this world, such as ${suggestions(families, forget.family)}`;
    throw invalid({ path: '/forget/family', expected, found: JSON.stringify(forget.family) });
  }
  return new Set(
    forget.authors.map((name, i) => {
      const number = names.indexOf(name);
      if (number >= 0) return number;
      const expected = `an author of this world, such as ${suggestions(names, name)}`;
      throw invalid({ path: `/forget/authors/${i}`, expected, found: JSON.stringify(name) });
    }),
  );
};

/**
 * Divides what is known of the authors. Real authors, capitals and refusals are on neither side: no retain term sees them.
 *
 * @throws {SimError} forget/invalid if a name is unknown, nothing is forgotten, or nothing is kept
 */
export const splitOf = (world: World, forget: TextForget): TextSplit => {
  const facts = world.items.flatMap((item, i) => (item.kind === 'author' ? [{ item, i }] : []));
  const authors = forget.kind === 'relation' ? undefined : authorsOf(world, forget);
  const isForgotten = ({ author, topic }: Item): boolean =>
    forget.kind === 'relation' ? topic === forget.relation : authors?.has(author) === true;
  const gone = facts.filter(({ item }) => isForgotten(item));
  const kept = facts.filter(({ item }) => !isForgotten(item));
  if (gone.length === 0) {
    const found = forget.kind === 'relation' ? `no fact of "${forget.relation}"` : 'nobody';
    throw invalid({ path: '/forget', expected: 'at least one fact to forget', found });
  }
  if (kept.length === 0) {
    const expected = 'a forget set that leaves at least one author to keep';
    throw invalid({ path: '/forget', expected, found: `all ${world.known} authors` });
  }
  // Where a relation is forgotten of everybody, what stands near it is everything else that is known of them.
  const families = new Set(gone.map(({ item }) => item.who));
  const isNear = ({ item }: { readonly item: Item }): boolean => families.has(item.who);
  const numbers = (some: readonly { readonly i: number }[]) => some.map(({ i }) => i);
  return {
    forget: numbers(gone),
    retain: numbers(kept),
    near: numbers(kept.filter(isNear)),
    far: numbers(kept.filter((one) => !isNear(one))),
  };
};
