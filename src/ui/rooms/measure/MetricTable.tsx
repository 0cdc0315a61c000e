import { useMemo, useState } from 'react';
import type { MetricInfo } from '../../../engine/contracts/metric.ts';
import { type CatalogueInfo, offerOf } from '../../../scenario/format/catalogue.ts';
import type { Band } from '../../../store/numbers/series.ts';
import { quantity } from '../../format.ts';
import { Info } from '../../forms/Info.tsx';
import { useLabState } from '../../hooks/lab.ts';
import { useSlowly } from '../../hooks/slow.ts';
import { term, text } from '../../text.ts';
import { words } from './metric-table.text.ts';
import {
  type Cell,
  GROUPS,
  type GroupId,
  groupOf,
  isLikeRetrained,
  KEY_METRICS,
  type MetricRow,
  sortedBy,
  tableOf,
} from './metric-table.ts';

const EVERY_MS = 300;

/** What rounds to zero has no sign. */
const digits = (value: number, places: number): string =>
  value
    .toFixed(places)
    .replace(/^-(?=[0.]*$)/, '')
    .replace('-', '−');

/** A number in the metric's unit, without the unit itself. */
const number = ({ unit, id }: MetricInfo, value: number): string => {
  switch (unit) {
    case 'fraction':
      if (id === 'forgetQuality') return digits(value, 3);
      return digits(100 * value, Math.abs(value) < 0.1 && value !== 0 ? 1 : 0);
    case 'percent':
      return digits(value, 0);
    case 'exponent':
      return digits(value, 1);
    default:
      return quantity(Math.abs(value) < 1e-6 ? 0 : value);
  }
};

const hasPercent = ({ unit, id }: MetricInfo): boolean =>
  unit === 'percent' || (unit === 'fraction' && id !== 'forgetQuality');

/** A value with its unit. */
const shown = (metric: MetricInfo, value: number): string => {
  if (metric.unit === 'flag') return value >= 0.5 ? words.yes : words.no;
  return `${number(metric, value)}${hasPercent(metric) ? '\u00a0%' : ''}`;
};

/** A distance with its sign. */
const signed = (metric: MetricInfo, value: number): string => {
  const text = number(metric.unit === 'flag' ? { ...metric, unit: 'count' } : metric, Math.abs(value));
  return /^[0.]*$/.test(text) ? text : `${value > 0 ? '+' : '−'}${text}`;
};

const range = (metric: MetricInfo, { low, high, n }: Band): string => {
  if (n < 2 || metric.unit === 'flag') return '';
  const [least, most] = [number(metric, low), number(metric, high)];
  return least === most ? '' : ` [${least}, ${most}]`;
};

const Value = ({
  metric,
  cell,
  floor,
}: {
  readonly metric: MetricInfo;
  readonly cell: Cell;
  readonly floor: number | null;
}) => {
  const { value, gap, missing, partsLeftOut } = cell;
  const reason = metric.undefinedWhen ? term(metric.undefinedWhen) : words.missingNow;
  if (!value) {
    return (
      <td className="metrics__cell" title={missing > 0 ? words.missing(missing, reason) : words.missingNow}>
        {words.none}
        <span className="hidden-text">{missing > 0 ? words.missing(missing, reason) : words.missingNow}</span>
      </td>
    );
  }
  const isLike = isLikeRetrained(cell, floor);
  return (
    <td className="metrics__cell">
      <span className="metrics__value">{shown(metric, value.median)}</span>
      <span className="metrics__range">{range(metric, value)}</span>
      {gap ? (
        <span className="metrics__gap" data-like={isLike}>
          {words.gap(signed(metric, gap.median))}
          {isLike ? <span title={words.like}> ✓</span> : null}
          {isLike ? <span className="hidden-text">{words.like}</span> : null}
        </span>
      ) : null}
      {missing > 0 ? <span className="metrics__gap">{words.leftOut(missing)}</span> : null}
      {partsLeftOut ? (
        <span className="metrics__gap" title={words.partsLeftOutHint}>
          {words.partsLeftOut(partsLeftOut)}
        </span>
      ) : null}
    </td>
  );
};

