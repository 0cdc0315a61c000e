import { useId, useState } from 'react';
import { EMBED_PARTS, type EmbedPart } from '../../store/modes.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { text } from '../text.ts';
import { shareAddress } from './address.ts';

const HEIGHTS: Readonly<Record<EmbedPart, number>> = {
  verdict: 110,
  grid: 420,
  trade: 320,
  series: 320,
  claims: 70,
  knob: 60,
  scrub: 70,
};

const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What goes into another page to show this experiment there. */
export const EmbedSnippet = ({ step }: { readonly step: number | undefined }) => {
  const lab = useLab();
  const id = useId();
  const title = useLabState(({ draft }) => draft.scenario?.title ?? '');
  const [parts, setParts] = useState<readonly EmbedPart[]>(['verdict', 'grid', 'knob', 'scrub']);
  const [isLocked, setIsLocked] = useState(false);
  const [autoplays, setAutoplays] = useState(false);
  const [isCopied, setIsCopied] = useState(false);
  const query = `?embed=1&show=${parts.join(',')}${isLocked ? '&lock=1' : ''}${autoplays ? '&autoplay=1' : ''}`;
  const { url } = shareAddress(lab, { step, query });
  const height = parts.reduce((sum, part) => sum + HEIGHTS[part], 30);
  const html = `<iframe src="${escaped(url)}" title="${escaped(text.embed.frame(title))}" width="100%" height="${height}" loading="lazy" allow="fullscreen"></iframe>`;
  const toggle = (part: EmbedPart): void => {
    setIsCopied(false);
    const next = EMBED_PARTS.filter((one) => (one === part ? !parts.includes(one) : parts.includes(one)));
    if (next.length > 0) setParts(next);
  };
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(html);
      setIsCopied(true);
    } catch {
      document.getElementById(id)?.focus();
    }
  };
  return (
    <details className="share__embed">
      <summary data-testid="embed-summary">{text.embed.title}</summary>
      <p className="small muted">{text.embed.lead}</p>
      <fieldset className="share__parts">
        <legend className="field__label">{text.embed.shows}</legend>
        {EMBED_PARTS.map((part) => (
          <label key={part} className="share__step">
            <input
              type="checkbox"
              checked={parts.includes(part)}
              onChange={() => toggle(part)}
              data-testid={`embed-${part}`}
            />
            {text.embed.parts[part]}
          </label>
        ))}
      </fieldset>
      <label className="share__step">
        <input
          type="checkbox"
          checked={isLocked}
          onChange={(event) => setIsLocked(event.target.checked)}
          data-testid="embed-lock"
        />
        {text.embed.lock}
      </label>
      <label className="share__step">
        <input
          type="checkbox"
          checked={autoplays}
          onChange={(event) => setAutoplays(event.target.checked)}
          data-testid="embed-autoplay"
        />
        {text.embed.autoplay}
      </label>
      <label className="field__label" htmlFor={id}>
        {text.embed.snippet}
      </label>
      <textarea
        id={id}
        className="field__text share__link"
        rows={4}
        readOnly
        value={html}
        onFocus={(event) => event.target.select()}
        data-testid="embed-html"
      />
      <div className="dialog__actions">
        <span role="status" className="small">
          {isCopied ? `${text.share.copied} ✓` : ''}
        </span>
        <button type="button" className="button" onClick={() => void copy()} data-testid="copy-html">
          {text.embed.copy}
        </button>
      </div>
    </details>
  );
};
