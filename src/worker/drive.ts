import type { RunEvent } from '../sim/events.ts';
import type { Message, Port } from './protocol.ts';

/** How long to compute before looking at the mail, and how often events leave at most. */
const SLICE_MS = 12;
const SEND_EVERY_MS = 33;

/** A run that is driven, as commands steer it. */
export interface Driven {
  readonly runId: string;
  /** Wakes the driver out of a pause. */
  wake: (() => void) | undefined;
  isPaused: boolean;
  isCancelled: boolean;
}

/** What a driver needs of the worker around it. */
export interface DriverOptions {
  readonly port: Pick<Port<never, Message>, 'post'>;
  /** A clock in ms. */
  readonly now: () => number;
  /** Gives pending messages a turn. */
  readonly breathe: () => Promise<void>;
}

/** Gathers events and sends them on together. */
const createOutbox = (port: DriverOptions['port'], now: () => number) => {
  let pending: RunEvent[] = [];
  let sent = Number.NEGATIVE_INFINITY;
  let next = 0;
  return {
    put: (event: RunEvent): void => {
      // Only the newest progress matters; everything else is sent without loss.
      const isNewer = event.type === 'progress' && pending.at(-1)?.type === 'progress';
      if (isNewer) pending.pop();
      pending.push({ ...event, seq: isNewer ? next - 1 : next++ });
    },
    isDue: (): boolean => now() - sent >= SEND_EVERY_MS,
    flush: (): void => {
      if (pending.length > 0) port.post({ type: 'events', events: pending });
      pending = [];
      sent = now();
    },
  };
};

/**
 * Pulls a run's events and sends them, in slices between which commands are heard: a paused run is not pulled, a
 * cancelled one is left.
 *
 * @param eventsOf the run's events, with a clock in ms that stands still while it is paused
 */
export const drive = async (
  run: Driven,
  eventsOf: (worked: () => number) => AsyncIterable<RunEvent>,
  { port, now, breathe }: DriverOptions,
): Promise<void> => {
  const outbox = createOutbox(port, now);
  let pausedMs = 0;
  let sliceEnd = now() + SLICE_MS;
  for await (const event of eventsOf(() => now() - pausedMs)) {
    outbox.put(event);
    // The first step of a phase may be a long one: what is known is told before it.
    const isBefore = event.type === 'phase';
    if (isBefore || outbox.isDue()) outbox.flush();
    if (!isBefore && now() < sliceEnd && !run.isPaused) continue;
    await breathe();
    const since = now();
    while (run.isPaused && !run.isCancelled) {
      outbox.flush();
      await new Promise<void>((resolve) => {
        run.wake = resolve;
      });
    }
    pausedMs += now() - since;
    if (run.isCancelled) {
      outbox.put({ type: 'cancelled', runId: run.runId, seq: 0 });
      break;
    }
    sliceEnd = now() + SLICE_MS;
  }
  outbox.flush();
};
