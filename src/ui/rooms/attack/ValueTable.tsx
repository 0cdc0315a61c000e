import type { AttackValue } from '../../../engine/contracts/attack.ts';
import type { Spread } from '../../../store/contracts/spread.ts';
import type { AttackJob } from '../../../store/contracts/state.ts';
import type { Band } from '../../../store/numbers/series.ts';
import { Info } from '../../forms/Info.tsx';
import { term } from '../../text.ts';
import { words } from './attack.text.ts';
import { endOf } from './jobs.ts';
import type { SubjectLine } from './subjects.ts';

const number = (value: number, { unit }: AttackValue, most: number): string => {
  if (value > most) return words.above(most);
  return unit === 'fraction' ? `${(100 * value).toFixed(0)} %` : value.toFixed(unit === 'count' ? 0 : 2);
};

/** A value as its attack says: a share in percent, a count whole, not beyond what it can tell. */
export const shownNumber = (one: number, value: AttackValue, { params }: AttackJob): string =>
  number(one, value, value.most === undefined ? Number.POSITIVE_INFINITY : Number(params[value.most]));

/** The middle, and the band where there are several seeds. */
const shown = (band: Band | null, value: AttackValue, job: AttackJob): string => {
  if (!band) return words.none;
  const of = (one: number) => shownNumber(one, value, job);
  const { median, low, high, n } = band;
  return n > 1 ? `${of(median)} [${of(low)}, ${of(high)}]` : of(median);
};

/** What the attacks found in the end: a row for each model. */
export const ValueTable = ({
  lines,
  values,
  spread,
}: {
  readonly lines: readonly SubjectLine[];
  readonly values: readonly AttackValue[];
  readonly spread: Spread;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard
  <section className="attack__scroll" aria-label={words.table} tabIndex={0}>
    <table className="attack__table">
      <thead>
        <tr>
          <th scope="col">{words.model}</th>
          {values.map(({ id, title, summary }) => (
            <th key={id} scope="col">
              {term(title)}
              <Info label={term(title)}>{term(summary)}</Info>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, job, subject, color, dash }) => (
          <tr key={`${job.id} ${subject}`}>
            <th scope="row">
              <svg className="attack__swatch" aria-hidden="true">
                <line x1={0} x2={26} y1={4} y2={4} stroke={color} strokeWidth={3} strokeDasharray={dash} />
              </svg>
              {name}
            </th>
            {values.map((value) => (
              <td key={value.id}>{shown(endOf(job, subject, value.id, spread), value, job)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);
