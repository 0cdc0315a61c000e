import { Icon } from '../shell/Icon.tsx';
import { text } from '../text.ts';

interface Props {
  readonly isTable: boolean;
  /** What it says aloud: several of them may be on the page. */
  readonly label: string;
  readonly onToggle: (isTable: boolean) => void;
}

/** Shows a chart as a table, and back. */
export const TableToggle = ({ isTable, label, onToggle }: Props) => (
  <button
    type="button"
    className="button button--plain chart__toggle"
    aria-pressed={isTable}
    title={text.charts.table}
    aria-label={label}
    onClick={() => onToggle(!isTable)}
    data-testid="table-toggle"
  >
    <Icon name={isTable ? 'chart' : 'table'} />
  </button>
);
