import { useSyncExternalStore } from 'react';
import { useLabState } from '../hooks/lab.ts';

/** The type of a chart on a desk, in CSS pixels. */
const DESK = 12;

const subscribe = (listener: () => void) => {
  window.addEventListener('resize', listener);
  return () => window.removeEventListener('resize', listener);
};

/** The smallest type on a stage (stage.css): what is read from the last row. */
const stageType = (): number => Math.min(30, Math.max(18, 0.025 * window.innerHeight));

/** How much larger than on a desk a chart's type and marks are. */
export const useTypeScale = (): number => {
  const isOnStage = useLabState((state) => state.lecture.isOn);
  const type = useSyncExternalStore(subscribe, stageType);
  return isOnStage ? type / DESK : 1;
};
