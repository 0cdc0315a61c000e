/** At speed 1 a whole run plays in this time, whatever its number of steps. */
const RUN_MS = 8000;

export const SPEEDS: readonly number[] = [0.25, 0.5, 1, 2, 4];

/** The largest tick at or before a step; ticks ascend and start at 0. */
export const tickAt = (ticks: readonly number[], step: number): number => ticks[tickIndex(ticks, step)] ?? 0;

/** The index of the largest tick at or before a step, or 0. */
export const tickIndex = (ticks: readonly number[], step: number): number => {
  let low = 0;
  let high = ticks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ticks[middle] as number) <= step) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** The steps of all runs together, ascending, each once. */
export const mergedTicks = (lists: readonly (readonly number[])[]): readonly number[] =>
  lists.length === 1 ? (lists[0] as readonly number[]) : [...new Set(lists.flat())].sort((a, b) => a - b);

/** `n` ticks on (or back) from a step, within what is available. */
export const movedBy = (ticks: readonly number[], step: number, n: number, available: number): number => {
  const index = Math.min(ticks.length - 1, Math.max(0, tickIndex(ticks, step) + n));
  return Math.min(ticks[index] ?? 0, tickAt(ticks, available));
};

/** Where a playing clock stands `dtMs` later, in steps with a fraction. */
export const advanced = (position: number, total: number, speed: number, dtMs: number, available: number): number =>
  Math.min(available, position + (speed * total * Math.min(dtMs, 250)) / RUN_MS);
