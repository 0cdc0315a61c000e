import type { CatalogueInfo } from '../format/catalogue.ts';
import { experimentDigest } from '../format/experiment.ts';
import type { Scenario } from '../format/scenario.ts';
import { keysOf, type QueryPreset, scenarioFromQuery, targetsOf } from './query.ts';

/** A query with more fields than this is no longer read by anybody. */
const MOST_FIELDS = 6;

type Path = readonly (string | number)[];

const valueAt = (node: unknown, path: Path): unknown =>
  path.reduce<unknown>((at, key) => (at as Readonly<Record<string | number, unknown>> | undefined)?.[key], node);

const isWritable = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every((one) => typeof one === 'number')
    : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const escaped = (text: string): string => encodeURIComponent(text).replaceAll('%2C', ',');

/** Names of settings, and of each run's: `noise`, `beta`, `NPO.beta`. */
const namesOf = (scenario: Scenario, catalogue: CatalogueInfo): readonly string[] => {
  const keys = [...new Set(keysOf(scenario, catalogue))].filter((key) => key !== 'p');
  return [...keys, ...scenario.runs.flatMap(({ name }) => keys.map((key) => `${name}.${key}`))];
};

/** What differs from the preset, as fields of a query, the fewest names first. Undefined where too much does. */
const fieldsOf = (scenario: Scenario, base: Scenario, catalogue: CatalogueInfo): readonly string[] | undefined => {
  const said = new Set<string>();
  const fields: string[] = [];
  for (const name of namesOf(scenario, catalogue)) {
    const targets = targetsOf(name, base, catalogue);
    const value = valueAt(scenario, targets[0]?.path ?? []);
    const isOne = targets.every(({ path }) => JSON.stringify(valueAt(scenario, path)) === JSON.stringify(value));
    const isNew = ({ path }: { readonly path: Path }): boolean =>
      !said.has(path.join('/')) && JSON.stringify(valueAt(base, path)) !== JSON.stringify(valueAt(scenario, path));
    if (targets.length === 0 || !isOne || !isWritable(value) || !targets.some(isNew)) continue;
    for (const { path } of targets) said.add(path.join('/'));
    fields.push(`${escaped(name)}=${escaped(Array.isArray(value) ? value.join(',') : String(value))}`);
    if (fields.length > MOST_FIELDS) return undefined;
  }
  return fields;
};

const withoutId = ({ id: _, ...rest }: Scenario): object => rest;

/**
 * The query that means a preset, or a preset with a few settings changed: `?p=ga-vs-npo&v=1a2b3c4d&NPO.beta=0.1`. `v` is
 * the digest of what the preset computes today. Undefined where a query does not say it all.
 */
export const shortQuery = (
  scenario: Scenario,
  base: Scenario,
  presets: readonly QueryPreset[],
  catalogue: CatalogueInfo,
): string | undefined => {
  const fields = fieldsOf(scenario, base, catalogue);
  if (base.id === undefined || fields === undefined) return undefined;
  const query = `?${[`p=${escaped(base.id)}`, `v=${experimentDigest(base)}`, ...fields].join('&')}`;
  const meant = scenarioFromQuery(query, presets, catalogue);
  const isSame = meant && JSON.stringify(withoutId(meant.scenario)) === JSON.stringify(withoutId(scenario));
  return isSame && meant.repairs.length === 0 && !meant.isPresetChanged ? query : undefined;
};
