import type { PanelPoints } from '../../store/received/points.ts';
import { GROUND } from '../theme/palette.ts';
import type { Difference } from './difference.ts';
import { type PaintOptions, toPixels } from './paint.ts';

/** Pixels between two lines of the hatching. */
const GAP = 6;

const hatchCells = (
  context: CanvasRenderingContext2D,
  { size, differs }: Difference,
  { theme, width }: PaintOptions,
): void => {
  const cell = width / size;
  const area = new Path2D();
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (differs[row * size + column] === 0) continue;
      const first = column;
      while (column + 1 < size && differs[row * size + column + 1] === 1) column++;
      area.rect(first * cell, row * cell, (column + 1 - first) * cell, cell);
    }
  }
  context.save();
  context.clip(area);
  context.beginPath();
  for (let at = -width; at < width; at += GAP) {
    context.moveTo(at, width);
    context.lineTo(at + width, 0);
  }
  context.lineWidth = 3;
  context.strokeStyle = GROUND[theme].paper;
  context.globalAlpha = 0.55;
  context.stroke();
  context.lineWidth = 1.4;
  context.strokeStyle = GROUND[theme].ink;
  context.globalAlpha = 0.9;
  context.stroke();
  context.restore();
};

const ringPoints = (
  context: CanvasRenderingContext2D,
  { differs }: Difference,
  points: PanelPoints,
  { theme, width }: PaintOptions,
): void => {
  const map = toPixels(points.extent, width);
  context.strokeStyle = GROUND[theme].ink;
  context.lineWidth = 1.2;
  context.beginPath();
  differs.forEach((one, i) => {
    if (one === 0) return;
    const [x, y] = [map.x(points.x2[2 * i] as number), map.y(points.x2[2 * i + 1] as number)];
    context.moveTo(x + 5, y);
    context.arc(x, y, 5, 0, 2 * Math.PI);
  });
  context.stroke();
};

/** Hatches the cells of a map that differ; rings the points where there is no map. */
export const paintDifference = (
  context: CanvasRenderingContext2D,
  difference: Difference,
  points: PanelPoints,
  options: PaintOptions,
): void => {
  if (difference.kind === 'grid') hatchCells(context, difference, options);
  else ringPoints(context, difference, points, options);
};
