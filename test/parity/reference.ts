import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Every schema of reference numbers and its file in `fixtures/`. */
export const SCHEMAS = {
  'unlearn-parity/1': 'losses.json',
  'unlearn-lm-parity/1': 'language.json',
  'unlearn-families/1': 'generative.json',
} as const;
export type Schema = keyof typeof SCHEMAS;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Obj = Readonly<Record<string, Json>>;

const isObject = (value: unknown): value is Obj => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The numbers of nested lists, row after row. */
export const flatNumbers = (value: unknown): number[] =>
  Array.isArray(value) ? value.flatMap(flatNumbers) : [value as number];

/** Whether a list, or a list of lists, holds numbers. */
const isNumeric = (value: unknown): boolean =>
  typeof value === 'number' || (Array.isArray(value) && value.some((item) => isNumeric(item)));

/** What a list's items are called: by their `id`, with a count where it repeats, or by their place. */
const namesOf = (items: readonly unknown[]): string[] => {
  const times = new Map<string, number>();
  return items.map((item, i) => {
    if (!isObject(item) || typeof item['id'] !== 'string') return String(i);
    const nth = (times.get(item['id']) ?? 0) + 1;
    times.set(item['id'], nth);
    return nth === 1 ? item['id'] : `${item['id']}#${nth}`;
  });
};

/** What stands in an object, or in a list of objects, by name; nothing in a list of numbers. */
const childrenOf = (value: unknown): [name: string, child: unknown][] => {
  if (isObject(value)) return Object.entries(value);
  if (!Array.isArray(value) || !value.some(isObject)) return [];
  const names = namesOf(value);
  return value.map((child, i) => [names[i] as string, child]);
};

const at = (path: string, key: string): string => (path === '' ? key : `${path}/${key}`);

/** The sizes of nested lists, [] of a number. */
const shapeOf = (value: unknown): number[] => (Array.isArray(value) ? [value.length, ...shapeOf(value[0])] : []);

/** Whether all of nested lists are numbers in that shape. */
const hasShape = (value: unknown, [size, ...rest]: readonly number[]): boolean =>
  size === undefined
    ? typeof value === 'number' && Number.isFinite(value)
    : Array.isArray(value) && value.length === size && value.every((item) => hasShape(item, rest));

/** What is at a path that may not be there. */
export const has = (object: object, key: string): boolean => Object.hasOwn(object, key);

/** Text of a file of reference numbers as JSON that names a known schema. @throws {Error} that says what is wrong with it */
const parsed = (file: string): { readonly schema: Schema; readonly json: Obj } => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`Reference numbers: ${file} cannot be read (${(error as Error).message}).`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`Reference numbers: ${file} is not JSON (${(error as Error).message}).`);
  }
  const schema = isObject(json) ? json['schema'] : undefined;
  if (typeof schema === 'string' && has(SCHEMAS, schema)) return { schema: schema as Schema, json: json as Obj };
  const known = Object.keys(SCHEMAS).join(', ');
  throw new Error(`Reference numbers: ${file} has the schema ${JSON.stringify(schema)}. Known are ${known}.`);
};

/** A file of reference numbers that knows which of its numbers somebody has looked at. */
export class Reference<T> {
  readonly file: string;
  /** Throws where something is asked for that the file does not have. */
  readonly numbers: T;
  readonly #json: Obj;
  readonly #seen = new Set<string>();

  constructor(file: string, json: Obj) {
    this.file = file;
    this.#json = json;
    this.numbers = this.#watched(json, '') as T;
  }

