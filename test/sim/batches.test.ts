import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/engine/base/tf.ts';
import { createBatches, type PointRows } from '../../src/families/points/batches.ts';
import { engineForTests } from '../support/engine.ts';

beforeAll(engineForTests);

/** Ten one-dimensional points whose coordinate is their index; the split takes the even ones. */
const lane = (seed: number): PointRows => ({
  seed,
  x: Float32Array.from({ length: 10 }, (_, i) => i),
  y: Int32Array.from({ length: 10 }, (_, i) => i % 2),
  indices: Int32Array.of(0, 2, 4, 6, 8),
});
const xAt = (lanes: readonly PointRows[], size: number | 'full', step: number): number[] =>
  tf.tidy(() => {
    const batches = createBatches(lanes, 'forget', size, 1, 2);
    const x = [...batches.at(step).x.dataSync()];
    batches.dispose();
    return x;
  });

describe('batches', () => {
  it('a full batch is the split in its natural order, at every step', () => {
    expect(xAt([lane(0)], 'full', 0)).toEqual([0, 2, 4, 6, 8]);
    expect(xAt([lane(0)], 'full', 7)).toEqual([0, 2, 4, 6, 8]);
    expect(xAt([lane(0)], 99, 7)).toEqual([0, 2, 4, 6, 8]);
  });

  it('every pass visits every row once, also where batches straddle passes', () => {
    const seen = Array.from({ length: 10 }, (_, step) => xAt([lane(1)], 3, step)).flat();
    for (let pass = 0; pass < 6; pass++) {
      expect(seen.slice(pass * 5, pass * 5 + 5).toSorted()).toEqual([0, 2, 4, 6, 8]);
    }
  });

  it('a step’s batch does not depend on the steps before it', () => {
    const inOrder = Array.from({ length: 6 }, (_, step) => xAt([lane(1)], 2, step));
    expect(xAt([lane(1)], 2, 5)).toEqual(inOrder[5]);
  });

  it('lanes with the same seed get the same rows wherever they stand; other seeds get others', () => {
    const stacked = xAt([lane(4), lane(2), lane(4)], 4, 3);
    expect(stacked.slice(0, 4)).toEqual(stacked.slice(8));
    expect(stacked.slice(4, 8)).toEqual(xAt([lane(2)], 4, 3));
    expect(stacked.slice(0, 4)).not.toEqual(stacked.slice(4, 8));
  });

  it('alternative labels are drawn anew in each pass, or once', () => {
    const withLabels = (redraw: boolean): PointRows => ({
      ...lane(0),
      alternatives: { redraw, labels: (epoch) => new Int32Array(5).fill(epoch % 2) },
    });
    const drawn = (redraw: boolean, size: number | 'full', step: number) =>
      tf.tidy(() => {
        const batches = createBatches([withLabels(redraw)], 'forget', size, 1, 2);
        const labels = [...(batches.at(step).alternatives as tf.Tensor).dataSync()];
        batches.dispose();
        return labels;
      });
    expect(drawn(true, 'full', 1)).toEqual([1, 1, 1, 1, 1]);
    expect(drawn(false, 'full', 1)).toEqual([0, 0, 0, 0, 0]);
    expect(drawn(true, 3, 1)).toEqual([0, 0, 1]); // rows 3, 4 of pass 0, then row 0 of pass 1
  });
});
