import { useMemo, useState } from 'react';
import { type CatalogueInfo, offerOf } from '../../scenario/format/catalogue.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { formulas } from '../../scenario/formula/loaded.ts';
import { type OwnRule, ownCaps } from '../../scenario/formula/own.ts';
import { createReport } from '../../scenario/read/check.ts';
import { readOwn } from '../../scenario/read/own.ts';
import { addRule, changeRule } from '../../store/draft/edits.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { term } from '../text/language.ts';
import { draftFrom, idFor, newDraft, newParam, type RuleDraft, rawRule } from './draft.ts';
import { namesTwice, otherFaults } from './faults.ts';
import { ownText } from './own.text.ts';
import { Params } from './Params.tsx';
import { Preview } from './Preview.tsx';
import { Terms } from './Terms.tsx';
import './own.css';

export interface RuleDialogProps {
  /** What is to be changed or copied; absent: what was being typed, or a new rule. */
  readonly begin?: RuleDraft | undefined;
  readonly onClose: () => void;
}

/** Usual symbols of names that are typed. */
const SYMBOLS: Readonly<Record<string, string>> = {
  alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', lambda: 'λ', kappa: 'κ', mu: 'μ', nu: 'ν', tau: 'τ', eta: 'η',
}; // biome-ignore format: a table

/** The rule that a draft says, or what is wrong with it beside its formulas. */
const readDraft = (draft: RuleDraft, scenario: Scenario, catalogue: CatalogueInfo) => {
  const others = (scenario.own ?? []).filter(({ id }) => id !== draft.id);
  const taken = [...catalogue.methods.map(({ id }) => id), ...others.map(({ id }) => id)];
  const id = draft.id || idFor(draft.title, taken);
  const report = createReport();
  const offered = offerOf(catalogue, scenario.family);
  const [rule] = readOwn({ value: [rawRule(draft, id)], path: '', report }, offered, catalogue.methods);
  return {
    id,
    rule: report.count() === 0 && namesTwice(draft).length === 0 ? rule : undefined,
    repairs: report.repairs(),
  };
};

/** What is to be seen of a rule. */
const previewOf = (rule: OwnRule) => {
  const { parseFormula, curveOf, ruleTex } = formulas();
  const pulls = rule.terms.flatMap(({ on, pulls }) =>
    pulls.flatMap(({ towards, weight }) => {
      const parsed = parseFormula(weight, { params: rule.params });
      return 'fault' in parsed ? [] : [{ on, towards, weight: parsed.formula, plain: weight }];
    }),
  );
  const labels = pulls.filter(({ on, towards }) => on === 'forget' && towards === 'label');
  const settings = Object.fromEntries(Object.entries(rule.params).map(([name, { default: value }]) => [name, value]));
  return {
    tex: ruleTex(pulls, rule.params),
    plain: pulls.map(({ plain }) => plain).join('; '),
    curve:
      labels.length > 0
        ? curveOf(
            labels.map(({ weight }) => weight),
            settings,
          )
        : undefined,
  };
};

const Editor = ({
  begin,
  onClose,
  scenario,
  catalogue,
}: RuleDialogProps & { readonly scenario: Scenario; readonly catalogue: CatalogueInfo }) => {
  const lab = useLab();
  const [draft, setDraft] = useState(() => begin ?? draftFrom(lab.scratch.read()) ?? newDraft(ownText.newName));
  const change = (fields: Partial<RuleDraft>): void => {
    const next = { ...draft, ...fields };
    setDraft(next);
    lab.scratch.write(JSON.stringify(next));
  };
  const { id, rule, repairs } = useMemo(() => readDraft(draft, scenario, catalogue), [draft, scenario, catalogue]);
  const isKnown = scenario.own?.some((one) => one.id === draft.id) === true;
  const vocabulary = {
    params: Object.fromEntries(draft.params.map(({ name, symbol }) => [name, { symbol }])),
    rules: [id, ...(scenario.own ?? []).map((one) => one.id)],
  };
  const faultOf = (weight: string) => {
    const parsed = formulas().parseFormula(weight, vocabulary);
    return 'fault' in parsed ? parsed.fault : undefined;
  };
  const others = otherFaults(draft, repairs, (weight) => faultOf(weight) !== undefined);
  const preview = useMemo(() => rule && previewOf(rule), [rule]);
  const take = (): void => {
    if (!rule) return;
    lab.draft.edit(isKnown ? changeRule(rule) : addRule(rule, formulas().infoOfRule(rule)));
    lab.scratch.write('');
    onClose();
  };
  return (
    <form
      className="own"
      onSubmit={(event) => {
        event.preventDefault();
        take();
      }}
    >
      <p className="small muted">{ownText.lead}</p>
      <div className="own__columns">
        <div>
          <label className="field">
            <span className="field__label">{ownText.name}</span>
            <input
              type="text"
              className="field__text"
              value={draft.title}
              maxLength={ownCaps.title}
              onChange={(event) => change({ title: event.target.value })}
              data-testid="own-title"
            />
          </label>
          <Terms
            terms={draft.terms}
            faultOf={faultOf}
            onChange={(terms) => change({ terms })}
            onDefine={(name) => change({ params: [...draft.params, newParam(name, SYMBOLS[name])] })}
          />
          <Params params={draft.params} most={ownCaps.params} onChange={(params) => change({ params })} />
          <p className="small muted">{ownText.language}</p>
        </div>
        <div>
          {preview ? <Preview title={draft.title} {...preview} /> : null}
          {others.length > 0 ? (
            <div className="small" role="status" data-testid="own-others">
              {ownText.others}
              <ul>
                {others.map(({ place, expected, found }) => (
                  <li key={`${place} ${expected}`}>{ownText.fault(place, term(expected), found)}</li>
                ))}
              </ul>
            </div>
          ) : null}
        </div>
      </div>
      <div className="own__actions">
        <button type="submit" className="button button--primary" disabled={!rule} data-testid="own-take">
          {isKnown ? ownText.change : ownText.add}
        </button>
        <button
          type="button"
          className="button"
          onClick={() => change(newDraft(ownText.newName))}
          data-testid="own-over"
        >
          {ownText.startOver}
        </button>
      </div>
    </form>
  );
};

/** A rule of the reader's own: typed, seen, and taken into the comparison. What is typed outlasts a reload. */
export const RuleDialog = (props: RuleDialogProps) => {
  const scenario = useLabState((state) => state.draft.scenario);
  const catalogue = useLabState((state) => state.catalogue);
  return (
    <Dialog title={ownText.title} kind="wide" onClose={props.onClose} testId="own-rule">
      {scenario && catalogue ? <Editor {...props} scenario={scenario} catalogue={catalogue} /> : null}
    </Dialog>
  );
};
