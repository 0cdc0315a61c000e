import { useEffect, useMemo, useRef } from 'react';
import type { ShownSurface, SurfacePicture } from '../../../families/numbers/shown.ts';
import { useLab } from '../../hooks/lab.ts';
import { useThemeName } from '../../hooks/theme.ts';
import { usePanelPicture } from '../panel-picture.ts';
import type { PictureProps } from '../picture.ts';
import { seedBandOf, useSeedPictures } from './bands.ts';
import { placeIn, planeOf, SIDE } from './curve.ts';
import { useOutline } from './drawing.ts';
import { Says } from './Says.tsx';
import { shadeOf } from './shades.ts';
import { usePlace } from './shown.ts';

interface Props extends PictureProps {
  readonly shown: ShownSurface;
  readonly forget: Int32Array;
}

/** One model's numbers over the plane as shades, with the pairs to be forgotten on top. */
export const SurfacePanel = ({ panel, label, shown, forget }: Props) => {
  const lab = useLab();
  const theme = useThemeName();
  const canvas = useRef<HTMLCanvasElement>(null);
  const own = usePanelPicture(panel);
  const said = own?.kind === 'surface' ? (own as SurfacePicture).y : undefined;
  const band = seedBandOf(useSeedPictures(panel).map(({ y }) => y));
  const plane = useMemo(() => planeOf(shown), [shown]);
  const place = usePlace(shown);
  const { size, range } = shown;
  const { outline, isDrawing, handlers } = useOutline(plane, shown.extent);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context || !said) return;
    const pixels = context.createImageData(size, size);
    said.forEach((value, i) => {
      const row = size - 1 - Math.floor(i / size); // the highest is on top
      pixels.data.set([...shadeOf(value, range, theme), 255], 4 * (row * size + (i % size)));
    });
    context.putImageData(pixels, 0, 0);
  }, [said, size, range, theme]);
  const point = (event: React.PointerEvent<SVGSVGElement>): void => {
    const [x, y] = placeIn(event, plane);
    const [left, right, bottom, top] = shown.extent;
    const cell = (share: number) => Math.min(size - 1, Math.max(0, Math.floor(share * size)));
    lab.view.lightPoint(cell((y - bottom) / (top - bottom)) * size + cell((x - left) / (right - left)));
  };
  const cell = SIDE / size;
  return (
    <>
      <div className="surface" role="img" aria-label={label}>
        <canvas ref={canvas} className="surface__shades" width={size} height={size} />
        <svg
          className="surface__over"
          viewBox={`0 0 ${SIDE} ${SIDE}`}
          aria-hidden="true"
          data-drawing={isDrawing}
          onPointerMove={point}
          {...handlers}
        >
          {Array.from(forget, (i) => {
            const [x, y] = [plane.x(shown.x[2 * i] as number), plane.y(shown.x[2 * i + 1] as number)];
            return (
              <g key={i}>
                <path className="surface__halo" d={`M${x - 3} ${y - 3}l6 6m0 -6l-6 6`} />
                <path className="curve__forget" d={`M${x - 3} ${y - 3}l6 6m0 -6l-6 6`} />
              </g>
            );
          })}
          <rect
            className="surface__place"
            x={(place % size) * cell}
            y={SIDE - (Math.floor(place / size) + 1) * cell}
            width={cell}
            height={cell}
          />
          {outline.length > 1 ? (
            <polygon
              className="curve__outline"
              points={outline.map(([x, y]) => `${plane.x(x).toFixed(1)},${plane.y(y).toFixed(1)}`).join(' ')}
            />
          ) : null}
        </svg>
      </div>
      <Says value={said?.[place]} range={band ? [band.low[place] as number, band.high[place] as number] : undefined} />
    </>
  );
};
