import type { Scenario } from '../scenario/format/scenario.ts';
import type { RunEvent, RunEventBody } from '../sim/events.ts';
import type { Command, Message, Port } from './protocol.ts';

/** One worker, seen from outside. */
export interface PoolWorker extends Port<Message, Command> {
  readonly terminate: () => void;
  /** Called when the worker has died of an error that it could not report itself. */
  readonly onDeath: (handler: (reason: string) => void) => void;
}

/** How often a worker may die in one run before the run counts as failed. */
const MOST_DEATHS = 3;

/** How long a worker may go on with a run that was cancelled before another one takes its place. */
const PATIENCE_MS = 2000;

const ENDS: ReadonlySet<RunEvent['type']> = new Set(['finished', 'cancelled', 'failed']);

type Body = RunEventBody & { readonly runId: string };

/** The share of a run that one worker has. */
interface Part {
  readonly seeds: readonly number[];
  worker: PoolWorker;
  isOver: boolean;
  done: number;
  total: number;
}

interface Run {
  readonly runId: string;
  readonly scenario: Scenario;
  readonly metrics: readonly string[] | undefined;
  readonly parts: readonly Part[];
  /** Events that were passed on already: a part that is computed again tells them again. */
  readonly told: Set<string>;
  isPaused: boolean;
  isOver: boolean;
  deaths: number;
  seq: number;
  milliseconds: number;
}

/** What makes an event the same as one of a part's earlier life; undefined for those that may come again. */
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

/** Deals the seeds round: the one on screen is the first of the first worker. */
export const dealSeeds = (seeds: readonly number[], workers: number): number[][] =>
  Array.from({ length: Math.min(workers, seeds.length) }, (_, i) => seeds.filter((__, at) => at % workers === i));

/**
 * Several workers that look like one. A run's seeds are dealt over them; seeds share nothing, so the numbers do not
 * depend on how many workers there are. A worker that dies is replaced, and its share is computed again; one that does
 * not leave a cancelled run soon is replaced too.
 */
