import type { RunEvent } from '../../sim/events.ts';
import type { Command, Message, Port } from '../protocol.ts';
import { type DealtRun, dealRun, endRun, type SeedShare, takeEvents } from './dealt-run.ts';
import { createDepartures, type Departures } from './departures.ts';
import { createSilence, type Silence } from './silence.ts';

/** One worker, seen from outside. */
export interface PoolWorker extends Port<Message, Command> {
  readonly terminate: () => void;
  /** Called when the worker has died of an error that it could not report itself. */
  readonly onDeath: (handler: (reason: string) => void) => void;
}

/** How often a worker may die in one run before the run counts as failed. */
const MOST_DEATHS = 3;

const ENDS: ReadonlySet<RunEvent['type']> = new Set(['finished', 'cancelled', 'failed']);

type CommandOf<T extends Command['type']> = Extract<Command, { readonly type: T }>;

interface Pool {
  readonly spawn: () => PoolWorker;
  /** How many workers it has once one of them is ready. */
  readonly size: number;
  readonly workers: PoolWorker[];
  readonly emit: (message: Message) => void;
  readonly departures: Departures<PoolWorker>;
  readonly silence: Silence<PoolWorker>;
  /** Who is at which attack, by request. */
  readonly attackers: Map<number, PoolWorker>;
  /** Who is to answer which question, by request. */
  readonly asked: Map<number, PoolWorker>;
  run: DealtRun<PoolWorker> | undefined;
  isReady: boolean;
  /** Workers that died before any was ready: then something is wrong that another worker will not mend. */
  stillborn: number;
}

const internal = (message: string) => ({ code: 'worker/internal', message, faults: [] }) as const;

const tell = ({ emit }: Pool, events: readonly RunEvent[]): void => {
  if (events.length > 0) emit({ type: 'events', events });
};

/** The workers of a run that is over are expected to leave it. */
const dismiss = ({ departures }: Pool, { runId, shares }: DealtRun<PoolWorker>): void => {
  for (const { worker, isOver } of shares) if (!isOver) departures.expect(worker, runId);
};

const begin = ({ runId, scenario, metrics, isPaused }: DealtRun<PoolWorker>, share: SeedShare<PoolWorker>): void => {
  const { worker, seeds } = share;
  worker.post({ type: 'start', runId, scenario, seeds, ...(metrics && { metrics }) });
  if (isPaused) worker.post({ type: 'pause', runId });
};

const add = (pool: Pool): PoolWorker => {
  const worker = pool.spawn();
  pool.workers.push(worker);
  worker.listen((message) => receive(pool, worker, message));
  worker.onDeath((reason) => replace(pool, worker, reason, true));
  pool.silence.expectLoad(worker);
  return worker;
};

const receiveEvents = (pool: Pool, worker: PoolWorker, events: readonly RunEvent[]): void => {
  for (const { type, runId } of events) if (ENDS.has(type)) pool.departures.left(worker, runId);
  const { run } = pool;
  const share = run?.shares.find((one) => one.worker === worker);
  if (!run || !share) return;
  const wasOver = run.isOver;
  const told = takeEvents(run, share, events);
  if (run.isOver && !wasOver) {
    // Where one share fails, the others have nothing to compute for.
    for (const other of run.shares) if (!other.isOver) other.worker.post({ type: 'cancel', runId: run.runId });
    dismiss(pool, run);
  }
  tell(pool, told);
};

function receive(pool: Pool, worker: PoolWorker, message: Message): void {
  pool.silence.heard(worker);
  switch (message.type) {
    case 'events':
      receiveEvents(pool, worker, message.events);
      return;
    case 'ready':
      pool.departures.loaded(worker);
      if (pool.isReady) return;
      pool.isReady = true;
      pool.emit(message);
      while (pool.workers.length < pool.size) add(pool);
      return;
    case 'attackDone':
    case 'error':
    case 'reply':
      pool.attackers.delete(message.requestId ?? -1);
      pool.asked.delete(message.requestId ?? -1);
      pool.emit(message);
      return;
    default:
      pool.emit(message);
  }
}

/** Forgets a worker and says of each of its attacks and of each question that nothing comes of it. */
const remove = (pool: Pool, dead: PoolWorker, reason: string): void => {
  dead.terminate();
  for (const requests of [pool.attackers, pool.asked]) {
    for (const [requestId, worker] of requests) {
      if (worker !== dead) continue;
      requests.delete(requestId);
      pool.emit({ type: 'error', requestId, error: internal(reason) });
    }
  }
  pool.departures.forget(dead);
  pool.silence.forget(dead);
};

/**
 * Puts another worker in the place of one that has died or is given up. It computes the share again: for the rest of it,
 * or, where all of it was told, for what the page may still ask about it.
 */
