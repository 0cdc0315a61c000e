import type { StoreApi } from 'zustand/vanilla';
import { compareWith, type Provenance, provenanceOf } from '../../scenario/format/provenance.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { type DecodedLink, encodeLink } from '../../scenario/links/link.ts';
import { shortQuery } from '../../scenario/links/short-query.ts';
import type { LabEnvironment } from '../contracts/environment.ts';
import type { LabState } from '../contracts/state.ts';
import { computesTheSame } from './history.ts';

export interface Linking {
  /** Puts the scenario into the address bar, a little later; one gesture makes one entry of the history. */
  readonly write: (scenario: Scenario, isSameGesture: boolean) => void;
  /** Forgets what is still to be written: the reader has gone elsewhere. */
  readonly drop: () => void;
  /** Writes at once what is still to be written. */
  readonly flush: () => void;
  /** Whether the address holds the last scenario that was written; one with much data is too long for it. */
  readonly isWritten: () => boolean;
  readonly shareHash: (step?: number) => string;
  /** The readable query that means the draft; null where a query does not say it all. */
  readonly shortQuery: (step?: number) => string | null;
  readonly checksum: () => string | null;
  /** What the run of an opened scenario should come to, as its link or file says. */
  readonly expect: (link: DecodedLink) => void;
}

/** Browsers refuse more than about 100 changes of the address in 30 s. */
const WRITE_EVERY_MS = 350;

/** A scenario whose clock opens at a step, or as it will. */
const openedAt = (scenario: Scenario, step: number | undefined): Scenario => {
  const { step: _, ...view } = scenario.view;
  return { ...scenario, view: step === undefined ? view : { ...view, step } };
};

export const createLinking = (store: StoreApi<LabState>, environment: LabEnvironment): Linking => {
  const { link } = environment;
  let pending: { readonly scenario: Scenario; readonly isPush: boolean } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isWritten = true;
  let expected: DecodedLink | null = null;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (!pending) return;
    const { scenario, isPush } = pending;
    pending = null;
    let hash: string;
    try {
      hash = encodeLink(scenario);
      isWritten = true;
    } catch {
      // Too much data for a link: the address stays, and Share says so.
      isWritten = false;
      link.replace(link.hash());
      return;
    }
    if (hash === link.hash()) return;
    if (isPush) link.push(hash);
    else link.replace(hash);
  };

  /** Results are summed up once per finished run. */
  let summed: { readonly runId: string; readonly provenance: Required<Provenance> } | null = null;
  const provenance = (): Required<Provenance> | null => {
    const { status, current, isStale } = store.getState().run;
    if (status !== 'finished' || isStale || !current) return null;
    if (summed?.runId !== current.runId) {
      summed = { runId: current.runId, provenance: provenanceOf(current.collector.results()) };
    }
    return summed.provenance;
  };

  // When what was opened has been computed, which it may have been before it was opened.
  store.subscribe(({ draft, run }) => {
    if (expected === null || draft.scenario !== expected.scenario || !run.current) return;
    if (!computesTheSame(run.current.scenario, expected.scenario)) return;
    const { checksum, engine, repairs } = expected;
    const found = provenance();
    if (checksum === undefined || found === null) return;
    const made = { checksum, ...(engine === undefined ? {} : { engine }) };
    const notice = { kind: 'comparison', ...compareWith(made, found, repairs.length > 0) } as const;
    expected = null;
    store.setState(({ notices }) => ({ notices: [...notices.filter(({ kind }) => kind !== 'comparison'), notice] }));
  });

  return {
    flush,
    drop: () => {
      pending = null;
    },
    isWritten: () => isWritten && pending === null,
    write: (scenario, isSameGesture) => {
      if (pending && !isSameGesture) flush();
      pending = { scenario, isPush: !isSameGesture || (pending?.isPush ?? false) };
      timer ??= setTimeout(flush, WRITE_EVERY_MS);
    },
    shareHash: (at) => {
      const { draft, run } = store.getState();
      const scenario = draft.scenario ?? run.shown?.scenario;
      return scenario ? encodeLink(openedAt(scenario, at), provenance() ?? {}) : '';
    },
    shortQuery: (at) => {
      const { draft, catalogue, presets } = store.getState();
      if (!catalogue || !draft.scenario || !draft.base) return null;
      return shortQuery(openedAt(draft.scenario, at), draft.base, presets, catalogue) ?? null;
    },
    checksum: () => provenance()?.checksum ?? null,
    expect: (opened) => {
      expected = opened.checksum === undefined ? null : opened;
    },
  };
};
