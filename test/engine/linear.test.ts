import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { SimError } from '../../src/engine/base/errors.ts';
import { dot, norm, solve, solveByProducts } from '../../src/engine/base/linear.ts';
import * as tf from '../../src/engine/base/tf.ts';
import type { Activation } from '../../src/engine/contracts/network.ts';
import { linearized } from '../../src/engine/network/linearize.ts';

import { logitsAt } from '../../src/engine/network/serve.ts';
import { network } from '../../src/engine/start.ts';
import { spectralNorms } from '../../src/methods/shared/linear-head.ts';
import { engineForTests } from '../support/engine.ts';

beforeAll(engineForTests);

const system = { what: 'the test', field: 'damping' };
const times = (A: Float64Array, x: Float64Array): Float64Array =>
  x.map((_, i) => dot(A.subarray(i * x.length, (i + 1) * x.length), x));

/** B Bᵀ + 0.1 I and a right-hand side. */
const systems = fc
  .integer({ min: 1, max: 12 })
  .chain((n) =>
    fc.tuple(
      fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: n * n, maxLength: n * n }),
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: n, maxLength: n }),
    ),
  );
const positive = (entries: readonly number[], n: number): Float64Array => {
  const B = Float64Array.from(entries);
  const row = (i: number) => B.subarray(i * n, (i + 1) * n);
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return dot(row(i), row(j)) + (i === j ? 0.1 : 0);
  });
};

const caught = (act: () => unknown): SimError => {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof SimError) return thrown;
  }
  throw new Error('nothing was thrown');
};

describe('systems of equations', () => {
  it('are solved by factors and by products alike', () => {
    fc.assert(
      fc.property(systems, ([entries, b]) => {
        const A = positive(entries, b.length);
        const right = Float64Array.from(b);
        const x = solve(A.slice(), right, system);
        const y = solveByProducts((v) => times(A, v), right, system, { tolerance: 1e-12 });
        for (const found of [x, y]) {
          const left = norm(times(A, found).map((value, i) => value - (right[i] as number)));
          expect(left).toBeLessThanOrEqual(1e-9 * (1 + norm(right)));
        }
      }),
    );
  });

  it('that have no unique solution are errors which name the field', () => {
    const A = Float64Array.of(1, 1, 1, 1);
    for (const act of [
      () => solve(A.slice(), [1, 0], system),
      () => solveByProducts((v) => times(A, v), [1, -1], system),
    ]) {
      const { code, faults } = caught(act);
      expect(code).toBe('method/failed');
      expect(faults[0]).toMatchObject({ path: '/params/damping', found: 'a singular system' });
    }
  });

  it('that take too many products are errors, too, not half a solution', () => {
    const A = (v: Float64Array) => v.map((value, i) => (1 + i) * value);
    const b = new Float64Array(50).fill(1);
    const { message } = caught(() => solveByProducts(A, b, system, { most: 5 }));
    expect(message).toContain('not solved after 5 products');
  });

  it('the spectral norm is that of what is left of a known matrix', () => {
    // Rows of a rotated diag(5, 3), whose singular values are 5 and 3, and one row more.
    const [c, s] = [0.8, 0.6];
    const head = { X: Float64Array.of(7, -9, 5 * c, 3 * -s, 5 * s, 3 * c), features: 2, lambda: 1 };
    const [both, one, none] = spectralNorms(head, [0, 1, 2], [0, 1, 2]);
    expect(both).toBeCloseTo(5, 9);
    expect(one).toBeCloseTo(Math.hypot(5 * s, 3 * c), 9);
    expect(none).toBeCloseTo(0, 6);
  });
});

describe.each(['relu', 'tanh', 'sigmoid'] as const)('a network made linear, %s', (activation: Activation) => {
  const made = () => {
    const model = network({ inputs: 3, hidden: [5, 4], classes: 3, activation, init: 'auto' });
    const noise = (n: number, shift: number) => Float32Array.from({ length: n }, (_, i) => Math.sin(3 * i + shift));
    const weights = noise(model.size, 1);
    const points = noise(7 * 3, 2);
    return {
      model,
      weights,
      points,
      at: linearized(model, weights, points),
      v: Float64Array.from(noise(model.size, 5)),
    };
  };

  it('says how the logits change along a direction, as two networks beside each other do', () => {
    const { model, weights, points, at, v } = made();
    const step = 1e-2;
    const side = (sign: number) =>
      logitsAt(
        model,
        weights.map((p, i) => p + sign * step * (v[i] as number)),
        points,
      );
    const [up, down] = [side(1), side(-1)];
    at.push(v).forEach((change, i) => {
      expect(Math.abs(change - ((up[i] as number) - (down[i] as number)) / (2 * step))).toBeLessThan(0.02);
    });
  });

  it('the way back is its transpose, and the sum of the single rows’ gradients', () => {
    const { model, weights, points, at, v } = made();
    const u = Float64Array.from({ length: 7 * 3 }, (_, i) => Math.cos(5 * i));
    const gradient = at.pull(u);
    expect(dot(at.push(v), u)).toBeCloseTo(dot(v, gradient), 5);
    const rows = tf.tidy(() => model.perRow.gradients(weights, tf.tensorOf(points, [1, 7, 3]), Float32Array.from(u)));
    for (let i = 0; i < model.size; i++) {
      let sum = 0;
      for (let row = 0; row < 7; row++) sum += rows[row * model.size + i] as number;
      expect(gradient[i]).toBeCloseTo(sum, 4);
    }
  });
});
