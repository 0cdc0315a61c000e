/** A fraction of 1 as whole percent, with a space that does not break; what does not exist is a dash, never NaN. */
export const percent = (fraction: number | null | undefined): string =>
  fraction === null || fraction === undefined || !Number.isFinite(fraction)
    ? '–'
    : `${Math.round(fraction * 100)}\u00a0%`;

/** `1 point`, `3 points`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
