import type { LabDocument } from '../../scenario/document/document.ts';
import type { Preset } from '../../scenario/format/preset.ts';
import type { Library } from '../../scenario/read/document-kind.ts';
import type { Command, Message, Port } from '../../worker/protocol.ts';
import type { Slots } from './slots.ts';

/** The address bar, or what stands for it in a test. Hashes are without '#'. */
export interface LinkBar {
  readonly hash: () => string;
  readonly search: () => string;
  readonly push: (hash: string) => void;
  readonly replace: (hash: string) => void;
  /** Whether this entry of the history was made by the page, and not by a link or the reader. */
  readonly isOwn: () => boolean;
  /** Called when the reader goes back or forward, or types another hash. */
  readonly listen: (handler: () => void) => void;
}

/** A lesson that comes with the page, still to be parsed. */
export interface RawLesson {
  readonly id: string;
  readonly input: unknown;
}

/** A text that stays on this device. Nothing here throws: storage may be full, forbidden or gone. */
export interface Notebook {
  readonly read: () => string | null;
  readonly write: (text: string) => void;
}

/** Newer versions of the page. */
export interface Updates {
  /** `handler` is called when one is ready to take over. */
  readonly listen: (handler: () => void) => void;
  /** Loads it. */
  readonly apply: () => void;
}

/** Whether anybody can see the page. */
export interface Visibility {
  readonly isHidden: () => boolean;
  /** Called when the page is hidden, shown again, or left. */
  readonly listen: (handler: () => void) => void;
}

/** What the lab needs from the outside; a test hands in its own. */
export interface LabEnvironment {
  readonly port: Port<Message, Command>;
  /** Workers for what is computed beside the experiment on screen; asked for when there is such a thing. */
  readonly background: () => Port<Message, Command>;
  /** What the first page shows; there before anything else is. */
  readonly firstPreset: Preset | undefined;
  /** Calls back with all presets, at once or when they have arrived; with null where they do not. */
  readonly presets: (then: (presets: readonly Preset[] | null) => void) => void;
  readonly link: LinkBar;
  readonly slots: Slots;
  /** Reads a large document off the page's thread, until `signal` says that nobody waits any more. @throws {SimError} as readDocument */
  readonly readInWorker: (content: Uint8Array, library: Library, signal: AbortSignal) => Promise<LabDocument>;
  /** Fetched when a lesson is opened. */
  readonly lessons: () => Promise<readonly RawLesson[]>;
  /** Where the progress through lessons is kept. */
  readonly notebook: Notebook;
  /** Where a rule stands that is being typed, past a reload; absent: as long as the page. */
  readonly scratch?: Notebook;
  readonly visibility: Visibility;
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
