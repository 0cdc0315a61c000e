import { useMemo } from 'react';
import type { CloudsPicture, ShownClouds } from '../../../families/diffusion/shown.ts';
import type { PanelInfo } from '../../compare/panels.ts';
import { useLabState } from '../../hooks/lab.ts';
import { usePanelPicture, useShownData } from '../panel-picture.ts';

interface Clouds {
  readonly shown: ShownClouds;
  readonly erased: ReadonlySet<number>;
  /** Classes, and no condition. */
  readonly conditions: number;
  /** Which condition is drawn large. */
  readonly large: number;
}

/** The true clouds of the shown seed, and which condition is large: the erased class, unless another was chosen. */
export const useClouds = (): Clouds | null => {
  const data = useShownData();
  const chosen = useLabState((state) => state.view.point);
  return useMemo(() => {
    if (data?.shown.kind !== 'clouds') return null;
    const shown = data.shown as ShownClouds;
    const erased = new Set(Array.from(data.forget, (i) => shown.labels[i] as number));
    const conditions = shown.laws.length + 1;
    const first = erased.values().next().value ?? 0;
    return { shown, erased, conditions, large: chosen !== null && chosen < conditions ? chosen : first };
  }, [data, chosen]);
};

/** A panel's samples at the clock's step. */
export const useSamples = (panel: PanelInfo): CloudsPicture | null => {
  const picture = usePanelPicture(panel);
  return picture?.kind === 'clouds' ? (picture as CloudsPicture) : null;
};
