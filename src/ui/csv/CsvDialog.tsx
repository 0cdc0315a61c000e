import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { type Fault, SimError } from '../../engine/base/errors.ts';
import {
  type CsvPlan,
  type CsvPoints,
  csvPoints,
  csvQuestions,
  onPoints,
  suggestPlan,
} from '../../scenario/points/csv-points.ts';
import {
  type CsvReading,
  type CsvTable,
  checkCsvSize,
  readCsv,
  SEPARATORS,
  type Separator,
} from '../../scenario/points/read-csv.ts';
import { FlagField, SelectField } from '../forms/fields.tsx';
import { NumberField } from '../forms/NumberField.tsx';
import { useLab } from '../hooks/lab.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { className } from '../theme/palette.ts';
import { CsvPreview, type Role, withRole } from './CsvPreview.tsx';
import { type Answering, type Answers, CsvQuestions, questionKey } from './CsvQuestions.tsx';
import { csvText } from './csv.text.ts';
import { decodeText } from './decode.ts';
import { Faults } from './Faults.tsx';
import './csv.css';

type Tried<T> =
  | { readonly value: T; readonly faults: null }
  | { readonly value: null; readonly faults: readonly Fault[] };

/** What a reader gives, or the faults it found. */
const tried = <T,>(read: () => T): Tried<T> => {
  try {
    return { value: read(), faults: null };
  } catch (thrown) {
    if (!(thrown instanceof SimError)) throw thrown;
    return { value: null, faults: thrown.faults };
  }
};

const EXAMPLE = `length;width;species
5,1;3,5;setosa
4,9;3,0;setosa
4,7;3,2;setosa
5,0;3,6;setosa
7,0;3,2;versicolor
6,4;3,2;versicolor
6,9;3,1;versicolor
5,5;2,3;versicolor
6,3;3,3;virginica
5,8;2,7;virginica
7,1;3,0;virginica
6,5;3,0;virginica
`;
/** Many numbers: links hold them, but not every program passes such links on. */
const MANY = 4000;

type Settings = Pick<CsvPlan, 'isStandardized' | 'testShare' | 'seed'>;

const SettingsForm = ({ value, onChange }: { value: Settings; onChange: (change: Partial<Settings>) => void }) => (
  <div className="csv__settings">
    <FlagField
      label={csvText.standardize}
      help={csvText.standardizeHelp}
      value={value.isStandardized}
      onChange={(isStandardized) => onChange({ isStandardized })}
      testId="csv-standardize"
    />
    <NumberField
      label={csvText.share}
      help={csvText.shareHelp}
      value={value.testShare}
      range={{ min: 0.05, max: 0.8, scale: 'linear' }}
      onChange={(testShare) => onChange({ testShare })}
      testId="csv-share"
    />
    <NumberField
      label={csvText.seed}
      help={csvText.seedHelp}
      value={value.seed}
      range={{ min: 0, max: 9999, scale: 'int' }}
      onChange={(seed) => onChange({ seed })}
      testId="csv-seed"
    />
  </div>
);

const Summary = ({ points }: { readonly points: CsvPoints }) => {
  const { train, test } = points.params;
  const numbers = (train.y.length + test.y.length) * (train.x[0]?.length ?? 0);
  return (
    <div data-testid="csv-summary">
      <p className="small muted">{csvText.classesNote}</p>
      <p>{csvText.classes(points.classes.map((one, label) => ({ ...one, letter: className(label) })))}</p>
      {numbers > MANY ? <p className="small muted">{csvText.many}</p> : null}
    </div>
  );
};

/** How a table was read, in a line. */
const readLine = ({ rows, columns, separator, marks, comments }: CsvTable, { inputs }: Columns): string => {
  const signs = inputs.flatMap((column) => {
    const decimal = marks[column]?.decimal ?? '.';
    return rows.some(({ cells }) => cells[column]?.includes(decimal)) ? [decimal] : [];
  });
  const [sign = '.', ...others] = new Set(signs);
  const decimals = others.length > 0 ? csvText.bothDecimals : csvText.decimals[sign];
  const line = csvText.read(rows.length, columns.length, csvText.separators[separator], decimals);
  return comments > 0 ? `${line}; ${csvText.comments(comments)}` : line;
};

type Columns = Pick<CsvPlan, 'inputs' | 'label'>;

/** What the reader has said of one table; another text begins anew. */
interface Said extends Answers {
  readonly hasHeader: boolean | undefined;
  readonly separator: Separator | undefined;
  readonly columns: Columns | null;
}
const UNSAID: Said = {
  hasHeader: undefined,
  separator: undefined,
  decimals: {},
  areAlikeApart: undefined,
  areMissingClasses: undefined,
  answered: [],
  columns: null,
};

