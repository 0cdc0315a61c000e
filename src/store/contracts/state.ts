import type { WireError } from '../../engine/base/errors.ts';
import type { ParamValue } from '../../engine/base/schema.ts';
import type { AttackOutcome } from '../../engine/contracts/attack.ts';
import type { Split } from '../../engine/contracts/rows.ts';

import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Preset } from '../../scenario/format/preset.ts';
import type { ProvenanceMatch } from '../../scenario/format/provenance.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import type { Repair } from '../../scenario/read/check.ts';
import type { Collector } from '../../sim/collector.ts';
import type { NoPulls, Pulls } from '../../sim/events.ts';
import type { AnswerBook } from '../received/answers.ts';
import type { FrameBook } from '../received/frames.ts';
import type { PanelPoints } from '../received/points.ts';
import { type LectureSlice, noLecture } from './lecture-slice.ts';
import { type LessonSlice, noLesson } from './lesson-slice.ts';
import type { Pin } from './pin.ts';
import type { Spread } from './spread.ts';
import { noTournament, type TournamentSlice } from './tournament-slice.ts';

/** One run of the worker and all that came back from it. Grows in place; `RunSlice.version` tells of changes. */
export interface LabRun {
  readonly runId: string;
  readonly scenario: Scenario;
  readonly collector: Collector;
  readonly frames: FrameBook;
  /** Probabilities of the classes for the training points: [N * C]. */
  readonly outputs: AnswerBook<Float32Array>;
  /** How hard the examples of a split are pulled, or why there is no saying. */
  readonly pulls: Readonly<Record<Split, AnswerBook<Pulls | NoPulls>>>;
  /** The draw of each seed. */
  readonly points: Map<number, PanelPoints>;
  /** How long it has been computed, in ms: pauses and the computer's sleep do not count. */
  readonly elapsedMs: () => number;
}

/** What the user is working on. */
export interface DraftSlice {
  /** Null until the worker has said what is on offer. */
  readonly scenario: Scenario | null;
  /** The preset that it began as, or null for a scenario of one's own. */
  readonly base: Scenario | null;
  readonly past: readonly Scenario[];
  readonly future: readonly Scenario[];
}

export type RunStatus = 'idle' | 'waiting' | 'running' | 'finished' | 'failed';

export interface RunSlice {
  readonly status: RunStatus;
  /** Counts up whenever the runs below have grown; at most once per animation frame. */
  readonly version: number;
  /** The run whose numbers are on screen. */
  readonly shown: LabRun | null;
  /** The run that is to take its place once it has numbers; the same as `shown` after that. */
  readonly current: LabRun | null;
  /** The draft is no longer what `shown` computed. */
  readonly isStale: boolean;
  readonly error: WireError | null;
  readonly backend: string;
  /** How long a large experiment will still take, in ms; null for one that is soon done. */
  readonly longMs: number | null;
}

/** Compare: the panels on one clock. The others go deeper into the same run. */
export type RoomId = 'compare' | 'measure' | 'attack' | 'learn';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type ThemeChoice = (typeof THEMES)[number];

/** A language's tag (BCP 47); 'system' for the browser's. The page knows which ones it speaks. */
export type LanguageChoice = string;

/** Shortcuts of one letter: speech input and some readers of the screen are in their way. */
export const KEY_CHOICES = ['letters', 'no-letters'] as const;
export type KeyChoice = (typeof KEY_CHOICES)[number];

export interface ViewSlice {
  /** The one clock: everything on screen is at this step. */
  readonly step: number;
  /** How far the clock may go now: what is computed for every run on screen. */
  readonly available: number;
  readonly isPlaying: boolean;
  readonly speed: number;
  /** The seed of the pictures and of the panels' numbers. */
  readonly seed: number;
  /** Labels of runs that are faded out by solo; empty shows all. */
  readonly solo: string | null;
  readonly hidden: readonly string[];
  /** The training point that is lit in every panel. */
  readonly point: number | null;
  readonly theme: ThemeChoice;
  readonly language: LanguageChoice;
  /** Whether keys without Ctrl do something. */
  readonly keys: KeyChoice;
  readonly room: RoomId;
  /** What bands over seeds span. */
  readonly spread: Spread;
  /** Curves of single seeds are drawn too. */
  readonly areSeedsShown: boolean;
}

