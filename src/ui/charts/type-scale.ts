import { useLabState } from '../hooks/lab.ts';

/** How much larger than on a desk a chart's type and marks are: on a projector they are read from the last row. */
export const useTypeScale = (): number => useLabState((state) => (state.lecture.isOn ? 1.5 : 1));
