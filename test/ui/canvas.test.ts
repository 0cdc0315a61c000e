import { describe, expect, it } from 'vitest';
import { network } from '../../src/engine/start.ts';
import { createEvaluator } from '../../src/families/points/evaluate.ts';
import type { Frame } from '../../src/families/points/shown.ts';
import { isolines } from '../../src/ui/canvas/isolines.ts';
import { toPixels } from '../../src/ui/canvas/paint.ts';
import { engineForTests } from '../support/engine.ts';

/** Two numbers to two classes, without hidden layers. */
const plane = () => network({ inputs: 2, hidden: [], classes: 2, activation: 'tanh', init: 'auto' });

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

describe('the picture of a model', () => {
  it('has large second coordinates at the top and large first ones on the right, as the points on it have', async () => {
    await engineForTests();
    const extent = [-3, 1, 2, 10] as const;
    const network = { model: plane(), encode: (x: Float32Array) => x };
    const nothing = { x: new Float32Array(2), y: Int32Array.of(0) };
    const dataset = { inputs: 2, classes: 2, train: nothing, test: nothing };
    const evaluator = createEvaluator(network, dataset, { train: nothing.x, test: nothing.x }, extent);
    const [size, width] = [20, 200];
    const at = toPixels(extent, width);
    // Class 1 where 10 x + y - 3 > 0, a line that is nearly upright; then where y > 7.
    for (const [weights, isOne] of [
      [Float32Array.of(0, 10, 0, 1, 0, -3), (x: number, y: number) => 10 * x + y - 3 > 0],
      [Float32Array.of(0, 0, 0, 1, 0, -7), (_: number, y: number) => y > 7],
    ] as const) {
      const frame = evaluator.frame(weights, size) as Frame;
      for (let row = 0; row < size; row++) {
        for (let column = 0; column < size; column++) {
          const x = extent[0] + ((column + 0.5) / size) * (extent[1] - extent[0]);
          const y = extent[3] - ((row + 0.5) / size) * (extent[3] - extent[2]);
          expect(frame.winner[row * size + column], `cell ${row}, ${column}`).toBe(isOne(x, y) ? 1 : 0);
          // A point at the cell's middle is drawn there.
          expect(at.x(x)).toBeCloseTo(((column + 0.5) * width) / size, 9);
          expect(at.y(y)).toBeCloseTo(((row + 0.5) * width) / size, 9);
        }
      }
    }
    evaluator.dispose();
    expect(at.y(extent[3])).toBe(0);
    expect(at.x(extent[0])).toBe(0);
  });
});

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
