import { describe, expect, it } from 'vitest';
import { keyOf } from '../../../src/engine/base/random.ts';
import type { TextReadings } from '../../../src/families/text/outputs.ts';
import { truthOf } from '../../../src/families/text/truth.ts';
import { WORLD, worldOf } from '../../../src/families/text/world.ts';

const world = worldOf({ ...WORLD, authors: 20 }, keyOf(0));

/** A model that finds the paraphrased answer of item i worth `loss(i)` nats a word, and every wrong one worth `wrong`. */
const reading = (loss: (i: number) => number, wrong: number) =>
  ({
    losses: (items: readonly number[], form?: string) => items.map((i) => (form === 'paraphrased' ? loss(i) : wrong)),
  }) as Partial<TextReadings> as TextReadings;

describe('truth ratios', () => {
  it('are exponents of ten, with the distance from the retrained model where it is largest', () => {
    const told = truthOf(
      world,
      0,
      [0, 1, 2, 3],
      reading((i) => i * Math.LN10, 0),
      reading(() => 0, 0),
    );
    expect([...told.own].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([0, 1, 2, 3]);
    expect([...told.retrained]).toEqual([0, 0, 0, 0]);
    expect(told.distance).toBe(0.75);
    expect(told.at).toBe(0);
    expect(told.truth).toEqual({ answer: world.items[0]?.paraphrased.join(' '), p: 1 });
    expect(told.wrong).toHaveLength(5);
  });

  it('have no distance before there is a retrained model', () => {
    const told = truthOf(
      world,
      3,
      [0, 1],
      reading(() => 1, 2),
      undefined,
    );
    expect(told).toMatchObject({ distance: Number.NaN, at: Number.NaN, pValue: Number.NaN });
    expect(told.retrained).toHaveLength(0);
  });

  it('are refused for a question that there is not', () => {
    expect(() =>
      truthOf(
        world,
        9999,
        [],
        reading(() => 0, 0),
        undefined,
      ),
    ).toThrow(/no question 9999/);
  });
});
