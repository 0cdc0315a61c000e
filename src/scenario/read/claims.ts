import type { ParamValue } from '../../engine/base/schema.ts';
import type { CatalogueInfo } from '../format/catalogue.ts';
import { caps, claimDefaults } from '../format/defaults.ts';
import { reservedNames } from '../format/names.ts';
import type { Claim, ClaimAt, ClaimThan, Comparison, RunSpec } from '../format/scenario.ts';
import { runSettings, settingsOf } from '../format/settings.ts';
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
  readNumber,
  readText,
  type Spot,
} from './check.ts';
import { isSeed, readSet, seedText } from './read.ts';

const comparisons: readonly Comparison[] = ['<', '<=', '>', '>=', '==', '!='];
const moments = ['last', 'first', 'any', 'every', 'argmin', 'argmax'] as const;
export const anyNumber = { min: -1e12, max: 1e12 };
const anyStep = { min: 0, max: caps.steps };

export interface ClaimContext {
  readonly catalogue: CatalogueInfo;
  readonly runs: readonly RunSpec[];
  /** What the scenario's attacks give. */
  readonly attackMetrics: readonly string[];
}

export const required = <T>(spot: Spot, what: string, read: (spot: Spot) => T, byDefault: T): T =>
  spot.value === undefined ? fault(spot, what, byDefault) : read(spot);

export const readMetric = (spot: Spot, { catalogue, attackMetrics }: ClaimContext): string =>
  readChoice(spot, [...catalogue.metrics.map(({ id }) => id), ...attackMetrics], '');

export const readRunName = (spot: Spot, { runs }: ClaimContext): string =>
  readChoice(spot, [...runs.map(({ name }) => name), ...reservedNames], '');

export const readComparison = (spot: Spot): Comparison =>
  required(spot, oneOf(comparisons, undefined), (given) => readChoice(given, comparisons, '<'), '<');

const readAt = (spot: Spot, context: ClaimContext): ClaimAt => {
  const { value } = spot;
  if (typeof value === 'number') return readInt(spot, anyStep, 0);
  if (!isObject(value)) return readChoice(spot, [...moments, 'a step', '{ "when": ... }'] as const, 'last') as ClaimAt;
  openObject(spot, 'an object with when', { fields: ['when'] });
  const when = field(spot, 'when');
  if (!isObject(when.value)) return fault(when, 'an object with metric, is and value', 'last');
  openObject(when, 'an object with metric, is and value', { fields: ['metric', 'is', 'value'] });
  return {
    when: {
      metric: required(field(when, 'metric'), 'a metric', (given) => readMetric(given, context), ''),
      is: readComparison(field(when, 'is')),
      value: required(field(when, 'value'), 'a number', (given) => readNumber(given, anyNumber, 0), 0),
    },
  };
};

/** `where`: some of a run's settings, with values that one of its lanes has. */
const readWhere = (spot: Spot, run: RunSpec | undefined, context: ClaimContext): Record<string, ParamValue> => {
  const where: Record<string, ParamValue> = {};
  if (!isObject(spot.value)) return fault(spot, 'an object of settings, such as { "params.beta": 0.1 }', where);
  if (run === undefined) return fault(spot, 'nothing here: only a run has settings', where);
  const settings = runSettings(byId(context.catalogue.methods, run.method), context.catalogue);
  const own = settingsOf(run);
  for (const [path, value] of Object.entries(spot.value)) {
    const child = at(spot, path, value);
    if (!settings.has(path)) {
      fault(child, spot.report.isFull() ? 'a setting' : oneOf([...settings.keys()], path), undefined, 'left out');
      continue;
    }
    const values = (Object.hasOwn(run.sweep, path) ? run.sweep[path] : undefined) ?? [own[path] as ParamValue];
    if (values.includes(value as ParamValue)) where[path] = value === 0 ? 0 : (value as ParamValue);
    else fault(child, `a value that a lane of ${run.name} has (${values.join(', ')})`, undefined, 'left out');
  }
  return where;
};

/** Runs `read` on a field that is there; an absent field stays absent. */
const optional = <K extends string, T>(spot: Spot, key: K, read: (spot: Spot) => T): { readonly [P in K]?: T } => {
  const child = field(spot, key);
  return (child.value === undefined ? {} : { [key]: read(child) }) as { readonly [P in K]?: T };
};

