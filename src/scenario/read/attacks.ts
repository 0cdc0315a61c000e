import type { CatalogueInfo } from '../format/catalogue.ts';
import { FRESH } from '../format/claims.ts';
import { caps } from '../format/defaults.ts';
import type { AttackSpec, RunSpec } from '../format/scenario.ts';
import {
  at,
  byId,
  fault,
  field,
  isObject,
  oneOf,
  openList,
  openObject,
  readChoice,
  readInt,
  type Spot,
} from './check.ts';
import { readParams } from './read.ts';

interface Context {
  readonly catalogue: CatalogueInfo;
  readonly runs: readonly RunSpec[];
}

const readAttack = (spot: Spot, { catalogue, runs }: Context): AttackSpec | undefined => {
  if (!isObject(spot.value)) return fault(spot, 'an object with kind and run', undefined, 'left out');
  openObject(spot, 'an object', { fields: ['kind', 'run', 'at', 'params'] });
  const kind = field(spot, 'kind');
  const run = field(spot, 'run');
  const attack = byId(catalogue.attacks, kind.value);
  const target = runs.find(({ name }) => name === run.value);
  if (!attack) {
    const ids = catalogue.attacks.map(({ id }) => id);
    fault(kind, oneOf(ids, kind.value), undefined, 'left out');
  }
  if (!target) {
    const names = runs.map(({ name }) => name);
    const expected =
      names.length > 0 ? `the name of a run: ${oneOf(names, run.value)}` : 'the name of a run, of which there are none';
    fault(run, expected, undefined, 'left out');
  }
  if (!attack || !target) return undefined;
  const when = field(spot, 'at');
  return {
    kind: attack.id,
    run: target.name,
    at:
      typeof when.value === 'number'
        ? readInt(when, { min: 0, max: caps.steps }, 0)
        : (readChoice(when, ['last', 'a step'] as const, 'last') as 'last'),
    params: readParams(field(spot, 'params'), attack.params, `an object with the parameters of ${attack.id}`),
  };
};

/** `attacks`: computations of their own on the runs' weights. One that names no attack or run is left out; none is no field. */
export const readAttacks = (spot: Spot, context: Context): { readonly attacks?: readonly AttackSpec[] } => {
  const list = openList(spot, 'a list of attacks') ?? [];
  if (list.length > caps.attacks) {
    const found = `${list.length}`;
    spot.report.add({
      path: spot.path,
      expected: `at most ${caps.attacks} attacks`,
      found,
      used: `the first ${caps.attacks}`,
    });
  }
  const attacks = list
    .slice(0, caps.attacks)
    .map((value, i) => readAttack(at(spot, i, value), context))
    .filter((attack) => attack !== undefined);
  return attacks.length > 0 ? { attacks } : {};
};

/** Metrics that claims may speak of because an attack is asked for: its values, and the same of fresh weights. */
export const attackMetrics = (
  attacks: readonly AttackSpec[] | undefined,
  { attacks: known }: CatalogueInfo,
): string[] => {
  const kinds = new Set(attacks?.map(({ kind }) => kind));
  return known.filter(({ id }) => kinds.has(id)).flatMap(({ values }) => values.flatMap(({ id }) => [id, id + FRESH]));
};
