import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Region } from '../../../scenario/format/scenario.ts';
import { type Extent, polygonOf } from '../../../scenario/points/paint.ts';
import { setAt } from '../../../store/draft/edits.ts';
import { useLab } from '../../hooks/lab.ts';
import { type CurvePlane, placeIn } from './curve.ts';

type Place = readonly [number, number];

/** Whether a line that is drawn in a panel says what is to be forgotten, in all panels alike. */
const drawing = createStore<boolean>(() => false);
export const useIsDrawing = (): boolean => useStore(drawing);
export const setDrawing = (isOn: boolean): void => drawing.setState(isOn, true);

/** A pointer's line in a panel that becomes the forget set once it is let go. */
export const useOutline = (plane: CurvePlane, extent: Extent) => {
  const lab = useLab();
  const isDrawing = useIsDrawing();
  const [outline, setOutline] = useState<readonly Place[]>([]);
  /** The line so far, ahead of what is drawn; null while no pointer is down. */
  const line = useRef<Place[] | null>(null);
  const end = (): readonly Place[] => {
    const own = line.current ?? [];
    line.current = null;
    setOutline([]);
    return own;
  };
  const close = (): void => {
    const polygon = polygonOf(end(), extent);
    if (polygon.length < 3) return;
    setDrawing(false);
    lab.draft.edit(setAt(['forget'], { kind: 'region', polygon } satisfies { readonly kind: 'region' } & Region));
  };
  const draw = (event: React.PointerEvent<SVGSVGElement>): void => {
    line.current?.push(placeIn(event, plane));
    setOutline([...(line.current ?? [])]);
  };
  const handlers = isDrawing
    ? {
        onPointerDown: (event: React.PointerEvent<SVGSVGElement>) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          line.current = [];
          draw(event);
        },
        onPointerMove: (event: React.PointerEvent<SVGSVGElement>) => {
          if (line.current) draw(event);
        },
        onPointerUp: close,
        onPointerCancel: end,
      }
    : {};
  return { outline, isDrawing, handlers };
};
