import type { Pick } from './recipes.ts';

/** How methods go about it; a method that none of these names is among the others. */
const MEMBERS = {
  ascent: ['ga', 'wga', 'satimp', 'negrad-plus'],
  preference: ['npo', 'simnpo', 'dpo', 'kto', 'flat'],
  relabel: ['rl', 'idk', 'ceu', 'whp', 'boundary-shrink', 'boundary-expand', 'pdu', 'unsir', 'gaussian-amnesiac'],
  teacher: ['scrub', 'bad-teacher', 'undial', 'laf', 'blindspot'],
  hidden: ['rmu', 'ablate-units'],
  retain: ['ft', 'l1-ft', 'cfk', 'euk', 'prune-ft'],
  edit: ['influence', 'newton-head', 'fisher', 'ssd', 'task-vector'],
  beside: ['uld', 'o3'],
  exact: ['retrain', 'sisa', 's3t', 'none'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type MethodFamily = keyof typeof MEMBERS | 'others';

export const METHOD_FAMILIES: readonly MethodFamily[] = [...(Object.keys(MEMBERS) as MethodFamily[]), 'others'];

const FAMILY_OF: ReadonlyMap<string, MethodFamily> = new Map(
  Object.entries(MEMBERS).flatMap(([family, ids]) => ids.map((id) => [id, family as MethodFamily] as const)),
);

export const familyOf = ({ method }: Pick): MethodFamily => FAMILY_OF.get(method.id) ?? 'others';

/** What is compared most often, in the order in which it is worth trying. */
const KNOWN = [
  'npo',
  'ga',
  'ga/graddiff',
  'npo/npo-rt',
  'rl/amnesiac',
  'scrub',
  'simnpo',
  'ft',
  'rl/salun',
  'idk',
  'ssd',
  'rmu',
];
const SUGGESTIONS = 6;

/** Six picks that are not compared yet: the known ones first. */
export const suggested = (picks: readonly Pick[], compared: readonly string[]): readonly Pick[] => {
  const plain = picks.filter(({ id, recipe }) => !recipe?.isDerived && !compared.includes(id));
  const rank = ({ id }: Pick): number => (KNOWN.includes(id) ? KNOWN.indexOf(id) : KNOWN.length);
  return plain.toSorted((a, b) => rank(a) - rank(b)).slice(0, SUGGESTIONS);
};
