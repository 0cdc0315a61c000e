import { useMemo } from 'react';
import type { Pin } from '../../store/contracts/pin.ts';
import { pinFits } from '../../store/present/pins.ts';
import { useLabState } from '../hooks/lab.ts';
import { ghostStyle, type SeriesStyle } from '../theme/series.ts';

/** A pinned result with its look. */
export interface Ghost {
  readonly pin: Pin;
  readonly style: SeriesStyle;
}

/** The pinned results that can be compared with the run on screen. */
export const useGhosts = (): readonly Ghost[] => {
  const pins = useLabState((state) => state.pins);
  const shown = useLabState((state) => state.run.shown);
  return useMemo(
    () =>
      pins
        .filter((pin) => shown && pinFits(pin, shown) !== 'other-data')
        .map((pin) => ({ pin, style: ghostStyle(pin.letter) })),
    [pins, shown],
  );
};