const Line = ({ row }: { readonly row: MetricRow }) => {
  const { metric, retrained, original, runs, floor } = row;
  const { authors, year, where } = metric.citation;
  return (
    <tr data-testid={`metric-${metric.id}`}>
      <th scope="row" className="metrics__name">
        {term(metric.title)}
        <Info label={term(metric.title)}>
          {term(metric.summary)} {words.defined(term(metric.formula))} {words.better[metric.better]}{' '}
          {metric.undefinedWhen ? term(metric.undefinedWhen) : ''} {words.source(authors, year, where ?? '')}
        </Info>
        {metric.when === 'last' ? (
          <span className="metrics__tag" title={words.atEndHint}>
            {words.atEnd}
          </span>
        ) : null}
      </th>
      <td className="metrics__cell metrics__cell--goal">
        <span className="metrics__value">{retrained.value ? shown(metric, retrained.value.median) : words.none}</span>
        <span className="metrics__range">{retrained.value ? range(metric, retrained.value) : ''}</span>
        {floor === null || metric.unit === 'flag' ? null : (
          <span className="metrics__gap" title={words.floorHint}>
            {words.floor(number(metric, floor))}
          </span>
        )}
      </td>
      <Value metric={metric} cell={original} floor={floor} />
      {runs.map((cell, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the runs' order is what they are
        <Value key={i} metric={metric} cell={cell} floor={floor} />
      ))}
    </tr>
  );
};

const keysOf = (offer: CatalogueInfo | null): readonly string[] => {
  const own = offer?.own?.headline;
  return own ? [own.forget, own.keep, ...own.others] : KEY_METRICS;
};

type Group = readonly [id: GroupId | '', rows: readonly MetricRow[]];

/** The key metrics, then, where all are wanted, the others by what they are about; or all of these by distance. */
const groupsOf = (
  rows: readonly MetricRow[],
  order: number | null,
  isWhole: boolean,
  keys: readonly string[],
): readonly Group[] => {
  const inOrder = (ids: readonly string[]): readonly MetricRow[] =>
    ids.flatMap((id) => rows.filter(({ metric }) => metric.id === id));
  const key = inOrder(keys);
  if (order !== null) return [['', sortedBy(isWhole ? rows : key, order)]];
  if (!isWhole) return [['', key]];
  const others = rows.filter((row) => !key.includes(row));
  const groups = (Object.keys(GROUPS) as GroupId[]).map((id): Group => {
    const own = others.filter(({ metric }) => groupOf(metric) === id);
    const rank = ({ metric }: MetricRow): number => (GROUPS[id].indexOf(metric.id) + 100) % 100;
    return [id, own.toSorted((a, b) => rank(a) - rank(b))];
  });
  return [['', key], ...groups];
};

/** All metrics of all models at the clock's step, in groups or by distance to the retrained model. */
export const MetricTable = () => {
  const run = useLabState((state) => state.run.shown);
  const offer = useLabState(({ catalogue, run: { shown } }) =>
    catalogue && shown ? offerOf(catalogue, shown.scenario.family, shown.scenario.own) : null,
  );
  const metrics = offer?.metrics;
  const moment = useSlowly(({ run: { version }, view }) => `${version}/${view.step}`, EVERY_MS);
  const [order, setOrder] = useState<number | null>(null);
  const [isWhole, setIsWhole] = useState(false);
  const step = Number(moment.split('/')[1]);
  // The run grows in place: `moment` says when the numbers are new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const rows = useMemo(() => (run && metrics ? tableOf(run, metrics, step) : []), [run, metrics, moment]);
  const labels = run?.collector.variants.map(({ label }) => label) ?? [];
  if (labels.length === 0) return <p>{words.empty}</p>;
  const groups = groupsOf(rows, order, isWhole, keysOf(offer));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard */}
      <section className="metrics" aria-label={text.charts.tableOf(words.title)} tabIndex={0}>
        <table className="metrics__table">
          <thead>
            <tr>
              <th scope="col">{words.metric}</th>
              <th scope="col">★ {words.retrained}</th>
              <th scope="col">{words.original}</th>
              {labels.map((label, i) => (
                <th key={label} scope="col" aria-sort={order === i ? 'descending' : undefined}>
                  <button
                    type="button"
                    className="metrics__sort"
                    aria-pressed={order === i}
                    title={order === i ? words.unsort : words.sort(label)}
                    onClick={() => setOrder(order === i ? null : i)}
                    data-testid={`metrics-sort-${i}`}
                  >
                    {label} {order === i ? '↓' : ''}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          {groups.map(([id, own]) => (
            <tbody key={id}>
              {id === '' ? null : (
                <tr>
                  <th scope="rowgroup" colSpan={3 + labels.length} className="metrics__group">
                    <span>{words.groups[id]}</span>
                  </th>
                </tr>
              )}
              {own.map((row) => (
                <Line key={row.metric.id} row={row} />
              ))}
            </tbody>
          ))}
        </table>
      </section>
      <p className="metrics__all">
        <button
          type="button"
          className="button"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
          data-testid="metrics-all"
        >
          {isWhole ? words.fewer : words.all(rows.length)}
        </button>
      </p>
    </>
  );
};