export const createPool = (
  spawn: () => PoolWorker,
  size: number,
  /** Calls back after some ms. */
  after: (ms: number, callback: () => void) => void,
): Port<Message, Command> => {
  const handlers = new Set<(message: Message) => void>();
  const emit = (message: Message) => {
    for (const handler of [...handlers]) handler(message);
  };
  let run: Run | undefined;
  let isReady = false;
  /** Workers that died before any was ready: then something is wrong that another worker will not mend. */
  let stillborn = 0;
  const workers: PoolWorker[] = [];

  const pass = (current: Run, bodies: readonly Body[]) => {
    if (bodies.length === 0) return;
    emit({ type: 'events', events: bodies.map((body) => ({ ...body, seq: current.seq++ }) as RunEvent) });
  };

  const end = (current: Run, body: Body) => {
    if (current.isOver) return;
    current.isOver = true;
    pass(current, [body]);
  };

  /** What is to be passed on of a part's event. */
  const merge = (current: Run, part: Part, event: RunEvent): Body[] => {
    const { runId } = current;
    switch (event.type) {
      case 'progress': {
        part.done = event.done;
        part.total = event.total;
        const sum = (of: 'done' | 'total') => current.parts.reduce((all, each) => all + each[of], 0);
        const leader = current.parts.find(({ isOver }) => !isOver);
        return part === leader ? [{ ...event, done: sum('done'), total: sum('total') }] : [];
      }
      case 'finished':
        part.isOver = true;
        part.done = part.total;
        current.milliseconds = Math.max(current.milliseconds, event.milliseconds);
        if (current.parts.some(({ isOver }) => !isOver)) return [];
        current.isOver = true;
        return [{ type: 'finished', runId, milliseconds: current.milliseconds }];
      case 'cancelled':
      case 'failed':
        part.isOver = true;
        current.isOver = true;
        for (const other of current.parts) if (!other.isOver) other.worker.post({ type: 'cancel', runId });
        dismiss(current);
        return [event];
      default: {
        const name = identity(event);
        if (name !== undefined && current.told.has(name)) return [];
        if (name !== undefined) current.told.add(name);
        return [event];
      }
    }
  };

  /** Who is at which attack. */
  const attacked = new Map<number, PoolWorker>();
  const booted = new Set<PoolWorker>();
  /** Runs that nobody wants any more, by the workers that have not left them yet. */
  const late = new Map<PoolWorker, Set<string>>();

  /** Gives a worker up that is stuck in a long step of a run that is over: nothing of it would be used. */
  const watch = (worker: PoolWorker, runId: string, looks = 2) => {
    after(PATIENCE_MS / 2, () => {
      if (!late.get(worker)?.has(runId)) return;
      // A worker that is still loading does not count, and neither does the first look: the page may have slept.
      if (!booted.has(worker)) watch(worker, runId);
      else if (looks > 1) watch(worker, runId, looks - 1);
      else replace(worker, 'A step took too long.', false);
    });
  };

  /** The workers of a run that is over are expected to leave it. */
  const dismiss = ({ runId, parts }: Run) => {
    for (const { worker, isOver } of parts) {
      if (isOver) continue;
      late.set(worker, (late.get(worker) ?? new Set()).add(runId));
      watch(worker, runId);
    }
  };

  const receive = (worker: PoolWorker, message: Message) => {
    if (message.type === 'attackDone' || message.type === 'error') attacked.delete(message.requestId ?? -1);
    if (message.type === 'events') {
      for (const { type, runId } of message.events) if (ENDS.has(type)) late.get(worker)?.delete(runId);
    }
    if (message.type === 'ready') {
      booted.add(worker);
      if (!isReady) {
        isReady = true;
        emit(message);
        while (workers.length < size) add();
      }
      return;
    }
    if (message.type !== 'events') {
      emit(message);
      return;
    }
    const current = run;
    const part = current?.parts.find((one) => one.worker === worker);
    if (!current || !part) return;
    const bodies: Body[] = [];
    for (const event of message.events) {
      if (event.runId === current.runId && !current.isOver) bodies.push(...merge(current, part, event));
    }
    pass(current, bodies);
  };

  const begin = (current: Run, { worker, seeds }: Part) => {
    const { runId, scenario, metrics } = current;
    worker.post({ type: 'start', runId, scenario, seeds, ...(metrics && { metrics }) });
    if (current.isPaused) worker.post({ type: 'pause', runId });
  };

  const replace = (dead: PoolWorker, reason: string, isDeath: boolean) => {
    dead.terminate();
    for (const [requestId, worker] of attacked) {
      if (worker !== dead) continue;
      attacked.delete(requestId);
      emit({ type: 'error', requestId, error: { code: 'worker/internal', message: reason, faults: [] } });
    }
    late.delete(dead);
    booted.delete(dead);
    const at = workers.indexOf(dead);
    if (at < 0) return;
    workers.splice(at, 1);
    if (!isReady && ++stillborn > MOST_DEATHS) {
      emit({ type: 'error', error: { code: 'worker/internal', message: reason, faults: [] } });
      return;
    }
    const current = run;
    const part = current?.parts.find(({ worker }) => worker === dead);
    const isNeeded = current && part && !current.isOver && !part.isOver;
    if (isNeeded && isDeath && ++current.deaths > MOST_DEATHS) {
      const message = `A worker died ${current.deaths} times: ${reason}`;
      end(current, {
        type: 'failed',
        runId: current.runId,
        error: { code: 'worker/internal', message, faults: [] },
      });
      return;
    }
    const successor = add();
    if (!part) return;
    part.worker = successor;
    if (isNeeded) begin(current, part);
  };

  function add(): PoolWorker {
    const worker = spawn();
    workers.push(worker);
    worker.listen((message) => receive(worker, message));
    worker.onDeath((reason) => replace(worker, reason, true));
    return worker;
  }

  const start = (runId: string, scenario: Scenario, metrics: readonly string[] | undefined) => {
    const before = run;
    if (before && !before.isOver) {
      end(before, { type: 'cancelled', runId: before.runId });
      dismiss(before);
    }
    while (workers.length < (isReady ? size : 1)) add();
    const shares = dealSeeds(scenario.seeds, workers.length);
    const parts = shares.map((seeds, i): Part => {
      return { seeds, worker: workers[i] as PoolWorker, isOver: false, done: 0, total: 0 };
    });
    run = {
      runId,
      scenario,
      metrics,
      parts,
      told: new Set(),
      isPaused: false,
      isOver: false,
      deaths: 0,
      seq: 0,
      milliseconds: 0,
    };
    for (const part of parts) begin(run, part);
    // A worker without a share of the new run may still be at the old one.
    if (before) for (const worker of workers.slice(parts.length)) worker.post({ type: 'cancel', runId: before.runId });
  };

  add();
  return {
    listen: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    post: (command) => {
      if (command.type === 'start') {
        start(command.runId, command.scenario, command.metrics);
        return;
      }
      const current = run;
      if (command.type === 'query') {
        const part = current?.parts.find(({ seeds }) => seeds.includes(command.query.seed));
        (part?.worker ?? (workers[0] as PoolWorker)).post(command);
        return;
      }
      if (command.type === 'attack') {
        const part = current?.parts.find(({ seeds }) => seeds.includes(command.ask.seed));
        const worker = part?.worker ?? (workers[0] as PoolWorker);
        attacked.set(command.requestId, worker);
        worker.post(command);
        return;
      }
      if (command.type === 'pauseAttack' || command.type === 'resumeAttack' || command.type === 'cancelAttack') {
        attacked.get(command.requestId)?.post(command);
        if (command.type === 'cancelAttack') attacked.delete(command.requestId);
        return;
      }
      const isHolding = command.type === 'pause' || command.type === 'resume';
      if (current?.isOver && command.runId === current.runId && isHolding && attacked.size > 0) {
        for (const worker of new Set(attacked.values())) worker.post(command); // a hidden page attacks nobody either
        return;
      }
      if (!current || command.runId !== current.runId || current.isOver) return;
      current.isPaused = command.type === 'pause';
      for (const { worker } of current.parts) worker.post(command);
      if (command.type === 'cancel') {
        end(current, { type: 'cancelled', runId: current.runId });
        dismiss(current);
      }
    },
  };
};
