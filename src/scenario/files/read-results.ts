import { type Fault, faultError, SimError } from '../../engine/base/errors.ts';
import type { Results } from '../format/results.ts';
import { describe, isObject } from '../read/check.ts';

const isValue = (value: unknown): boolean => value === null || typeof value === 'number';

const isModel = (value: unknown): boolean =>
  isObject(value) &&
  Number.isInteger(value['seed']) &&
  isObject(value['metrics']) &&
  Object.values(value['metrics']).every(isValue);

const isRun = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['name'] === 'string' &&
  Number.isInteger(value['seed']) &&
  isObject(value['settings']) &&
  isObject(value['metrics']) &&
  Object.values(value['metrics']).every((series) => Array.isArray(series) && series.every(isValue));

const isClaim = (value: unknown): boolean =>
  isObject(value) && typeof value['text'] === 'string' && typeof value['holds'] === 'boolean';

const isEngine = (value: unknown): boolean =>
  isObject(value) && typeof value['backend'] === 'string' && typeof value['version'] === 'string';

const listOf = (isOne: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(isOne);

const FIELDS: Readonly<Record<string, readonly [expected: string, isFit: (value: unknown) => boolean]>> = {
  version: ['1', (value) => value === 1],
  scenario: ['an experiment', isObject],
  checksum: ['eight hexadecimal digits', (value) => typeof value === 'string' && /^[0-9a-f]{8}$/.test(value)],
  engine: ['what computed it', isEngine],
  original: ['a list of models with metrics', listOf(isModel)],
  retrained: ['a list of models with metrics', listOf(isModel)],
  runs: ['a list of runs with metrics by step', listOf(isRun)],
  claims: ['a list of claims', listOf(isClaim)],
};

/**
 * The numbers of a results file, as they stand there: nothing is computed, and nobody vouches for them.
 *
 * @throws {SimError} file/malformed, with every field that is not as `--out` writes it
 */
export const readResults = (text: string): Results => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SimError('file/malformed', 'This is no JSON file.');
  }
  const at = (name: string): unknown => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
  const faults = Object.entries(FIELDS).flatMap(([name, [expected, isFit]]): Fault[] =>
    isFit(at(name)) ? [] : [{ path: `/${name}`, expected, found: describe(at(name)) }],
  );
  if (faults.length > 0) throw faultError('file/malformed', faults);
  return value as Results;
};
