import type { Fault } from '../../engine/base/errors.ts';
import { type FieldSchema, isOwnText, type OwnTextSpec, type ParamValue } from '../../engine/base/schema.ts';
import { listedFaults, readFacts, readNames, writeFacts, writeNames } from '../facts/read-facts.ts';
import { caps } from '../format/defaults.ts';
import type { BatchSize, OptimizerSpec } from '../format/scenario.ts';
import { type BatchSpec, optimizerSettings, type SettingSpec } from '../format/settings.ts';
import { readPairs, writePairs } from '../pairs/read-pairs.ts';
import {
  at,
  describe,
  fault,
  field,
  isObject,
  openObject,
  readChoice,
  readFlag,
  readInt,
  readNumber,
  type Spot,
} from './check.ts';

const isBatch = (value: unknown, { min, max }: BatchSpec): value is BatchSize =>
  value === 'full' || (Number.isInteger(value) && (value as number) >= min && (value as number) <= max);

/** A batch size. */
const readBatch = (spot: Spot, spec: BatchSpec, byDefault: BatchSize): BatchSize => {
  const { value } = spot;
  if (value === undefined) return byDefault;
  if (isBatch(value, spec)) return value;
  const used =
    typeof value === 'number' && Number.isFinite(value)
      ? Math.min(spec.max, Math.max(spec.min, Math.round(value)))
      : byDefault;
  return fault(spot, `"full" or a whole number in [${spec.min}, ${spec.max}]`, used);
};

/** Facts, names or pairs in the form in which scenarios write them. What is wrong is reported with its place and left out. */
const readOwnText = (spot: Spot, spec: OwnTextSpec): string => {
  const { value, path, report } = spot;
  if (value === undefined) return '';
  if (typeof value !== 'string') return fault(spot, 'a text', '', 'nothing');
  const told = (faults: readonly Fault[]): void => {
    for (const one of listedFaults(faults)) {
      report.add({ ...one, path: one.path === '' ? path : `${path}, ${one.path}`, used: 'left out' });
    }
  };
  if (spec.kind === 'names') {
    const { names, faults } = readNames(value, spec);
    told(faults);
    return writeNames(names);
  }
  if (spec.kind === 'pairs') {
    const { pairs, faults } = readPairs(value, spec);
    told(faults);
    return faults.length > 0 ? '' : writePairs(pairs);
  }
  const { facts, faults } = readFacts(value, spec);
  told(faults);
  return writeFacts(facts);
};

/** A value under its spec; nothing gives `byDefault`. */
export const readSetting = (spot: Spot, spec: SettingSpec, byDefault: ParamValue = spec.default): ParamValue => {
  switch (spec.kind) {
    case 'number':
      return readNumber(spot, spec, byDefault as number);
    case 'int':
      return readInt(spot, spec, byDefault as number);
    case 'choice':
      return readChoice(spot, spec.options, byDefault as string);
    case 'flag':
      return readFlag(spot, byDefault as boolean);
    case 'batch':
      return readBatch(spot, spec, byDefault as BatchSize);
  }
};

/** Parameters under a schema, every default filled in. */
export const readParams = (spot: Spot, schema: FieldSchema, what: string): Record<string, ParamValue> => {
  openObject(spot, what, { fields: Object.keys(schema) });
  return Object.fromEntries(
    Object.entries(schema).flatMap(([name, spec]) => {
      if (!isOwnText(spec)) return [[name, readSetting(field(spot, name), spec)]];
      const text = readOwnText(field(spot, name), spec);
      return text === '' ? [] : [[name, text]];
    }),
  );
};

/** The optimizer fields of `spot`. */
export const readOptimizer = (spot: Spot, defaults: OptimizerSpec): OptimizerSpec =>
  Object.fromEntries(
    Object.entries(optimizerSettings).map(([name, spec]) => [
      name,
      readSetting(field(spot, name), spec, defaults[name as keyof OptimizerSpec]),
    ]),
  ) as unknown as OptimizerSpec;

/** A seed, or 'lane': one draw for each run seed. */
export const readSeedOrLane = (spot: Spot, byDefault: number | 'lane'): number | 'lane' => {
  const { value } = spot;
  if (value === undefined) return byDefault;
  if (value === 'lane') return value;
  if (isSeed(value)) return value === 0 ? 0 : value;
  return fault(spot, `"lane" or ${seedText}`, byDefault);
};

export const seedText = 'a whole number from 0 on';
export const isSeed = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** The entries of a `bySeed` object, each under a seed as its name; others are reported. */
export const seedEntries = (spot: Spot): readonly (readonly [seed: string, entry: Spot])[] => {
  const { value } = spot;
  if (value === undefined) return [];
  if (!isObject(value)) return fault(spot, 'an object of entries by seed, such as { "0": ... }', [], 'no entries');
  const entries: (readonly [string, Spot])[] = [];
  for (const [name, content] of Object.entries(value)) {
    const child = at(spot, name, content);
    if (!isSeed(Number(name)) || String(Number(name)) !== name) {
      spot.report.add({ path: child.path, expected: `a seed, ${seedText}`, found: describe(name), used: 'left out' });
    } else if (entries.length >= caps.seeds) {
      const found = 'one more';
      spot.report.add({ path: child.path, expected: `at most ${caps.seeds} seeds`, found, used: 'left out' });
    } else entries.push([name, child]);
  }
  return entries;
};

/** Different members of a list that pass `isGood`; each of the others is a fault and is left out. */
export const readSet = <T extends ParamValue>(
  spot: Spot,
  members: readonly unknown[],
  isGood: (value: unknown) => value is T,
  what: string,
): T[] => {
  const set = new Set<T>();
  members.forEach((value, i) => {
    const member = at(spot, i, value);
    if (!isGood(value)) fault(member, what, undefined, 'left out');
    else if (set.has(value)) fault(member, `different values, not ${describe(value)} again`, undefined, 'left out');
    else set.add((value === 0 ? 0 : value) as T);
  });
  return [...set];
};
