import type { Frame } from '../../families/points/shown.ts';

/** Where two pictures predict different classes. */
export interface Difference {
  readonly kind: Frame['kind'];
  readonly size: number;
  /** 1 where they differ: per cell of the map, or per training point. */
  readonly differs: Uint8Array;
  /** Share of cells or points, of 1. */
  readonly share: number;
}

/**
 * Compares a picture with a reference. Maps of different fineness, as while the clock plays, are compared at the middles
 * of the picture's cells. Null for pictures of different kinds or of other points.
 */
export const differenceOf = (frame: Frame, reference: Frame): Difference | null => {
  const { kind, size, winner } = frame;
  if (kind !== reference.kind || winner.length === 0 || reference.winner.length === 0) return null;
  if (kind === 'points' && winner.length !== reference.winner.length) return null;
  const scale = kind === 'grid' ? reference.size / size : 1;
  const inReference = (cell: number): number => {
    if (kind === 'points' || scale === 1) return cell;
    const [row, column] = [Math.floor(cell / size), cell % size];
    return Math.floor((row + 0.5) * scale) * reference.size + Math.floor((column + 0.5) * scale);
  };
  const differs = winner.map((label, cell) => Number(label !== reference.winner[inReference(cell)]));
  return { kind, size, differs, share: differs.reduce((sum, one) => sum + one, 0) / differs.length };
};
