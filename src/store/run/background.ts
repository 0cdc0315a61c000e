import type { Scenario } from '../../scenario/format/scenario.ts';
import type { RunEvent } from '../../sim/events.ts';
import type { Command, Message, Port } from '../../worker/protocol.ts';

/** Runs scenarios beside the experiment on screen, one after the other. */
export interface Background {
  /** The events of a scenario; when its reader leaves, the computation ends. */
  readonly run: (scenario: Scenario, metrics: readonly string[]) => AsyncGenerator<RunEvent, void, void>;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Ends what is running: its last event is `cancelled`. */
  readonly stop: () => void;
}

const isEnd = ({ type }: RunEvent): boolean => type === 'finished' || type === 'cancelled' || type === 'failed';

/** `open` is called when the first scenario is to run: workers that nobody needs are not started. */
export const createBackground = (open: () => Port<Message, Command>): Background => {
  let port: Port<Message, Command> | undefined;
  let runs = 0;
  let current: string | undefined;
  let isPaused = false;
  const tell = (type: 'pause' | 'resume' | 'cancel'): void => {
    if (current) port?.post({ type, runId: current });
  };

  return {
    run: async function* (scenario, metrics) {
      port ??= open();
      const runId = `background-${++runs}`;
      const queue: RunEvent[] = [];
      let wake: () => void = () => undefined;
      const unlisten = port.listen((message) => {
        if (message.type === 'events') queue.push(...message.events.filter((event) => event.runId === runId));
        if (message.type === 'error' && message.requestId === undefined) {
          queue.push({ type: 'failed', error: message.error, runId, seq: 0 });
        }
        wake();
      });
      current = runId;
      port.post({ type: 'start', runId, scenario, metrics });
      if (isPaused) tell('pause');
      let isOver = false;
      try {
        while (!isOver) {
          for (const event of queue.splice(0)) {
            isOver ||= isEnd(event);
            yield event;
          }
          if (!isOver && queue.length === 0) {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        unlisten();
        if (!isOver) tell('cancel');
        if (current === runId) current = undefined;
      }
    },
    pause: () => {
      isPaused = true;
      tell('pause');
    },
    resume: () => {
      isPaused = false;
      tell('resume');
    },
    stop: () => {
      isPaused = false;
      tell('cancel');
    },
  };
};
