import { csvNumber, type Decimal } from '../../scenario/points/csv-dialect.ts';
import type { CsvPlan, CsvQuestion } from '../../scenario/points/csv-points.ts';
import type { CsvTable } from '../../scenario/points/read-csv.ts';
import { shownKey } from '../../scenario/read/check.ts';
import { type Option, SelectField } from '../forms/fields.tsx';
import { isolated } from '../text/isolate.ts';
import { csvText } from './csv.text.ts';

type Columns = Pick<CsvPlan, 'inputs' | 'label'>;

/** What tells a question from the others of its table. */
export const questionKey = (question: CsvQuestion): string => {
  if (question.kind === 'missing') return JSON.stringify([question.kind, ...question.cells]);
  if (question.kind === 'alike') return JSON.stringify([question.kind, ...question.groups]);
  return 'column' in question ? `${question.kind} ${question.column}` : question.kind;
};

/** What the reader has answered. */
export interface Answers {
  readonly decimals: Readonly<Record<number, Decimal>>;
  readonly areAlikeApart: boolean | undefined;
  readonly areMissingClasses: boolean | undefined;
  /** Keys of the questions that were answered. */
  readonly answered: readonly string[];
}

export interface Answering {
  readonly header: (hasHeader: boolean) => void;
  readonly decimal: (column: number, decimal: Decimal, key: string) => void;
  readonly role: (column: number, role: 'input' | 'label' | 'none', key: string) => void;
  readonly alike: (areApart: boolean, key: string) => void;
  readonly missing: (areClasses: boolean, key: string) => void;
}

interface Props {
  readonly table: CsvTable;
  readonly columns: Columns;
  readonly questions: readonly CsvQuestion[];
  readonly answers: Answers;
  readonly on: Answering;
}

/** A question's words, what may be answered, the answer so far ('' for none), and what an answer does. */
const fieldOf = (question: CsvQuestion, { table, columns, answers, on }: Props) => {
  const key = questionKey(question);
  const isAnswered = answers.answered.includes(key);
  const ask = csvText.questions;
  const name = (column: number): string => shownKey(table.columns[column] ?? '');
  const choice = (options: Readonly<Record<string, string>>): Option[] =>
    Object.entries(options).map(([value, label]) => ({ value, label }));
  switch (question.kind) {
    case 'header':
      return {
        label: ask.header,
        options: choice(ask.headerIs),
        value: '',
        onChange: (value: string) => on.header(value === 'names'),
      };
    case 'decimal': {
      const { column, cell } = question;
      const options = (['.', ','] as const).map((value) => ({ value, label: ask.number(csvNumber(cell, value)) }));
      const onChange = (value: string) => on.decimal(column, value as Decimal, key);
      return { label: ask.decimal(cell, name(column)), options, value: answers.decimals[column] ?? '', onChange };
    }
    case 'rowNumbers': {
      const { column } = question;
      const value = isAnswered ? (columns.inputs.includes(column) ? 'input' : 'none') : '';
      const onChange = (role: string) => on.role(column, role as 'input' | 'none', key);
      return { label: ask.rowNumbers(name(column)), options: choice(ask.rowNumbersAre), value, onChange };
    }
    case 'unread': {
      const { column, cell } = question;
      const value = isAnswered ? (columns.inputs.includes(column) ? 'input' : 'none') : '';
      const onChange = (role: string) => on.role(column, role as 'input' | 'none', key);
      return { label: ask.unread(cell.slice(0, 40), name(column)), options: choice(ask.unreadIs), value, onChange };
    }
    case 'missing': {
      const value = isAnswered ? (answers.areMissingClasses ? 'class' : 'none') : '';
      const onChange = (choice: string) => on.missing(choice === 'class', key);
      return { label: ask.missing(question.cells.join(', ')), options: choice(ask.missingAre), value, onChange };
    }
    case 'label': {
      const options = table.columns.map((_, column) => ({ value: `${column}`, label: isolated(name(column)) }));
      const value = isAnswered && columns.label >= 0 ? `${columns.label}` : '';
      return { label: ask.label, options, value, onChange: (column: string) => on.role(Number(column), 'label', key) };
    }
    case 'alike': {
      const value = isAnswered ? (answers.areAlikeApart ? 'apart' : 'same') : '';
      const onChange = (choice: string) => on.alike(choice === 'apart', key);
      return {
        label: ask.alike(question.groups.slice(0, 6).map((group) => group.slice(0, 6).map(shownKey))),
        options: choice(ask.alikeAre),
        value,
        onChange,
      };
    }
  }
};

/** Where a table can be read in more than one way: the reader says which is meant. */
export const CsvQuestions = (props: Props) => (
  <section className="csv__questions" aria-label={csvText.questions.title} data-testid="csv-questions">
    <p>{csvText.questions.title}</p>
    {props.questions.map((question) => {
      const { options, value, onChange, label } = fieldOf(question, props);
      const none = { value: '', label: csvText.questions.none };
      const testId = `csv-ask-${question.kind}${'column' in question ? `-${question.column}` : ''}`;
      return (
        <SelectField
          key={questionKey(question)}
          label={label}
          options={value === '' ? [none, ...options] : options}
          value={value}
          onChange={(next) => (next === '' ? undefined : onChange(next))}
          testId={testId}
        />
      );
    })}
  </section>
);
