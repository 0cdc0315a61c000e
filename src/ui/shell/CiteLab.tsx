import { labBibtex } from '../../scenario/files/made-by.ts';
import { text } from '../text.ts';
import { hereBase } from './address.ts';

/** How the lab itself is cited, with its version and the address where it is. */
export const CiteLab = () => (
  <details className="share__embed">
    <summary data-testid="cite-summary">{text.share.cite}</summary>
    <p className="small muted">{text.share.citeHint}</p>
    <textarea
      className="field__text share__link"
      aria-label={text.share.cite}
      rows={8}
      readOnly
      value={labBibtex(hereBase())}
      onFocus={(event) => event.target.select()}
      data-testid="cite-bibtex"
    />
  </details>
);
