import type { VariantInfo } from '../scenario/variants.ts';
import type { LabRun } from './state.ts';
import { tickIndex } from './clock.ts';

/** Median and range over the seeds that have a value. */
export interface Band {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Of values of which some may be NaN; null if all are. */
export const bandOf = (values: readonly number[]): Band | null => {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const n = sorted.length;
  if (n === 0) return null;
  const middle = n >> 1;
  const median = n % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
  return { median, low: sorted[0] as number, high: sorted[n - 1] as number, n };
};

export const finiteOrNull = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;
