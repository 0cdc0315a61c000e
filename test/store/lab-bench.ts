import { keptText } from '../../src/browser/choices.ts';
import { createSlots } from '../../src/browser/slots.ts';
import { readDocument } from '../../src/scenario/document/document.ts';
import type { Preset } from '../../src/scenario/format/preset.ts';
import type { createCache } from '../../src/sim/cache.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import { simulate } from '../../src/sim/simulate.ts';
import type { RawLesson } from '../../src/store/contracts/environment.ts';
import { createLab, type Lab } from '../../src/store/lab.ts';
import { type Command, type Message, type Port, PROTOCOL } from '../../src/worker/protocol.ts';
import { memoryStorage } from '../support/memory-storage.ts';
import { SMALL } from '../support/run.ts';

/** Two presets that train in milliseconds. */
export const PRESETS: readonly Preset[] = [
  {
    id: 'first',
    title: 'First',
    question: 'Who keeps the rest?',
    input: {
      ...SMALL,
      id: 'first',
      title: 'First',
      runs: [
        { name: 'GA', method: 'ga', steps: 20 },
        { name: 'NPO', method: 'npo', steps: 20, params: { beta: 1 } },
      ],
    },
  },
  {
    id: 'second',
    title: 'Second',
    question: 'What else?',
    input: { ...SMALL, id: 'second', title: 'Second', runs: [{ name: 'FT', method: 'ft', steps: 10 }], seeds: [0, 1] },
  },
];

export interface BenchOptions {
  readonly hash?: string;
  readonly search?: string;
  readonly isMotionReduced?: boolean;
  /** What earlier pages left in the browser. */
  readonly local?: Storage;
  readonly session?: Storage;
  /** The page is loaded again on an entry of the history that it has made. */
  readonly isReload?: boolean;
  readonly isHidden?: boolean;
  readonly isLocked?: boolean;
  readonly isEmbedded?: boolean;
  /** Null: all but the first one do not arrive. */
  readonly presets?: readonly Preset[] | null;
  /** Null: they do not arrive. */
  readonly lessons?: readonly RawLesson[] | null;
  /** What was trained before; a bench of its own trains everything. */
  readonly cache?: ReturnType<typeof createCache>;
  /** Without pictures, which take their time. */
  readonly hasPictures?: boolean;
  /** Workers in the background. */
  readonly background?: () => Port<Message, Command>;
}

const noBackground = (): never => {
  throw new Error('nothing is computed in the background here');
};

/** A clock of the storage that never stands still. */
let saves = 0;

/**
 * A lab between an address bar in memory, a clock that is moved by hand, and a worker's port whose other end is the
 * simulation itself: `run` answers the last start command with all of its events.
 */
export const benchOf = ({
  hash = '',
  search = '',
  isMotionReduced = false,
  local = memoryStorage(),
  session = memoryStorage(),
  isReload = false,
  isHidden: isHiddenAtFirst = false,
  isLocked = false,
  isEmbedded = false,
  presets = PRESETS,
  lessons = [],
  cache,
  hasPictures = true,
  background = noBackground,
}: BenchOptions = {}) => {
  const sent: Command[] = [];
  const history = [hash];
  const own = new Set<number>(isReload ? [0] : []);
  let onVisibility: () => void = () => undefined;
  let isHidden = isHiddenAtFirst;
  let onUpdate: () => void = () => undefined;
  let updates = 0;
  let place = 0;
  const onTravels: (() => void)[] = [];
  const onTravel = (): void => {
    for (const handler of onTravels) handler();
  };
  const listeners: ((message: Message) => void)[] = [];
  const deliver = (message: Message): void => {
    for (const listener of listeners) listener(message);
  };
  let callbacks: ((ms: number) => void)[] = [];
  let ms = 0;
  let readings = 0;
  const lab: Lab = createLab({
    firstPreset: presets?.[0] ?? PRESETS[0],
    presets: (then) => then(presets),
    port: {
      post: (command) => sent.push(command),
      listen: (handler) => {
        listeners.push(handler);
        return () => undefined;
      },
    },
    background,
    link: {
      hash: () => history[place] ?? '',
      search: () => search,
      push: (next) => {
        history.splice(++place, Number.POSITIVE_INFINITY, next);
        own.add(place);
      },
      replace: (next) => {
        history[place] = next;
        own.add(place);
      },
      isOwn: () => own.has(place),
      listen: (handler) => {
        onTravels.push(handler);
      },
    },
    slots: createSlots({ local: () => local, session: () => session, locks: undefined, now: () => ++saves }),
    visibility: {
      isHidden: () => isHidden,
      listen: (handler) => {
        onVisibility = handler;
      },
    },
    updates: {
      listen: (handler) => {
        onUpdate = handler;
      },
      apply: () => {
        updates++;
      },
    },
    frame: (callback) => callbacks.push(callback),
    now: () => ms,
    isMotionReduced: () => isMotionReduced,
    isLocked,
    isEmbedded,
    readInWorker: async (content, library, signal) => {
      readings++;
      await Promise.resolve();
      if (signal.aborted) throw new Error('nobody waits');
      return readDocument(content, 'strict', library);
    },
    lessons: async () => {
      if (lessons === null) throw new TypeError('Failed to fetch');
      return lessons;
    },
    notebook: keptText('lessons', () => local),
  });
  const starts = () => sent.filter((command) => command.type === 'start');

  /** Draws frames, 16 ms apart. */
  const draw = (frames = 1): void => {
    for (let i = 0; i < frames; i++) {
      ms += 16;
      const due = callbacks;
      callbacks = [];
      for (const callback of due) callback(ms);
    }
  };

  return {
    lab,
    sent,
    starts,
    history: () => history,
    address: () => history[place],
    state: () => lab.store.getState(),
    deliver,
    ready: () => deliver({ type: 'ready', protocol: PROTOCOL, backend: 'wasm', catalogue: catalogueInfo }),
    draw,
    local,
    session,
    hide: (next = true) => {
      isHidden = next;
      onVisibility();
    },
    announceUpdate: () => onUpdate(),
    updates: () => updates,
    /** How many documents were read off the page's thread. */
    readings: () => readings,
    sleep: (sleptMs: number) => {
      ms += sleptMs;
    },
    /** The reader types another address, or opens a link in this tab. */
    visit: (next: string) => {
      history.splice(++place, Number.POSITIVE_INFINITY, next);
      own.delete(place);
      onTravel();
    },
    travel: (by: number) => {
      place += by;
      onTravel();
    },
    /** Lets the worker answer the last start command, up to an event. */
    run: async (until: (type: string) => boolean = () => false) => {
      const command = starts().at(-1);
      if (!command) throw new Error('nothing was started');
      const { runId, scenario } = command;
      const stream = simulate({
        runId,
        scenario,
        catalogue,
        backend: 'wasm',
        now: () => ms,
        pictures: hasPictures,
        ...(cache && { cache }),
      });
      for await (const event of stream) {
        deliver({ type: 'events', events: [event] });
        if (until(event.type)) break;
      }
      draw();
    },
  };
};
