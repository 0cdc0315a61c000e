import { useEffect, useRef, useState } from 'react';
import { toWire } from '../../../engine/base/errors.ts';
import type { LeaderboardEntry } from '../../../scenario/leaderboard/entry.ts';
import { checkEntry, type EntryCheck, metricsOfEntry, standingOf } from '../../../scenario/leaderboard/standing.ts';
import { createCollector } from '../../../sim/collector.ts';
import { useLab } from '../../hooks/lab.ts';

/** Where an entry that is computed again stands. */
export type Recomputed =
  | { readonly status: 'waiting' }
  | { readonly status: 'running'; readonly share: number }
  | { readonly status: 'same' | 'other'; readonly check: EntryCheck }
  | { readonly status: 'unclaimed'; readonly gap: number | null }
  | { readonly status: 'failed'; readonly message: string };

type Found = Readonly<Record<string, Recomputed>>;

const TELL_MS = 200;

/** Computes entries again, one after the other, in workers of their own; leaving the page of the room ends it. */
export const useRecomputing = () => {
  const lab = useLab();
  const [found, setFound] = useState<Found>({});
  const [isOn, setIsOn] = useState(false);
  const queue = useRef<readonly LeaderboardEntry[]>([]);
  /** Counts up whenever what is under way is left. */
  const turn = useRef(0);
  const isWorking = useRef(false);
  useEffect(
    () => () => {
      turn.current++;
      queue.current = [];
    },
    [],
  );

  const put = (id: string, state: Recomputed): void => setFound((before) => ({ ...before, [id]: state }));

  const computeOne = async (entry: LeaderboardEntry): Promise<void> => {
    const { id, scenario, claim } = entry;
    const own = turn.current;
    const collector = createCollector(scenario);
    const families = lab.store.getState().catalogue?.families ?? [];
    const headline = families.find((family) => family.id === scenario.family)?.headline;
    let told = Number.NEGATIVE_INFINITY;
    put(id, { status: 'running', share: 0 });
    for await (const event of lab.compute(scenario, metricsOfEntry(headline))) {
      if (own !== turn.current) return;
      collector.take(event);
      const { progress } = collector;
      if (event.type !== 'progress' || !progress || lab.now() - told < TELL_MS) continue;
      told = lab.now();
      put(id, { status: 'running', share: Math.min(1, progress.done / Math.max(1, progress.total)) });
    }
    if (collector.error) throw new Error(collector.error.message);
    const results = collector.results();
    if (!claim) put(id, { status: 'unclaimed', gap: standingOf(results) });
    else {
      const check = checkEntry(claim, results);
      put(id, { status: check.isSame ? 'same' : 'other', check });
    }
  };

  const work = async (): Promise<void> => {
    if (isWorking.current) return;
    isWorking.current = true;
    setIsOn(true);
    for (let entry = queue.current[0]; entry; entry = queue.current[0]) {
      queue.current = queue.current.slice(1);
      try {
        await computeOne(entry);
      } catch (thrown) {
        put(entry.id, { status: 'failed', message: toWire(thrown).message });
      }
    }
    isWorking.current = false;
    setIsOn(false);
  };

  const compute = (entries: readonly LeaderboardEntry[]): void => {
    const waiting = new Set(queue.current.map(({ id }) => id));
    const further = entries.filter(({ id }) => !waiting.has(id) && found[id]?.status !== 'running');
    queue.current = [...queue.current, ...further];
    for (const { id } of further) put(id, { status: 'waiting' });
    void work();
  };

  const stop = (): void => {
    turn.current++;
    queue.current = [];
    setFound((before) =>
      Object.fromEntries(
        Object.entries(before).filter(([, { status }]) => status !== 'waiting' && status !== 'running'),
      ),
    );
  };

  return { found, compute, stop, isOn };
};
