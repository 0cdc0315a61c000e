import type { OtherFace } from '../../scenario/format/catalogue.ts';
import type { LabRun } from '../../store/contracts/state.ts';
import { bandAt, bandsOf, waysOfSeeds } from '../../store/numbers/series.ts';
import { stylesOf } from '../compare/panels.ts';
import type { SeriesStyle } from '../theme/series.ts';
import type { Plane } from './trajectories.ts';

/** A run's way through the other face of the plane. */
export interface FaceWay {
  readonly label: string;
  readonly style: SeriesStyle;
  /** Medians over the seeds, by step. */
  readonly points: readonly FacePoint[];
  /** Those nearest to a tenth, a fifth, half and all of the steps. */
  readonly dots: readonly FacePoint[];
  /** Where the clock is. */
  readonly head: FacePoint | undefined;
  /** The seeds' own ways; none if there is one seed. */
  readonly each: readonly (readonly { readonly x: number; readonly y: number }[])[];
}
export interface FacePoint {
  readonly step: number;
  readonly x: number;
  readonly y: number;
}

const POINTS = 150;
const DOTS = [0.1, 0.2, 0.5, 1];

export const faceWays = (
  { collector }: LabRun,
  { x, y }: OtherFace,
  step: number,
  hidden: readonly string[],
): readonly FaceWay[] => {
  const styles = stylesOf(collector.variants);
  return collector.variants
    .filter(({ label, variant }) => !hidden.includes(label) && !collector.failures.has(variant))
    .map(({ variant, label, steps }) => {
      const ys = new Map(bandsOf(collector, variant, y, POINTS).map((one) => [one.step, one.band.median]));
      const points = bandsOf(collector, variant, x, POINTS).flatMap(({ step, band }) => {
        const at = ys.get(step);
        return at === undefined ? [] : [{ step, x: band.median, y: at }];
      });
      const dots = DOTS.flatMap((share) => points.find((point) => point.step >= share * steps) ?? []);
      const each = collector.seeds.length > 1 ? waysOfSeeds(collector, variant, x, y, POINTS) : [];
      return {
        label,
        style: styles[variant] as SeriesStyle,
        points,
        dots: [...new Set(dots)],
        head: points.findLast((point) => point.step <= step),
        each: each.map((way) => way.filter((point) => Number.isFinite(point.x) && Number.isFinite(point.y))),
      };
    });
};

/** Where the original and the retrained model are; undefined until they are known. */
export const faceReference = (
  { collector }: LabRun,
  { x, y }: OtherFace,
  model: 'original' | 'retrained',
): { readonly x: number; readonly y: number } | undefined => {
  const [across, up] = [bandAt(collector, model, x, 0), bandAt(collector, model, y, 0)];
  return across && up ? { x: across.median, y: up.median } : undefined;
};

/** How many examples of the forget set the seeds have: a number, or two where they differ. */
export const faceCount = ({ collector }: LabRun): readonly number[] => {
  const counts = collector.seeds.flatMap((seed) => collector.data(seed)?.forget.length ?? []);
  return [...new Set(counts.length > 0 ? [Math.min(...counts), Math.max(...counts)] : [])];
};

/** The smallest x that is drawn: a round number below everything, at most `limit` and a little. */
export const faceStart = (ways: readonly FaceWay[], others: readonly number[], limit: number): number => {
  const xs = ways.flatMap(({ points, each }) => [...points, ...each.flat()].map(({ x }) => x));
  const least = Math.min(limit, ...xs, ...others);
  const step = least < -12 ? 5 : least < -5 ? 2 : 1;
  return Math.floor((least - 0.2) / step) * step;
};

export const faceTicks = (start: number): readonly number[] => {
  const step = start < -12 ? 5 : start < -5 ? 2 : 1;
  return Array.from({ length: Math.floor(-start / step) + 1 }, (_, i) => (i === 0 ? 0 : -i * step));
};

/** The plane with x from `start` to 0 in place of fractions. */
export const facePlane = (plane: Plane, start: number): Plane => ({
  ...plane,
  x: (value) => plane.x(1 - value / start),
});
