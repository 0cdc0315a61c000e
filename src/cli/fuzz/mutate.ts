import { isObject } from '../../scenario/read/check.ts';
import type { Chance } from './chance.ts';

/** Pieces that readers have stumbled over: markup, names of the language's own, halves of characters, numbers. */
const TOKENS: readonly string[] = [
  '',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  'javascript:alert(1)',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '\ud800',
  '\udc00\ud83d',
  '\u0000',
  '\u001b[2J',
  '\u202e',
  '\ufeff',
  '%',
  '%00',
  '%ff',
  '==',
  '#',
  '#1.',
  '#2.',
  '&p=',
  ',',
  '.',
  '/',
  '~1',
  '[',
  '{',
  '"',
  '\\',
  'NaN',
  '-0',
  '1e9',
  '1e999',
  '-1',
  '0.1',
  'null',
  '9007199254740993',
  'original',
  'retrained',
];

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { a: value };
  return value;
};

/** An object with keys that an assignment would not make its own. */
const polluting = Object.fromEntries([
  ['__proto__', { polluted: true }],
  ['constructor', { prototype: { polluted: true } }],
  ['polluted', true],
]);

const VALUES: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  0.5,
  2,
  1e9,
  -1e9,
  1e300,
  5e-324,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  2 ** 53,
  2 ** 31,
  'full',
  'lane',
  [],
  [[]],
  {},
  [null],
  [0, 0],
  [1e9, 1e9, 1e9],
  { kind: 'class' },
  { length: 1e9 },
  polluting,
  [polluting],
];

/** Large ones, drawn seldom. */
const LARGE: readonly (() => unknown)[] = [
  () => nested(3000),
  () => 'x'.repeat(100_000),
  () => '\ud800'.repeat(5000),
  () => new Array(20_000).fill(0),
  () => Array.from({ length: 5000 }, () => ({})),
  () => Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`learningRat${i}`, i])),
];

const nasty = (chance: Chance): unknown => {
  if (chance.oneIn(200)) return chance.pick(LARGE)();
  return chance.oneIn(3) ? chance.pick(TOKENS) : chance.pick(VALUES);
};

/** A text with one thing changed; `other` is another text of the same kind. */
const changeText = (text: string, other: string, chance: Chance): string => {
  const at = chance.below(text.length + 1);
  const to = Math.min(text.length, at + chance.below(chance.oneIn(4) ? text.length + 1 : 12));
  switch (chance.below(8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, at) + chance.pick(TOKENS) + text.slice(at);
    case 3:
      return text.slice(0, at) + chance.pick(TOKENS) + text.slice(to);
    case 4:
      return text.slice(0, to) + text.slice(at);
    case 5:
      return text.slice(0, at) + other.slice(chance.below(other.length + 1));
    case 6:
      return text.slice(0, at) + String.fromCharCode(chance.below(chance.oneIn(3) ? 65_536 : 128)) + text.slice(at + 1);
    default: {
      const piece = text.slice(at, to) || chance.pick(TOKENS);
      return text.slice(0, at) + piece.repeat(1 + chance.below(chance.oneIn(50) ? 2000 : 5)) + text.slice(to);
    }
  }
};

const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
};

const changeBytes = (bytes: Uint8Array, other: Uint8Array, chance: Chance): Uint8Array => {
  const at = chance.below(bytes.length + 1);
  switch (chance.below(6)) {
    case 0:
      return bytes.slice(0, at);
    case 1:
      return joined(bytes.subarray(0, at), bytes.subarray(Math.min(bytes.length, at + 1 + chance.below(8))));
    case 2:
      return joined(bytes.subarray(0, at), Uint8Array.of(chance.below(256)), bytes.subarray(at));
    case 3:
      return joined(bytes.subarray(0, at), other.subarray(chance.below(other.length + 1)));
    case 4:
      return joined(bytes.subarray(0, at), Uint8Array.of(chance.pick([0, 127, 128, 255])), bytes.subarray(at + 1));
    default: {
      const copy = bytes.slice();
      if (at < copy.length) copy[at] = (copy[at] as number) ^ (1 << chance.below(8));
      return copy;
    }
  }
};

/** Some value inside another. */
const inner = (value: unknown, chance: Chance): unknown => {
  if (chance.oneIn(3)) return value;
  const children = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return children.length === 0 ? value : inner(chance.pick(children), chance);
};

const changeNode = (value: unknown, other: unknown, chance: Chance): unknown => {
  switch (chance.below(7)) {
    case 0:
      return inner(other, chance);
    case 1:
      return chance.oneIn(2) ? [value] : { a: value };
    case 2:
      if (typeof value === 'number') return chance.pick([-value, value * 1e9, value + 0.5, value / 3, `${value}`]);
      if (typeof value === 'string') return changeText(value, 'other', chance);
      return nasty(chance);
    case 3:
    case 4:
      if (Array.isArray(value) && value.length > 0) {
        const repeated = Array.from({ length: 1 + chance.below(chance.oneIn(50) ? 300 : 4) }, () => value).flat();
        return chance.oneIn(2) ? repeated : [...value, nasty(chance)];
      }
      if (isObject(value)) {
        const key = chance.oneIn(2) ? chance.pick(TOKENS) : chance.pick([...Object.keys(value), 'b']);
        return Object.fromEntries([...Object.entries(value), [key, nasty(chance)]]);
      }
      return nasty(chance);
    default:
      return nasty(chance);
  }
};

/** A value with one of its parts changed; what is not changed is shared. */
const changeValue = (value: unknown, other: unknown, chance: Chance): unknown => {
  if (Array.isArray(value) && value.length > 0 && !chance.oneIn(6)) {
    const i = chance.below(value.length);
    if (chance.oneIn(8)) return value.filter((_, at) => at !== i);
    return value.map((child, at) => (at === i ? changeValue(child, other, chance) : child));
  }
  if (isObject(value) && !chance.oneIn(6)) {
    const entries = Object.entries(value);
    if (entries.length > 0) {
      const i = chance.below(entries.length);
      if (chance.oneIn(8)) return Object.fromEntries(entries.filter((_, at) => at !== i));
      const changed = entries.map(([key, child], at) => [key, at === i ? changeValue(child, other, chance) : child]);
      return Object.fromEntries(changed);
    }
  }
  return changeNode(value, other, chance);
};

const times = <T>(first: T, chance: Chance, change: (value: T) => T): T => {
  let value = first;
  for (let i = chance.below(4); i >= 0; i--) value = change(value);
  return value;
};

/**
 * An input with one to four changes: characters of a text, bits and bytes of bytes, parts of any other value. What is
 * spliced in comes from `other`, another input of the same reader.
 */
export const mutated = (input: unknown, other: unknown, chance: Chance): unknown => {
  if (typeof input === 'string') {
    return times(input, chance, (text) => changeText(text, typeof other === 'string' ? other : '', chance));
  }
  if (input instanceof Uint8Array) {
    const rest = other instanceof Uint8Array ? other : new Uint8Array();
    return times(input, chance, (bytes) => changeBytes(bytes, rest, chance));
  }
  return times(input, chance, (value) => changeValue(value, other, chance));
};
