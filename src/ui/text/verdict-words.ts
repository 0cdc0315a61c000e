/** A model whose training came to nothing, under some of the seeds. */
export interface LostTraining {
  readonly model: 'original' | 'retrained';
  /** The first step of any seed after which a number was no longer finite. */
  readonly step: number;
  readonly seeds: number;
  readonly of: number;
}

/** Who has which score. */
export interface Scored {
  readonly label: string;
  readonly score: number | null;
}

/** How a run's accuracy on everything else has changed. */
export interface AccuracyChange {
  readonly label: string;
  readonly before: number;
  readonly now: number;
  /** Null if it has not collapsed. */
  readonly collapsedAt: number | null;
}

/** The verdict's sentences in one language. Scores are fractions of 1. */
export interface VerdictWords {
  /** `worst`: the highest forget accuracy among them; null for zero. */
  readonly allForgot: (names: readonly string[], target: string, worst: number | null) => string;
  readonly noneForgot: (names: readonly string[], target: string, scores: readonly Scored[]) => string;
  readonly countForgot: (done: number, of: number, target: string) => string;
  readonly someForgot: (done: readonly string[], target: string, open: readonly Scored[]) => string;
  /** Where zero is not the goal: who is near the retrained model, and what the others get. */
  readonly distances: (goal: number, target: string, near: readonly string[], far: readonly Scored[]) => string;
  readonly extremes: (best: AccuracyChange, worst: AccuracyChange, ruined: number, of: number) => string;
  readonly changes: (rows: readonly AccuracyChange[]) => string;
  readonly failed: (label: string, message: string) => string;
  readonly diverged: (label: string, step: number) => string;
  readonly trainingDiverged: (lost: LostTraining) => string;
  /** What to do about a training that diverged. */
  readonly tryLess: string;
  readonly nothing: string;
  readonly unlearningNext: string;
  readonly trainingNext: string;
  readonly before: (forget: number | null, keep: number | null, target: string) => string;
  readonly scores: (target: string, scores: readonly Scored[]) => string;
  readonly reference: (forget: number | null | undefined, keep: number | null | undefined, target: string) => string;
  readonly referenceKeep: (keep: number | null | undefined) => string;
  /** Of a family with numbers of its own: one of them by its title, for every run, and for the retrained model if known. */
  /** The original model, as the subject of a list. */
  readonly original: string;
  readonly ownForget: (title: string, scores: readonly Scored[], goal: number | null) => string;
  readonly ownKeep: (title: string, rows: readonly AccuracyChange[]) => string;
  readonly ownReference: (title: string, keep: number | null | undefined) => string;
}
