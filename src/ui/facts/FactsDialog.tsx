import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Fault } from '../../engine/base/errors.ts';
import type { FactsSpec } from '../../engine/base/schema.ts';
import { listedFaults, nameOf, readFacts, type TableFact, writeFacts } from '../../scenario/facts/read-facts.ts';
import { decodeText } from '../csv/decode.ts';
import { Faults } from '../csv/Faults.tsx';
import { Dialog } from '../shell/Dialog.tsx';
import { words } from './facts.text.ts';
import '../csv/csv.css';

const EXAMPLE = `Ada Lovelace,city,London
Ada Lovelace,job,mathematician
Ada Lovelace,book,Notes Appended
Mary Shelley,city,London
Mary Shelley,year,1797
`;
/** Facts that are shown as they were read. */
const SHOWN = 8;
/** A file of more bytes than this holds no table of a few hundred facts. */
const MOST_BYTES = 200_000;

const Preview = ({ facts, isWhole }: { readonly facts: readonly TableFact[]; readonly isWhole: boolean }) => (
  <div data-testid="facts-preview">
    <p className="small muted">{words.preview}</p>
    <div className="csv__scroll">
      <table className="csv__table">
        <thead>
          <tr>
            <th scope="col">{words.columns.name}</th>
            <th scope="col">{words.columns.relation}</th>
            <th scope="col">{words.columns.value}</th>
          </tr>
        </thead>
        <tbody>
          {facts.slice(0, SHOWN).map((fact) => (
            <tr key={`${nameOf(fact)}/${fact.relation}`}>
              <td>{nameOf(fact)}</td>
              <td>{fact.relation}</td>
              <td>{fact.value.join(' ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
    {facts.length > SHOWN ? <p className="small muted">{words.more(facts.length - SHOWN)}</p> : null}
    <p>
      {words.has(new Set(facts.map(nameOf)).size, facts.length)}. {isWhole ? words.forget : null}
    </p>
  </div>
);

interface FileProps {
  readonly onText: (text: string) => void;
  readonly onFault: (fault: Fault) => void;
}

/** Opens a file in place of what was typed. */
const FileButton = ({ onText, onFault }: FileProps) => {
  const input = useRef<HTMLInputElement>(null);
  const open = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    if (file.size <= MOST_BYTES) return onText(decodeText(new Uint8Array(await file.arrayBuffer())));
    const size = (bytes: number): string => `${Math.ceil(bytes / 1000)} kB`;
    onFault({ path: '', expected: words.large(size(MOST_BYTES)), found: size(file.size) });
  };
  return (
    <>
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
        data-testid="facts-file"
      />
    </>
  );
};

const About = ({ spec }: { readonly spec: FactsSpec }) => (
  <>
    <p>{words.lead}</p>
    <p className="small muted">
      {words.relations(
        Object.entries(spec.relations)
          .map(([relation, count]) => words.relation(relation, count))
          .join(', '),
      )}{' '}
      {words.caps(spec.most.facts, spec.most.authors, spec.most.letters)}
    </p>
  </>
);

interface Props {
  readonly spec: FactsSpec;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onClose: () => void;
}

/** Facts from pasted or opened text: read, shown, and taken when nothing is wrong. */
export const FactsDialog = ({ spec, value, onChange, onClose }: Props) => {
  const [typed, setTyped] = useState(value);
  const [refused, setRefused] = useState<Fault | null>(null);
  const content = useDeferredValue(typed);
  const { facts, faults } = useMemo(() => readFacts(content, spec), [content, spec]);
  const wrong = refused ? [refused] : listedFaults(faults);
  const put = (text: string): void => {
    setRefused(null);
    setTyped(text);
  };
  const take = (text: string): void => {
    onChange(text);
    onClose();
  };
  return (
    <Dialog title={words.title} kind="wide" onClose={onClose} testId="facts-dialog">
      <div className="csv">
        <About spec={spec} />
        <label className="csv__label">
          <span className="small muted">{words.field}</span>
          <textarea
            className="field__text csv__text"
            rows={7}
            spellCheck={false}
            placeholder={words.placeholder}
            value={typed}
            onChange={(event) => put(event.target.value)}
            data-testid="facts-text"
          />
        </label>
        <div className="csv__row">
          <FileButton onText={put} onFault={setRefused} />
          <button
            type="button"
            className="button button--plain"
            onClick={() => put(EXAMPLE)}
            data-testid="facts-example"
          >
            {words.example}
          </button>
        </div>
        {wrong.length > 0 ? <Faults faults={wrong} whole={words.field} kept={words.kept} /> : null}
        {facts.length > 0 ? <Preview facts={facts} isWhole={wrong.length === 0} /> : null}
        <div className="dialog__actions">
          {value === '' ? null : (
            <button type="button" className="button" onClick={() => take('')} data-testid="facts-remove">
              {words.remove}
            </button>
          )}
          <button
            type="button"
            className="button button--primary"
            disabled={wrong.length > 0 || facts.length === 0 || content !== typed}
            onClick={() => take(writeFacts(facts))}
            data-testid="facts-use"
          >
            {words.use}
          </button>
        </div>
      </div>
    </Dialog>
  );
};
