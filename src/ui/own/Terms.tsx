import { OWN_TOWARDS, ownCaps } from '../../scenario/formula/own.ts';
import type { FormulaFault } from '../../scenario/formula/parse.ts';
import { SelectField } from '../forms/fields.tsx';
import { Icon } from '../shell/Icon.tsx';
import { newPull, newTerm, type PullDraft, type TermDraft } from './draft.ts';
import { ownText } from './own.text.ts';
import { Weight } from './Weight.tsx';

interface Props {
  readonly terms: readonly TermDraft[];
  readonly faultOf: (weight: string) => FormulaFault | undefined;
  readonly onChange: (terms: readonly TermDraft[]) => void;
  readonly onDefine: (name: string) => void;
}

const options = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

const changed = <T,>(list: readonly T[], index: number, change: Partial<T>): readonly T[] =>
  list.map((one, i) => (i === index ? { ...one, ...change } : one));

/** The terms of a rule, each with its pulls. */
export const Terms = ({ terms, faultOf, onChange, onDefine }: Props) => {
  const setPulls = (at: number, pulls: readonly PullDraft[]): void =>
    onChange(pulls.length > 0 ? changed(terms, at, { pulls }) : terms.filter((_, i) => i !== at));
  const before = (at: number): number => terms.slice(0, at).reduce((sum, { pulls }) => sum + pulls.length, 0);
  const count = before(terms.length);
  return (
    <>
      {terms.map((term, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: terms have no names
        <div key={at} className="own__term" data-testid="own-term">
          <div className="own__choices">
            <SelectField
              label={ownText.on}
              value={term.on}
              options={options(ownText.sets)}
              onChange={(on) => onChange(changed(terms, at, { on }))}
              testId="term-on"
            />
            <SelectField
              label={ownText.mean}
              value={term.mean}
              options={options(ownText.means)}
              onChange={(mean) => onChange(changed(terms, at, { mean }))}
              testId="term-mean"
            />
          </div>
          {term.pulls.map((pull, i) => {
            const number = before(at) + i + 1;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: pulls have no names
              <div key={i} className="own__pull">
                <Weight
                  label={ownText.weight(number)}
                  value={pull.weight}
                  fault={faultOf(pull.weight)}
                  isFirst={number === 1}
                  onChange={(weight) => setPulls(at, changed(term.pulls, i, { weight }))}
                  onDefine={onDefine}
                />
                <SelectField
                  label={ownText.towards}
                  value={pull.towards}
                  options={OWN_TOWARDS.map((value) => ({ value, label: ownText.targets[value] }))}
                  onChange={(towards) => setPulls(at, changed(term.pulls, i, { towards }))}
                  testId="pull-towards"
                />
                {count > 1 ? (
                  <button
                    type="button"
                    className="button button--plain button--icon"
                    aria-label={ownText.removePull(number)}
                    title={ownText.removePull(number)}
                    onClick={() =>
                      setPulls(
                        at,
                        term.pulls.filter((_, k) => k !== i),
                      )
                    }
                  >
                    <Icon name="trash" />
                  </button>
                ) : null}
              </div>
            );
          })}
          {term.pulls.length < ownCaps.pulls ? (
            <button
              type="button"
              className="button"
              onClick={() => setPulls(at, [...term.pulls, newPull])}
              data-testid="add-pull"
            >
              <Icon name="plus" />
              {ownText.addPull}
            </button>
          ) : null}
        </div>
      ))}
      {terms.length < ownCaps.terms ? (
        <button type="button" className="button" onClick={() => onChange([...terms, newTerm])} data-testid="add-term">
          <Icon name="plus" />
          {ownText.addTerm}
        </button>
      ) : null}
    </>
  );
};