  #watched(value: unknown, path: string): unknown {
    if (Array.isArray(value)) {
      if (!value.some(isObject)) return value;
      const names = namesOf(value);
      return value.map((item, i) => this.#watched(item, at(path, names[i] as string)));
    }
    if (!isObject(value)) return value;
    const inside = new Map<string, unknown>();
    return new Proxy(value, {
      get: (target, key) => {
        if (typeof key === 'symbol' || key === 'toJSON') return Reflect.get(target, key);
        const here = at(path, key);
        if (!has(target, key)) throw new Error(`${this.file} has no ${here}.`);
        this.#seen.add(here);
        if (!inside.has(key)) inside.set(key, this.#watched(target[key], here));
        return inside.get(key);
      },
    });
  }

  /** @throws {Error} where the value at a path, such as 'losses/npo/grad/W1', has not that shape. */
  requireShape(path: string, shape: readonly number[]): void {
    const value = this.#at(path);
    if (hasShape(value, shape)) return;
    const found = isNumeric(value) ? `[${shapeOf(value)}]` : JSON.stringify(value)?.slice(0, 40);
    throw new Error(`${this.file}: ${path} should be numbers of shape [${shape}], found ${found}.`);
  }

  /** Whether something stands at a path. */
  holds(path: string): boolean {
    return this.#found(path) !== undefined;
  }

  #found(path: string): unknown {
    let value: unknown = this.#json;
    for (const key of path.split('/')) {
      if (Array.isArray(value)) value = value[namesOf(value).indexOf(key)];
      else value = isObject(value) && has(value, key) ? value[key] : undefined;
    }
    return value;
  }

  #at(path: string): unknown {
    const value = this.#found(path);
    if (value === undefined) throw new Error(`${this.file} has no ${path}.`);
    return value;
  }

  /** Paths of the numbers below a path that nobody has looked at: of a whole object if of none in it. */
  unread(path: string): string[] {
    const walk = (value: unknown, here: string): { all: boolean; open: string[] } => {
      const children = childrenOf(value);
      if (children.length === 0) {
        const open = isNumeric(value) && !this.#seen.has(here) ? [here] : [];
        return { all: open.length > 0 || !isNumeric(value), open };
      }
      const found = children.map(([name, child]) => walk(child, at(here, name)));
      const open = found.flatMap((child) => child.open);
      const all = found.every((child) => child.all);
      return { all, open: all && open.length > 0 ? [here] : open };
    };
    const section = this.#at(path);
    return isObject(section) || (Array.isArray(section) && section.some(isObject))
      ? childrenOf(section).flatMap(([name, child]) => walk(child, at(path, name)).open)
      : walk(section, path).open;
  }
}

/** A file of reference numbers of a schema: the repository's, or another (by default PARITY_FIXTURES) if that has the schema. */
export const referenceOf = <T>(schema: Schema, other = process.env['PARITY_FIXTURES']): Reference<T> => {
  if (other) {
    const found = parsed(other);
    if (found.schema === schema) return new Reference<T>(other, found.json);
  }
  const file = join(import.meta.dirname, 'fixtures', SCHEMAS[schema]);
  const own = parsed(file);
  if (own.schema !== schema) throw new Error(`${file} should have the schema ${schema}, found ${own.schema}.`);
  return new Reference<T>(file, own.json);
};

/**
 * Reasons why numbers are compared with nothing, by path. `*` stands for any one name, and the name of an entry that is there
 * several times for all of them.
 */
export type Reasons = Readonly<Record<string, string>>;

const covers = (pattern: string, path: string): boolean => {
  const [own, names] = [pattern.split('/'), path.split('/')];
  return (
    own.length <= names.length &&
    own.every((name, i) => name === '*' || name === names[i] || names[i]?.startsWith(`${name}#`))
  );
};

/** Numbers below some paths that no test has looked at and no reason excuses. */
export const unexplained = <T>(reference: Reference<T>, sections: readonly string[], reasons: Reasons): string[] =>
  sections
    .flatMap((section) => reference.unread(section))
    .flatMap((path) => (Object.keys(reasons).some((pattern) => covers(pattern, path)) ? [] : [path]));

/** Tests, to come last of a schema's file, that every number was looked at or is listed with a reason, and the list is true. */
export const everyNumberIsCompared = <T>(
  reference: Reference<T>,
  sections: readonly string[],
  reasons: Reasons,
): void => {
  describe(`the numbers of ${basename(reference.file)}`, () => {
    it('are all compared, or listed with a reason why not', () => {
      expect(unexplained(reference, sections, reasons), 'no test compares').toEqual([]);
    });
    it('are not listed if they are compared', () => {
      const open = sections.flatMap((section) => reference.unread(section));
      const isOpen = (pattern: string) => open.some((path) => covers(pattern, path) || covers(path, pattern));
      const stale = Object.keys(reasons).filter(
        (pattern) => !pattern.includes('*') && reference.holds(pattern) && !isOpen(pattern),
      );
      expect(stale, 'compared, and listed as not').toEqual([]);
    });
  });
};
