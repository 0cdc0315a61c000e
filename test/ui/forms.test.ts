import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { addRun } from '../../src/store/draft/edits.ts';
import { changedSettings } from '../../src/ui/forms/changed.ts';
import {
  readCorners,
  readIndices,
  readWidths,
  writeCorners,
  writeIndices,
  writeWidths,
} from '../../src/ui/forms/lists.ts';
import { familyOf, METHOD_FAMILIES, suggested } from '../../src/ui/forms/method-families.ts';
import { matching, pickOf, picksOf } from '../../src/ui/forms/recipes.ts';
import { fromNotch, NOTCHES, toNotch } from '../../src/ui/forms/scale.ts';
import { small } from '../support/run.ts';

const RANGES = [
  { min: 0.001, max: 10, scale: 'log' },
  { min: 0, max: 1, scale: 'linear' },
  { min: 0, max: 1000, scale: 'linear' },
  { min: 1, max: 20_000, scale: 'int' },
  { min: 2, max: 12, scale: 'int' },
  { min: -3, max: 3, scale: 'linear' },
] as const;

describe('a slider', () => {
  it.each(RANGES)('from $min to $max ($scale) comes back to where it was put', (range) => {
    for (let notch = 0; notch <= NOTCHES; notch++) {
      const value = fromNotch(notch, range);
      expect(value).toBeGreaterThanOrEqual(range.min);
      expect(value).toBeLessThanOrEqual(range.max);
      if (range.scale !== 'int') expect(Math.abs(toNotch(value, range) - notch)).toBeLessThanOrEqual(1);
    }
    expect([fromNotch(0, range), fromNotch(NOTCHES, range)]).toEqual([range.min, range.max]);
  });

  it('gives round values', () => {
    expect(String(fromNotch(77, RANGES[0])).length).toBeLessThanOrEqual(7);
    expect(String(fromNotch(33, RANGES[1])).length).toBeLessThanOrEqual(6);
  });
});

describe('lists as text', () => {
  it('of widths', () => {
    expect(readWidths('32-32')).toEqual([32, 32]);
    expect(readWidths(' 8, 4 ')).toEqual([8, 4]);
    for (const wrong of ['', 'abc', '0', '600', '1-1-1-1-1-1-1', '-3.5']) expect(readWidths(wrong)).toBeNull();
    expect(readWidths(writeWidths([5, 6, 7]))).toEqual([5, 6, 7]);
  });

  it('of indices come back as they were', () => {
    expect(writeIndices([0, 3, 5, 6, 7, 8])).toBe('0, 3, 5-8');
    for (const wrong of ['', 'x', '3-1', '1.5']) expect(readIndices(wrong)).toBeNull();
    const anyIndices = fc.uniqueArray(fc.nat(3000), { minLength: 1 }).map((indices) => indices.sort((a, b) => a - b));
    fc.assert(
      fc.property(anyIndices, (indices) => {
        expect(readIndices(writeIndices(indices))).toEqual(indices);
      }),
    );
  });

  it('of corners', () => {
    const corners = [
      [0, 1],
      [2.5, -3],
      [1, 1],
    ] as const;
    expect(readCorners(writeCorners(corners))).toEqual(corners);
    for (const wrong of ['', '1, 2', '1\n2\n3', 'a, b\n1, 2\n3, 4']) expect(readCorners(wrong)).toBeNull();
  });
});

describe('the picker', () => {
  it('finds by name, by the short name and by words of the sentence, in any order and case', () => {
    const picks = picksOf(catalogueInfo.methods);
    const ids = (query: string) => matching(picks, query).map(({ id }) => id);
    expect(ids('')).toEqual(picks.map(({ id }) => id));
    expect(ids('NPO+rt')).toContain('npo/npo-rt');
    expect(ids('random label')).toEqual(ids('LABEL  random'));
    expect(ids('amnesiac')).toContain('rl/amnesiac');
    expect(ids('no such method')).toEqual([]);
  });

  it('recognizes every method and recipe that it has added', () => {
    const picks = picksOf(catalogueInfo.methods);
    for (const pick of picks) {
      const run = addRun(pick.method, pick.recipe)(small({ runs: [] })).runs[0];
      expect(run && pickOf(run, picks)?.id).toBe(pick.id);
    }
  });
});

describe('families of methods', () => {
  const picks = picksOf(catalogueInfo.methods);

  it('have each pick in one family, a recipe in that of its method', () => {
    for (const pick of picks) {
      expect(METHOD_FAMILIES).toContain(familyOf(pick));
      expect(familyOf(pick)).toBe(familyOf({ ...pick, recipe: undefined }));
    }
    expect(familyOf({ ...picks[0], method: { ...picks[0]?.method, id: 'of-a-plug-in' } } as never)).toBe('others');
  });

  it('suggest six that are not compared: NPO before anything that few know', () => {
    const ids = (compared: readonly string[]) => suggested(picks, compared).map(({ id }) => id);
    expect(ids(['ga'])).toHaveLength(6);
    expect(ids(['ga'])[0]).toBe('npo');
    expect(ids(['ga', 'npo'])).not.toContain('npo');
    const first = ids([]);
    const second = ids(first);
    expect(first).toEqual(['npo', 'ga', 'ga/graddiff', 'npo/npo-rt', 'rl/amnesiac', 'scrub']);
    expect(second).toEqual(['simnpo', 'ft', 'rl/salun', 'idk', 'ssd', 'rmu']);
  });
});

describe('what is marked as not the default', () => {
  it('is what differs from the method or the recipe, and not what the recipe sets by itself', () => {
    const picks = picksOf(catalogueInfo.methods);
    for (const pick of picks) {
      const run = addRun(pick.method, pick.recipe)(small({ runs: [] })).runs[0];
      if (!run) throw new Error(`no run of ${pick.id}`);
      expect([...changedSettings(run, pick, catalogueInfo)], pick.id).toEqual([]);
      const other = { ...run, steps: run.steps + 1, retain: { ...run.retain, weight: 7 } };
      expect([...changedSettings(other, pick, catalogueInfo)], pick.id).toEqual(['steps', 'retain.weight']);
    }
  });
});
