import type { ModelRef } from '../../sim/events.ts';
import { totalSteps } from '../clock/clock.ts';
import type { LabRun, LabState, RunStatus } from '../contracts/state.ts';
import { bandAt, finiteOrNull } from './series.ts';

/** What is on screen, in numbers that a program can use. */
export interface Digest {
  readonly title: string;
  readonly question: string;
  readonly status: RunStatus;
  readonly step: number;
  /** How far the clock may go now. */
  readonly available: number;
  readonly total: number;
  readonly isPlaying: boolean;
  readonly seeds: readonly number[];
  /** Of the finished run; null before. */
  readonly checksum: string | null;
  /** Medians over the seeds so far, at this step: of the original and the retrained model, and of each run. */
  readonly models: readonly { readonly name: string; readonly metrics: Readonly<Record<string, number | null>> }[];
}

const modelsOf = ({ collector }: LabRun, step: number): Digest['models'] => {
  const entry = (name: string, model: ModelRef) => {
    const metrics = collector.metricIds.map((key) => [key, finiteOrNull(bandAt(collector, model, key, step)?.median)]);
    return { name, metrics: Object.fromEntries(metrics) as Record<string, number | null> };
  };
  return [
    entry('original', 'original'),
    entry('retrained', 'retrained'),
    ...collector.variants.map(({ label, variant }) => entry(label, variant)),
  ];
};

export const digestOf = ({ draft, run, view }: LabState, checksum: string | null): Digest => ({
  title: draft.scenario?.title ?? '',
  question: draft.scenario?.question ?? '',
  status: run.status,
  step: view.step,
  available: view.available,
  total: totalSteps(run.shown),
  isPlaying: view.isPlaying,
  seeds: run.shown?.collector.seeds ?? [],
  checksum,
  models: run.shown ? modelsOf(run.shown, view.step) : [],
});
