import { useLab, useLabState } from '../hooks/lab.ts';
import { term, text } from '../text.ts';

const NONE: readonly string[] = [];

/** What an experiment claims, to be voted on before anything of its result is seen. */
export const Predictions = () => {
  const lab = useLab();
  const scenario = useLabState((state) => state.draft.scenario);
  const votes = useLabState((state) => state.lecture.votes);
  const claims = scenario?.claims.map((claim) => term(claim.text)) ?? NONE;
  return (
    <section className="present__predict" aria-label={text.present.predict} data-testid="predictions">
      <h1>{claims.length > 0 ? text.present.predictLead : text.present.noClaims}</h1>
      <ol>
        {claims.map((claim, index) => (
          <li key={claim}>
            <span>{claim}</span>
            {[true, false].map((holds) => (
              <button
                key={String(holds)}
                type="button"
                className="button"
                aria-pressed={votes[index] === holds}
                aria-label={`${claim}: ${holds ? text.present.holds : text.present.fails}`}
                onClick={() => lab.lecture.vote(index, holds)}
                data-testid={`vote-${index}-${holds ? 'holds' : 'fails'}`}
              >
                {holds ? text.present.holds : text.present.fails}
              </button>
            ))}
          </li>
        ))}
      </ol>
      <button
        type="button"
        className="button button--primary present__reveal"
        aria-keyshortcuts="Enter"
        onClick={lab.lecture.reveal}
        data-testid="reveal"
      >
        {text.present.reveal}
      </button>
    </section>
  );
};