/** A text as a table and as points, by what the reader has said of it, and what is still to be asked. */
const useTable = (content: string, settings: Settings) => {
  const [said, setSaid] = useState(UNSAID);
  const { hasHeader, separator, decimals, areAlikeApart, areMissingClasses } = said;
  const read = useMemo(() => {
    const reading: CsvReading = { hasHeader, separator, decimals };
    return content.trim() === '' ? null : tried(() => readCsv(content, reading));
  }, [content, hasHeader, separator, decimals]);
  const table = read?.value ?? null;
  const columns = useMemo(() => said.columns ?? (table && suggestPlan(table)), [said.columns, table]);
  const made = useMemo(() => {
    const plan = columns && { ...columns, ...settings, areAlikeApart, areMissingClasses };
    return table && plan ? tried(() => csvPoints(table, plan)) : null;
  }, [table, columns, settings, areAlikeApart, areMissingClasses]);
  const questions = useMemo(() => (table && columns ? csvQuestions(table, columns) : []), [table, columns]);
  const answer = (key: string, change: Partial<Said>): void =>
    setSaid((before) => ({ ...before, ...change, answered: [...before.answered, key] }));
  const on: Answering = {
    header: (hasHeader) => setSaid({ ...UNSAID, separator, decimals, hasHeader }),
    decimal: (column, decimal, key) => answer(key, { decimals: { ...decimals, [column]: decimal } }),
    role: (column, role, key) => columns && answer(key, { columns: withRole(columns, column, role) }),
    alike: (areApart, key) => answer(key, { areAlikeApart: areApart }),
    missing: (areClasses, key) => answer(key, { areMissingClasses: areClasses }),
  };
  const chooseRole = (column: number, role: Role): void => {
    const isLabel = role === 'label' || columns?.label === column;
    const asked = questions.find(
      (one) => (one.kind === 'unread' || one.kind === 'rowNumbers') && one.column === column,
    );
    on.role(column, role, isLabel || !asked ? 'label' : questionKey(asked));
  };
  return {
    said,
    table,
    columns,
    questions,
    on,
    chooseRole,
    points: made?.value ?? null,
    faults: read?.faults ?? made?.faults ?? null,
    isOpen: questions.some((question) => !said.answered.includes(questionKey(question))),
    forget: () => setSaid(UNSAID),
    separate: (separator: Separator | undefined) => setSaid({ ...UNSAID, separator }),
  };
};

const SeparatorField = ({
  value,
  onChange,
}: {
  readonly value: Separator | undefined;
  readonly onChange: (separator: Separator | undefined) => void;
}) => (
  <SelectField
    label={csvText.separator}
    value={value ?? ''}
    options={(['', ...SEPARATORS] as const).map((one) => ({ value: one, label: csvText.separators[one] }))}
    onChange={(next) => onChange(SEPARATORS.find((one) => one === next))}
    testId="csv-separator"
  />
);

/** Points from pasted or opened text: read, shown with what each column is, and taken when nothing is wrong. */
export const CsvDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const lab = useLab();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [refused, setRefused] = useState<readonly Fault[] | null>(null);
  const [isDropping, setIsDropping] = useState(false);
  const [settings, setSettings] = useState<Settings>({ isStandardized: true, testShare: 0.3, seed: 0 });
  const content = useDeferredValue(typed);
  const reading = useTable(content, settings);
  const { table, columns, questions, points } = reading;
  const faults = refused ?? reading.faults;

  const put = (next: string): void => {
    setRefused(null);
    reading.forget();
    setTyped(next);
  };
  const open = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const size = tried(() => checkCsvSize(file.size));
    if (size.faults) {
      setTyped('');
      setRefused(size.faults);
    } else put(decodeText(new Uint8Array(await file.arrayBuffer())));
  };
  const use = (): void => {
    if (!points) return;
    const { params } = points;
    lab.draft.edit((scenario) => onPoints(scenario, params));
    onClose();
  };

  return (
    <Dialog title={csvText.title} kind="wide" onClose={onClose} testId="csv-dialog">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button below does the same without dragging */}
      <div
        className="csv"
        data-dropping={isDropping}
        onDragOver={(event) => {
          event.preventDefault();
          setIsDropping(true);
        }}
        onDragLeave={() => setIsDropping(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsDropping(false);
          const file = event.dataTransfer.files[0];
          if (file) void open(file);
          else put(event.dataTransfer.getData('text/plain'));
        }}
        data-testid="csv-drop"
      >
        <p>{csvText.lead}</p>
        <p className="small muted">{csvText.understood}</p>
        <label className="csv__label">
          <span className="small muted">{csvText.field}</span>
          <textarea
            className="field__text csv__text"
            rows={6}
            spellCheck={false}
            placeholder={csvText.placeholder}
            value={typed}
            onChange={(event) => put(event.target.value)}
            data-testid="csv-text"
          />
        </label>
        <div className="csv__row">
          <button type="button" className="button" onClick={() => input.current?.click()}>
            {csvText.choose}
          </button>
          <button type="button" className="button button--plain" onClick={() => put(EXAMPLE)} data-testid="csv-example">
            {csvText.example}
          </button>
          <input
            ref={input}
            type="file"
            accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
            hidden
            aria-label={csvText.fileInput}
            onChange={(event) => {
              const file = event.target.files?.[0];
              void open(file);
              event.target.value = '';
            }}
            data-testid="csv-file"
          />
        </div>
        {content.trim() !== '' && !refused ? (
          <SeparatorField value={reading.said.separator} onChange={reading.separate} />
        ) : null}
        {table && columns && !refused ? (
          <>
            <p className="small muted" data-testid="csv-read">
              {readLine(table, columns)}
            </p>
            <FlagField
              label={csvText.header}
              value={table.hasHeader}
              onChange={reading.on.header}
              testId="csv-header"
            />
            <CsvPreview table={table} columns={columns} onRole={reading.chooseRole} />
            {questions.length > 0 ? (
              <CsvQuestions {...{ table, columns, questions }} answers={reading.said} on={reading.on} />
            ) : null}
            <SettingsForm value={settings} onChange={(change) => setSettings((before) => ({ ...before, ...change }))} />
          </>
        ) : null}
        {faults ? <Faults faults={faults} whole={csvText.field} kept={csvText.kept} /> : null}
        {points && !faults && !reading.isOpen ? <Summary points={points} /> : null}
        <div className="dialog__actions">
          <button
            type="button"
            className="button button--primary"
            disabled={!points || faults !== null || reading.isOpen || content !== typed}
            onClick={use}
            data-testid="csv-use"
          >
            {csvText.use}
          </button>
        </div>
      </div>
    </Dialog>
  );
};
