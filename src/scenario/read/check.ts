import type { Fault } from '../../engine/base/errors.ts';
import { closest, wellFormed } from '../../engine/base/words.ts';
import { isObject } from '../format/json.ts';

/** A fault together with the value that took its place. */
export interface Repair extends Fault {
  readonly used: string;
}

/** Collects what is wrong with an input. Every check reports here and goes on with a usable value. */
export interface Report {
  readonly add: (repair: Repair) => void;
  /** Whether further faults are only counted: what is said about them is not worth any work. */
  readonly isFull: () => boolean;
  readonly count: () => number;
  readonly repairs: () => readonly Repair[];
}

const MOST_REPAIRS = 200;

/** A fresh report. It lists the first 200 faults and counts the rest. */
export const createReport = (): Report => {
  const list: Repair[] = [];
  let count = 0;
  return {
    add: (repair) => {
      count++;
      if (list.length < MOST_REPAIRS) list.push(repair);
    },
    isFull: () => count >= MOST_REPAIRS,
    count: () => count,
    repairs: () =>
      count <= MOST_REPAIRS
        ? list
        : [
            ...list,
            { path: '', expected: 'fewer faults', found: `${count - MOST_REPAIRS} more`, used: 'the same remedies' },
          ],
  };
};

/** A value of the input and where it stands. */
export interface Spot {
  readonly value: unknown;
  readonly path: string;
  readonly report: Report;
}

const isPrimitive = (value: unknown): boolean => value === null || typeof value !== 'object';

/** A value as a fault shows it: short, one line, safe for anything. */
export const describe = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value);
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return value.length <= 6 && value.every(isPrimitive)
      ? `[${value.map(describe).join(', ')}]`
      : `a list of ${value.length}`;
  }
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
};

/** Reports a fault and returns the value that takes the place of what was found. */
export const fault = <T>(spot: Spot, expected: string, used: T, usedText: string = describe(used)): T => {
  spot.report.add({ path: spot.path, expected, found: describe(spot.value), used: usedText });
  return used;
};

/** A name from the input as a path may carry it: short, one line, whole characters. */
export const shownKey = (key: string): string => {
  const short = key.length > 60 ? `${key.slice(0, 57)}...` : key;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be shown as they are
  return wellFormed(short).replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, '\uFFFD');
};

const pointer = (key: string | number): string => shownKey(String(key)).replaceAll('~', '~0').replaceAll('/', '~1');

/** The spot of a member, whose value may be given. */
export const at = (spot: Spot, key: string | number, value: unknown): Spot => ({
  value,
  path: `${spot.path}/${pointer(key)}`,
  report: spot.report,
});

export { isObject };

/** A member's spot; its value is undefined where there is none. Inherited members do not count. */
export const field = (spot: Spot, key: string): Spot =>
  at(spot, key, isObject(spot.value) && Object.hasOwn(spot.value, key) ? spot.value[key] : undefined);

export interface ObjectRules {
  readonly fields: readonly string[];
  /** Fields of the format that this version does not run, and what they are. */
  readonly unsupported?: Readonly<Record<string, string>>;
  /** What may have been meant by a field that stands in the wrong place: { beta: 'params.beta' }. */
  readonly moved?: Readonly<Record<string, string>>;
}

const quoted = (words: readonly string[]): string => words.join(', ');

/** Checks that a value is an object (nothing counts as an empty one) and that all of its fields are known. */
export const openObject = (spot: Spot, what: string, rules: ObjectRules): void => {
  if (spot.value === undefined) return;
  if (!isObject(spot.value)) {
    fault(spot, what, undefined, 'the defaults');
    return;
  }
  for (const [key, value] of Object.entries(spot.value)) {
    if (rules.fields.includes(key)) continue;
    if (spot.report.isFull()) {
      spot.report.add({ path: '', expected: 'a known field', found: '', used: 'left out' });
      continue;
    }
    const own = (table: Readonly<Record<string, string>> | undefined) =>
      table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
    const unsupported = own(rules.unsupported);
    const meant = own(rules.moved) ?? closest(key, rules.fields);
    const expected =
      unsupported !== undefined
        ? `no such field: ${unsupported} are not supported by this version`
        : meant !== undefined
          ? `a known field (did you mean "${meant}"?)`
          : rules.fields.length > 0
            ? `a known field (one of ${quoted(rules.fields)})`
            : 'no fields';
    const child = at(spot, key, value);
    spot.report.add({ path: child.path, expected, found: describe(value), used: 'left out' });
  }
};