const runOf = (name: string | undefined, { runs }: ClaimContext) => runs.find((run) => run.name === name);

const readThan = (spot: Spot, claimRun: string, context: ClaimContext): ClaimThan => {
  if (!isObject(spot.value)) return fault(spot, 'an object such as { "run": "GA" }', {});
  openObject(spot, 'an object', { fields: ['run', 'metric', 'at', 'times', 'plus', 'where'] });
  const named = optional(spot, 'run', (child) => readRunName(child, context));
  return {
    ...named,
    ...optional(spot, 'metric', (child) => readMetric(child, context)),
    ...optional(spot, 'at', (child) => readAt(child, context)),
    ...optional(spot, 'times', (child) => readNumber(child, anyNumber, 1)),
    ...optional(spot, 'plus', (child) => readNumber(child, anyNumber, 0)),
    ...optional(spot, 'where', (child) => readWhere(child, runOf(named.run ?? claimRun, context), context)),
  };
};

const readAmong = (spot: Spot): readonly number[] => {
  const seeds = readSet(spot, (openList(spot, 'a list of seeds') ?? []).slice(0, caps.seeds), isSeed, seedText);
  return seeds.length > 0 ? seeds : fault(spot, 'at least one seed', [], 'left out');
};

const fields = [
  'text',
  'run',
  'metric',
  'at',
  'reduce',
  'from',
  'to',
  'is',
  'value',
  'than',
  'where',
  'seeds',
  'among',
];

/** A claim; undefined with any fault, for half of it would state something else. */
export const readClaim = (spot: Spot, context: ClaimContext): Claim | undefined => {
  if (!isObject(spot.value))
    return fault(spot, 'an object with text, run, metric, is and value', undefined, 'left out');
  const before = spot.report.count();
  openObject(spot, 'an object', { fields });
  const run = required(field(spot, 'run'), 'the name of a run', (given) => readRunName(given, context), '');
  const claim: Claim = {
    text: required(field(spot, 'text'), 'a text', (given) => readText(given, caps.text, ''), ''),
    run,
    metric: required(field(spot, 'metric'), 'a metric', (given) => readMetric(given, context), ''),
    at: claimDefaults.at,
    ...optional(spot, 'at', (child) => readAt(child, context)),
    ...optional(spot, 'reduce', (child) => readChoice(child, ['slope'] as const, 'slope')),
    ...optional(spot, 'from', (child) => readInt(child, anyStep, 0)),
    ...optional(spot, 'to', (child) => readInt(child, anyStep, 0)),
    is: readComparison(field(spot, 'is')),
    ...optional(spot, 'value', (child) => readNumber(child, anyNumber, 0)),
    ...optional(spot, 'than', (child) => readThan(child, run, context)),
    ...optional(spot, 'where', (child) => readWhere(child, runOf(run, context), context)),
    seeds: readChoice(field(spot, 'seeds'), ['all', 'most', 'median', 'mean'] as const, claimDefaults.seeds),
    ...optional(spot, 'among', readAmong),
  };
  if ((claim.value === undefined) === (claim.than === undefined)) {
    fault(spot, 'either a value or a than to compare with', undefined, 'left out');
  }
  if (claim.reduce === undefined && (claim.from !== undefined || claim.to !== undefined)) {
    fault(spot, 'from and to only with "reduce": "slope"', undefined, 'left out');
  }
  if (claim.from !== undefined && claim.to !== undefined && claim.from >= claim.to) {
    fault(field(spot, 'to'), `a step after ${claim.from}`, undefined, 'left out');
  }
  return spot.report.count() === before ? claim : undefined;
};

/** `claims`. A claim with any fault is left out. */
export const readClaims = (spot: Spot, context: ClaimContext): Claim[] => {
  const list = openList(spot, 'a list of claims') ?? [];
  if (list.length > caps.claims) {
    const found = `${list.length}`;
    const used = `the first ${caps.claims}`;
    spot.report.add({ path: spot.path, expected: `at most ${caps.claims} claims`, found, used });
  }
  return list
    .slice(0, caps.claims)
    .map((value, i) => readClaim(at(spot, i, value), context))
    .filter((claim) => claim !== undefined);
};