function replace(pool: Pool, dead: PoolWorker, reason: string, isDeath: boolean): void {
  remove(pool, dead, reason);
  const at = pool.workers.indexOf(dead);
  if (at < 0) return;
  pool.workers.splice(at, 1);
  if (!pool.isReady && ++pool.stillborn > MOST_DEATHS) {
    pool.emit({ type: 'error', error: internal(reason) });
    return;
  }
  const { run } = pool;
  const share = run?.shares.find(({ worker }) => worker === dead);
  const isAsked = run?.shares.every(({ isOver }) => isOver) && !run.metrics;
  const isNeeded = run && share && (!run.isOver || isAsked);
  const isGivenUp = isNeeded && isDeath && ++run.deaths > MOST_DEATHS;
  if (isGivenUp && !run.isOver) {
    tell(pool, endRun(run, { type: 'failed', error: internal(`A worker died ${run.deaths} times: ${reason}`) }));
    return;
  }
  const successor = add(pool);
  if (!share) return;
  share.worker = successor;
  if (isNeeded && !isGivenUp) begin(run, share);
}

const start = (pool: Pool, { runId, scenario, metrics }: CommandOf<'start'>): void => {
  const before = pool.run;
  if (before && !before.isOver) {
    tell(pool, endRun(before, { type: 'cancelled' }));
    dismiss(pool, before);
  }
  while (pool.workers.length < (pool.isReady ? pool.size : 1)) add(pool);
  const run = dealRun({ runId, scenario, metrics }, pool.workers);
  pool.run = run;
  for (const share of run.shares) begin(run, share);
  pool.silence.expectWords(run);
  // A worker without a share of the new run may still be at the old one.
  if (before) {
    for (const worker of pool.workers.slice(run.shares.length)) worker.post({ type: 'cancel', runId: before.runId });
  }
};

/** The worker that computes a seed, or any. */
const workerOf = ({ run, workers }: Pool, seed: number): PoolWorker =>
  run?.shares.find(({ seeds }) => seeds.includes(seed))?.worker ?? (workers[0] as PoolWorker);

const attack = (pool: Pool, command: CommandOf<'attack'>): void => {
  const worker = workerOf(pool, command.ask.seed);
  pool.attackers.set(command.requestId, worker);
  worker.post(command);
};

/** Pauses, resumes or cancels the run and, once it is over, the attacks on it. */
const control = (pool: Pool, command: CommandOf<'pause' | 'resume' | 'cancel'>): void => {
  const { run, attackers } = pool;
  const { type, runId } = command;
  if (!run || run.runId !== runId) return;
  if (run.isOver) {
    // A hidden page attacks nobody either.
    if (type !== 'cancel') for (const worker of new Set(attackers.values())) worker.post(command);
    return;
  }
  run.isPaused = type === 'pause';
  for (const { worker } of run.shares) worker.post(command);
  if (type !== 'cancel') return;
  tell(pool, endRun(run, { type: 'cancelled' }));
  dismiss(pool, run);
};

const obey = (pool: Pool, command: Command): void => {
  switch (command.type) {
    case 'start':
      start(pool, command);
      return;
    case 'query': {
      const worker = workerOf(pool, command.query.seed);
      pool.asked.set(command.requestId, worker);
      worker.post(command);
      return;
    }
    case 'sketch':
      pool.workers[0]?.post(command);
      return;
    case 'attack':
      attack(pool, command);
      return;
    case 'pauseAttack':
    case 'resumeAttack':
    case 'cancelAttack':
      pool.attackers.get(command.requestId)?.post(command);
      if (command.type === 'cancelAttack') pool.attackers.delete(command.requestId);
      return;
    default:
      control(pool, command);
  }
};

/**
 * Several workers that look like one. A run's seeds are dealt over them; seeds share nothing, so the numbers do not
 * depend on how many workers there are. A worker that dies is replaced, and its share is computed again; one that does
 * not load, or does not leave a cancelled run soon, is replaced too. One that says nothing for long may be in a long
 * step: it is told of.
 *
 * @param after calls back after some ms
 */
export const createPool = (
  spawn: () => PoolWorker,
  size: number,
  after: (ms: number, callback: () => void) => void,
): Port<Message, Command> => {
  const handlers = new Set<(message: Message) => void>();
  const pool: Pool = {
    spawn,
    size,
    workers: [],
    emit: (message) => {
      for (const handler of [...handlers]) handler(message);
    },
    departures: createDepartures(after, (worker) => replace(pool, worker, 'A step took too long.', false)),
    silence: createSilence(after, {
      onSlow: () => pool.emit({ type: 'quiet', of: 'loading' }),
      onLate: (worker) => replace(pool, worker, 'The worker does not answer.', true),
      onQuiet: () => pool.emit({ type: 'quiet', of: 'run' }),
    }),
    attackers: new Map(),
    asked: new Map(),
    run: undefined,
    isReady: false,
    stillborn: 0,
  };
  add(pool);
  return {
    listen: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    post: (command) => obey(pool, command),
  };
};
