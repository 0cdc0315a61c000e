import { describe, expect, it } from 'vitest';
import dualUse from '../../src/data/dual-use.ts';
import twoRules from '../../src/data/two-rules.ts';
import { keyOf } from '../../src/engine/base/random.ts';

describe('two rules', () => {
  const { train, test, components } = twoRules.generate({ points: 200, poisoned: 0.4 }, keyOf(5));
  const poisoned = components?.['poisoned'] as { readonly train: Int32Array; readonly test: Int32Array };
  const sideOf = (x: Float32Array, i: number, d: 0 | 1) => ((x[2 * i + d] as number) > 0 ? 1 : 0);

  it('label the poisoned points by the first number, all others by the second', () => {
    const isBad = new Set(poisoned.train);
    expect(isBad.size).toBe(80);
    train.y.forEach((label, i) => {
      expect(label).toBe(sideOf(train.x, i, isBad.has(i) ? 0 : 1));
    });
  });

  it('have fresh points of the forget set where the rules differ, with the bad label, and others with the good one', () => {
    const isBad = new Set(poisoned.test);
    expect(isBad.size).toBe(100);
    test.y.forEach((label, i) => {
      expect(label).toBe(sideOf(test.x, i, isBad.has(i) ? 0 : 1));
      if (isBad.has(i)) expect(sideOf(test.x, i, 0)).not.toBe(sideOf(test.x, i, 1));
    });
  });
});

describe('dual use', () => {
  const { train, components, composition, inputs } = dualUse.generate({ perTask: 40, noise: 0.1 }, keyOf(6));

  it('asks each question of the bits in its own words, with answers of its own', () => {
    expect([inputs, train.y.length]).toEqual([5, 120]);
    train.y.forEach((label, i) => {
      const [a, b, ...task] = train.x.slice(i * 5, i * 5 + 5);
      const bits = [a, b].map((bit) => ((bit as number) > 0 ? 1 : 0)) as [number, number];
      const asked = task.indexOf(1);
      expect(task.reduce((sum, one) => sum + one, 0)).toBe(1);
      expect(label).toBe(2 * asked + ([bits[0], bits[1], bits[0] ^ bits[1]][asked] as number));
    });
    expect([...(components?.['xor']?.train ?? [])]).toEqual(Array.from({ length: 40 }, (_, i) => 80 + i));
  });

  it('says how two answers make the third', () => {
    const all = [0, 1].flatMap((a) => [0, 1].map((b) => composition?.composed[a]?.[b]));
    expect(all).toEqual([4, 5, 5, 4]);
  });
});
