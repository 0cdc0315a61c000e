import { useRef } from 'react';
import { setAt } from '../../store/draft/edits.ts';
import { useLab, useLabState } from '../hooks/lab.ts';

const short = (value: number): number => Number(value.toPrecision(3));

/** On the Original panel: drag to draw the disc whose points are to be forgotten. The form has the same as numbers. */
export const DiscDrawing = () => {
  const lab = useLab();
  const center = useRef<readonly [number, number] | null>(null);
  const isDisc = useLabState(
    ({ draft }) => draft.scenario?.forget.kind === 'region' && 'disc' in draft.scenario.forget,
  );
  const extent = useLabState(({ run }) => run.shown?.points.values().next().value?.extent ?? null);
  if (!isDisc || !extent) return null;

  const place = (event: React.PointerEvent<HTMLDivElement>): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    const [xMin, xMax, yMin, yMax] = extent;
    return [
      xMin + ((event.clientX - box.left) / box.width) * (xMax - xMin),
      yMax - ((event.clientY - box.top) / box.height) * (yMax - yMin),
    ];
  };

  return (
    <div
      className="panel__drawing"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        center.current = place(event);
      }}
      onPointerMove={(event) => {
        if (!center.current) return;
        const [x, y] = center.current;
        const [px, py] = place(event);
        const radius = Math.hypot(px - x, py - y);
        if (radius <= 0) return;
        const disc = { center: [short(x), short(y)], radius: short(radius) };
        lab.draft.edit(setAt(['forget', 'disc'], disc), 'disc');
      }}
      onPointerUp={() => {
        center.current = null;
      }}
      onPointerCancel={() => {
        center.current = null;
      }}
    />
  );
};
