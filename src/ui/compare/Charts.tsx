import { useState } from 'react';
import { SeriesChart } from '../charts/SeriesChart.tsx';
import { Tradeoff } from '../charts/Tradeoff.tsx';
import { useChartData } from '../charts/useChartData.ts';
import { useLabState } from '../hooks/lab.ts';
import { useIsNarrow } from '../hooks/media.ts';
import { Boundary } from '../shell/Boundary.tsx';
import { text } from '../text.ts';

type ChartName = 'series' | 'tradeoff';

const NAMES: readonly ChartName[] = ['tradeoff', 'series'];
const titleOf = (name: ChartName): string => (name === 'series' ? text.charts.seriesTitle : text.charts.tradeoffTitle);

/** Both charts side by side, or one at a time where there is no room. */
export const Charts = () => {
  const data = useChartData();
  const isNarrow = useIsNarrow();
  const first = useLabState((state) => state.draft.scenario?.view.chart ?? 'tradeoff');
  const [chosen, setChosen] = useState<ChartName | null>(null);
  const name = chosen ?? first;
  return (
    <section className="charts" aria-label={text.charts.choose}>
      {isNarrow ? (
        <fieldset className="segmented">
          <legend className="hidden-text">{text.charts.choose}</legend>
          {NAMES.map((one) => (
            <label key={one} className="segmented__option" data-chosen={one === name}>
              <input
                type="radio"
                name="chart"
                className="hidden-text"
                checked={one === name}
                onChange={() => setChosen(one)}
              />
              {titleOf(one)}
            </label>
          ))}
        </fieldset>
      ) : null}
      {isNarrow && name !== 'series' ? null : (
        <Boundary>
          <SeriesChart data={data} />
        </Boundary>
      )}
      {isNarrow && name !== 'tradeoff' ? null : (
        <Boundary>
          <Tradeoff data={data} />
        </Boundary>
      )}
    </section>
  );
};
