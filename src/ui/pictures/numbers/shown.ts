import type { ShownCurve, ShownSurface } from '../../../families/numbers/shown.ts';
import { quantity } from '../../format.ts';
import { useLabState } from '../../hooks/lab.ts';
import { useShownData } from '../panel-picture.ts';

const NOTHING = new Int32Array(0);

/** The pairs of the seed on screen, of either kind, and which of them are to be forgotten. */
export const useShownNumbers = (): {
  readonly curve: ShownCurve | null;
  readonly surface: ShownSurface | null;
  readonly forget: Int32Array;
} => {
  const data = useShownData();
  return {
    curve: data?.shown.kind === 'curve' ? (data.shown as ShownCurve) : null,
    surface: data?.shown.kind === 'surface' ? (data.shown as ShownSurface) : null,
    forget: data?.forget ?? NOTHING,
  };
};

/** How many places a picture tells of. */
const placesIn = (shown: ShownCurve | ShownSurface): number =>
  shown.kind === 'curve' ? shown.places.length : shown.size * shown.size;

/** A place in words: '0.25', '0.25, −0.5'. */
export const placeName = (shown: ShownCurve | ShownSurface, index: number): string => {
  if (shown.kind === 'curve') return quantity(shown.places[index]);
  const { size, extent } = shown;
  const at = (low: number, high: number, i: number) => quantity(low + ((i + 0.5) / size) * (high - low));
  return `${at(extent[0], extent[1], index % size)}, ${at(extent[2], extent[3], Math.floor(index / size))}`;
};

/** The place that all panels tell of: the one that was pointed at last, at first the middle. */
export const usePlace = (shown: ShownCurve | ShownSurface): number => {
  const point = useLabState(({ view }) => view.point);
  const count = placesIn(shown);
  return point !== null && point < count
    ? point
    : shown.kind === 'curve'
      ? count >> 1
      : (shown.size * (shown.size + 1)) >> 1;
};
