import { describe, expect, it } from 'vitest';
import { binsOf, differing, placeOf } from '../../src/ui/pictures/text/bins.ts';

describe('answers of one form', () => {
  it('differ in what stands between the words that all begin and all end with', () => {
    expect(differing(['lovelace writes poetry novels', 'lovelace writes travel novels'])).toEqual(['poetry', 'travel']);
    expect(differing(['l wrote the book silent garden', 'l wrote the book winter garden'])).toEqual([
      'silent',
      'winter',
    ]);
    expect(differing(['a is b', 'a is b c'])).toEqual(['b', 'b c']);
    expect(differing(['rome'])).toEqual(['rome']);
  });
});

describe('truth ratios in bars', () => {
  it('are shares of each model, with what lies beyond the ends in the outermost bars', () => {
    const bins = binsOf([-26, -0.1, 0.1, 26], [0.2, 0.3]);
    expect(bins).toHaveLength(12);
    expect(bins.map(({ own }) => own)).toEqual([0.25, 0, 0, 0, 0, 0.25, 0.25, 0, 0, 0, 0, 0.25]);
    expect(bins.map(({ retrained }) => retrained).indexOf(1)).toBe(6);
    expect(bins[6]).toMatchObject({ from: 0, to: 0.5 });
  });

  it('have a place between the ends', () => {
    expect([-30, -3, 0, 1.5, 30].map(placeOf)).toEqual([0, 0, 0.5, 0.75, 1]);
  });
});
