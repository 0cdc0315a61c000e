import type { Slots } from '../store/contracts/slots.ts';

const PREFIX = 'unlearn-lab/kept/';
const TAB_KEY = 'unlearn-lab/tab';
/** Slots beyond this many are dropped, those saved longest ago first. */
const MOST_SLOTS = 24;
/** How far the clock may have been set back since something was saved. */
const MOST_AHEAD_MS = 24 * 60 * 60 * 1000;
/** How long a reloaded page may take to let go of its slot. */
const CLAIM_MS = 1000;

/** The browser's part of what the slots need; any of it may be missing or throw. */
export interface SlotsBrowser {
  readonly local: () => Storage;
  readonly session: () => Storage;
  readonly locks: LockManager | undefined;
  readonly now: () => number;
}

const attempt = <T>(action: () => T, fallback: T): T => {
  try {
    return action();
  } catch {
    return fallback;
  }
};

const succeeds = (action: () => void): boolean =>
  attempt(() => {
    action();
    return true;
  }, false);

const newId = (): string =>
  [...crypto.getRandomValues(new Uint32Array(3))].map((word) => word.toString(36).padStart(7, '0')).join('');

/**
 * Experiments in localStorage, a slot for each tab, so that no tab overwrites another's work. A tab knows its slot
 * again after a reload or a crash. A copy of a tab inherits the name of its slot, but not the lock on it, and takes
 * another one.
 */
export const createSlots = ({ local, session, locks, now }: SlotsBrowser): Slots => {
  const before = attempt(() => session().getItem(TAB_KEY), null);
  let id = before ?? newId();
  let isSettled = false;
  let waiting: string | null = null;

  const hold = (slot: string, signal?: AbortSignal): Promise<boolean> =>
    new Promise((resolve) => {
      if (!locks) {
        resolve(false);
        return;
      }
      const never = new Promise<never>(() => undefined);
      const held = (): Promise<never> => {
        resolve(true);
        return never;
      };
      locks.request(PREFIX + slot, signal ? { signal } : {}, held).catch(() => resolve(false));
    });

  const take = (slot: string): void => {
    id = slot;
    attempt(() => session().setItem(TAB_KEY, slot), undefined);
  };
  const takeNew = (): void => {
    take(newId());
    void hold(id);
  };

  const keysOf = (storage: Storage): readonly string[] =>
    Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '').filter((key) => key.startsWith(PREFIX));

  /** A time that a clock can show and that has been; what claims another one is the first to make room. */
  const timeOf = (written: string): number => {
    const ms = /^\d{1,15}$/.test(written) ? Number(written) : 0;
    return ms <= now() + MOST_AHEAD_MS ? ms : 0;
  };

  /** All slots, saved last first. A slot's text begins with the time at which it was saved. */
  const slots = (storage: Storage) =>
    keysOf(storage)
      .map((key) => {
        const value = storage.getItem(key) ?? '';
        const cut = value.indexOf(' ');
        return { key, id: key.slice(PREFIX.length), savedMs: timeOf(value.slice(0, cut)), text: value.slice(cut + 1) };
      })
      .sort((a, b) => b.savedMs - a.savedMs);

  /** Writes, and makes room from the oldest slots of others as long as the browser says that it is full. */
  const write = (text: string): boolean => {
    const storage = attempt(local, null);
    if (!storage) return false;
    const key = PREFIX + id;
    const value = `${now()} ${text}`;
    const others = attempt(() => slots(storage).filter((slot) => slot.key !== key), []);
    const spare = [...others];
    for (const { key: old } of spare.splice(MOST_SLOTS - 1)) attempt(() => storage.removeItem(old), undefined);
    for (;;) {
      if (succeeds(() => storage.setItem(key, value))) return true;
      const oldest = spare.pop();
      // One page's work is not worth all the rest: half of what is kept stays.
      if (!oldest || spare.length < others.length / 2) return false;
      attempt(() => storage.removeItem(oldest.key), undefined);
    }
  };

  const settle = (isOwn: boolean): void => {
    if (isSettled) return;
    isSettled = true;
    if (!isOwn) takeNew();
    if (waiting !== null) write(waiting);
    waiting = null;
  };
  if (before === null) {
    takeNew();
    isSettled = true;
  } else void hold(before, AbortSignal.timeout(CLAIM_MS)).then(settle);

  return {
    own: () => {
      if (before === null) return null;
      return attempt(() => slots(local()).find((slot) => slot.id === before)?.text ?? null, null);
    },
    put: (text) => {
      if (isSettled) return write(text);
      waiting = text;
      return attempt(local, null) !== null;
    },
    leave: () => {
      // Whose slot it is may still be open: then what was to be written gets a slot of its own.
      if (waiting !== null) settle(false);
      isSettled = true;
      const left = id;
      takeNew();
      return left;
    },
    list: () => attempt(() => slots(local()).filter((slot) => slot.id !== id), []),
    get: (slot) => attempt(() => slots(local()).find((one) => one.id === slot)?.text ?? null, null),
  };
};
