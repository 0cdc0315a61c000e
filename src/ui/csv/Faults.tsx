import type { Fault } from '../../engine/base/errors.ts';
import { term, text as words } from '../text.ts';
import { csvText } from './csv.text.ts';

interface Props {
  readonly faults: readonly Fault[];
  /** What is at fault where no place is named. */
  readonly whole: string;
  /** That nothing is lost. */
  readonly kept: string;
}

/** What is wrong with a text, each with its place. */
export const Faults = ({ faults, whole, kept }: Props) => (
  <div className="csv__faults" role="alert" data-testid="csv-faults">
    <p>{csvText.faults(faults.length)}</p>
    <ul>
      {faults.map(({ path, expected, found }) => (
        <li key={`${path} ${expected}`}>
          {words.notices.fault(path === '' ? whole : term(path), term(expected), found)}
        </li>
      ))}
    </ul>
    <p>{kept}</p>
  </div>
);
