import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Clock, createClock } from './clock/clock.ts';
import type { LabEnvironment, Notebook } from './contracts/environment.ts';
import { initialState, type LabState, type Notice } from './contracts/state.ts';
import { createDoor, type Door } from './door.ts';
import { createDrafting, type Drafting } from './draft/drafting.ts';
import { createKeptWork, type KeptExperiment } from './draft/kept-work.ts';
import { createLinking, type Linking } from './draft/linking.ts';
import { type Preview, previewOf } from './draft/preview.ts';
import { createLessons, type Lessons } from './lesson/lesson.ts';
import { createLecture, type Lecture } from './present/lecture.ts';
import { createPins, type Pins } from './present/pins.ts';
import { createView, type View } from './present/view.ts';
import { type Attacks, createAttacks } from './run/attacks.ts';
import { type Background, createBackground } from './run/background.ts';
import { createRunner, type Runner } from './run/runner.ts';
import { createSketches, type Sketches } from './run/sketches.ts';
import { createTournaments, type Tournaments } from './tournament/tournament.ts';

/** One store, and by subject the actions that change it. */
export interface Lab {
  readonly store: StoreApi<LabState>;
  /** The experiment can be played but not changed: what would change `draft` does nothing. */
  readonly isLocked: boolean;
  /** What holds the page's places until the engine is there. */
  readonly preview: Preview;
  /** A clock in ms. */
  readonly now: () => number;
  /** The experiment that the reader works on. */
  readonly draft: Pick<Drafting, 'edit' | 'undo' | 'redo' | 'openPreset'> & Door;
  /** The reader's experiments of other tabs and times, as kept on this device. */
  readonly kept: {
    /** Saved last first. */
    readonly list: () => readonly KeptExperiment[];
    readonly open: (id: string) => void;
    /** Whether closing the page now would lose work. */
    readonly isAtRisk: () => boolean;
  };
  /** What is on screen as a link. */
  readonly link: Pick<Linking, 'shareHash' | 'shortQuery' | 'checksum'>;
  readonly run: Pick<Runner, 'start' | 'stop' | 'ask' | 'request'>;
  /** Computes another scenario beside the one on screen; leaving its events ends it. One at a time. */
  readonly compute: Background['run'];
  readonly clock: Pick<Clock, 'play' | 'pause' | 'setStep' | 'moveBy' | 'setSpeed'>;
  readonly view: View;
  readonly attacks: Attacks;
  /** What experiments are about, before they are opened. */
  readonly sketches: Sketches;
  readonly pins: Pins;
  readonly tournament: Tournaments;
  readonly lesson: Lessons;
  readonly lecture: Lecture;
  readonly notices: { readonly dismiss: (notice: Notice) => void };
  /** What is being typed and is no experiment yet: it outlasts a reload. */
  readonly scratch: Notebook;
  /** Loads the newer version of the page. */
  readonly update: () => void;
}

const nothing = (): void => undefined;
const LOCKED: Lab['draft'] = {
  edit: nothing,
  undo: nothing,
  redo: nothing,
  openPreset: nothing,
  openText: nothing,
  openFile: async () => undefined,
};

const inMemory = (): Notebook => {
  let kept: string | null = null;
  return {
    read: () => kept,
    write: (text) => {
      kept = text;
    },
  };
};

export const createLab = (environment: LabEnvironment): Lab => {
  const { firstPreset } = environment;
  const store = createStore<LabState>(() => ({ ...initialState, presets: firstPreset ? [firstPreset] : [] }));
  const clock = createClock(store, environment);
  const run = createRunner(store, environment, clock);
  const link = createLinking(store, environment);
  const keptWork = createKeptWork(store, environment, link);
  const drafting = createDrafting(store, environment, run, link, clock, keptWork);
  const lesson = createLessons(store, environment, drafting, clock);
  const door = createDoor(store, environment, drafting, lesson);
  const isLocked = environment.isLocked === true;

  environment.visibility.listen(() => {
    // A hidden page may never be shown again.
    keptWork.flush();
    run.setHidden(environment.visibility.isHidden());
  });
  environment.updates.listen(() =>
    store.setState(({ notices }) => ({
      notices: [...notices.filter(({ kind }) => kind !== 'update'), { kind: 'update' }],
    })),
  );

  return {
    store,
    preview: previewOf(firstPreset),
    now: environment.now,
    isLocked,
    draft: isLocked ? LOCKED : { ...drafting, ...door },
    kept: { list: keptWork.list, open: isLocked ? nothing : drafting.openKept, isAtRisk: keptWork.isAtRisk },
    link,
    run,
    compute: createBackground(environment.background).run,
    clock,
    view: createView(store, clock),
    attacks: createAttacks(store, environment),
    sketches: createSketches(environment.port),
    pins: createPins(store),
    tournament: createTournaments(store, environment),
    lesson,
    lecture: createLecture(store, { ...clock, now: environment.now }),
    notices: {
      dismiss: (notice) => store.setState(({ notices }) => ({ notices: notices.filter((other) => other !== notice) })),
    },
    scratch: environment.scratch ?? inMemory(),
    update: () => {
      keptWork.flush();
      environment.updates.apply();
    },
  };
};
