import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Split } from '../engine/contracts/method.ts';
import type { Preset } from '../scenario/format/presets.ts';
import type { RunMaterial } from '../scenario/pytorch/material.ts';
import type { ModelRef, NoPulls, Profile, Pulls, QueryResult } from '../sim/events.ts';
import type { Command, Message, Port } from '../worker/protocol.ts';
import { createClock } from './clock/clock.ts';
import type { Shelf } from './contracts/shelf.ts';
import type { Spread } from './contracts/spread.ts';
import {
  initialState,
  type KeyChoice,
  type LabState,
  type LanguageChoice,
  type Notice,
  type RoomId,
  type ThemeChoice,
} from './contracts/state.ts';
import { createDrafting } from './draft/drafting.ts';
import type { Edit } from './draft/edits.ts';
import { createKeeping, type KeptExperiment } from './draft/kept-work.ts';
import { createLinking, type LinkBar } from './draft/linking.ts';
import { type Preview, previewOf } from './draft/preview.ts';
import { createLessons, type LessonLibrary, type Lessons, type Notebook } from './lesson/lesson.ts';
import { createPinning, type Pinning } from './present/pins.ts';
import { createPresenting, type Presenting } from './present/presenting.ts';
import { type Attacking, createAttacking } from './run/attacking.ts';
import { createRunner } from './run/runner.ts';
import { createTournaments, type Tournaments } from './tournament/tournament.ts';

export type WeightsAnswer = Extract<QueryResult, { kind: 'weights' }>;

/** Newer versions of the page. */
export interface Updates {
  /** `handler` is called when one is ready to take over. */
  readonly listen: (handler: () => void) => void;
  /** Loads it. */
  readonly apply: () => void;
}

/** Whether anybody can see the page. */
export interface Sight {
  readonly isHidden: () => boolean;
  /** Called when the page is hidden, shown again, or left. */
  readonly listen: (handler: () => void) => void;
}

/** What the lab needs from the outside; a test hands in its own. */
export interface LabEnvironment {
  readonly port: Port<Message, Command>;
  /** Workers for what is computed beside the experiment on screen; asked for when there is such a thing. */
  readonly background: () => Port<Message, Command>;
  readonly presets: readonly Preset[];
  readonly link: LinkBar;
  readonly shelf: Shelf;
  /** Fetched when a lesson is opened. */
  readonly lessons: () => Promise<LessonLibrary>;
  /** Where the progress through lessons is kept. */
  readonly notebook: Notebook;
  readonly sight: Sight;
  readonly updates: Updates;
  /** Calls back before the next frame is drawn, with a time in ms. */
  readonly frame: (callback: (ms: number) => void) => void;
  /** A clock in ms. */
  readonly now: () => number;
  /** The reader asked for less motion: nothing plays by itself. */
  readonly isMotionReduced: () => boolean;
  /** The experiment can be played but not changed. */
  readonly isLocked?: boolean;
  /** The page is part of another one, which leads through it itself. */
  readonly isEmbedded?: boolean;
}

/** One store, and the actions that change it. */
export interface Lab {
  readonly store: StoreApi<LabState>;
  readonly presets: readonly Preset[];
  /** The experiment can be played but not changed: every edit is passed over. */
  readonly isLocked: boolean;
  /** What holds the page's places until the engine is there. */
  readonly preview: Preview;
  /** A clock in ms. */
  readonly now: () => number;
  /** Changes the scenario. Edits with one gesture name in quick succession count as one change. */
  readonly edit: (change: Edit, gesture?: string) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly openPreset: (id: string) => void;
  /** Opens the text of a file: a scenario, a tournament or a lesson. */
  readonly openFile: (content: string) => void;
  /** The reader's experiments of other tabs and times, as kept on this device; saved last first. */
  readonly kept: () => readonly KeptExperiment[];
  readonly openKept: (id: string) => void;
  /** Whether closing the page now would lose work. */
  readonly isAtRisk: () => boolean;
  /** Loads the newer version of the page. */
  readonly update: () => void;
  /** Runs the draft again with the same seeds. */
  readonly restart: () => void;
  /** Ends the computation. What has been computed stays on screen. */
  readonly stop: () => void;
  readonly setStep: (step: number) => void;
  readonly moveBy: (ticks: number) => void;
  readonly play: () => void;
  readonly pause: () => void;
  readonly setSpeed: (speed: number) => void;
  readonly showSeed: (seed: number) => void;
  readonly toggleSolo: (label: string) => void;
  readonly toggleHidden: (label: string) => void;
  readonly setTheme: (theme: ThemeChoice) => void;
  readonly setLanguage: (language: LanguageChoice) => void;
  readonly setKeys: (keys: KeyChoice) => void;
  readonly enter: (room: RoomId) => void;
  readonly setSpread: (spread: Spread) => void;
  readonly showSeeds: (areShown: boolean) => void;
  readonly dismiss: (notice: Notice) => void;
  /** Attacks a variant at a step under some seeds; what it found of that kind and variant before is dropped. */
  readonly attack: Attacking['start'];
  readonly pauseAttack: Attacking['pause'];
  readonly resumeAttack: Attacking['resume'];
  /** Ends an attack, or clears away what it found. */
  readonly dropAttack: Attacking['drop'];
  /** Asks the worker for a picture that is not there; it arrives in the run's frame book. */
  readonly ask: (model: ModelRef, seed: number, step: number, size: number) => void;
  /** Asks the worker what a model says of the training points; it arrives in the run's output book. */
  readonly askOutputs: (model: ModelRef, seed: number, step: number) => void;
  /** A model's weights by name, at the step's nearest kept one. @throws {SimError} if the run is not there any more */
  readonly weights: (model: ModelRef, seed: number, step: number) => Promise<WeightsAnswer>;
  /** What a run under a seed was computed from. @throws {SimError} as above */
  readonly material: (variant: number, seed: number) => Promise<RunMaterial>;
  /** Where a model has changed at a step. @throws {SimError} as above */
  readonly profile: (model: ModelRef, seed: number, step: number) => Promise<Profile>;
  /** How hard a variant pulls the examples of the forget set at a step, or why there is no saying. @throws {SimError} as above */
  readonly pulls: (variant: number, seed: number, step: number) => Promise<Pulls | NoPulls>;
  /** Asks the worker how hard a variant pulls the examples of a split; it arrives in the run's book of pulls. */
  readonly askPulls: (variant: number, seed: number, step: number, on: Split) => void;
  /** Lights a training point in every panel, or none. */
  readonly lightPoint: (index: number | null) => void;
  /**
   * The part of a link after '#' for what is on screen. It opens with the clock at `step`, or as a run does without one.
   *
   * @throws {SimError} link/too-large
   */
  readonly shareHash: (step?: number) => string;
  readonly checksum: () => string | null;
  readonly pin: Pinning['pin'];
  readonly unpin: Pinning['unpin'];
  readonly tournament: Tournaments;
  readonly lesson: Lessons;
  readonly stage: Presenting;
}

