import { closest } from '../../engine/base/words.ts';
import { UsageError } from './io.ts';

/** The options that a command knows, with their dashes. */
export interface KnownOptions {
  readonly withValue: readonly string[];
  readonly flags: readonly string[];
}

/**
 * Options and other words of a command line; `--name=value` and `--name value` are the same.
 *
 * @throws {UsageError} for an option that is not known or lacks its value
 */
export const splitOptions = (
  argv: readonly string[],
  { withValue, flags }: KnownOptions,
): { options: Map<string, string>; words: string[] } => {
  const options = new Map<string, string>();
  const words: string[] = [];
  const queue = [...argv];
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (!word.startsWith('-') || word === '-') {
      words.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (flags.includes(name) && equals < 0) {
      options.set(name, '');
    } else if (withValue.includes(name)) {
      const value = equals < 0 ? queue.shift() : word.slice(equals + 1);
      if (value === undefined || value === '') throw new UsageError(`${name}: expected a value`);
      options.set(name, value);
    } else {
      const meant = closest(name, [...withValue, ...flags]);
      throw new UsageError(`unknown option ${name}${meant === undefined ? '' : ` (did you mean ${meant}?)`}`);
    }
  }
  return { options, words };
};
