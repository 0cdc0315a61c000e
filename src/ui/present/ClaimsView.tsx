import type { ClaimSeed } from '../../scenario/format/results.ts';
import { useClaims } from '../compare/claims.ts';
import { text } from '../text.ts';

/** A dot for each seed: full where the claim held. */
const Dots = ({ seeds }: { readonly seeds: readonly ClaimSeed[] }) => (
  <span className="stage-claim__dots" aria-hidden="true">
    {seeds.map(({ seed, holds }) => (
      <span key={seed} className="stage-claim__dot" data-holds={holds ?? 'unknown'} />
    ))}
  </span>
);

/** What was predicted and what came of it, for the last row of a lecture hall. */
export const ClaimsView = () => (
  <ul className="stage-claims" aria-label={text.claims.heading} data-testid="claims">
    {useClaims().map(({ words, state, glyph, result, outcome, brief, vote }) => (
      <li key={words} className="stage-claim" data-state={state} data-testid="stage-claim">
        <span className="stage-claim__glyph" aria-hidden="true">
          {glyph}
        </span>
        <span className="stage-claim__words">
          {words}
          {outcome === '' ? null : <span className="hidden-text">: {outcome}</span>}
          {vote === '' ? null : <span className="stage-claim__vote">{vote}</span>}
        </span>
        {result ? (
          <span className="stage-claim__count" aria-hidden="true">
            {brief}
            <Dots seeds={result.seeds} />
          </span>
        ) : null}
      </li>
    ))}
  </ul>
);
