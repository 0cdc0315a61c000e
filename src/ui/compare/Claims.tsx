import { useMemo } from 'react';
import type { ClaimResult } from '../../scenario/format/results.ts';
import { isUnchanged } from '../../store/draft/history.ts';
import { quantity } from '../format.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { term, text } from '../text.ts';

/** The results of the claims once the run on screen has finished. */
const useClaimResults = (): readonly ClaimResult[] | null => {
  const shown = useLabState((state) => state.run.shown);
  const isDone = useLabState(({ run }) => run.shown?.collector.status === 'finished');
  return useMemo(() => (shown && isDone ? shown.collector.results().claims : null), [shown, isDone]);
};

const verdictOf = ({ holds, held, of, mean }: ClaimResult): string => {
  if (mean) return text.claims.mean(holds, quantity(mean.value), mean.n, mean.isDifference);
  return (holds ? text.claims.holds : text.claims.fails)(held, of);
};

const outcome = (result: ClaimResult): string =>
  verdictOf(result) + (result.leftOut > 0 ? text.claims.leftOut(result.leftOut) : '');

const briefly = ({ held, of, mean }: ClaimResult): string =>
  mean ? text.claims.inTheMean(quantity(mean.value), mean.n) : text.claims.held(held, of);

/** What the preset says it shows: before the run a prediction, after it whether it held. */
export const Claims = () => {
  const { preview } = useLab();
  const scenario = useLabState((state) => state.run.shown?.scenario ?? state.draft.scenario);
  const claims = scenario ? scenario.claims.map(({ text: words }) => words) : preview.claims;
  const isChanged = useLabState((state) => !isUnchanged(state.draft));
  const results = useClaimResults();
  const votes = useLabState((state) => state.lecture.votes);
  if (claims.length === 0) return null;
  return (
    <section className="claims" aria-label={text.claims.heading} data-testid="claims">
      <p className="claims__lead">{text.claims.lead}</p>
      <ul className="claims__list">
        {claims.map((claim, index) => {
          const result = results?.[index];
          const state = result ? (result.holds ? 'holds' : 'fails') : 'prediction';
          return (
            <li key={claim} className="claim" data-state={state}>
              <span className="claim__glyph" aria-hidden="true">
                {state === 'holds' ? '✓' : state === 'fails' ? '✗' : '?'}
              </span>
              <span>
                {term(claim)}
                {result ? (
                  <span className="claim__outcome" title={outcome(result)}>
                    <span className="hidden-text">: {outcome(result)}</span>
                    <span aria-hidden="true">{briefly(result)}</span>
                  </span>
                ) : null}
                {result && votes[index] !== undefined ? (
                  <span className="present__vote">
                    {' '}
                    ({votes[index] === result.holds ? text.present.right : text.present.wrong})
                  </span>
                ) : null}
              </span>
            </li>
          );
        })}
      </ul>
      {isChanged ? <p className="small muted">{text.claims.changedNote}</p> : null}
    </section>
  );
};
