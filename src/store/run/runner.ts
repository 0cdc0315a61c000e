import type { StoreApi } from 'zustand/vanilla';
import { SimError } from '../../engine/base/errors.ts';
import { createCollector } from '../../sim/collector.ts';
import type { Query, QueryResult, RunEvent } from '../../sim/events.ts';
import { type Message, PROTOCOL } from '../../worker/protocol.ts';
import { type Clock, totalSteps } from '../clock/clock.ts';
import type { LabEnvironment } from '../contracts/environment.ts';
import type { LabRun, LabState, RunSlice, RunStatus } from '../contracts/state.ts';
import { createAnswerBook } from '../received/answers.ts';
import { createFrameBook } from '../received/frames.ts';
import { panelPoints } from '../received/points.ts';
import { nextRequest } from './request-ids.ts';
import { createStopwatch, longMsOf, type Stopwatch } from './stopwatch.ts';

type QueryOf<K extends Query['kind']> = Extract<Query, { readonly kind: K }>;
type AnswerTo<K extends Query['kind']> = Extract<QueryResult, { readonly kind: K }>;

export interface Runner {
  /** Starts the draft now. What is on screen stays until the new run has numbers. */
  readonly start: () => void;
  /** Ends the computation; what there is stays. */
  readonly stop: () => void;
  /** A hidden page does not compute. */
  readonly setHidden: (isHidden: boolean) => void;
  /** Puts a question to the run on screen, unless it is on its way already. The answer arrives in the run's books. */
  readonly ask: (query: Query) => void;
  /** Puts a question to the run on screen whose answer is kept nowhere. @throws {SimError} if there is no answer (any more) */
  readonly request: <K extends Query['kind']>(query: QueryOf<K>) => Promise<AnswerTo<K>>;
}

/** How many answers of a kind a run remembers. */
const OUTPUTS = 64;
const PULLS = 512;

interface Asked {
  readonly run: LabRun;
  readonly query: Query;
  readonly key: string;
}

/** Who waits for an answer. */
interface Waiting {
  readonly resolve: (result: QueryResult) => void;
  readonly reject: (thrown: SimError) => void;
}

/** Whether a run has something to show in every place: its first unlearning numbers, or its end. */
const isPresentable = ({ collector }: LabRun): boolean => {
  const { variants, failures, shownSeed, status, seeds } = collector;
  if (status === 'finished') return true;
  if (status !== 'running' || shownSeed === null || seeds.length === 0) return false;
  return (
    variants.length > 0 &&
    variants.every(({ variant }) => failures.has(variant) || (collector.lane(variant, shownSeed)?.count ?? 0) > 0)
  );
};

const statusOf = ({ collector }: LabRun): RunStatus =>
  collector.status === 'idle' ? 'waiting' : collector.status === 'cancelled' ? 'idle' : collector.status;

