import { thinned } from '../../store/numbers/series.ts';
import { pinnedAt } from '../../store/present/pins.ts';
import { useGhosts } from '../compare/ghosts.ts';
import { percent } from '../format.ts';
import { useHeadline } from '../hooks/offer.ts';
import { text } from '../text.ts';
import type { ChartData, CurveSet } from './data.ts';

const ROWS = 25;

const cell = (set: CurveSet, variant: number, step: number): string => {
  const curve = set.curves.find((one) => one.variant === variant);
  const found = curve?.points.find((point) => point.step === step);
  if (!found) return '–';
  const { median, low, high, n } = found.band;
  return n > 1 ? `${percent(median)} (${percent(low)}–${percent(high)})` : percent(median);
};

/** Medians and ranges of all curves, thinned to what can be read. */
export const ChartTable = ({ data }: { readonly data: ChartData }) => {
  const ghosts = useGhosts();
  const headline = useHeadline();
  const steps = [...new Set(data.keep.curves.flatMap(({ points }) => points.map(({ step }) => step)))].sort(
    (a, b) => a - b,
  );
  const shown = thinned(steps.length, ROWS).map((index) => steps[index] as number);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled table must be reachable by keyboard
    <section className="chart__table" aria-label={text.charts.table} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.charts.rowHeader}</th>
            {data.keep.curves.flatMap(({ label, variant }) => [
              <th key={`f${variant}`} scope="col">
                {label}, {headline.forget}
              </th>,
              <th key={`k${variant}`} scope="col">
                {label}, {headline.keep}
              </th>,
            ])}
            {ghosts.flatMap(({ pin }) => [
              <th key={`f${pin.letter}`} scope="col">
                {text.plane.pinned(pin.name)}, {headline.forget}
              </th>,
              <th key={`k${pin.letter}`} scope="col">
                {text.plane.pinned(pin.name)}, {headline.keep}
              </th>,
            ])}
          </tr>
        </thead>
        <tbody>
          {shown.map((step) => (
            <tr key={step}>
              <th scope="row">{step}</th>
              {data.keep.curves.flatMap(({ variant }) => [
                <td key={`f${variant}`}>{cell(data.forget, variant, step)}</td>,
                <td key={`k${variant}`}>{cell(data.keep, variant, step)}</td>,
              ])}
              {ghosts.flatMap(({ pin }) => {
                const at = pinnedAt(pin, step);
                return [
                  <td key={`f${pin.letter}`}>{percent(at?.forget)}</td>,
                  <td key={`k${pin.letter}`}>{percent(at?.keep)}</td>,
                ];
              })}
            </tr>
          ))}
          <tr>
            <th scope="row">{text.panel.retrained}</th>
            {data.keep.curves.flatMap(({ variant }) => [
              <td key={`f${variant}`}>{percent(data.forget.retrained?.median)}</td>,
              <td key={`k${variant}`}>{percent(data.keep.retrained?.median)}</td>,
            ])}
            {ghosts.flatMap(({ pin }) => [
              <td key={`f${pin.letter}`}>{percent(data.forget.retrained?.median)}</td>,
              <td key={`k${pin.letter}`}>{percent(data.keep.retrained?.median)}</td>,
            ])}
          </tr>
        </tbody>
      </table>
    </section>
  );
};
