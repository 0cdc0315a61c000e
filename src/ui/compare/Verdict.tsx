import { useEffect, useState } from 'react';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useHeadline } from '../hooks/offer.ts';
import { term, text } from '../text.ts';
import { type VerdictText, verdict } from '../verdict.ts';
import { seedsAt, verdictInput } from './verdict-input.ts';

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

const NOTHING = JSON.stringify({ finding: '', reference: '' } satisfies VerdictText);

/** What the numbers on screen mean, in a sentence. */
export const Verdict = () => {
  const { preview } = useLab();
  const headline = useHeadline();
  const joined = useLabState(({ run, view }) => {
    const isStarted = run.shown !== null && run.shown.collector.seeds.length > 0;
    return isStarted && run.shown ? JSON.stringify(verdict(verdictInput(run.shown, view.step, headline))) : NOTHING;
  });
  const { finding, reference } = JSON.parse(joined) as VerdictText;
  const state = useLabState(({ run }) => (run.isStale ? 'stale' : run.status));
  const note = useLabState(({ run, view }) => {
    const seeds = run.shown?.collector.seeds ?? [];
    const n = run.shown ? seedsAt(run.shown, view.step) : 0;
    return n === 0 ? '' : text.verdict.median(n, seeds.length, run.shown?.collector.shownSeed ?? 0);
  });
  const question = useLabState(({ draft }) => term(draft.scenario?.question ?? preview.question));
  const announced = useAnnounced(`${finding} ${reference}`);
  return (
    <section className="verdict" aria-label={text.verdict.heading} data-state={state}>
      <h1 className="verdict__question">{question || text.tagline}</h1>
      <p className="verdict__text" data-testid="verdict">
        {finding || text.verdict.loading}{' '}
        <span className="verdict__note">
          {reference} {note}
        </span>
      </p>
      <p className="hidden-text" aria-live="polite">
        {announced}
      </p>
    </section>
  );
};
