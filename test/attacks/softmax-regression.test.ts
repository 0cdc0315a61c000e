import { describe, expect, it } from 'vitest';
import { softmaxRegression } from '../../src/attacks/shared/softmax-regression.ts';
import { normal } from '../../src/engine/base/random.ts';

const clusters = (count: number, gap: number, stream: number) => {
  const y = Int32Array.from({ length: count }, (_, i) => i % 3);
  const x = Float32Array.from({ length: 2 * count }, (_, i) => {
    const label = y[i >> 1] as number;
    return (i % 2 === label ? gap : 0) + normal([stream, 0], i);
  });
  return { x, y, width: 2 };
};
const accuracy = (found: Int32Array, y: Int32Array): number => found.filter((c, i) => c === y[i]).length / y.length;

describe('the linear probe', () => {
  it('tells separate clusters apart and gives fresh points of theirs the right class', () => {
    const classify = softmaxRegression(clusters(300, 8, 1), 3, 1e-3);
    const fresh = clusters(300, 8, 2);
    expect(accuracy(classify(fresh.x), fresh.y)).toBeGreaterThan(0.95);
  });

  it('finds no more than chance in features without information', () => {
    const noise = { ...clusters(900, 0, 3) };
    const fresh = clusters(900, 0, 4);
    expect(accuracy(softmaxRegression(noise, 3, 1e-3)(fresh.x), fresh.y)).toBeLessThan(0.42);
  });

  it('does not depend on the scale of a feature, and lives with one that does not vary', () => {
    const plain = clusters(120, 2, 5);
    const scaled = { ...plain, x: plain.x.map((value, i) => (i % 2 === 0 ? 1000 * value : value)) };
    const found = softmaxRegression(plain, 3, 1e-3)(plain.x);
    expect(softmaxRegression(scaled, 3, 1e-3)(scaled.x)).toEqual(found);
    const flat = { ...plain, x: plain.x.map((value, i) => (i % 2 === 0 ? 7 : value)) };
    expect(accuracy(softmaxRegression(flat, 3, 1e-3)(flat.x), flat.y)).toBeGreaterThan(0.33);
  });
});
