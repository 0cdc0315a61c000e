import { useEffect, useMemo, useState } from 'react';
import { useLab, useLabState } from './lab.ts';

/** A question to the worker: questions with the same key have the same answer within a run. */
export interface Question<A> {
  readonly key: string;
  readonly ask: () => Promise<A>;
}

/** How many answers come together on the page. */
const EVERY_MS = 150;

/**
 * The answers to some questions about the run on screen, asked one after the other once it has ended; those that are there
 * so far. The list of questions must stay the same while they do.
 */
export const useAnswers = <A>(questions: readonly Question<A>[]): ReadonlyMap<string, A> => {
  const lab = useLab();
  const runId = useLabState(({ run }) => run.shown?.runId);
  const isReady = useLabState(({ run }) => run.status === 'finished' && run.shown === run.current && !run.isStale);
  const [held, setHeld] = useState<{ readonly runId: string | undefined; readonly answers: ReadonlyMap<string, A> }>({
    runId: undefined,
    answers: new Map(),
  });
  // What is held grows with the answers: a new list of questions begins with what is known of this run.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (!isReady) return;
    let isOver = false;
    const answers = new Map(held.runId === runId ? held.answers : []);
    const show = () => setHeld({ runId, answers: new Map(answers) });
    const askAll = async (): Promise<void> => {
      let shown = performance.now();
      let isNew = false;
      for (const { key, ask } of questions) {
        if (answers.has(key)) continue;
        try {
          answers.set(key, await ask());
        } catch {
          return; // the run is gone: another one is on its way
        }
        if (isOver) return;
        isNew = true;
        if (performance.now() - shown < EVERY_MS) continue;
        show();
        shown = performance.now();
      }
      if (isNew) show();
    };
    void askAll();
    return () => {
      isOver = true;
    };
  }, [questions, isReady, runId, lab]);
  return useMemo(() => (held.runId === runId ? held.answers : new Map()), [held, runId]);
};
