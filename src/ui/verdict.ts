import { counted, listed, percent } from './format.ts';

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
  /** 'class C', 'the random 10 %', ... */
  readonly target: string;
  /** A whole class is to go, so a model that never saw it scores 0. */
  readonly isWholeClass: boolean;
  readonly step: number;
  readonly original: Scores | null;
  readonly retrained: Scores | null;
  readonly runs: readonly VerdictRun[];
}

/** Within this much of the goal a set counts as forgotten. */
const CLOSE = 0.05;
/** Up to this forget accuracy of the retrained model, forgetting everything is the goal. */
const ZERO_GOAL = 0.15;
const points = (fraction: number): number => Math.round(fraction * 100);

const allOf = (names: readonly string[]): string => {
  if (names.length === 2) return 'Both';
  return names.length > 3 ? `All ${names.length}` : listed(names);
};

const neitherOf = (names: readonly string[]): string => {
  if (names.length === 1) return `${names[0]} has not`;
  return names.length === 2 ? 'Neither has' : `None of the ${names.length} has`;
};

const forgotten = (run: VerdictRun, goal: number): boolean => run.forget !== null && run.forget <= goal + CLOSE;

const forgetSentence = (input: VerdictInput, goal: number): string => {
  const names = input.runs.map((run) => run.label);
  const done = input.runs.filter((run) => forgotten(run, goal));
  const open = input.runs.filter((run) => !forgotten(run, goal));
  if (open.length === 0) {
    const worst = Math.max(...done.map((run) => run.forget ?? 0));
    return `${allOf(names)} forgot ${input.target} (forget accuracy ${worst < 0.005 ? percent(0) : `at most ${percent(worst)}`}).`;
  }
  if (done.length === 0) {
    const scores = open.length <= 3 ? ` (${open.map((run) => `${run.label} ${percent(run.forget)}`).join(', ')})` : '';
    return `${neitherOf(names)} forgotten ${input.target} yet${scores}.`;
  }
  if (done.length + open.length > 4) return `${done.length} of ${names.length} forgot ${input.target}.`;
  const rest = open.map((run) => `${run.label} has not (${percent(run.forget)})`);
  return `${listed(done.map((run) => run.label))} forgot ${input.target}; ${listed(rest)}.`;
};

/** How far each run lies from the retrained model on the forget set, where zero is not the goal. */
const distanceSentence = (input: VerdictInput, goal: number): string => {
  const gaps = input.runs
    .filter((run) => run.forget !== null)
    .map(({ label, forget }) => ({ label, gap: points((forget as number) - goal) }));
  const isNear = ({ gap }: { readonly gap: number }): boolean => Math.abs(gap) <= points(CLOSE);
  const near = gaps.filter(isNear).map(({ label }) => label);
  const far = gaps
    .filter((run) => !isNear(run))
    .map(({ label, gap }) => `${label} is ${counted(Math.abs(gap), 'point')} ${gap > 0 ? 'above' : 'below'}`);
  const close = near.length === 0 ? [] : [`${listed(near)} ${near.length === 1 ? 'comes' : 'come'} near it`];
  const all = [...close, ...far];
  const shown = all.length > 4 ? `${all.slice(0, 4).join(', ')} and so on` : listed(all);
  return `Zero is not the goal: the retrained model still gets ${percent(goal)} of ${input.target} right. ${shown}.`;
};

const lossOf = (run: VerdictRun, original: Scores | null): number | null =>
  run.keep === null || !original || original.keep === null ? null : points(original.keep - run.keep);

const lossPhrase = (loss: number, isFirst: boolean): string => {
  const unit = (count: number): string => (isFirst ? counted(count, 'point') : String(count));
  if (loss === 0) return 'lost nothing';
  return loss > 0 ? `lost ${unit(loss)}` : `gained ${unit(-loss)}`;
};

const fatePhrase = (run: VerdictRun): string =>
  run.collapsedAt === null ? '' : `collapsed at step ${run.collapsedAt} and `;

const keepSentence = (input: VerdictInput): string => {
  const rows = input.runs
    .map((run) => ({ run, loss: lossOf(run, input.original) }))
    .filter((row): row is { run: VerdictRun; loss: number } => row.loss !== null);
  if (rows.length === 0) return '';
  if (rows.length > 4) {
    const sorted = [...rows].sort((a, b) => a.loss - b.loss);
    const [best, worst] = [sorted[0], sorted.at(-1)];
    if (!best || !worst) return '';
    const ruined = rows.filter((row) => row.run.collapsedAt !== null).length;
    const fate = ruined === 0 ? '' : ` ${ruined} of ${rows.length} collapsed.`;
    return `On everything else ${best.run.label} ${lossPhrase(best.loss, true)}, ${worst.run.label} ${lossPhrase(worst.loss, false)}.${fate}`;
  }
  const parts = rows.map(({ run, loss }, index) => {
    const place = index === 0 ? ' on everything else' : '';
    return `${run.label} ${fatePhrase(run)}${lossPhrase(loss, index === 0)}${place}`;
  });
  return `${parts.join('; ')}.`;
};

const failureSentences = (runs: readonly VerdictRun[]): string[] =>
  runs.filter((run) => run.failure !== null).map((run) => `${run.label} could not run: ${run.failure}.`);

/** A diverged run has no result: its panel shows the last state before its numbers exploded. */
const divergenceSentences = (runs: readonly VerdictRun[]): string[] =>
  runs
    .filter((run) => run.divergedAt !== null)
    .map((run) => `${run.label} diverged at step ${run.divergedAt}: its numbers exploded, so it has no result.`);

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
  const failures = failureSentences(input.runs);
  const runs = input.runs.filter((run) => run.failure === null);
  const ready = runs.filter((run) => run.forget !== null || run.keep !== null);
  if (runs.length === 0) return plain([...failures, 'Add a method to compare.']);
  if (ready.length === 0) {
    const next = original
      ? 'The original model is trained; unlearning starts.'
      : 'First the original model is trained on all the data.';
    return plain([...failures, next]);
  }
  if (step === 0) {
    const start = original ?? (ready[0] as VerdictRun);
    const before = `Before unlearning, the model gets ${percent(start.forget)} of ${target} right and ${percent(start.keep)} of everything else.`;
    return plain([...failures, before]);
  }
  const lost = divergenceSentences(ready);
  const shown = { ...input, runs: ready.filter((run) => run.divergedAt === null) };
  if (shown.runs.length === 0) return plain([...failures, ...lost]);
  const goal = retrained?.forget ?? (input.isWholeClass ? 0 : null);
  const isZeroTheGoal = goal !== null && goal <= ZERO_GOAL;
  const forgetting =
    goal === null
      ? `On ${target}: ${listed(shown.runs.map((run) => `${run.label} ${percent(run.forget)}`))}.`
      : isZeroTheGoal
        ? forgetSentence(shown, goal)
        : distanceSentence(shown, goal);
  const yardstick = isZeroTheGoal
    ? `The retrained model sits at ${percent(retrained?.forget)} / ${percent(retrained?.keep)}.`
    : `The retrained model keeps ${percent(retrained?.keep)}.`;
  return {
    ...plain([...failures, forgetting, keepSentence(shown), ...lost]),
    reference: retrained ? yardstick : '',
  };
};
