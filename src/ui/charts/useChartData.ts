import { useEffect, useMemo, useState } from 'react';
import { useLab, useLabState } from '../hooks/lab.ts';
import { type ChartData, chartData } from './data.ts';

/** Charts are drawn anew at most this often, */
const EVERY_MS = 200;
/** and so seldom that the main thread is busy with them for a quarter of the time at most. */
const PAUSE = 3;

/** The version of the run on screen, but not more often than charts can be drawn. */
export const useSlowVersion = (): number => {
  const lab = useLab();
  const [version, setVersion] = useState(lab.store.getState().run.version);
  useEffect(() => {
    const latest = () => lab.store.getState().run.version;
    let drawn = latest();
    setVersion(drawn); // it may have moved on since the first rendering
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = (): void => {
      const begin = performance.now();
      drawn = latest();
      setVersion(drawn);
      // The next task comes when this drawing is through.
      timer = setTimeout(() => plan(PAUSE * (performance.now() - begin)), 0);
    };
    const plan = (pause: number): void => {
      timer = setTimeout(
        () => {
          timer = undefined;
          if (latest() !== drawn) draw();
        },
        Math.max(EVERY_MS, pause),
      );
    };
    const unsubscribe = lab.store.subscribe((state, before) => {
      if (state.run.version !== before.run.version && timer === undefined) plan(0);
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
  const spread = useLabState((state) => state.view.spread);
  const areSeedsShown = useLabState((state) => state.view.areSeedsShown);
  const version = useSlowVersion();
  // The run grows in place: its version says when the numbers are new.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => {
    if (!shown || shown.collector.variants.length === 0) return null;
    return chartData(shown, { hidden, spread, areSeedsShown });
  }, [shown, hidden, spread, areSeedsShown, version]);
};
