import type { ModelRef } from '../../sim/events.ts';
import type { LabRun } from '../../store/contracts/state.ts';
import { bandAt, collapseStep, finiteOrNull, metricPair, valueAt } from '../../store/numbers/series.ts';

/** How a model stands at a step, in one word and perhaps a number. */
export type Chip =
  | { readonly kind: 'waiting' | 'training' | 'trained' | 'target' | 'failed' }
  | { readonly kind: 'notStarted' | 'forgetting' | 'forgot' | 'underForgot' | 'matches' }
  | { readonly kind: 'diverged' | 'collapsed' | 'recovered'; readonly step: number }
  /** `score`: what is left of everything else; of one that over-forgot, what the retrained model gets of the forget set. */
  | { readonly kind: 'forgotLost' | 'overForgot' | 'matchesLost'; readonly score: number };

export interface ChipInput {
  readonly forget: number | null;
  readonly keep: number | null;
  /** Before unlearning. */
  readonly forgetBefore: number | null;
  readonly keepBefore: number | null;
  /** Of the retrained model; null while there is none. */
  readonly goal: number | null;
  readonly isCollapsed: boolean;
  readonly collapsedAt: number | null;
  readonly divergedAt: number | null;
  readonly step: number;
}

const CLOSE = 0.05;
/** Losing this much of what should be kept is worth saying. */
const WORTH_SAYING = 0.03;

/** The diagnosis of a run at a step. */
export const diagnose = (input: ChipInput): Chip => {
  const { forget, keep, step, divergedAt, collapsedAt } = input;
  if (forget === null && keep === null) return { kind: 'waiting' };
  if (divergedAt !== null && divergedAt <= step) return { kind: 'diverged', step: divergedAt };
  if (input.isCollapsed && collapsedAt !== null) return { kind: 'collapsed', step: collapsedAt };
  if (forget === null || input.forgetBefore === null) return { kind: 'forgetting' };
  const goal = input.goal ?? 0;
  const lost = input.keepBefore !== null && keep !== null ? input.keepBefore - keep : 0;
  const isWorse = keep !== null && lost >= WORTH_SAYING;
  if (forget < goal - CLOSE) return { kind: 'overForgot', score: goal };
  if (forget > goal + CLOSE) {
    if (goal > 0.15) return { kind: 'underForgot' };
    return { kind: input.forgetBefore - forget < 0.02 ? 'notStarted' : 'forgetting' };
  }
  if (goal > 0.15) return isWorse ? { kind: 'matchesLost', score: keep } : { kind: 'matches' };
  if (isWorse) return { kind: 'forgotLost', score: keep };
  return collapsedAt !== null && collapsedAt < step ? { kind: 'recovered', step: collapsedAt } : { kind: 'forgot' };
};

/** The numbers of one panel for one seed at a step. */
export interface PanelNumbers {
  readonly forget: number | null;
  readonly keep: number | null;
  readonly chip: Chip;
}

export const panelNumbers = (run: LabRun, model: ModelRef | null, seed: number, step: number): PanelNumbers => {
  const { collector } = run;
  if (model === null) return { forget: null, keep: null, chip: { kind: 'waiting' } };
  const pair = metricPair(collector);
  const value = (of: ModelRef, metric: string, at = step): number | null =>
    finiteOrNull(valueAt(collector, of, seed, metric, at));
  const [forget, keep] = [value(model, pair.forget), value(model, pair.keep)];
  if (model === 'original' || model === 'retrained') {
    const phase = model === 'original' ? 'training' : 'retraining';
    const done = forget !== null || keep !== null;
    const lost = collector.trainingDiverged.find((one) => one.model === model && one.seed === seed);
    if (done && lost) return { forget, keep, chip: { kind: 'diverged', step: lost.step } };
    if (done) return { forget, keep, chip: { kind: model === 'original' ? 'trained' : 'target' } };
    return { forget, keep, chip: { kind: collector.phase === phase ? 'training' : 'waiting' } };
  }
  if (collector.failures.has(model)) return { forget, keep, chip: { kind: 'failed' } };
  const lane = collector.lane(model, seed);
  const chip = diagnose({
    forget,
    keep,
    forgetBefore: value('original', pair.forget),
    keepBefore: value('original', pair.keep),
    goal: bandAt(collector, 'retrained', pair.forget, 0)?.median ?? null,
    isCollapsed: value(model, 'collapsed') === 1,
    collapsedAt: collapseStep(lane),
    divergedAt: lane?.divergedAt ?? null,
    step,
  });
  return { forget, keep, chip };
};

/** Whether a state calls for attention, is fine, or is neither. */
export const toneOf = ({ kind }: Chip): 'bad' | 'warn' | 'good' | 'plain' => {
  if (kind === 'diverged' || kind === 'collapsed' || kind === 'failed') return 'bad';
  if (kind === 'overForgot' || kind === 'forgotLost' || kind === 'matchesLost' || kind === 'recovered') return 'warn';
  return kind === 'forgot' || kind === 'matches' ? 'good' : 'plain';
};
