import type { Pulls } from '../../sim/events.ts';
import type { PanelPoints } from '../../store/received/points.ts';

/** One example's pull as it is drawn; places and lengths as shares of the panel's width, from the top left. */
export interface PullMark {
  readonly x: number;
  readonly y: number;
  /** The way to the class that gains; both 0 for a pull towards the example's own class, which is a ring. */
  readonly dx: number;
  readonly dy: number;
  /** As long as the weight W is large. */
  readonly length: number;
}

/** More would hide the points. */
const MARKS = 60;
/** What a weight of 1 is long, and the longest that is drawn. */
const UNIT = 0.075;
const LONGEST = 2;
/** A weight below this is none. */
const LEAST = 0.02;

/** The middle of each class, as shares of the panel. */
const middles = ({ x2, y, classes, extent }: PanelPoints): readonly (readonly [number, number])[] => {
  const sums = Array.from({ length: classes }, () => [0, 0, 0] as [number, number, number]);
  y.forEach((label, i) => {
    const sum = sums[label];
    if (!sum) return;
    sum[0] += x2[2 * i] as number;
    sum[1] += x2[2 * i + 1] as number;
    sum[2]++;
  });
  const [xMin, xMax, yMin, yMax] = extent;
  return sums.map(([x, up, n]) => [(x / n - xMin) / (xMax - xMin), (yMax - up / n) / (yMax - yMin)] as const);
};

/** What to draw of the pulls: some of the examples, evenly picked, each with its way and weight. */
export const pullMarks = ({ indices, size, lift, target }: Pulls, points: PanelPoints): readonly PullMark[] => {
  const [xMin, xMax, yMin, yMax] = points.extent;
  const to = middles(points);
  const every = Math.max(1, Math.ceil(indices.length / MARKS));
  const marks: PullMark[] = [];
  for (let i = 0; i < indices.length; i += every) {
    const [index, weight] = [indices[i] as number, size[i] as number];
    if (weight < LEAST || index >= points.y.length) continue;
    const x = ((points.x2[2 * index] as number) - xMin) / (xMax - xMin);
    const y = (yMax - (points.x2[2 * index + 1] as number)) / (yMax - yMin);
    const [toX, toY] = to[target[i] as number] ?? [x, y];
    const isOwn = (lift[i] as number) > 0;
    const way = Math.hypot(toX - x, toY - y);
    const isRing = isOwn || !(way > 0);
    marks.push({
      x,
      y,
      dx: isRing ? 0 : (toX - x) / way,
      dy: isRing ? 0 : (toY - y) / way,
      length: UNIT * Math.min(LONGEST, weight),
    });
  }
  return marks;
};

/** The mean of the weights W of all examples. */
export const meanSize = ({ size }: Pulls): number => size.reduce((sum, one) => sum + one, 0) / Math.max(1, size.length);
