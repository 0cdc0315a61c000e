import { isUnchanged } from '../../store/draft/history.ts';
import { useLabState } from '../hooks/lab.ts';
import { text } from '../text.ts';
import { useClaims } from './claims.ts';

/** What the preset says it shows, beside the verdict. */
export const Claims = () => {
  const claims = useClaims();
  const isChanged = useLabState((state) => !isUnchanged(state.draft));
  if (claims.length === 0) return null;
  return (
    <section className="claims" aria-label={text.claims.heading} data-testid="claims">
      <p className="claims__lead">{text.claims.lead}</p>
      <ul className="claims__list">
        {claims.map(({ words, state, glyph, result, outcome, brief }) => (
          <li key={words} className="claim" data-state={state}>
            <span className="claim__glyph" aria-hidden="true">
              {glyph}
            </span>
            <span>
              {words}
              {result ? (
                <span className="claim__outcome" title={outcome}>
                  <span className="hidden-text">: {outcome}</span>
                  <span aria-hidden="true">{brief}</span>
                </span>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
      {isChanged ? <p className="small muted">{text.claims.changedNote}</p> : null}
    </section>
  );
};
