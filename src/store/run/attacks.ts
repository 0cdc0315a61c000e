import type { StoreApi } from 'zustand/vanilla';
import type { ParamValue } from '../../engine/base/schema.ts';
import type { Message } from '../../worker/protocol.ts';
import type { LabEnvironment } from '../contracts/environment.ts';
import type { AttackJob, LabState } from '../contracts/state.ts';
import { nextRequest } from './request-ids.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';

export interface AttackRequest {
  readonly kind: string;
  readonly variant: number;
  readonly step: number;
  readonly params: Readonly<Record<string, ParamValue>>;
  readonly seeds: readonly number[];
}

export interface Attacks {
  readonly start: (request: AttackRequest) => void;
  readonly pause: (id: number) => void;
  readonly resume: (id: number) => void;
  readonly drop: (id: number) => void;
}

/** One seed's share of a job. */
interface SeedShare {
  readonly job: number;
  readonly seed: number;
  share: number;
  isOver: boolean;
}

/** Below this share the pace is not known yet. */
const PACE_KNOWN = 0.02;

const newJob = (id: number, runId: string, label: string, request: AttackRequest): AttackJob => ({
  ...request,
  id,
  runId,
  label,
  status: 'running',
  share: 0,
  leftMs: null,
  findings: [],
  errors: [],
});

/** A job after one of its seeds is through, with what was found or why not; findings are in the order of the seeds. */
const withAnswer = (
  job: AttackJob,
  seed: number,
  message: Extract<Message, { readonly type: 'attackDone' | 'error' }>,
): AttackJob =>
  message.type === 'error'
    ? { ...job, errors: [...job.errors, message.error] }
    : {
        ...job,
        findings: [...job.findings, { seed, step: message.step, outcome: message.outcome }].sort(
          (a, b) => job.seeds.indexOf(a.seed) - job.seeds.indexOf(b.seed),
        ),
      };

/** Talks to the worker about attacks on the run that is on screen. */
export const createAttacks = (store: StoreApi<LabState>, environment: LabEnvironment): Attacks => {
  const parts = new Map<number, SeedShare>();
  const stopwatches = new Map<number, Stopwatch>();
  let jobs = 0;

  const change = (id: number, to: (job: AttackJob) => AttackJob): void =>
    store.setState(({ attacks }) => ({ attacks: attacks.map((job) => (job.id === id ? to(job) : job)) }));
  const partsOf = (id: number): [number, SeedShare][] => [...parts].filter(([, { job }]) => job === id);

  const measured = (job: AttackJob): AttackJob => {
    const own = partsOf(job.id);
    if (own.every(([, { isOver }]) => isOver)) {
      for (const [requestId] of own) parts.delete(requestId);
      stopwatches.delete(job.id);
      return { ...job, status: 'done', share: 1, leftMs: null };
    }
    const share = own.reduce((sum, [, part]) => sum + part.share, 0) / job.seeds.length;
    const elapsed = stopwatches.get(job.id)?.elapsedMs() ?? 0;
    return { ...job, share, leftMs: share < PACE_KNOWN ? null : (elapsed * (1 - share)) / share };
  };

  const listen = (message: Message): void => {
    if (message.type !== 'attackProgress' && message.type !== 'attackDone' && message.type !== 'error') return;
    const part = message.requestId === undefined ? undefined : parts.get(message.requestId);
    if (!part) return;
    stopwatches.get(part.job)?.tick();
    if (message.type === 'attackProgress') {
      part.share = message.done / message.total;
      change(part.job, measured);
      return;
    }
    part.share = 1;
    part.isOver = true;
    change(part.job, (job) => measured(withAnswer(job, part.seed, message)));
  };
  environment.port.listen(listen);

  const tell = (id: number, type: 'pauseAttack' | 'resumeAttack' | 'cancelAttack'): void => {
    const job = store.getState().attacks.find((one) => one.id === id);
    if (!job) return;
    for (const [requestId, { isOver }] of partsOf(id)) {
      if (!isOver) environment.port.post({ type, runId: job.runId, requestId });
    }
  };

  const drop = (id: number): void => {
    tell(id, 'cancelAttack');
    for (const [requestId] of partsOf(id)) parts.delete(requestId);
    stopwatches.delete(id);
    store.setState(({ attacks }) => ({ attacks: attacks.filter((job) => job.id !== id) }));
  };

  return {
    start: ({ kind, variant, step, params, seeds }) => {
      const { run, attacks } = store.getState();
      const info = run.shown?.collector.variants[variant];
      if (!run.shown || run.shown !== run.current || !info) return;
      const { runId } = run.shown;
      for (const job of attacks) {
        if (job.runId !== runId || (job.kind === kind && job.variant === variant)) drop(job.id);
      }
      const id = ++jobs;
      const job = newJob(id, runId, info.label, { kind, variant, step, params, seeds });
      stopwatches.set(id, createStopwatch(environment.now));
      store.setState((state) => ({ attacks: [...state.attacks, job] }));
      for (const seed of seeds) {
        const requestId = nextRequest();
        parts.set(requestId, { job: id, seed, share: 0, isOver: false });
        environment.port.post({ type: 'attack', runId, requestId, ask: { kind, params, variant, seed, step } });
      }
    },
    pause: (id) => {
      stopwatches.get(id)?.pause();
      tell(id, 'pauseAttack');
      change(id, (job) => (job.status === 'running' ? { ...job, status: 'paused' } : job));
    },
    resume: (id) => {
      stopwatches.get(id)?.tick();
      tell(id, 'resumeAttack');
      change(id, (job) => (job.status === 'paused' ? { ...job, status: 'running' } : job));
    },
    drop,
  };
};
