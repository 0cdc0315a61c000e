import { describe, expect, it } from 'vitest';
import { startKernels } from '../../src/engine/kernels/memory.ts';

/** What the kernels compute for some numbers: 0 exp, 1 log, 2 tanh, 3 sigmoid. */
const computed = (which: number, inputs: readonly number[]): Float32Array => {
  const heap = startKernels();
  if (!heap) throw new Error('no SIMD here');
  const n = Math.ceil(inputs.length / 4) * 4;
  const at = heap.allocate(n * 4);
  heap.f32.set(inputs, at / 4);
  heap.call.elementary(which, at, n);
  const found = heap.f32.slice(at / 4, at / 4 + inputs.length);
  heap.free(at);
  return found;
};

const bits = new Float32Array(1);
const integer = new Int32Array(bits.buffer);
/** The distance between neighbouring single-precision numbers at y. */
const ulp = (y: number): number => {
  bits[0] = Math.abs(y);
  const low = bits[0];
  integer[0] = (integer[0] as number) + 1;
  return (bits[0] as number) - low;
};

const range = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.fround(from + ((to - from) * i) / (count - 1)));

/** The largest error over some numbers, in units of the last place. */
const worst = (which: number, exact: (x: number) => number, inputs: readonly number[]): number => {
  const found = computed(which, inputs);
  return inputs.reduce((largest, x, i) => {
    const y = exact(x);
    return Math.max(largest, Math.abs((found[i] as number) - y) / ulp(y));
  }, 0);
};

const sigmoid = (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)));

describe('elementary functions in the kernels', () => {
  it.each<[string, number, (x: number) => number, readonly number[]]>([
    ['exp', 0, Math.exp, [...range(-87, 88.7, 200_001), ...range(-1, 1, 20_001)]],
    ['log', 1, Math.log, [...range(1e-30, 1e-3, 50_001), ...range(1e-3, 4, 200_001), ...range(4, 3e38, 50_001)]],
    ['tanh', 2, Math.tanh, [...range(-12, 12, 200_001), ...range(-1e-3, 1e-3, 20_001)]],
    ['sigmoid', 3, sigmoid, [...range(-86, 86, 200_001), ...range(-1, 1, 20_001)]],
  ])('%s is within 3 units in the last place of double precision', (_, which, exact, inputs) => {
    expect(worst(which, exact, inputs)).toBeLessThan(3);
  });

  it('have their limits: overflow, underflow, zero, infinities, NaN', () => {
    const inputs = [0, -0, 1000, -1000, Infinity, -Infinity, NaN];
    expect([...computed(0, inputs)]).toEqual([1, 1, Infinity, 0, Infinity, 0, NaN]);
    expect([...computed(2, inputs)]).toEqual([0, -0, 1, -1, 1, -1, NaN]);
    expect([...computed(3, inputs)]).toEqual([0.5, 0.5, 1, 0, 1, 0, NaN]);
    expect([...computed(1, [1, 0, -1, Infinity, NaN])]).toEqual([0, -Infinity, NaN, Infinity, NaN]);
    expect(computed(0, [-100])[0]).toBeCloseTo(Math.exp(-100), 44);
    expect(computed(1, [1e-42])[0]).toBeCloseTo(Math.log(Math.fround(1e-42)), 4);
  });
});
