import { useId } from 'react';
import type { FormulaFault } from '../../scenario/formula/parse.ts';
import { ownText } from './own.text.ts';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly fault: FormulaFault | undefined;
  readonly isFirst: boolean;
  readonly onChange: (value: string) => void;
  readonly onDefine: (name: string) => void;
}

/** Whether a fault's sentence begins with what was found. */
const NAMED: ReadonlySet<string> = new Set([
  'unknown-name',
  'unknown-function',
  'bare-function',
  'recursion',
  'arguments',
  'not-finite',
]);

/** Problems whose suggestion can be put in the place of what was found. */
const REPLACEABLE: ReadonlySet<string> = new Set(['unknown-name', 'unknown-function']);

const isName = (text: string): boolean => /^[A-Za-z][A-Za-z0-9_]*$/.test(text);

/** What can be done about a fault by a button. */
const remediesOf = ({ value, fault, onChange, onDefine }: Props & { readonly fault: FormulaFault }) => {
  const { problem, found, instead, start, end } = fault;
  const put = (text: string) => () => onChange(value.slice(0, start) + text + value.slice(end));
  const isTyped = value.slice(start, end) === found;
  return [
    ...(problem === 'unknown-name' && isName(found) && isTyped
      ? [{ words: ownText.define(found), act: () => onDefine(found), id: 'define' }]
      : []),
    ...(instead !== undefined && REPLACEABLE.has(problem) && isTyped
      ? [{ words: ownText.replace(found, instead), act: put(instead), id: 'replace' }]
      : []),
    ...(instead === ')' && problem === 'syntax'
      ? [{ words: ownText.insert(instead), act: put(')'), id: 'insert' }]
      : []),
  ];
};

/** What is wrong, where, and what can be done. */
const Fault = (props: Props & { readonly fault: FormulaFault; readonly id: string }) => {
  const { fault, value, id } = props;
  const { problem, start, end, found, instead } = fault;
  const remedies = remediesOf(props);
  return (
    <div className="own__fault" id={id} data-testid="formula-fault">
      {value.trim() !== '' && problem !== 'long' ? (
        <code className="own__marked" aria-hidden="true">
          {value.slice(Math.max(0, start - 30), start)}
          <mark>{value.slice(start, end) || '·'}</mark>
          {value.slice(end, end + 30)}
        </code>
      ) : null}
      <p className="small" role="status">
        {problem === 'empty' ? null : `${ownText.column(start + 1)}: `}
        {NAMED.has(problem) ? <code>{found} </code> : null}
        {ownText.problems[problem]}
        {instead !== undefined && remedies.length === 0 ? ` ${ownText.meant(instead)}` : null}
      </p>
      {remedies.map(({ words, act, id: remedy }) => (
        <button key={remedy} type="button" className="button" onClick={act} data-testid={`formula-${remedy}`}>
          {words}
        </button>
      ))}
    </div>
  );
};

/** The field of one formula. */
export const Weight = (props: Props) => {
  const { label, value, fault, isFirst, onChange } = props;
  const [id, faultId] = [useId(), useId()];
  return (
    <div className="field">
      <label htmlFor={id} className="field__label">
        {label}
      </label>
      <input
        id={id}
        type="text"
        className="field__text own__weight"
        value={value}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-invalid={fault !== undefined}
        aria-describedby={fault ? faultId : undefined}
        {...(isFirst && { 'data-first-focus': true })}
        onChange={(event) => onChange(event.target.value)}
        data-testid="formula-weight"
      />
      {fault ? <Fault {...props} fault={fault} id={faultId} /> : null}
    </div>
  );
};
