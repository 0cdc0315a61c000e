import { describe, expect, it } from 'vitest';
import { isolines } from '../../src/ui/canvas/isolines.ts';

const mapOf = (
  size: number,
  winner: (x: number, y: number) => number,
  confidence: (x: number, y: number) => number,
) => {
  const cells = Array.from({ length: size * size }, (_, i) => [i % size, Math.floor(i / size)] as const);
  return {
    size,
    winner: Uint8Array.from(cells, ([x, y]) => winner(x, y)),
    confidence: Uint8Array.from(cells, ([x, y]) => confidence(x, y)),
  };
};

describe('isolines', () => {
  it('are empty where one class wins everywhere', () => {
    expect(
      isolines(
        mapOf(
          8,
          () => 2,
          () => 200,
        ),
      ),
    ).toHaveLength(0);
  });

  it('run straight between two halves', () => {
    const lines = isolines(
      mapOf(
        8,
        (x) => (x < 4 ? 0 : 1),
        () => 255,
      ),
    );
    expect(lines).toHaveLength(7 * 4);
    for (let i = 0; i < lines.length; i += 4) expect([lines[i], lines[i + 2]]).toEqual([4, 4]);
  });

  it('lie nearer to the less certain side', () => {
    const lines = isolines(
      mapOf(
        4,
        (x) => (x < 2 ? 0 : 1),
        (x) => (x < 2 ? 250 : 160),
      ),
    );
    expect(lines[0]).toBeGreaterThan(2);
    expect(lines[0]).toBeLessThan(2.5);
  });

  it('meet where three classes meet, inside the map', () => {
    const lines = isolines(
      mapOf(
        9,
        (x, y) => (y < 4 ? 0 : x < 4 ? 1 : 2),
        () => 200,
      ),
    );
    expect(lines.length).toBeGreaterThan(0);
    for (const value of lines) {
      expect(value).toBeGreaterThanOrEqual(0.5);
      expect(value).toBeLessThanOrEqual(8.5);
    }
  });
});
