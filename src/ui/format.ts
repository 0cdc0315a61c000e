/** A fraction of 1 as whole percent, with a space that does not break; what does not exist is a dash, never NaN. */
export const percent = (fraction: number | null | undefined): string =>
  fraction === null || fraction === undefined || !Number.isFinite(fraction)
    ? '–'
    : `${Math.round(fraction * 100)}\u00a0%`;

/** `1 point`, `3 points`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** `A`, `A and B`, `A, B and C`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** Remaining time for people: `less than 1 s`, `12 s`, `3 min`. */
export const duration = (ms: number): string => {
  const seconds = ms / 1000;
  if (seconds < 1) return 'less than 1 s';
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
};
