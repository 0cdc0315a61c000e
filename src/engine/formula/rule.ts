import { integer } from '../base/random.ts';
import type { AlternativeRule, AnyMethod, MethodInfo } from '../contracts/method.ts';
import type { Columns, Pull, Row, RowTerm } from '../contracts/rows.ts';
import { rowMethod } from '../method-kinds.ts';
import { missing } from '../objective/rows.ts';
import { evaluatorOf, type FormulaInput, type RowSource, type Values } from './evaluate.ts';
import { readsStep, rowNamesIn } from './expression.ts';
import { type FormulaPull, type FormulaRule, type FormulaTerm, spokenByRule } from './spoken.ts';

type Settings = Readonly<Record<string, unknown>>;

const columnsSource =
  (columns: Columns): RowSource =>
  (field) => {
    if (field === 'rowLogP') return columns.rowLogP ?? columns.logP;
    if (field === 'exampleLength') return columns.exampleLength ?? 1;
    const isRow = field === 'rowLogPReference' && !columns.rowLogP;
    const values = columns[isRow ? 'logPReference' : field];
    if (values) return values;
    return missing(field.includes('Reference') && !columns.logPReference ? 'the original model' : 'alternative labels');
  };

const rowSource =
  (row: Row): RowSource =>
  (field) =>
    row[field];

const asNumber = (values: Values): number => (typeof values === 'number' ? values : (values[0] as number));

/** A pull as the engine takes it; one whose formula reads no row says so by taking none. */
const pullOf = ({ towards, weight: formula }: FormulaPull): Pull<Settings> => {
  const evaluate = evaluatorOf(formula);
  if (rowNamesIn(formula).size === 0) {
    const rows = (): never => missing('rows');
    return {
      towards,
      weight: (...[, settings]: readonly [Row, Settings]) => asNumber(evaluate({ count: 1, rows, settings })),
    };
  }
  let filled = new Float64Array(0);
  return {
    towards,
    weight: (row, settings) => asNumber(evaluate({ count: 1, rows: rowSource(row), settings })),
    weights: (columns, settings, count) => {
      const given: FormulaInput = { count, rows: columnsSource(columns), settings };
      const values = evaluate(given);
      if (typeof values !== 'number') return values;
      if (filled.length < count) filled = new Float64Array(count);
      return filled.fill(values);
    },
  };
};

const termOf = ({ on, mean, pulls }: FormulaTerm): RowTerm<Settings, Settings> => ({
  on,
  mean,
  pulls: pulls.map(pullOf),
});

/** Another class than the true one for every example, drawn once. */
const otherLabels: AlternativeRule = {
  redraw: false,
  draw: ({ labels, classes, key }) => labels.map((label, i) => (label + 1 + integer(key, i, classes - 1)) % classes),
};

/** A method from a rule and what is known of it. It runs as any other: its pulls are what its steps follow. */
export const formulaMethod = (info: MethodInfo, rule: FormulaRule): AnyMethod => {
  const isTimed = rule.terms.some(({ pulls }) => pulls.some(({ weight }) => readsStep(weight)));
  return rowMethod({
    ...info,
    ...spokenByRule(rule),
    terms: rule.terms.map(termOf),
    alternatives: () => otherLabels,
    ...(isTimed && {
      settingsAt: (settings: Settings, step: number, steps: number) => ({ ...settings, step, steps }),
    }),
  });
};
