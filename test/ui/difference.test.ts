import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/families/points/shown.ts';
import { differenceOf } from '../../src/ui/canvas/difference.ts';

const grid = (size: number, winner: (row: number, column: number) => number): Frame => ({
  kind: 'grid',
  size,
  winner: Uint8Array.from({ length: size * size }, (_, i) => winner(Math.floor(i / size), i % size)),
  confidence: new Uint8Array(size * size),
});
const points = (winner: readonly number[]): Frame => ({
  kind: 'points',
  size: 0,
  winner: Uint8Array.from(winner),
  confidence: new Uint8Array(winner.length),
});

describe('the difference of two pictures', () => {
  it('is where they predict different classes, and its share of the map', () => {
    const left = grid(4, (_, column) => Number(column < 2));
    const wider = grid(4, (_, column) => Number(column < 3));
    const found = differenceOf(left, wider);
    expect(found?.share).toBe(0.25);
    expect([...(found?.differs ?? [])].slice(0, 4)).toEqual([0, 0, 1, 0]);
    expect(differenceOf(left, left)?.share).toBe(0);
  });

  it('is the same for a reference that is twice as fine', () => {
    const coarse = grid(8, (row) => Number(row < 3));
    const fine = (size: number) => grid(size, (row) => Number(row < (5 * size) / 8));
    expect(differenceOf(coarse, fine(16))).toEqual(differenceOf(coarse, fine(8)));
    expect(differenceOf(fine(16), coarse)?.share).toBe(0.25);
  });

  it('is by point where there is no map, and none for pictures of other points or another kind', () => {
    expect(differenceOf(points([0, 1, 2, 2]), points([0, 1, 1, 2]))?.share).toBe(0.25);
    expect(differenceOf(points([0, 1]), points([0, 1, 2]))).toBeNull();
    expect(
      differenceOf(
        points([0, 1]),
        grid(4, () => 0),
      ),
    ).toBeNull();
  });
});
