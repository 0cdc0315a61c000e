import { useState } from 'react';
import type { FactsSpec } from '../../engine/base/schema.ts';
import { nameOf, readFacts } from '../../scenario/facts/read-facts.ts';
import { Info } from '../forms/Info.tsx';
import { term } from '../text.ts';
import { FactsDialog } from './FactsDialog.tsx';
import { words } from './facts.text.ts';
import type { OwnTextProps } from './OwnText.tsx';

/** How many facts there are, and the way to change them. */
export const FactsField = ({ spec, value, onChange, testId }: OwnTextProps & { readonly spec: FactsSpec }) => {
  const [isOpen, setIsOpen] = useState(false);
  const { facts } = readFacts(value, spec);
  const label = term(spec.label);
  return (
    <div className="field">
      <div className="field__head">
        <span className="field__label">{label}</span>
        <Info label={label}>{term(spec.help)}</Info>
      </div>
      <div className="csv__row">
        <span className="small" data-testid={`${testId}-has`}>
          {facts.length === 0 ? words.none : words.has(new Set(facts.map(nameOf)).size, facts.length)}
        </span>
        <button
          type="button"
          className="button"
          aria-label={`${label}: ${facts.length === 0 ? words.write : words.change}`}
          onClick={() => setIsOpen(true)}
          data-testid={testId}
        >
          {facts.length === 0 ? words.write : words.change}
        </button>
      </div>
      {isOpen ? <FactsDialog {...{ spec, value, onChange }} onClose={() => setIsOpen(false)} /> : null}
    </div>
  );
};
