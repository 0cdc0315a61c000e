import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Fault } from '../../engine/base/errors.ts';
import type { PairsSpec } from '../../engine/base/schema.ts';
import { readPairs } from '../../scenario/pairs/read-pairs.ts';
import { csvPairs } from '../../scenario/points/csv-pairs.ts';
import { decodeText } from '../csv/decode.ts';
import { Faults } from '../csv/Faults.tsx';
import type { OwnTextProps } from '../facts/OwnText.tsx';
import { Info } from '../forms/Info.tsx';
import { Dialog } from '../shell/Dialog.tsx';
import { term } from '../text.ts';
import { words } from './pairs.text.ts';
import '../csv/csv.css';

/** A file of more bytes than this holds no table of a thousand pairs. */
const MOST_BYTES = 500_000;
const MOST_FAULTS = 20;

interface Props extends OwnTextProps {
  readonly spec: PairsSpec;
}

/** Pairs from pasted or opened text: read, counted, and taken when nothing is wrong. */
const PairsDialog = ({ spec, value, onChange, onClose }: Props & { readonly onClose: () => void }) => {
  const [typed, setTyped] = useState(value);
  const [refused, setRefused] = useState<Fault | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const content = useDeferredValue(typed);
  const { text, faults, pairs } = useMemo(() => {
    const table = csvPairs(content);
    const read = readPairs(table.text, spec);
    return { text: table.text, pairs: read.pairs, faults: table.faults.length > 0 ? table.faults : read.faults };
  }, [content, spec]);
  const wrong = refused ? [refused] : faults.slice(0, MOST_FAULTS);
  const put = (next: string): void => {
    setRefused(null);
    setTyped(next);
  };
  const take = (next: string): void => {
    onChange(next);
    onClose();
  };
  const open = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if (file.size <= MOST_BYTES) return put(decodeText(new Uint8Array(await file.arrayBuffer())));
    const size = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;
    setRefused({ path: '', expected: words.large(size(MOST_BYTES)), found: size(file.size) });
  };
  return (
    <Dialog title={words.title} kind="wide" onClose={onClose} testId="pairs-dialog">
      <div className="csv">
        <p>{words.lead}</p>
        <p className="small muted">{words.scaled}</p>
        <label className="csv__label">
          <span className="small muted">{words.field}</span>
          <textarea
            className="field__text csv__text"
            rows={8}
            spellCheck={false}
            placeholder={words.placeholder}
            value={typed}
            onChange={(event) => put(event.target.value)}
            data-testid="pairs-text"
          />
        </label>
        <div className="csv__row">
          <button type="button" className="button" onClick={() => input.current?.click()}>
            {words.choose}
          </button>
          <input
            ref={input}
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
            hidden
            aria-label={words.fileInput}
            onChange={(event) => {
              void open(event.target.files?.[0]);
              event.target.value = '';
            }}
            data-testid="pairs-file"
          />
        </div>
        {wrong.length > 0 ? <Faults faults={wrong} whole={words.field} kept={words.kept} /> : null}
        {wrong.length === 0 && pairs[0] ? (
          <p data-testid="pairs-read">{words.has(pairs.length, pairs[0].length - 1)}</p>
        ) : null}
        <div className="dialog__actions">
          {value === '' ? null : (
            <button type="button" className="button" onClick={() => take('')} data-testid="pairs-remove">
              {words.remove}
            </button>
          )}
          <button
            type="button"
            className="button button--primary"
            disabled={wrong.length > 0 || pairs.length === 0 || content !== typed}
            onClick={() => take(text)}
            data-testid="pairs-use"
          >
            {words.use}
          </button>
        </div>
      </div>
    </Dialog>
  );
};

/** How many pairs there are, and the way to change them. */
export const PairsField = (props: Props) => {
  const { spec, value, testId } = props;
  const [isOpen, setIsOpen] = useState(false);
  const { pairs } = readPairs(value, spec);
  const label = term(spec.label);
  const action = pairs.length === 0 ? words.write : words.change;
  return (
    <div className="field">
      <div className="field__head">
        <span className="field__label">{label}</span>
        <Info label={label}>{term(spec.help)}</Info>
      </div>
      <div className="csv__row">
        <span className="small" data-testid={`${testId}-has`}>
          {pairs[0] ? words.has(pairs.length, pairs[0].length - 1) : words.none}
        </span>
        <button
          type="button"
          className="button"
          aria-label={`${label}: ${action}`}
          onClick={() => setIsOpen(true)}
          data-testid={testId}
        >
          {action}
        </button>
      </div>
      {isOpen ? <PairsDialog {...props} onClose={() => setIsOpen(false)} /> : null}
    </div>
  );
};
