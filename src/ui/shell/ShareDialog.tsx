import { useRef, useState } from 'react';
import { useLab, useLabState } from '../hooks/lab.ts';
import { text } from '../text.ts';
import { hereBase, reachOf, shareAddress, shortAddress } from './address.ts';
import { CiteLab } from './CiteLab.tsx';
import { Dialog } from './Dialog.tsx';
import { EmbedSnippet } from './EmbedSnippet.tsx';
import { QrFigure } from './QrFigure.tsx';

type LinkForm = 'short' | 'whole';

/** Which link: the one that names the experiment, or the one that holds it. */
const Forms = ({ shown, onChoose }: { readonly shown: LinkForm; readonly onChoose: (form: LinkForm) => void }) => (
  <fieldset className="share__forms">
    <legend className="hidden-text">{text.share.field}</legend>
    {(['short', 'whole'] as const).map((one) => (
      <label key={one}>
        <input
          type="radio"
          name="share-form"
          checked={shown === one}
          onChange={() => onChoose(one)}
          data-testid={`share-${one}`}
        />
        {text.share.forms[one]}
      </label>
    ))}
    <p className="small muted">{text.share.formHints[shown]}</p>
  </fieldset>
);

export const ShareDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const lab = useLab();
  const field = useRef<HTMLTextAreaElement>(null);
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useLabState(({ run }) => `${run.status} ${run.isStale}`);
  const [step] = useState(() => lab.store.getState().view.step);
  const [isAtStep, setIsAtStep] = useState(() => lab.store.getState().draft.scenario?.view.step !== undefined);
  const [form, setForm] = useState<LinkForm>('short');
  const whole = shareAddress(lab, { step: isAtStep ? step : undefined });
  const short = shortAddress(lab, isAtStep ? step : undefined);
  const shown = short === null ? 'whole' : form;
  const { problem } = whole;
  const url = shown === 'short' && short !== null ? short : whole.url;
  const reach = reachOf(hereBase());
  const checksum = lab.link.checksum();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(url);
      setState('copied');
    } catch {
      field.current?.select();
      setState('failed');
    }
  };
  return (
    <Dialog title={text.share.title} onClose={onClose} testId="share-dialog">
      <p>{text.share.lead}</p>
      {reach === 'anyone' ? null : (
        <p className="notice notice--warn" data-testid="share-reach">
          {text.share.reach[reach]}
        </p>
      )}
      {problem === '' ? (
        <>
          {short === null ? null : (
            <Forms
              shown={shown}
              onChoose={(one) => {
                setForm(one);
                setState('idle');
              }}
            />
          )}
          <label className="field__label" htmlFor="share-link">
            {text.share.field}
          </label>
          <textarea
            ref={field}
            id="share-link"
            className="field__text share__link"
            rows={4}
            readOnly
            value={url}
            onFocus={(event) => event.target.select()}
            data-testid="share-link"
          />
          <label className="share__step">
            <input
              type="checkbox"
              checked={isAtStep}
              onChange={(event) => {
                setIsAtStep(event.target.checked);
                setState('idle');
              }}
              data-testid="share-step"
            />
            {text.share.atStep(step)}
          </label>
          <div className="dialog__actions">
            <span role="status" className="small">
              {state === 'copied' ? `${text.share.copied} ✓` : state === 'failed' ? text.share.copyFailed : ''}
            </span>
            <button
              type="button"
              className="button button--primary"
              onClick={() => void copy()}
              data-testid="copy-link"
            >
              {text.share.copy}
            </button>
          </div>
          <p className="small muted">
            {text.share.length(url.length)}.{' '}
            {shown === 'short' ? null : (
              <span data-testid="share-checksum" data-checksum={checksum ?? ''}>
                {checksum ? text.share.withChecksum(checksum) : text.share.withoutChecksum}
              </span>
            )}
          </p>
          <QrFigure url={url} />
          <EmbedSnippet step={isAtStep ? step : undefined} />
          <CiteLab />
        </>
      ) : (
        <p className="notice notice--bad">{problem}</p>
      )}
    </Dialog>
  );
};