/** A message above the page, each with its own close button. */
export type Notice =
  | { readonly kind: 'repairs'; readonly source: 'link' | 'edit'; readonly repairs: readonly Repair[] }
  /** A link is repaired where it can be; with faults listed it is of a kind that is not. */
  | ({ readonly kind: 'bad-link' } & WireError)
  /** A link names a preset that computes something else now than when the link was made. */
  | { readonly kind: 'preset-changed' }
  /** What was opened brings rules that somebody else wrote, by their titles. */
  | { readonly kind: 'foreign-rules'; readonly titles: readonly string[] }
  /** Files are strict: nothing is opened while there is a fault. No faults listed: the file is none that could be read. */
  | ({ readonly kind: 'bad-file' } & WireError)
  /** A large file is being read. */
  | { readonly kind: 'reading' }
  /** Weights from a file have taken the place of training; the words are the file's own. */
  | { readonly kind: 'weights'; readonly of: string; readonly step: number; readonly seeds: readonly number[] }
  | ({ readonly kind: 'comparison' } & ProvenanceMatch)
  | { readonly kind: 'worker'; readonly message: string }
  /** A worker has said nothing for a while. */
  | { readonly kind: 'quiet'; readonly of: 'loading' | 'run' }
  /** A part of the page did not arrive. */
  | { readonly kind: 'not-loaded' }
  /** The browser does not let the page keep anything. */
  | { readonly kind: 'unkept' }
  /** Another experiment took the place of the reader's own, which is kept under `id`. */
  | { readonly kind: 'previous'; readonly id: string }
  /** A newer version of the page waits. */
  | { readonly kind: 'update' };

/** What an attack found under one seed. */
export interface AttackFinding {
  readonly seed: number;
  /** The attacked step. */
  readonly step: number;
  readonly outcome: AttackOutcome;
}

/** An attack on a run at a step, over some seeds, with what has come back. */
export interface AttackJob {
  readonly id: number;
  /** The run of the worker that it belongs to: another run's findings say nothing of what is on screen. */
  readonly runId: string;
  readonly kind: string;
  readonly variant: number;
  readonly label: string;
  /** The step that was asked for. */
  readonly step: number;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly seeds: readonly number[];
  readonly status: 'running' | 'paused' | 'done';
  /** Share of the work, 0 to 1. */
  readonly share: number;
  /** Time left in ms; null while it is not known. */
  readonly leftMs: number | null;
  readonly findings: readonly AttackFinding[];
  readonly errors: readonly WireError[];
}

export interface LabState {
  /** What is on offer, as the engine says it; null until then. */
  readonly catalogue: CatalogueInfo | null;
  /** The first one alone until the catalogue is there, too. */
  readonly presets: readonly Preset[];
  readonly draft: DraftSlice;
  readonly run: RunSlice;
  readonly view: ViewSlice;
  readonly tournament: TournamentSlice;
  readonly lesson: LessonSlice;
  readonly lecture: LectureSlice;
  readonly notices: readonly Notice[];
  /** Results that stay in the charts, in the order in which they were pinned. */
  readonly pins: readonly Pin[];
  /** Newest last; of one kind and variant only the newest. */
  readonly attacks: readonly AttackJob[];
}

export const initialState: LabState = {
  catalogue: null,
  presets: [],
  draft: { scenario: null, base: null, past: [], future: [] },
  run: {
    status: 'idle',
    version: 0,
    shown: null,
    current: null,
    isStale: false,
    error: null,
    backend: '',
    longMs: null,
  },
  view: {
    step: 0,
    available: 0,
    isPlaying: false,
    speed: 1,
    seed: 0,
    solo: null,
    hidden: [],
    point: null,
    theme: 'system',
    language: 'system',
    keys: 'letters',
    room: 'compare',
    spread: 'range',
    areSeedsShown: false,
  },
  tournament: noTournament,
  lesson: noLesson,
  lecture: noLecture,
  notices: [],
  pins: [],
  attacks: [],
};