/** Talks to the worker: starts runs, gathers what comes back, and tells the store at most once a frame. */
export const createRunner = (store: StoreApi<LabState>, environment: LabEnvironment, clock: Clock): Runner => {
  let runs = 0;
  let isCommitPlanned = false;
  let isHidden = environment.visibility.isHidden();
  let stopwatch: Stopwatch | null = null;
  const asked = new Map<number, Asked>();
  const pendingKeys = new Set<string>();
  const waiting = new Map<number, Waiting>();

  const patch = (change: Partial<RunSlice>): void => store.setState((state) => ({ run: { ...state.run, ...change } }));

  /** Puts a run on screen: the seed of its pictures, and the clock. */
  const present = (run: LabRun): void => {
    const { run: before, view } = store.getState();
    const wasAtEnd = before.shown !== null && view.step >= totalSteps(before.shown);
    const isFirst = before.shown === null || before.shown === run;
    const seed = run.collector.seeds.includes(view.seed) ? view.seed : (run.collector.shownSeed ?? view.seed);
    store.setState((state) => ({
      run: { ...state.run, shown: run, isStale: false },
      view: { ...state.view, seed },
    }));
    clock.rewind(isFirst || wasAtEnd || view.isPlaying);
  };

  const commit = (): void => {
    isCommitPlanned = false;
    const { current, shown } = store.getState().run;
    if (!current) return;
    if (shown !== current && isPresentable(current)) present(current);
    store.setState((state) => ({
      run: {
        ...state.run,
        version: state.run.version + 1,
        status: statusOf(current),
        error: current.collector.error,
        backend: current.collector.backend || state.run.backend,
        longMs: longMsOf(current, state.run.longMs),
      },
    }));
    clock.refresh();
  };

  const planCommit = (): void => {
    if (isCommitPlanned) return;
    isCommitPlanned = true;
    environment.frame(commit);
  };

  const take = (event: RunEvent): void => {
    const { current } = store.getState().run;
    if (!current || event.runId !== current.runId) return;
    const points = event.type === 'data' ? panelPoints(event) : undefined;
    if (event.type === 'data' && points) for (const seed of event.seeds) current.points.set(seed, points);
    current.collector.take(event);
    if (event.type === 'frame') current.frames.put(event.model, event.seed, event.step, event.frame);
    planCommit();
  };

  /** Puts an answer where it will be looked for. */
  const keep = ({ run, query }: Asked, result: QueryResult): void => {
    if (query.kind === 'artifacts') return; // whoever asked has it
    const { model, seed, step } = query;
    if (result.kind === 'frame') {
      run.frames.putAsked(model, seed, step, result.frame); // canvases listen to it by themselves
      return;
    }
    if (result.kind === 'outputs') run.outputs.put(model, seed, step, result.probabilities);
    if (query.kind === 'pulls' && result.kind === 'pulls') run.pulls[query.on].put(model, seed, step, result.pulls);
    // While the clock plays, canvases follow the book of pulls: charts are not drawn again for each answer.
    if (query.kind !== 'pulls' || !store.getState().view.isPlaying) planCommit();
  };

  const answered = (requestId: number): Asked | undefined => {
    const request = asked.get(requestId);
    asked.delete(requestId);
    if (request) pendingKeys.delete(request.key);
    return request;
  };

  const listen = (message: Message): void => {
    switch (message.type) {
      case 'ready':
        if (message.protocol !== PROTOCOL) {
          store.setState((state) => ({
            notices: [...state.notices, { kind: 'worker', message: `protocol ${message.protocol}` }],
          }));
          return;
        }
        store.setState((state) => ({
          catalogue: message.catalogue,
          run: { ...state.run, backend: message.backend },
        }));
        return;
      case 'events':
        stopwatch?.tick();
        for (const event of message.events) take(event);
        return;
      case 'reply': {
        const { result } = message;
        waiting.get(message.requestId)?.resolve(result);
        waiting.delete(message.requestId);
        const request = answered(message.requestId);
        if (!request) return;
        keep(request, result);
        return;
      }
      case 'attackProgress':
      case 'attackDone':
        return; // attacks have a listener of their own
      case 'error':
        // A picture that is not there any more is not worth a word; anything else is.
        if (message.requestId !== undefined) {
          answered(message.requestId);
          const { code, message: words, faults } = message.error;
          waiting.get(message.requestId)?.reject(new SimError(code, words, faults));
          waiting.delete(message.requestId);
          return;
        }
        patch({ status: 'failed', error: message.error });
    }
  };

  environment.port.listen(listen);

  const gone = (): SimError => new SimError('worker/unknown-query', 'This run is no longer the current one.');
  const giveUp = (): void => {
    for (const { reject } of waiting.values()) reject(gone());
    waiting.clear();
  };

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
      giveUp();
      stopwatch = createStopwatch(environment.now);
      const next: LabRun = {
        runId: `run-${++runs}`,
        scenario: draft.scenario,
        collector: createCollector(draft.scenario),
        frames: createFrameBook(),
        outputs: createAnswerBook(OUTPUTS),
        pulls: { forget: createAnswerBook(PULLS), retain: createAnswerBook(PULLS) },
        points: new Map(),
        elapsedMs: stopwatch.elapsedMs,
      };
      patch({
        current: next,
        shown: run.shown ?? next,
        status: 'waiting',
        error: null,
        isStale: run.shown !== null,
        longMs: null,
      });
      if (!run.shown) present(next);
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
    ask: (query) => {
      const { current, shown } = store.getState().run;
      if (!shown || shown !== current) return;
      const key = `${shown.runId}/${JSON.stringify(query)}`;
      if (pendingKeys.has(key)) return;
      const requestId = nextRequest();
      pendingKeys.add(key);
      asked.set(requestId, { run: shown, query, key });
      environment.port.post({ type: 'query', runId: shown.runId, requestId, query });
    },
    request: (query) =>
      new Promise((resolve, reject) => {
        const { current, shown } = store.getState().run;
        if (!shown || shown !== current) {
          reject(gone());
          return;
        }
        const requestId = nextRequest();
        // A question is answered in its own kind or with an error.
        waiting.set(requestId, { resolve: resolve as Waiting['resolve'], reject });
        environment.port.post({ type: 'query', runId: shown.runId, requestId, query });
      }),
  };
};
