import type { StoreApi } from 'zustand/vanilla';
import { SimError } from '../../engine/base/errors.ts';
import type { Query, QueryResult } from '../../sim/events.ts';
import type { Command, Message } from '../../worker/protocol.ts';
import type { LabRun, LabState } from '../contracts/state.ts';
import { nextRequest } from './request-ids.ts';

export type QueryOf<K extends Query['kind']> = Extract<Query, { readonly kind: K }>;
export type AnswerTo<K extends Query['kind']> = Extract<QueryResult, { readonly kind: K }>;

/** Questions to the run on screen, from the asking to the answer. */
export interface Questions {
  /** Puts a question, unless it is on its way already. The answer arrives in the run's books. */
  readonly ask: (query: Query) => void;
  /** Puts a question whose answer is kept nowhere. @throws {SimError} if there is no answer (any more) */
  readonly request: <K extends Query['kind']>(query: QueryOf<K>) => Promise<AnswerTo<K>>;
  /** A message of the worker about one question. */
  readonly take: (message: Extract<Message, { readonly type: 'reply' | 'error' }>) => void;
  /** Whoever waits for an answer is told that none will come. */
  readonly giveUp: () => void;
}

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

/** Puts an answer into the run's book for it; whether anything but the book's own listeners has to be told. */
const keep = ({ run, query }: Asked, result: QueryResult): boolean => {
  if (query.kind === 'artifacts') return false; // whoever asked has them
  const { model, seed, step } = query;
  if (result.kind === 'frame') {
    run.frames.putAsked(model, seed, step, result.frame); // canvases listen to the book of frames
    return false;
  }
  if (result.kind === 'outputs') run.outputs.put(model, seed, step, result.probabilities);
  if (query.kind === 'pulls' && result.kind === 'pulls') run.pulls[query.on].put(model, seed, step, result.pulls);
  return true;
};

const gone = (): SimError => new SimError('worker/unknown-query', 'This run is no longer the current one.');

/** @param onGrown called when a run's books hold more than before */
export const createQuestions = (
  store: StoreApi<LabState>,
  post: (command: Command) => void,
  onGrown: () => void,
): Questions => {
  const asked = new Map<number, Asked>();
  const pendingKeys = new Set<string>();
  const waiting = new Map<number, Waiting>();

  /** The run on screen, if the worker still has it. */
  const answering = (): LabRun | null => {
    const { current, shown } = store.getState().run;
    return shown === current ? shown : null;
  };
  const put = (run: LabRun, query: Query, note: (requestId: number) => void): void => {
    const requestId = nextRequest();
    note(requestId);
    post({ type: 'query', runId: run.runId, requestId, query });
  };
  /** Ends a question, and hands back who is concerned. */
  const settled = (requestId: number): { readonly question?: Asked; readonly caller?: Waiting } => {
    const [question, caller] = [asked.get(requestId), waiting.get(requestId)];
    asked.delete(requestId);
    waiting.delete(requestId);
    if (question) pendingKeys.delete(question.key);
    return { ...(question && { question }), ...(caller && { caller }) };
  };

  return {
    ask: (query) => {
      const run = answering();
      if (!run) return;
      const key = `${run.runId}/${JSON.stringify(query)}`;
      if (pendingKeys.has(key)) return;
      pendingKeys.add(key);
      put(run, query, (requestId) => asked.set(requestId, { run, query, key }));
    },
    request: (query) =>
      new Promise((resolve, reject) => {
        const run = answering();
        if (!run) reject(gone());
        // A question is answered in its own kind or with an error.
        else put(run, query, (id) => waiting.set(id, { resolve: resolve as Waiting['resolve'], reject }));
      }),
    take: (message) => {
      const { question, caller } = settled(message.requestId ?? -1);
      if (message.type === 'error') {
        // A picture that is not there any more is not worth a word.
        const { code, message: words, faults } = message.error;
        caller?.reject(new SimError(code, words, faults));
        return;
      }
      caller?.resolve(message.result);
      // While the clock plays, canvases follow the book of pulls: charts are not drawn again for each answer.
      const isFollowed = question?.query.kind === 'pulls' && store.getState().view.isPlaying;
      if (question && keep(question, message.result) && !isFollowed) onGrown();
    },
    giveUp: () => {
      for (const { reject } of waiting.values()) reject(gone());
      waiting.clear();
    },
  };
};
