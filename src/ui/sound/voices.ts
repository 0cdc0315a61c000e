import type { LabState } from '../../store/contracts/state.ts';
import { bandAt, metricPair } from '../../store/numbers/series.ts';

/** One run as a tone. */
export interface Voice {
  readonly label: string;
  /** Higher is more kept: two octaves from 220 Hz; null where there is no number. */
  readonly hertz: number | null;
  /** Where it is heard, from -1 (left) to 1 (right): the runs from left to right in their order. */
  readonly pan: number;
}

const LOWEST = 220;
const OCTAVES = 2;
const WIDEST = 0.9;

export const pitchOf = (keep: number): number => LOWEST * 2 ** (OCTAVES * Math.min(1, Math.max(0, keep)));

/** The runs on screen at the clock's step. A run keeps its place when others are hidden. */
export const voicesOf = ({ run, view }: LabState): readonly Voice[] => {
  const collector = run.shown?.collector;
  if (!collector) return [];
  const metric = metricPair(collector).keep;
  const { variants } = collector;
  return variants.flatMap(({ variant, label }, i) => {
    if (view.hidden.includes(label) || (view.solo !== null && view.solo !== label)) return [];
    const keep = bandAt(collector, variant, metric, view.step)?.median;
    const pan = variants.length < 2 ? 0 : WIDEST * ((2 * i) / (variants.length - 1) - 1);
    return [{ label, hertz: keep === undefined ? null : pitchOf(keep), pan }];
  });
};
