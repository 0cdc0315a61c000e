import { GROUND, type ThemeName } from '../theme/palette.ts';
import type { PaintOptions } from './paint.ts';
import type { PullMark } from './pulls.ts';

const COLOR: Readonly<Record<ThemeName, string>> = { light: '#A3195B', dark: '#FF7EB0' };
const HEAD = 3.5;

/** Arrows and rings over the points: one path, drawn twice, so that it stands out from any ground. */
export const paintPulls = (
  context: CanvasRenderingContext2D,
  marks: readonly PullMark[],
  { theme, width }: PaintOptions,
): void => {
  const path = new Path2D();
  for (const { x, y, dx, dy, length } of marks) {
    const [fromX, fromY] = [x * width, y * width];
    if (dx === 0 && dy === 0) {
      path.moveTo(fromX + (length * width) / 2 + 2, fromY);
      path.arc(fromX, fromY, (length * width) / 2 + 2, 0, 2 * Math.PI);
      continue;
    }
    const [toX, toY] = [fromX + dx * length * width, fromY + dy * length * width];
    path.moveTo(fromX, fromY);
    path.lineTo(toX, toY);
    const head = Math.min(HEAD, length * width);
    path.moveTo(toX - head * (dx + dy * 0.7), toY - head * (dy - dx * 0.7));
    path.lineTo(toX, toY);
    path.lineTo(toX - head * (dx - dy * 0.7), toY - head * (dy + dx * 0.7));
  }
  context.save();
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.lineWidth = 3.5;
  context.strokeStyle = GROUND[theme].paper;
  context.stroke(path);
  context.lineWidth = 1.5;
  context.strokeStyle = COLOR[theme];
  context.stroke(path);
  context.restore();
};
