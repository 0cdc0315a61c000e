import type { AccuracyChange, LostTraining, Scored, VerdictWords } from './text/verdict-words.ts';
import { text } from './text.ts';

/** Forget and keep accuracy, medians over seeds; null where they do not exist yet. */
export interface Scores {
  readonly forget: number | null;
  readonly keep: number | null;
}

export interface VerdictRun extends Scores {
  readonly label: string;
  /** First step at which the median seed was seen collapsed, if it is collapsed at the step on screen. */
  readonly collapsedAt: number | null;
  readonly divergedAt: number | null;
  /** Why the run could not start. */
  readonly failure: string | null;
}

export interface VerdictInput {
  /** 'class C', 'the randomly chosen points', ... */
  readonly target: string;
  /** A whole class is to go, so a model that never saw it scores 0. */
  readonly isWholeClass: boolean;
  readonly step: number;
  /** Of a family with numbers of its own: what they are called. */
  readonly titles?: { readonly forget: string; readonly keep: string };
  readonly original: Scores | null;
  readonly retrained: Scores | null;
  readonly runs: readonly VerdictRun[];
  readonly lostTrainings: readonly LostTraining[];
}

/** Within this much of the goal a set counts as forgotten. */
const CLOSE = 0.05;
/** Up to this forget accuracy of the retrained model, forgetting everything is the goal. */
const ZERO_GOAL = 0.15;
const words = (): VerdictWords => text.verdict.words;
const scored = ({ label, forget }: VerdictRun): Scored => ({ label, score: forget });
const labelOf = ({ label }: { readonly label: string }): string => label;

const forgotten = (run: VerdictRun, goal: number): boolean => run.forget !== null && run.forget <= goal + CLOSE;

const forgetSentence = ({ runs, target }: VerdictInput, goal: number): string => {
  const names = runs.map(labelOf);
  const done = runs.filter((run) => forgotten(run, goal));
  const open = runs.filter((run) => !forgotten(run, goal));
  if (open.length === 0) {
    const worst = Math.max(...done.map((run) => run.forget ?? 0));
    return words().allForgot(names, target, worst < 0.005 ? null : worst);
  }
  if (done.length === 0) return words().noneForgot(names, target, open.map(scored));
  if (runs.length > 4) return words().countForgot(done.length, runs.length, target);
  return words().someForgot(done.map(labelOf), target, open.map(scored));
};

/** How far each run lies from the retrained model on the forget set, where zero is not the goal. */
const distanceSentence = ({ runs, target }: VerdictInput, goal: number): string => {
  const known = runs.filter((run) => run.forget !== null).map(scored);
  const isNear = ({ score }: Scored): boolean => Math.round(100 * Math.abs((score as number) - goal)) <= 100 * CLOSE;
  const far = known.filter((run) => !isNear(run));
  return words().distances(goal, target, known.filter(isNear).map(labelOf), far);
};

const changesOf = ({ runs, original }: VerdictInput): readonly AccuracyChange[] =>
  runs.flatMap(({ label, keep, collapsedAt }): AccuracyChange[] =>
    keep === null || !original || original.keep === null
      ? []
      : [{ label, before: original.keep, now: keep, collapsedAt }],
  );

const keepSentence = (input: VerdictInput): string => {
  const rows = changesOf(input);
  if (rows.length === 0) return '';
  if (rows.length <= 4) return words().changes(rows);
  const sorted = [...rows].sort((a, b) => b.now - a.now);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  const ruined = rows.filter(({ collapsedAt }) => collapsedAt !== null).length;
  return best && worst ? words().extremes(best, worst, ruined, rows.length) : '';
};

const failureSentences = (runs: readonly VerdictRun[]): string[] =>
  runs.flatMap(({ label, failure }) => (failure === null ? [] : [words().failed(label, failure)]));

/** A diverged run has no result: its panel shows the last state before its numbers exploded. */
const divergenceSentences = (runs: readonly VerdictRun[]): string[] =>
  runs.flatMap(({ label, divergedAt }) => (divergedAt === null ? [] : [words().diverged(label, divergedAt)]));

/** What the numbers on screen mean: the finding, and what it is measured against. */
export interface VerdictText {
  readonly finding: string;
  readonly reference: string;
}

const plain = (sentences: readonly string[]): VerdictText => ({
  finding: sentences.filter((sentence) => sentence !== '').join(' '),
  reference: '',
});

/** One or two sentences computed from the numbers, and one about the retrained model. */
export const verdict = (input: VerdictInput): VerdictText => {
  const { original, retrained, step, target } = input;
  const lostTrainings = input.lostTrainings.map(words().trainingDiverged);
  const advice = lostTrainings.length > 0 ? [words().tryLess] : [];
  const failures = [...lostTrainings, ...advice, ...failureSentences(input.runs)];
  const runs = input.runs.filter((run) => run.failure === null);
  const ready = runs.filter((run) => run.forget !== null || run.keep !== null);
  if (runs.length === 0) return plain([...failures, words().nothing]);
  if (ready.length === 0) {
    const next = original ? words().unlearningNext : words().trainingNext;
    return plain([...failures, next]);
  }
  if (step === 0) {
    const start = original ?? (ready[0] as VerdictRun);
    if (input.titles) {
      const only = (score: number | null) => [{ label: words().original, score }];
      const own = [words().ownForget(input.titles.forget, only(start.forget), retrained?.forget ?? null)];
      return plain([
        ...failures,
        ...own,
        words().ownForget(input.titles.keep, only(start.keep), retrained?.keep ?? null),
      ]);
    }
    const before = words().before(start.forget, start.keep, target);
    return plain([...failures, before]);
  }
  const lost = divergenceSentences(ready);
  const shown = { ...input, runs: ready.filter((run) => run.divergedAt === null) };
  if (shown.runs.length === 0) return plain([...failures, ...lost]);
  if (input.titles) {
    const [forget, keep] = [input.titles.forget, input.titles.keep];
    const rows = changesOf(shown);
    return {
      ...plain([
        ...failures,
        words().ownForget(forget, shown.runs.map(scored), retrained?.forget ?? null),
        rows.length === 0 ? '' : words().ownKeep(keep, rows),
        ...lost,
      ]),
      reference: retrained ? words().ownReference(keep, retrained.keep) : '',
    };
  }
  const goal = retrained?.forget ?? (input.isWholeClass ? 0 : null);
  const isZeroTheGoal = goal !== null && goal <= ZERO_GOAL;
  const forgetting =
    goal === null
      ? words().scores(target, shown.runs.map(scored))
      : isZeroTheGoal
        ? forgetSentence(shown, goal)
        : distanceSentence(shown, goal);
  const yardstick = isZeroTheGoal
    ? words().reference(retrained?.forget, retrained?.keep, target)
    : words().referenceKeep(retrained?.keep);
  return {
    ...plain([...failures, forgetting, keepSentence(shown), ...lost]),
    reference: retrained ? yardstick : '',
  };
};
