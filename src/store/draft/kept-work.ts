import type { StoreApi } from 'zustand/vanilla';
import { isDeep } from '../../scenario/document/unpack.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import { caps } from '../../scenario/format/defaults.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { FormulasNotLoaded } from '../../scenario/formula/loaded.ts';
import { isObject } from '../../scenario/read/check.ts';
import { parseScenario } from '../../scenario/read/parse.ts';
import type { LabEnvironment } from '../contracts/environment.ts';
import type { LabState, Notice } from '../contracts/state.ts';
import { DEPTH } from './history.ts';
import type { Linking } from './linking.ts';

/** The form of what is kept; another one is passed over. */
const VERSION = 1;
/** A change is kept at once, those that follow it at most this often: a crash gives no warning. */
const KEEP_MS = 500;
/** How much of the undo history is kept, in characters: storage is small. */
const MOST_HISTORY = 300_000;

/** An experiment that can be had back. */
export interface KeptExperiment {
  readonly id: string;
  readonly savedMs: number;
  readonly title: string;
  readonly runs: readonly string[];
}

interface History {
  readonly scenario: Scenario;
  readonly past: readonly Scenario[];
  readonly future: readonly Scenario[];
}

export interface KeptWork {
  /** The reader has changed the experiment: from now on it is theirs. */
  readonly markEdited: () => void;
  /** Another experiment takes the place of this one, which stays reachable; its slot, or null if it was not the reader's. */
  readonly setAside: () => string | null;
  /** What the reader had here before a reload, if the address is still the one it left. */
  readonly restored: (catalogue: CatalogueInfo) => History | null;
  readonly list: () => readonly KeptExperiment[];
  readonly get: (id: string, catalogue: CatalogueInfo) => Scenario | null;
  /** Writes at once what is still to be written. */
  readonly flush: () => void;
  /** Whether closing the page would lose something: neither storage nor the address holds it. */
  readonly isAtRisk: () => boolean;
}

interface Kept {
  readonly version: typeof VERSION;
  /** What stood after '#' when it was kept. */
  readonly address: string;
  /** Whether the reader has changed it. What was only opened is kept for its undo history and is not listed. */
  readonly isEdited: boolean;
  readonly scenario: Readonly<Record<string, unknown>> | Scenario;
  readonly past: readonly unknown[];
  readonly future: readonly unknown[];
}

/** What stands in a slot, or null for anything else: storage is as open to others as a file is. */
const read = (text: string | null): Kept | null => {
  if (isDeep(text ?? '')) return null;
  let value: unknown;
  try {
    value = JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
  if (!isObject(value) || value['version'] !== VERSION || !isObject(value['scenario'])) return null;
  const { address, isEdited, scenario, past, future } = value;
  if (typeof address !== 'string' || !Array.isArray(past) || !Array.isArray(future)) return null;
  return { version: VERSION, address, isEdited: isEdited === true, scenario, past, future };
};

/** A value as text; null where it is nested too deeply to be anything of ours. */
const writtenOut = (value: unknown): string | null => {
  try {
    return JSON.stringify(value);
  } catch {
    return null;
  }
};

const textOf = (value: unknown, most: number): string => (typeof value === 'string' ? value.slice(0, most) : '');

/** What names an experiment in a list. */
const wordsOf = ({ title, runs }: { readonly title?: unknown; readonly runs?: unknown }) => ({
  title: textOf(title, caps.text),
  runs: Array.isArray(runs)
    ? runs.slice(0, caps.runs).map((run) => (isObject(run) ? textOf(run['name'], caps.name) : ''))
    : [],
});

/** The newest members that fit into a number of characters. */
const newestWithin = (list: readonly Scenario[], most: number): readonly Scenario[] => {
  let left = most;
  let from = list.length;
  while (from > 0 && left > 0) {
    left -= JSON.stringify(list[from - 1]).length;
    if (left >= 0) from--;
  }
  return list.slice(from);
};

/** Nothing, for what cannot be read; what could be read a little later is thrown on. */
const refusedAs = (thrown: unknown): null => {
  if (thrown instanceof FormulasNotLoaded) throw thrown;
  return null;
};

/** Keeps the reader's work on this device, past reloads and crashes. A link alone is never kept: it is no one's work. */
export const createKeptWork = (
  store: StoreApi<LabState>,
  { slots, link }: Pick<LabEnvironment, 'slots' | 'link'>,
  linking: Pick<Linking, 'flush' | 'isWritten'>,
): KeptWork => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isEdited = read(slots.own())?.isEdited ?? false;
  let isDue = false;
  let isRefused = false;

  const tell = (kind: 'unkept', isWanted: boolean): void => {
    const { notices } = store.getState();
    const others = notices.filter((notice: Notice) => notice.kind !== kind);
    if (isWanted) store.setState({ notices: [...others, { kind }] });
    else if (others.length < notices.length) store.setState({ notices: others });
  };

  const write = (): void => {
    const { scenario, past, future } = store.getState().draft;
    if (!isDue || !scenario) return;
    isDue = false;
    const kept: Kept = {
      version: VERSION,
      address: link.hash(),
      isEdited,
      scenario,
      past: newestWithin(past, MOST_HISTORY),
      future: newestWithin(future.toReversed(), MOST_HISTORY).toReversed(),
    };
    const wasRefused = isRefused;
    isRefused = !slots.put(JSON.stringify(kept));
    if (isRefused !== wasRefused) tell('unkept', isRefused);
  };

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    linking.flush();
    write();
  };

  store.subscribe(({ draft }, before) => {
    if (draft.scenario === before.draft.scenario) return;
    if (!isEdited && draft.past.length === 0) return;
    isDue = true;
    if (timer !== undefined) return;
    write();
    // Once more, with what else has changed until then and the address that belongs to it.
    isDue = true;
    timer = setTimeout(flush, KEEP_MS);
  });

  const parsed = (input: unknown, catalogue: CatalogueInfo): Scenario =>
    parseScenario(input, catalogue, 'repair').scenario;

  return {
    markEdited: () => {
      isEdited = true;
    },
    setAside: () => {
      const wasEdited = isEdited;
      flush();
      isEdited = false;
      const left = slots.leave();
      return wasEdited && !isRefused ? left : null;
    },
    restored: (catalogue) => {
      const kept = read(slots.own());
      if (!kept || !link.isOwn() || kept.address !== link.hash()) return null;
      const all = (list: readonly unknown[]) => list.map((input) => parsed(input, catalogue));
      const [past, future] = [kept.past.slice(-DEPTH), kept.future.slice(0, DEPTH)];
      try {
        return { scenario: parsed(kept.scenario, catalogue), past: all(past), future: all(future) };
      } catch (thrown) {
        return refusedAs(thrown); // Of another version: the address says the same.
      }
    },
    list: () => {
      const seen = new Set<string>([JSON.stringify(store.getState().draft.scenario)]);
      return slots.list().flatMap(({ id, savedMs, text }) => {
        const kept = read(text);
        const words = kept?.isEdited ? writtenOut(kept.scenario) : null;
        if (!kept || words === null || seen.has(words)) return [];
        seen.add(words);
        return [{ id, savedMs, ...wordsOf(kept.scenario) }];
      });
    },
    get: (id, catalogue) => {
      const kept = read(slots.get(id));
      try {
        return kept ? parsed(kept.scenario, catalogue) : null;
      } catch (thrown) {
        return refusedAs(thrown);
      }
    },
    flush,
    isAtRisk: () => isEdited && isRefused && !linking.isWritten(),
  };
};
