import type { Extent, PaintedPoint, Place } from '../../scenario/points/paint.ts';
import { letterPlaces, type PaintOptions, paintLetters, paintPoints, toPixels } from '../canvas/paint.ts';
import { className, GROUND, pointColor } from '../theme/palette.ts';

/** Draws points as panels do, and test points hollow. */
export const drawPoints = (
  canvas: HTMLCanvasElement,
  points: readonly PaintedPoint[],
  extent: Extent,
  options: PaintOptions,
): void => {
  const { width, ratio, theme } = options;
  const pixels = Math.round(width * ratio);
  if (canvas.width !== pixels) {
    canvas.width = pixels;
    canvas.height = pixels;
  }
  const context = canvas.getContext('2d');
  if (!context) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = GROUND[theme].paper;
  context.fillRect(0, 0, width, width);
  const map = toPixels(extent, width);
  context.lineWidth = 1.2;
  for (const { place, label, isTest } of points) {
    if (!isTest) continue;
    context.strokeStyle = pointColor(label, theme);
    context.globalAlpha = 0.55;
    context.beginPath();
    context.arc(map.x(place[0]), map.y(place[1]), 2.4, 0, 2 * Math.PI);
    context.stroke();
  }
  context.globalAlpha = 1;
  const train = points.filter(({ isTest }) => !isTest);
  const shown = {
    x2: Float32Array.from(train.flatMap(({ place }) => place)),
    y: Int32Array.from(train, ({ label }) => label),
    isForget: Uint8Array.from(train, ({ isForget }) => Number(isForget)),
    extent,
    classes: train.reduce((most, { label }) => Math.max(most, label + 1), 0),
  };
  paintPoints(context, shown, options);
  const places = letterPlaces(shown).map(({ label, index }) => ({
    letter: className(label),
    x: map.x(shown.x2[2 * index] as number),
    y: map.y(shown.x2[2 * index + 1] as number),
  }));
  paintLetters(context, places, options);
};

/** A line of places in pixels, as an SVG path takes it. */
export const svgLine = (line: readonly Place[], extent: Extent, width: number): string => {
  const map = toPixels(extent, width);
  return line.map(([x, y]) => `${map.x(x).toFixed(1)},${map.y(y).toFixed(1)}`).join(' ');
};
