import { caps } from './defaults.ts';

/** Names that claims use for the two models that every experiment has. */
export const reservedNames: readonly string[] = ['original', 'retrained'];

/** A name as it is seen: names that differ only in what cannot be seen are the same. */
export const seenName = (name: string): string =>
  name
    .normalize('NFC')
    .replace(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\p{Cf}]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

/** The first characters of a text, no half of a pair and no space at the end. */
const beginning = (text: string, length: number): string =>
  text
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();

/**
 * A run's name as others may use it, of at most 60 characters, neither taken nor reserved, nor one that only looks so: `wanted` itself, or `wanted 2`,
 * `wanted 3`, ..., cut so that the number has room.
 */
export const freeName = (wanted: string, taken: Iterable<string>): string => {
  const used = new Set([...taken, ...reservedNames].map(seenName));
  const whole = beginning(wanted, caps.name);
  if (!used.has(seenName(whole))) return whole;
  for (let n = 2; ; n++) {
    const suffix = ` ${n}`;
    const name = beginning(wanted, caps.name - suffix.length) + suffix;
    if (!used.has(seenName(name))) return name;
  }
};
