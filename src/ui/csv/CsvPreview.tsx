import type { CsvPlan } from '../../scenario/points/csv-points.ts';
import type { CsvTable } from '../../scenario/points/read-csv.ts';
import { csvText } from './csv.text.ts';

export type Role = keyof typeof csvText.roles;
type Columns = Pick<CsvPlan, 'inputs' | 'label'>;

const ROWS = 5;
/** Wider tables are still read; what is beyond is left out. */
const COLUMNS = 80;

const roleOf = ({ inputs, label }: Columns, column: number): Role =>
  column === label ? 'label' : inputs.includes(column) ? 'input' : 'none';

/** Another use of a column. There is one column of classes: the one before it is left out. */
export const withRole = ({ inputs, label }: Columns, column: number, role: Role): Columns => {
  const others = inputs.filter((one) => one !== column);
  return {
    inputs: role === 'input' ? [...others, column].sort((a, b) => a - b) : others,
    label: role === 'label' ? column : label === column ? -1 : label,
  };
};

interface Props {
  readonly table: CsvTable;
  readonly columns: Columns;
  readonly onRole: (column: number, role: Role) => void;
}

/** The first lines, and above each column what it is used for. */
export const CsvPreview = ({ table, columns, onRole }: Props) => {
  const shown = table.columns.slice(0, COLUMNS);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
    <section className="csv__scroll" aria-label={csvText.preview} tabIndex={0}>
      <table className="csv__table" data-testid="csv-preview">
        <caption className="hidden-text">{csvText.preview}</caption>
        <thead>
          <tr>
            {shown.map((name, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column is its index
              <th key={column} scope="col" data-role={roleOf(columns, column)}>
                <bdi className="csv__name">{name}</bdi>
                <select
                  className="field__select"
                  aria-label={csvText.role(name)}
                  value={roleOf(columns, column)}
                  onChange={(event) => onRole(column, event.target.value as Role)}
                  data-testid={`csv-role-${column}`}
                >
                  {(['input', 'label', 'none'] as const).map((role) => (
                    <option key={role} value={role}>
                      {csvText.roles[role]}
                    </option>
                  ))}
                </select>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.slice(0, ROWS).map(({ line, cells }) => (
            <tr key={line}>
              {cells.slice(0, COLUMNS).map((cell, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its index
                <td key={column}>
                  <bdi>{cell.slice(0, 40)}</bdi>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