/** A list's members; something else is reported. Nothing gives undefined. */
export const openList = (spot: Spot, what: string): readonly unknown[] | undefined => {
  if (spot.value === undefined) return undefined;
  return Array.isArray(spot.value) ? Array.from(spot.value) : fault(spot, what, undefined, 'the default');
};

export interface Range {
  readonly min: number;
  readonly max: number;
  /** The ends do not belong to the range. */
  readonly open?: boolean;
}

const clamp = (value: number, { min, max }: Range): number => Math.min(max, Math.max(min, value));
const inRange = (value: number, { min, max, open }: Range): boolean =>
  open === true ? value > min && value < max : value >= min && value <= max;
/** JSON has no negative zero. */
const plain = (value: number): number => (value === 0 ? 0 : value);

/** A number. What is out of range is moved to the nearest end; `nearest` gives that value for an open range. */
export const readNumber = (spot: Spot, range: Range, byDefault: number, nearest: Range = range): number => {
  const { value } = spot;
  if (value === undefined) return byDefault;
  if (typeof value === 'number' && inRange(value, range)) return plain(value);
  const expected = `a number in ${range.open === true ? '(' : '['}${range.min}, ${range.max}${range.open === true ? ')' : ']'}`;
  const used = typeof value === 'number' && !Number.isNaN(value) ? clamp(value, nearest) : byDefault;
  return fault(spot, expected, used);
};

/** A whole number. */
export const readInt = (spot: Spot, range: Range, byDefault: number): number => {
  const { value } = spot;
  if (value === undefined) return byDefault;
  if (Number.isInteger(value) && inRange(value as number, range)) return plain(value as number);
  const used =
    typeof value === 'number' && !Number.isNaN(value)
      ? plain(clamp(Number.isFinite(value) ? Math.round(value) : value, range))
      : byDefault;
  return fault(spot, `a whole number in [${range.min}, ${range.max}]`, used);
};

/** One of a few words. */
export const readChoice = <T extends string>(spot: Spot, options: readonly T[], byDefault: T): T => {
  const { value } = spot;
  if (value === undefined) return byDefault;
  if (options.includes(value as T)) return value as T;
  return fault(spot, oneOf(options, value), byDefault);
};

/** 'one of a, b, c', with a suggestion where a value looks like one of them. */
export const oneOf = (options: readonly string[], found: unknown): string => {
  const meant = typeof found === 'string' ? closest(found, options) : undefined;
  const hint = meant === undefined ? '' : ` (did you mean "${meant}"?)`;
  return options.length === 1 ? `"${options[0]}"${hint}` : `one of ${quoted(options)}${hint}`;
};

export const readFlag = (spot: Spot, byDefault: boolean): boolean => {
  if (spot.value === undefined || typeof spot.value === 'boolean') return spot.value ?? byDefault;
  return fault(spot, 'true or false', byDefault);
};

/** A text of at most `most` UTF-16 units. */
export const readText = (spot: Spot, most: number, byDefault: string): string => {
  const { value } = spot;
  if (value === undefined) return byDefault;
  if (typeof value !== 'string') return fault(spot, 'a text', byDefault);
  const whole = wellFormed(value);
  if (whole !== value) fault(spot, 'a text without broken characters', whole, 'the text without them');
  if (whole.length <= most) return whole;
  const cut = wellFormed(whole.slice(0, most));
  spot.report.add({
    path: spot.path,
    expected: `a text of at most ${most} characters`,
    found: `${value.length} characters`,
    used: `the first ${most} characters`,
  });
  return cut;
};

/** A finite number of any size within single precision's comfortable range. */
export const isCoordinate = (value: unknown, limit: number): value is number =>
  typeof value === 'number' && Math.abs(value) <= limit;

/** The entry with an id, where there is one. */
export const byId = <T extends { readonly id: string }>(list: readonly T[], id: unknown): T | undefined =>
  list.find((entry) => entry.id === id);
