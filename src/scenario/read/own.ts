import { FUNCTIONS, ROW_NAMES, STEP_NAMES } from '../../engine/formula/expression.ts';
import { type CatalogueInfo, spokenBy } from '../format/catalogue.ts';
import { formulas } from '../formula/loaded.ts';
import { OWN_TOWARDS, type OwnParam, type OwnPull, type OwnRule, type OwnTerm, ownCaps } from '../formula/own.ts';
import {
  at,
  describe,
  fault,
  field,
  isObject,
  openList,
  openObject,
  readChoice,
  readNumber,
  readText,
  type Spot,
} from './check.ts';

/** What a rule is read with. */
interface Context {
  /** What is on offer for the scenario's family. */
  readonly catalogue: CatalogueInfo;
  /** Every method there is, whose ids are taken. */
  readonly known: CatalogueInfo['methods'];
  /** Ids of the scenario's rules, for a word on one that names another. */
  readonly ids: readonly string[];
}

const LIMIT = 1_000_000;
/** Names of other kinds of thing in formulas. */
const RESERVED: readonly string[] = [...ROW_NAMES, ...STEP_NAMES, ...Object.keys(FUNCTIONS)];
/** Names that objects have by themselves. */
const isInherited = (name: string): boolean => name in {};

const isId = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= ownCaps.title &&
  /^[a-z0-9][a-z0-9-]*$/.test(value) &&
  !isInherited(value);

/** Adds up to `most` members of a list; the rest is a fault. */
const membersOf = (spot: Spot, what: string, most: number): readonly Spot[] => {
  const list = openList(spot, `a list of ${what}`) ?? [];
  if (list.length > most) {
    const used = `the first ${most}`;
    spot.report.add({ path: spot.path, expected: `at most ${most} ${what}`, found: `${list.length}`, used });
  }
  return list.slice(0, most).map((value, i) => at(spot, i, value));
};

const readParam = (spot: Spot, name: string): OwnParam => {
  openObject(spot, 'an object with a label and a range', {
    fields: ['label', 'symbol', 'default', 'min', 'max', 'scale'],
  });
  const scale = readChoice(field(spot, 'scale'), ['linear', 'log'], 'linear');
  const lowest = scale === 'log' ? 1e-6 : -LIMIT;
  const min = readNumber(field(spot, 'min'), { min: lowest, max: LIMIT - 1 }, scale === 'log' ? 0.01 : 0);
  const wanted = readNumber(field(spot, 'max'), { min: lowest, max: LIMIT }, Math.max(10, min + 1));
  const max = wanted > min ? wanted : fault(field(spot, 'max'), `more than the least value, ${min}`, min + 1);
  const symbol = readText(field(spot, 'symbol'), ownCaps.symbol, '').trim();
  return {
    label: readText(field(spot, 'label'), ownCaps.label, name).trim() || name,
    ...(symbol && { symbol }),
    default: readNumber(field(spot, 'default'), { min, max }, Math.min(max, Math.max(min, 1))),
    min,
    max,
    scale,
  };
};

const readParams = (spot: Spot): Record<string, OwnParam> => {
  if (spot.value === undefined) return {};
  if (!isObject(spot.value)) return fault(spot, 'an object of hyperparameters by name', {}, 'none');
  const params: Record<string, OwnParam> = {};
  for (const [name, value] of Object.entries(spot.value)) {
    const own = at(spot, name, value);
    const refuse = (expected: string): void =>
      spot.report.add({ path: own.path, expected, found: describe(name), used: 'left out' });
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(name) || name.length > ownCaps.name || isInherited(name)) {
      refuse(`a name of at most ${ownCaps.name} letters, digits and underscores that begins with a letter`);
    } else if (RESERVED.includes(name)) refuse('a name that means nothing else in formulas');
    else if (Object.keys(params).length >= ownCaps.params) refuse(`at most ${ownCaps.params} hyperparameters`);
    else params[name] = readParam(own, name);
  }
  return params;
};

