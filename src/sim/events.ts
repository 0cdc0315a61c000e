import type { WireError } from '../engine/base/errors.ts';
import type { AttackOutcome } from '../engine/contracts/attack.ts';
import type { Split } from '../engine/contracts/rows.ts';

import type { Picture, Profile, Pulls, Shown } from '../families/family.ts';
import type { Headline } from '../scenario/format/catalogue.ts';
import type { VariantInfo } from '../scenario/format/variants.ts';
import type { NamedArray } from '../scenario/format/weights.ts';
import type { RunArtifacts } from '../scenario/pytorch/artifacts.ts';

export type { Picture, Profile, Pulls, Shown } from '../families/family.ts';
export type { VariantInfo } from '../scenario/format/variants.ts';

/** Which model: θ_o, θ_r, or a variant's unlearned model. */
export type ModelRef = 'original' | 'retrained' | number;

export type Phase = 'training' | 'selecting' | 'retraining' | 'unlearning' | 'attacking';

export type RunEventBody =
  | {
      readonly type: 'started';
      readonly variants: readonly VariantInfo[];
      readonly seeds: readonly number[];
      /** Metrics by which forgetting and keeping are shown first; absent: by what kind of forget set it is. */
      readonly headline?: Headline;
      /** Order of the numbers in `metrics` events. */
      readonly metricIds: readonly string[];
      readonly backend: string;
      readonly engineVersion: string;
      /** The seed whose pictures are sent as they arise. */
      readonly shownSeed: number;
    }
  | {
      readonly type: 'data';
      /** The seeds that use this draw. */
      readonly seeds: readonly number[];
      /** Ascending indices into the training examples. Where a selector chooses, a second event has them, and the first has none. */
      readonly forget: Int32Array;
      /** Training examples. */
      readonly examples: number;
      readonly shown: Shown;
    }
  | { readonly type: 'phase'; readonly phase: Phase; readonly seeds: readonly number[]; readonly steps: number }
  /** Work done so far, in row visits; `total` is an estimate made before the start. */
  | {
      readonly type: 'progress';
      readonly phase: Phase;
      readonly step: number;
      readonly done: number;
      readonly total: number;
    }
  /** A picture: while training (phase tells which training) or at a recorded unlearning step. Only for `shownSeed`. */
  | {
      readonly type: 'frame';
      readonly phase: Phase;
      readonly model: ModelRef;
      readonly seed: number;
      readonly step: number;
      readonly frame: Picture;
    }
  /** All metrics of one model, in the order of `metricIds`; NaN where undefined. For original and retrained: once, after training, step 0. */
  | {
      readonly type: 'metrics';
      readonly model: ModelRef;
      readonly seed: number;
      readonly step: number;
      readonly values: Float64Array;
    }
  /** A number is no longer finite, or a weight is above 1e6 in size. The lane keeps its last finite state; the others go on. */
  | { readonly type: 'diverged'; readonly variant: number; readonly seed: number; readonly step: number }
  /** The training of the original or the retrained model has diverged: its last finite weights are used. */
  | {
      readonly type: 'trainingDiverged';
      readonly model: 'original' | 'retrained';
      readonly seed: number;
      readonly step: number;
    }
  /** A lane is complete. */
  | {
      readonly type: 'lane';
      readonly variant: number;
      readonly seed: number;
      readonly sampleVisits: number;
      readonly milliseconds: number;
      /** Only of methods that keep accounts of deletions. */
      readonly account?: Readonly<Record<string, number>>;
    }
  /** A variant could not run (for example a mask that keeps nothing); the others go on. */
  | { readonly type: 'variantFailed'; readonly variant: number; readonly error: WireError }
  /** What an attack that the scenario asks for found; `attack` is its place in scenario.attacks. */
  | {
      readonly type: 'attack';
      readonly attack: number;
      readonly variant: number;
      readonly seed: number;
      /** The attacked step. */
      readonly step: number;
      readonly outcome: AttackOutcome;
    }
  /** An attack could not be tried; the others go on. */
  | {
      readonly type: 'attackFailed';
      readonly attack: number;
      readonly variant: number;
      readonly seed: number;
      readonly error: WireError;
    }
  | { readonly type: 'finished'; readonly milliseconds: number }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly error: WireError };

/** seq counts from 0 without gaps. Exactly one of finished, cancelled, failed ends a run, and nothing follows it. */
export type RunEvent = RunEventBody & { readonly runId: string; readonly seq: number };

/** A question to a run that is under way or has ended. */
export interface FrameQuery {
  readonly kind: 'frame';
  readonly model: ModelRef;
  readonly seed: number;
  readonly step: number;
  /** Cells per side. */
  readonly size: number;
}
/** What a model says of all training points. */
export interface OutputsQuery {
  readonly kind: 'outputs';
  readonly model: ModelRef;
  readonly seed: number;
  readonly step: number;
}
/** A model's weights by name. */
export interface WeightsQuery {
  readonly kind: 'weights';
  readonly model: ModelRef;
  readonly seed: number;
  readonly step: number;
}
/** What a run under a seed is made of, for whoever computes it elsewhere. */
export interface ArtifactsQuery {
  readonly kind: 'artifacts';
  readonly model: number;
  readonly seed: number;
}
/** How hard a variant's objective pulls each example of a split at a step, and where to. */
export interface PullsQuery {
  readonly kind: 'pulls';
  readonly model: number;
  readonly seed: number;
  readonly step: number;
  readonly on: Split;
}
/** Where a model has changed: beside what was forgotten, and in which layers. */
export interface ProfileQuery {
  readonly kind: 'profile';
  readonly model: ModelRef;
  readonly seed: number;
  readonly step: number;
}
/** A question that only models of one family can be asked: what it is, and what answers it, the family says. */
export interface FamilyQuery {
  readonly kind: 'told';
  readonly model: ModelRef;
  readonly seed: number;
  readonly step: number;
  readonly question: unknown;
}
export type Query = FamilyQuery | FrameQuery | OutputsQuery | WeightsQuery | ArtifactsQuery | PullsQuery | ProfileQuery;

/**
 * Why a run has no pull on single examples: its method edits weights, changes its terms from step to step, answers with
 * several networks, has no term on that split, or is in a wrapper that changes what the terms see.
 */
export type NoPulls = 'no-terms' | 'own-steps' | 'served' | 'none-on-split' | 'wrapped';
/** `step` is the nearest step at or before the one asked for whose weights were kept. */
export type QueryResult =
  | { readonly kind: 'frame'; readonly step: number; readonly frame: Picture }
  /** Probabilities of the classes: [N * C]. */
  | { readonly kind: 'outputs'; readonly step: number; readonly probabilities: Float32Array }
  /** The trained arrays in the order of the weight vector, random features W before them; null where several networks answer. */
  | { readonly kind: 'weights'; readonly step: number; readonly arrays: readonly NamedArray[] | null }
  | { readonly kind: 'artifacts'; readonly artifacts: RunArtifacts }
  | { readonly kind: 'pulls'; readonly step: number; readonly pulls: Pulls | NoPulls }
  | { readonly kind: 'profile'; readonly step: number; readonly profile: Profile }
  | { readonly kind: 'told'; readonly step: number; readonly answer: unknown };
