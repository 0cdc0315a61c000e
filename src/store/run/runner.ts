import type { StoreApi } from 'zustand/vanilla';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { createCollector } from '../../sim/collector.ts';
import type { RunEvent } from '../../sim/events.ts';
import { type Message, PROTOCOL } from '../../worker/protocol.ts';
import type { Clock } from '../clock/clock.ts';
import type { LabEnvironment } from '../contracts/environment.ts';
import type { LabRun, LabState, Notice, RunSlice } from '../contracts/state.ts';
import { createAnswerBook } from '../received/answers.ts';
import { createFrameBook } from '../received/frames.ts';
import { panelPoints } from '../received/points.ts';
import { createQuestions, type Questions } from './questions.ts';
import { createScreen } from './screen.ts';
import { createStopwatch, type Stopwatch } from './stopwatch.ts';

export interface Runner extends Pick<Questions, 'ask' | 'request'> {
  /** Starts the draft now. What is on screen stays until the new run has numbers. */
  readonly start: () => void;
  /** Ends the computation; what there is stays. */
  readonly stop: () => void;
  /** A hidden page does not compute. */
  readonly setHidden: (isHidden: boolean) => void;
}

/** How many answers of a kind a run remembers. */
const OUTPUTS = 64;
const PULLS = 512;

const newRun = (runId: string, scenario: Scenario, elapsedMs: () => number): LabRun => ({
  runId,
  scenario,
  collector: createCollector(scenario),
  frames: createFrameBook(),
  outputs: createAnswerBook(OUTPUTS),
  pulls: { forget: createAnswerBook(PULLS), retain: createAnswerBook(PULLS) },
  points: new Map(),
  elapsedMs,
});

const addNotice = (store: StoreApi<LabState>, notice: Notice): void =>
  store.setState(({ notices }) => ({ notices: [...notices, notice] }));

/** The first worker is ready and says what is on offer. Where the other presets did not arrive, the first one is. */
const welcome = (
  store: StoreApi<LabState>,
  environment: Pick<LabEnvironment, 'presets'>,
  { protocol, catalogue, backend }: Extract<Message, { readonly type: 'ready' }>,
): void => {
  if (protocol !== PROTOCOL) {
    addNotice(store, { kind: 'worker', message: `protocol ${protocol}` });
    return;
  }
  environment.presets((all) => {
    store.setState(({ presets, run }) => ({ catalogue, presets: all ?? presets, run: { ...run, backend } }));
    if (!all) addNotice(store, { kind: 'not-loaded' });
  });
};

/** The workers have said something. */
const hush = (store: StoreApi<LabState>): void => {
  const { notices } = store.getState();
  if (notices.some(({ kind }) => kind === 'quiet')) {
    store.setState({ notices: notices.filter(({ kind }) => kind !== 'quiet') });
  }
};

/** Talks to the worker: starts runs, gathers what comes back, and tells the store at most once a frame. */
export const createRunner = (store: StoreApi<LabState>, environment: LabEnvironment, clock: Clock): Runner => {
  let runs = 0;
  let isHidden = environment.visibility.isHidden();
  let stopwatch: Stopwatch | null = null;
  const patch = (change: Partial<RunSlice>): void => store.setState((state) => ({ run: { ...state.run, ...change } }));

  const screen = createScreen(store, environment, clock);
  const questions = createQuestions(store, environment.port.post, screen.refresh);

  const take = (event: RunEvent): void => {
    const { current } = store.getState().run;
    if (!current || event.runId !== current.runId) return;
    const points = event.type === 'data' ? panelPoints(event) : undefined;
    if (event.type === 'data' && points) for (const seed of event.seeds) current.points.set(seed, points);
    current.collector.take(event);
    if (event.type === 'frame') current.frames.put(event.model, event.seed, event.step, event.frame);
    screen.refresh();
  };

  const listen = (message: Message): void => {
    switch (message.type) {
      case 'ready':
        hush(store);
        welcome(store, environment, message);
        return;
      case 'quiet':
        hush(store);
        addNotice(store, { kind: 'quiet', of: message.of });
        return;
      case 'events':
        hush(store);
        stopwatch?.tick();
        for (const event of message.events) take(event);
        return;
      case 'reply':
        questions.take(message);
        return;
      case 'attackProgress':
      case 'attackDone':
      case 'sketched':
        return; // these have listeners of their own
      case 'error':
        if (message.requestId === undefined) patch({ status: 'failed', error: message.error });
        else questions.take(message);
    }
  };

  environment.port.listen(listen);

  const hold = (): void => {
    const { current } = store.getState().run;
    stopwatch?.pause();
    if (current) environment.port.post({ type: 'pause', runId: current.runId });
  };
  const release = (): void => {
    const { current } = store.getState().run;
    stopwatch?.tick();
    if (current) environment.port.post({ type: 'resume', runId: current.runId });
  };

  return {
    start: () => {
      const { draft, run } = store.getState();
      if (!draft.scenario) return;
      questions.giveUp();
      stopwatch = createStopwatch(environment.now);
      const next = newRun(`run-${++runs}`, draft.scenario, stopwatch.elapsedMs);
      patch({
        current: next,
        shown: run.shown ?? next,
        status: 'waiting',
        error: null,
        isStale: run.shown !== null,
        longMs: null,
      });
      if (!run.shown) screen.present(next);
      environment.port.post({ type: 'start', runId: next.runId, scenario: next.scenario });
      if (isHidden) hold();
    },
    stop: () => {
      const { current, status } = store.getState().run;
      if (current && (status === 'waiting' || status === 'running')) {
        environment.port.post({ type: 'cancel', runId: current.runId });
      }
    },
    setHidden: (next) => {
      if (next === isHidden) return;
      isHidden = next;
      if (isHidden) hold();
      else release();
    },
    ask: questions.ask,
    request: questions.request,
  };
};