/** One pull; undefined, after a report, where it cannot be computed. */
const readPull = (
  spot: Spot,
  on: OwnTerm['on'],
  params: OwnRule['params'],
  { catalogue, ids }: Context,
): OwnPull | undefined => {
  openObject(spot, 'an object with "towards" and "weight"', { fields: ['towards', 'weight'] });
  const towardsSpot = field(spot, 'towards');
  const towards = readChoice(towardsSpot, OWN_TOWARDS, 'label');
  const weightSpot = field(spot, 'weight');
  const weight = typeof weightSpot.value === 'number' ? String(weightSpot.value) : weightSpot.value;
  if (typeof weight !== 'string') return fault(weightSpot, 'a formula, which is a text', undefined, 'rule left out');
  const { parseFormula, inWords, readsAlternative } = formulas();
  const parsed = parseFormula(weight, { params, rules: ids });
  if ('fault' in parsed) {
    weightSpot.report.add({ path: weightSpot.path, ...inWords(parsed.fault), used: 'rule left out' });
    return undefined;
  }
  const isReal = spokenBy(catalogue.own).head === 'real';
  const refusal = isReal
    ? 'label or original: examples of this family have no alternative and no classes'
    : on === 'retain'
      ? 'label, original or all: only examples of the forget set have an alternative'
      : undefined;
  const isOther = towards === 'alternative' || (towards === 'all' && isReal);
  if (refusal && isOther) return fault(towardsSpot, refusal, undefined, 'rule left out');
  if (refusal && readsAlternative(parsed.formula)) {
    return fault(weightSpot, 'a formula without the alternative, which there is not', undefined, 'rule left out');
  }
  return { towards, weight };
};

const readTerm = (spot: Spot, params: OwnRule['params'], context: Context): OwnTerm | undefined => {
  if (!isObject(spot.value)) return fault(spot, 'an object with pulls', undefined, 'rule left out');
  openObject(spot, 'an object with pulls', { fields: ['on', 'mean', 'pulls'] });
  const on = readChoice(field(spot, 'on'), ['forget', 'retain'], 'forget');
  const mean = readChoice(field(spot, 'mean'), ['examples', 'rows'], 'examples');
  const pullsSpot = field(spot, 'pulls');
  const members = membersOf(pullsSpot, 'pulls', ownCaps.pulls);
  if (members.length === 0) return fault(pullsSpot, 'at least one pull', undefined, 'rule left out');
  const pulls = members.map((member) => readPull(member, on, params, context));
  return pulls.every((pull) => pull !== undefined) ? { on, mean, pulls } : undefined;
};

/** One rule; undefined, after a report, where it cannot run. */
const readRule = (spot: Spot, taken: ReadonlySet<string>, context: Context): OwnRule | undefined => {
  if (!isObject(spot.value)) return fault(spot, 'a rule, which is an object', undefined, 'left out');
  openObject(spot, 'a rule', { fields: ['id', 'title', 'params', 'terms'] });
  const idSpot = field(spot, 'id');
  const id = idSpot.value;
  if (!isId(id)) return fault(idSpot, 'a name in kebab-case, such as "my-rule"', undefined, 'rule left out');
  if (context.known.some((method) => method.id === id)) {
    return fault(idSpot, 'a name that no method of the lab has', undefined, 'rule left out');
  }
  if (taken.has(id)) return fault(idSpot, 'a name that no other rule has', undefined, 'rule left out');
  const params = readParams(field(spot, 'params'));
  const termsSpot = field(spot, 'terms');
  const members = membersOf(termsSpot, 'terms', ownCaps.terms);
  if (members.length === 0) return fault(termsSpot, 'at least one term', undefined, 'rule left out');
  const terms = members.map((member) => readTerm(member, params, context));
  if (!terms.every((term) => term !== undefined)) return undefined;
  const title = readText(field(spot, 'title'), ownCaps.title, id).trim() || id;
  return { id, title, params, terms };
};

/** `own`: rules of the author's own. One that cannot run is left out, and so are the runs that name it; the others go on. */
export const readOwn = (
  spot: Spot,
  catalogue: CatalogueInfo,
  known: CatalogueInfo['methods'] = catalogue.methods,
): readonly OwnRule[] => {
  const members = membersOf(spot, 'rules', ownCaps.rules);
  const ids = members.map(({ value }) => (isObject(value) ? value['id'] : undefined)).filter(isId);
  const rules: OwnRule[] = [];
  for (const member of members) {
    const rule = readRule(member, new Set(rules.map(({ id }) => id)), { catalogue, known, ids });
    if (rule) rules.push(rule);
  }
  return rules;
};
