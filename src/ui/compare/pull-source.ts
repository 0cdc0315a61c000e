import type { NoPulls, Pulls } from '../../sim/events.ts';
import type { LabRun } from '../../store/contracts/state.ts';
import type { Lab } from '../../store/lab.ts';

/** While the clock plays, a panel asks no more often than this; what it has stays until the next is there. */
const EVERY_MS = 400;

/** Where one panel's pulls come from: the answers that there are, and questions for what is not. */
export const createPullSource = (lab: Lab) => {
  let askedAt = Number.NEGATIVE_INFINITY;
  let last: { readonly of: string; readonly found: Pulls | NoPulls } | null = null;
  return (run: LabRun, variant: number, seed: number): Pulls | NoPulls | undefined => {
    const { view } = lab.store.getState();
    const of = `${run.runId}/${variant}/${seed}`;
    const found = run.pulls.forget.at(variant, seed, view.step);
    if (found !== undefined) last = { of, found };
    else if (
      (run.collector.lane(variant, seed)?.count ?? 0) > 0 &&
      (!view.isPlaying || lab.now() - askedAt >= EVERY_MS)
    ) {
      askedAt = lab.now();
      lab.run.ask({ kind: 'pulls', model: variant, seed, step: view.step, on: 'forget' });
    }
    return last?.of === of ? last.found : undefined;
  };
};
