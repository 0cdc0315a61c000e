import { SimError, toWire } from '../engine/base/errors.ts';
import type { AttackOutcome, AttackProgress } from '../engine/contracts/attack.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import { expandRuns } from '../scenario/format/variants.ts';
import type { Archive } from '../sim/archive.ts';
import { startAttack } from '../sim/attack.ts';
import type { Catalogue } from '../sim/catalogue.ts';
import { catalogueInfo } from '../sim/catalogue.ts';
import type { Command, Message, Port } from './protocol.ts';

interface Options {
  readonly port: Port<Command, Message>;
  readonly now: () => number;
  readonly breathe: () => Promise<void>;
}

type Ask = Extract<Command, { type: 'attack' }>;
type Steering = 'pauseAttack' | 'resumeAttack' | 'cancelAttack';

interface Job {
  isPaused: boolean;
  isCancelled: boolean;
  wake: (() => void) | undefined;
}

/** What an attack needs of the run that is under way or has ended. */
interface Attacked {
  readonly scenario: Scenario;
  readonly archive: Archive;
  /** Undefined until the code of the scenario's family is there. */
  readonly catalogue: Catalogue | undefined;
}

/** The attacks of a page: they take turns, in slices between which the mail is read. */
export interface AttackRunner {
  readonly start: (command: Ask, run: Attacked | undefined) => Promise<void>;
  readonly steer: (how: Steering, requestId: number) => void;
  /** Whether all of them rest, as while the page is hidden. */
  readonly hold: (isHeld: boolean) => void;
  readonly cancelAll: () => void;
}

const SLICE_MS = 12;
const TELL_EVERY_MS = 100;

export const createAttacks = ({ port, now, breathe }: Options): AttackRunner => {
  const jobs = new Map<number, Job>();
  let isHeld = false;

  /** Waits for the mail, and for as long as the job is to rest. */
  const rest = async (job: Job): Promise<void> => {
    await breathe();
    while ((job.isPaused || isHeld) && !job.isCancelled) {
      await new Promise<void>((resolve) => {
        job.wake = resolve;
      });
    }
  };

  const drive = async (
    requestId: number,
    job: Job,
    events: Generator<AttackProgress, AttackOutcome, void>,
  ): Promise<AttackOutcome | undefined> => {
    let sliceEnd = now() + SLICE_MS;
    let toldAt = Number.NEGATIVE_INFINITY;
    try {
      for (let next = events.next(); ; next = events.next()) {
        if (next.done) return next.value;
        const time = now();
        if (time - toldAt >= TELL_EVERY_MS) {
          toldAt = time;
          port.post({ type: 'attackProgress', requestId, ...next.value });
        }
        if (time < sliceEnd && !job.isPaused && !isHeld) continue;
        await rest(job);
        if (job.isCancelled) return undefined;
        sliceEnd = now() + SLICE_MS;
      }
    } finally {
      events.return({ values: {}, notes: [] });
    }
  };

  const carryOut = async ({ requestId, ask }: Ask, run: Attacked | undefined, job: Job): Promise<void> => {
    try {
      await rest(job);
      if (job.isCancelled) return;
      if (!run?.catalogue)
        throw new SimError('worker/unknown-query', 'The run to attack is no longer the current one.');
      const { scenario, archive, catalogue } = run;
      const variant = expandRuns(scenario, catalogueInfo)[ask.variant];
      if (!variant) throw new SimError('worker/unknown-query', `There is no variant ${ask.variant}.`);
      const { kind, params, seed, step } = ask;
      const attack = startAttack(kind, params, { scenario, catalogue, archive, variant, seed, step });
      const outcome = await drive(requestId, job, attack.events);
      if (outcome) port.post({ type: 'attackDone', requestId, step: attack.step, outcome });
    } catch (thrown) {
      port.post({ type: 'error', requestId, error: toWire(thrown) });
    } finally {
      jobs.delete(requestId);
    }
  };

  const wakeAll = (): void => {
    for (const job of jobs.values()) job.wake?.();
  };

  return {
    start: (command, run) => {
      const job: Job = { isPaused: false, isCancelled: false, wake: undefined };
      jobs.set(command.requestId, job);
      return carryOut(command, run, job);
    },
    steer: (how, requestId) => {
      const job = jobs.get(requestId);
      if (!job) return;
      if (how === 'cancelAttack') job.isCancelled = true;
      else job.isPaused = how === 'pauseAttack';
      job.wake?.();
    },
    hold: (next) => {
      isHeld = next;
      wakeAll();
    },
    cancelAll: () => {
      isHeld = false;
      for (const job of jobs.values()) job.isCancelled = true;
      wakeAll();
    },
  };
};
