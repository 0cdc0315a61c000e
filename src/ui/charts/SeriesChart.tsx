import { Suspense, startTransition, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { percent } from '../format.ts';
import { useHeadline } from '../hooks/offer.ts';
import { useSize } from '../hooks/size.ts';
import { useThemeName } from '../hooks/theme.ts';
import { lazily } from '../shell/lazily.ts';
import { isolated } from '../text/isolate.ts';
import { text } from '../text.ts';
import { BandLegend } from './BandLegend.tsx';
import { ChartFrame } from './ChartFrame.tsx';
import { ChartTable } from './ChartTable.tsx';
import type { ChartData, CurveSet } from './data.ts';
import { marginsOf, plotOf } from './geometry.ts';
import { SeriesOverlay } from './SeriesOverlay.tsx';
import { useTypeScale } from './type-scale.ts';

/** The chart library comes after the first picture. */
const SeriesPlot = lazily(async () => (await import('./SeriesPlot.tsx')).SeriesPlot);

const endsOf = (set: CurveSet): string =>
  text.listed(set.curves.map(({ label, points }) => `${isolated(label)} ${percent(points.at(-1)?.band.median)}`));

const summaryOf = (data: ChartData | null): string =>
  data
    ? text.charts.seriesSummary(
        data.total,
        endsOf(data.keep),
        percent(data.keep.retrained?.median),
        endsOf(data.forget),
        percent(data.forget.retrained?.median),
      )
    : text.charts.empty;

/** Says once that what stands before it is on the page. */
const Drawn = ({ then }: { readonly then: () => void }) => {
  useEffect(() => startTransition(then), [then]);
  return null;
};

interface MultipleProps {
  readonly set: CurveSet;
  readonly name: string;
  readonly data: ChartData;
  readonly width: number;
  readonly height: number;
  readonly hasXAxis: boolean;
  readonly which: 'forget' | 'keep';
  readonly onDrawn?: () => void;
}

const Multiple = ({ set, name, data, width, height, hasXAxis, which, onDrawn }: MultipleProps) => {
  const theme = useThemeName();
  const scale = useTypeScale();
  const plot = useMemo(() => plotOf(width, height, hasXAxis, scale), [width, height, hasXAxis, scale]);
  return (
    <div className="chart__multiple" style={{ height }}>
      <Suspense fallback={null}>
        <SeriesPlot
          set={set}
          name={name}
          total={data.total}
          hasBands={data.seeds > 1}
          width={width}
          height={height}
          hasXAxis={hasXAxis}
          theme={theme}
          scale={scale}
        />
        {onDrawn ? <Drawn then={onDrawn} /> : null}
      </Suspense>
      <span className="chart__axis-name" style={{ right: width - plot.left - plot.width, top: plot.top - 17 * scale }}>
        {name}
      </span>
      <SeriesOverlay {...{ set, plot, which, scale }} total={data.total} hasFlags={!hasXAxis} />
    </div>
  );
};

/** Keep and forget accuracy over the steps, one above the other, sharing the steps. */
export const SeriesChart = ({ data }: { readonly data: ChartData | null }) => {
  const body = useRef<HTMLDivElement>(null);
  const headline = useHeadline();
  const { width, height } = useSize(body);
  const { xAxis } = marginsOf(useTypeScale());
  const half = Math.floor((height - xAxis) / 2);
  /** The second of the two is drawn in a task of its own, also at first, so that neither holds up the page. */
  const later = useDeferredValue(data);
  const [isSecondDue, setSecondDue] = useState(false);
  const onDrawn = useCallback(() => setSecondDue(true), []);
  const isReady = data !== null && width > 160 && half > 30;
  return (
    <ChartFrame
      title={text.charts.seriesTitle}
      legend={data ? <BandLegend seeds={data.seeds} /> : ''}
      help={text.charts.seriesHelp}
      summary={summaryOf(data)}
      table={() => (data ? <ChartTable data={data} /> : null)}
      testId="series"
    >
      <div ref={body} className="chart__stack">
        {isReady ? (
          <>
            <Multiple
              set={data.keep}
              which="keep"
              name={headline.keep}
              data={data}
              width={width}
              height={half}
              hasXAxis={false}
              onDrawn={onDrawn}
            />
            {isSecondDue ? (
              <Multiple
                set={(later ?? data).forget}
                which="forget"
                name={headline.forget}
                data={later ?? data}
                width={width}
                height={height - half}
                hasXAxis
              />
            ) : (
              <div className="chart__multiple" style={{ height: height - half }} />
            )}
          </>
        ) : (
          <p className="chart__empty muted">{text.charts.empty}</p>
        )}
      </div>
    </ChartFrame>
  );
};
