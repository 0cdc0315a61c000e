import { useEffect, useMemo, useState } from 'react';
import { useLab, useLabState } from '../hooks/lab.ts';
import { type ChartData, chartData } from './data.ts';

/** Charts are drawn anew at most this often. */
const EVERY_MS = 200;

/** The version of the run on screen, but not more often than charts can be drawn. */
const useSlowVersion = (): number => {
  const lab = useLab();
  const [version, setVersion] = useState(lab.store.getState().run.version);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = lab.store.subscribe((state, before) => {
      if (state.run.version === before.run.version || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        setVersion(lab.store.getState().run.version);
      }, EVERY_MS);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [lab]);
  return version;
};

/** What the charts draw; null before there is anything. */
export const useChartData = (): ChartData | null => {
  const shown = useLabState((state) => state.run.shown);
  const hidden = useLabState((state) => state.view.hidden);
  const version = useSlowVersion();
  // The run grows in place: its version says when the numbers are new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    if (!shown || shown.collector.variants.length === 0) return null;
    return chartData(shown, hidden);
  }, [shown, hidden, version]);
};
