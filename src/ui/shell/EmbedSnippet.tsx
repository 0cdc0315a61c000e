import { useId, useState } from 'react';
import { EMBED_PARTS, type EmbedPart } from '../../store/present/modes.ts';
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

interface CheckProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly testId: string;
}

const Check = ({ label, isOn, onChange, testId }: CheckProps) => (
  <label className="share__step">
    <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} data-testid={testId} />
    {label}
  </label>
);

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
          <Check
            key={part}
            label={text.embed.parts[part]}
            isOn={parts.includes(part)}
            onChange={() => toggle(part)}
            testId={`embed-${part}`}
          />
        ))}
      </fieldset>
      <Check label={text.embed.lock} isOn={isLocked} onChange={setIsLocked} testId="embed-lock" />
      <Check label={text.embed.autoplay} isOn={autoplays} onChange={setAutoplays} testId="embed-autoplay" />
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