export const createLab = (environment: LabEnvironment): Lab => {
  const store = createStore<LabState>(() => initialState);
  const clock = createClock(store, environment);
  const runner = createRunner(store, environment, clock);
  const attacking = createAttacking(store, environment);
  const linking = createLinking(store, environment);
  const tournaments = createTournaments(store, environment);
  const keeping = createKeeping(store, environment, linking);
  const drafting = createDrafting(store, environment, runner, linking, clock, keeping);
  const lessons = createLessons(store, environment, drafting, clock);
  const presenting = createPresenting(store, { ...clock, now: environment.now });
  const isLocked = environment.isLocked === true;
  /** What changes the experiment does nothing in a locked page. */
  const unlocked = <Args extends readonly unknown[]>(action: (...args: Args) => void): ((...args: Args) => void) =>
    isLocked ? () => undefined : action;
  const view = (change: Partial<LabState['view']>): void =>
    store.setState((state) => ({ view: { ...state.view, ...change } }));

  environment.sight.listen(() => {
    // A hidden page may never be shown again.
    keeping.flush();
    runner.setHidden(environment.sight.isHidden());
  });
  environment.updates.listen(() =>
    store.setState(({ notices }) => ({
      notices: [...notices.filter(({ kind }) => kind !== 'update'), { kind: 'update' }],
    })),
  );

  return {
    store,
    presets: environment.presets,
    preview: previewOf(environment.presets[0]),
    now: environment.now,
    isLocked,
    edit: unlocked(drafting.edit),
    undo: unlocked(drafting.undo),
    redo: unlocked(drafting.redo),
    openPreset: unlocked(drafting.openPreset),
    openFile: unlocked((content) => {
      if (!lessons.openFile(content)) drafting.openFile(content);
    }),
    kept: keeping.list,
    openKept: unlocked(drafting.openKept),
    isAtRisk: keeping.isAtRisk,
    update: () => {
      keeping.flush();
      environment.updates.apply();
    },
    restart: runner.start,
    stop: runner.stop,
    setStep: clock.setStep,
    moveBy: clock.moveBy,
    play: clock.play,
    pause: clock.pause,
    setSpeed: (speed) => view({ speed }),
    showSeed: (seed) => {
      view({ seed });
      clock.refresh();
    },
    toggleSolo: (label) => view({ solo: store.getState().view.solo === label ? null : label }),
    toggleHidden: (label) => {
      const { hidden } = store.getState().view;
      view({ hidden: hidden.includes(label) ? hidden.filter((one) => one !== label) : [...hidden, label] });
      clock.refresh();
    },
    setTheme: (theme) => view({ theme }),
    setLanguage: (language) => view({ language }),
    setKeys: (keys) => view({ keys }),
    enter: (room) => view({ room }),
    setSpread: (spread) => view({ spread }),
    showSeeds: (areSeedsShown) => view({ areSeedsShown }),
    dismiss: (notice) => store.setState((state) => ({ notices: state.notices.filter((other) => other !== notice) })),
    attack: attacking.start,
    pauseAttack: attacking.pause,
    resumeAttack: attacking.resume,
    dropAttack: attacking.drop,
    ask: (model, seed, step, size) => runner.ask({ kind: 'frame', model, seed, step, size }),
    askOutputs: (model, seed, step) => runner.ask({ kind: 'outputs', model, seed, step }),
    weights: async (model, seed, step) => {
      const answer = await runner.request({ kind: 'weights', model, seed, step });
      return answer as WeightsAnswer;
    },
    material: async (model, seed) => {
      const answer = await runner.request({ kind: 'material', model, seed });
      return (answer as Extract<QueryResult, { kind: 'material' }>).material;
    },
    profile: async (model, seed, step) => {
      const answer = await runner.request({ kind: 'profile', model, seed, step });
      return (answer as Extract<QueryResult, { kind: 'profile' }>).profile;
    },
    pulls: async (model, seed, step) => {
      const answer = await runner.request({ kind: 'pulls', model, seed, step, on: 'forget' });
      return (answer as Extract<QueryResult, { kind: 'pulls' }>).pulls;
    },
    askPulls: (model, seed, step, on) => runner.ask({ kind: 'pulls', model, seed, step, on }),
    lightPoint: (point) => {
      if (point !== store.getState().view.point) view({ point });
    },
    shareHash: linking.shareHash,
    checksum: linking.checksum,
    ...createPinning(store),
    tournament: tournaments,
    lesson: lessons,
    stage: presenting,
  };
};
