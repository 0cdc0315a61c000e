import type { Scenario } from '../../scenario/format/scenario.ts';
import type { RunEvent, RunEventBody } from '../../sim/events.ts';

type Body = RunEventBody & { readonly runId: string };

/** The seeds of a run that one worker has. */
export interface SeedShare<W> {
  readonly seeds: readonly number[];
  worker: W;
  isOver: boolean;
  done: number;
  total: number;
}

/** A run whose seeds are dealt over workers. */
export interface DealtRun<W> {
  readonly runId: string;
  readonly scenario: Scenario;
  readonly metrics: readonly string[] | undefined;
  readonly shares: readonly SeedShare<W>[];
  /** Events that were passed on already: a share that is computed again tells them again. */
  readonly told: Set<string>;
  isPaused: boolean;
  isOver: boolean;
  deaths: number;
  seq: number;
  milliseconds: number;
}

/** Deals the seeds round: the one on screen is the first of the first worker. */
export const dealSeeds = (seeds: readonly number[], workers: number): number[][] =>
  Array.from({ length: Math.min(workers, seeds.length) }, (_, i) => seeds.filter((__, at) => at % workers === i));

export const dealRun = <W>(
  { runId, scenario, metrics }: Pick<DealtRun<W>, 'runId' | 'scenario' | 'metrics'>,
  workers: readonly W[],
): DealtRun<W> => ({
  runId,
  scenario,
  metrics,
  shares: dealSeeds(scenario.seeds, workers.length).map((seeds, i) => ({
    seeds,
    worker: workers[i] as W,
    isOver: false,
    done: 0,
    total: 0,
  })),
  told: new Set(),
  isPaused: false,
  isOver: false,
  deaths: 0,
  seq: 0,
  milliseconds: 0,
});

/** What makes an event the same as one of a share's earlier life; undefined for those that may come again. */
const identity = (event: RunEvent): string | undefined => {
  switch (event.type) {
    case 'started':
      return 'started';
    case 'data':
      return `data/${event.seeds.join()}/${event.forget.length}`;
    case 'phase':
      return `phase/${event.phase}/${event.seeds.join()}`;
    case 'frame':
      return `frame/${event.phase}/${event.model}/${event.seed}/${event.step}`;
    case 'metrics':
      return `metrics/${event.model}/${event.seed}/${event.step}`;
    case 'trainingDiverged':
      return `trainingDiverged/${event.model}/${event.seed}`;
    case 'diverged':
    case 'lane':
      return `${event.type}/${event.variant}/${event.seed}`;
    case 'attack':
    case 'attackFailed':
      return `${event.type}/${event.attack}/${event.variant}/${event.seed}`;
    case 'variantFailed':
      return `variantFailed/${event.variant}`;
    default:
      return undefined;
  }
};

/** The progress of all shares together, told by the first that still computes. */
const progressOf = <W>(
  run: DealtRun<W>,
  share: SeedShare<W>,
  event: Extract<RunEvent, { readonly type: 'progress' }>,
): readonly Body[] => {
  const leader = run.shares.find(({ isOver }) => !isOver);
  const sum = (of: 'done' | 'total') => run.shares.reduce((all, each) => all + each[of], 0);
  return share === leader ? [{ ...event, done: sum('done'), total: sum('total') }] : [];
};

/** What the whole run tells when one share tells an event. A share that fails or is cancelled ends the run. */
const merged = <W>(run: DealtRun<W>, share: SeedShare<W>, event: RunEvent): readonly Body[] => {
  // All of it was told: it is computed again for what may still be asked.
  if (share.isOver) return [];
  switch (event.type) {
    case 'progress':
      share.done = event.done;
      share.total = event.total;
      return progressOf(run, share, event);
    case 'finished':
      share.isOver = true;
      share.done = share.total;
      run.milliseconds = Math.max(run.milliseconds, event.milliseconds);
      if (run.shares.some(({ isOver }) => !isOver)) return [];
      run.isOver = true;
      return [{ type: 'finished', runId: run.runId, milliseconds: run.milliseconds }];
    case 'cancelled':
    case 'failed':
      share.isOver = true;
      run.isOver = true;
      return [event];
    default: {
      const name = identity(event);
      if (name !== undefined && run.told.has(name)) return [];
      if (name !== undefined) run.told.add(name);
      return [event];
    }
  }
};

const numbered = <W>(run: DealtRun<W>, bodies: readonly Body[]): readonly RunEvent[] =>
  bodies.map((body) => ({ ...body, seq: run.seq++ }));

/** What the run tells when a share tells some events: numbered without gaps, nothing twice, nothing after its end. */
export const takeEvents = <W>(
  run: DealtRun<W>,
  share: SeedShare<W>,
  events: readonly RunEvent[],
): readonly RunEvent[] =>
  numbered(
    run,
    events.flatMap((event) => (event.runId === run.runId && !run.isOver ? merged(run, share, event) : [])),
  );

/** Ends a run from outside; what it tells by that, which is nothing if it was over. */
export const endRun = <W>(
  run: DealtRun<W>,
  end: Extract<RunEventBody, { readonly type: 'cancelled' | 'failed' }>,
): readonly RunEvent[] => {
  if (run.isOver) return [];
  run.isOver = true;
  return numbered(run, [{ ...end, runId: run.runId }]);
};
