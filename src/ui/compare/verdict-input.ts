import type { LabRun } from '../../store/contracts/state.ts';
import {
  bandAt,
  collapseStep,
  commonStep,
  divergenceStep,
  finiteOrNull,
  metricPair,
} from '../../store/numbers/series.ts';
import { term } from '../text.ts';
import type { Scores, VerdictInput } from '../verdict.ts';
import { targetName } from './target.ts';

const median = (run: LabRun, model: 'original' | 'retrained' | number, metric: string, step: number): number | null =>
  finiteOrNull(bandAt(run.collector, model, metric, step)?.median);

/** How many seeds the medians at this step are over. */
export const seedsAt = ({ collector }: LabRun, step: number): number => {
  const { keep } = metricPair(collector);
  const counts = collector.variants.map(({ variant }) => bandAt(collector, variant, keep, step)?.n ?? 0);
  return Math.max(0, ...counts);
};

const failureOf = (message: string | undefined): string | null => (message === undefined ? null : term(message));

/** What the verdict is computed from: medians over the seeds that have got to this step. */
export const verdictInput = (run: LabRun, step: number, titles?: VerdictInput['titles']): VerdictInput => {
  const { collector, scenario } = run;
  const pair = metricPair(collector);
  const scores = (model: 'original' | 'retrained' | number): Scores => ({
    forget: median(run, model, pair.forget, step),
    keep: median(run, model, pair.keep, step),
  });
  const known = (found: Scores): Scores | null => (found.forget === null && found.keep === null ? null : found);
  return {
    target: targetName(scenario.forget),
    isWholeClass: scenario.forget.kind === 'class',
    step,
    ...(titles && collector.headline && { titles }),
    original: known(scores('original')),
    retrained: known(scores('retrained')),
    lostTrainings: (['original', 'retrained'] as const).flatMap((model) => {
      const steps = collector.trainingDiverged.flatMap((one) => (one.model === model ? [one.step] : []));
      return steps.length === 0
        ? []
        : [{ model, step: Math.min(...steps), seeds: steps.length, of: collector.seeds.length }];
    }),
    runs: collector.variants.map(({ variant, label }) => {
      const collapsedAt = commonStep(collector, variant, collapseStep);
      const divergedAt = commonStep(collector, variant, divergenceStep);
      const isCollapsed = (median(run, variant, 'collapsed', step) ?? 0) >= 0.5;
      return {
        label,
        ...scores(variant),
        collapsedAt: isCollapsed && collapsedAt !== null && collapsedAt <= step ? collapsedAt : null,
        divergedAt: divergedAt !== null && divergedAt <= step ? divergedAt : null,
        failure: failureOf(collector.failures.get(variant)?.message),
      };
    }),
  };
};
