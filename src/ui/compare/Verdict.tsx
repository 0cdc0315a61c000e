import { useEffect, useState } from 'react';
import { useLabState } from '../hooks/lab.ts';
import { text } from '../text.ts';
import { verdict } from '../verdict.ts';
import { verdictInput } from './verdict-input.ts';

const SETTLED_MS = 400;

/** The verdict as a screen reader hears it: once the clock rests, not while it runs. */
const useAnnounced = (sentence: string): string => {
  const isPlaying = useLabState((state) => state.view.isPlaying);
  const [announced, setAnnounced] = useState('');
  useEffect(() => {
    if (isPlaying) return;
    const timer = setTimeout(() => setAnnounced(sentence), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, sentence]);
  return announced;
};

/** What the numbers on screen mean, in a sentence. */
export const Verdict = ({ fallback }: { readonly fallback: string }) => {
  const sentence = useLabState(({ run, view }) =>
    run.shown && run.shown.collector.variants.length + run.shown.collector.seeds.length > 0
      ? verdict(verdictInput(run.shown, view.step))
      : '',
  );
  const state = useLabState(({ run }) => (run.isStale ? 'stale' : run.status));
  const note = useLabState(({ run }) => {
    const seeds = run.shown?.collector.seeds ?? [];
    return seeds.length === 0 ? '' : text.verdict.median(seeds.length, seeds[0] ?? 0);
  });
  const question = useLabState(({ draft }) => draft.scenario?.question ?? '');
  const announced = useAnnounced(sentence);
  return (
    <section className="verdict" aria-label={text.verdict.heading} data-state={state}>
      <h1 className="verdict__question">{question || fallback}</h1>
      <p className="verdict__text" data-testid="verdict">
        {sentence || text.verdict.loading} <span className="muted small">{sentence ? note : ''}</span>
      </p>
      <p className="hidden-text" aria-live="polite">
        {announced}
      </p>
    </section>
  );
};
