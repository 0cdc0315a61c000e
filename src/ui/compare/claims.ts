import { useMemo } from 'react';
import type { ClaimResult } from '../../scenario/format/results.ts';
import { quantity } from '../format.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { term, text } from '../text.ts';

/** What a preset says it shows: before the run a prediction, after it whether it held. */
export interface ShownClaim {
  readonly words: string;
  readonly state: 'prediction' | 'holds' | 'fails';
  readonly glyph: '?' | '✓' | '✗';
  /** Once the run on screen has finished. */
  readonly result: ClaimResult | undefined;
  /** What came of it, in words; '' before. */
  readonly outcome: string;
  readonly brief: string;
  /** Whether the audience had expected what came; '' where nobody was asked. */
  readonly vote: string;
}

const GLYPHS = { prediction: '?', holds: '✓', fails: '✗' } as const;

const verdictOf = ({ holds, held, of, mean }: ClaimResult): string => {
  if (mean) return text.claims.mean(holds, quantity(mean.value), mean.n, mean.isDifference);
  return (holds ? text.claims.holds : text.claims.fails)(held, of);
};

const outcomeOf = (result: ClaimResult): string =>
  verdictOf(result) + (result.leftOut > 0 ? text.claims.leftOut(result.leftOut) : '');

/** The same in a number or two, beside a sign. */
const briefly = ({ held, of, mean }: ClaimResult): string =>
  mean ? text.claims.inTheMean(quantity(mean.value), mean.n) : text.claims.held(held, of);

export const useClaims = (): readonly ShownClaim[] => {
  const { preview } = useLab();
  const shown = useLabState((state) => state.run.shown);
  const scenario = useLabState((state) => state.run.shown?.scenario ?? state.draft.scenario);
  const isDone = useLabState(({ run }) => run.shown?.collector.status === 'finished');
  const votes = useLabState((state) => state.lecture.votes);
  const results = useMemo(() => (shown && isDone ? shown.collector.results().claims : null), [shown, isDone]);
  const claims = scenario ? scenario.claims.map(({ text: words }) => words) : preview.claims;
  return claims.map((words, index) => {
    const result = results?.[index];
    const state = result ? (result.holds ? 'holds' : 'fails') : 'prediction';
    const expected = votes[index];
    const vote = result && expected !== undefined ? text.present[expected === result.holds ? 'right' : 'wrong'] : '';
    return {
      words: term(words),
      state,
      glyph: GLYPHS[state],
      result,
      outcome: result ? outcomeOf(result) : '',
      brief: result ? briefly(result) : '',
      vote,
    };
  });
};
