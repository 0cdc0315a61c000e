import { describe, expect, it } from 'vitest';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { contrast, parseHex } from '../../src/ui/theme/color.ts';
import { CLASS_TINTS, className, classTint, GROUND } from '../../src/ui/theme/palette.ts';
import { type SeriesKey, seriesStyles } from '../../src/ui/theme/series.ts';

const key = (method: string, retain = 'none', mask = 'none'): SeriesKey => ({ method, retain, mask });
const looks = (keys: readonly SeriesKey[]): string[] =>
  seriesStyles(keys).map(({ marker, isOpen, letter }) => `${marker} ${isOpen} ${letter ?? ''}`);

const MANY: readonly SeriesKey[] = [
  ...catalogueInfo.methods.flatMap(({ id, recipes }) => [
    key(id),
    ...recipes.map(({ retain, mask }) => key(id, retain?.kind, mask?.kind)),
  ]),
  key('unheard-of'),
  key('unknown'),
];

describe('the looks of runs', () => {
  it('are told apart by marker alone, up to 24 of them', () => {
    const keys = Array.from({ length: 24 }, (_, i) => MANY[i % MANY.length] as SeriesKey);
    expect(new Set(looks(keys)).size).toBe(24);
    expect(new Set(looks(Array.from({ length: 10 }, () => key('npo')))).size).toBe(10);
  });

  it('keep to 3:1 on their paper in both themes', () => {
    const ramp = Array.from({ length: 8 }, () => key('npo'));
    for (const theme of ['light', 'dark'] as const) {
      for (const { color } of [...seriesStyles(MANY), ...seriesStyles(ramp)]) {
        expect(contrast(parseHex(color[theme]), parseHex(GROUND[theme].paper))).toBeGreaterThanOrEqual(2.95);
      }
    }
  });

  it('never use the signs of the forget and the retain set', () => {
    expect(seriesStyles(MANY).every(({ marker }) => !['cross', 'dot'].includes(marker))).toBe(true);
  });

  it('of an unknown method have a letter', () => {
    expect(seriesStyles([key('zebra')])[0]?.letter).toBe('Z');
  });

  it('of methods that erase a condition are told apart by marker and by colour, without a letter', () => {
    const erasing = catalogueInfo.methods.filter(({ conditions }) => conditions).map(({ id }) => id);
    const beside = ['ga', 'npo', 'ft'];
    const alone = [...erasing, ...beside].flatMap((id) => seriesStyles([key(id)]));
    expect(alone.flatMap(({ letter }) => letter ?? [])).toEqual([]);
    expect(new Set(alone.map(({ marker, isOpen }) => `${marker} ${isOpen}`)).size).toBe(alone.length);
    for (const theme of ['light', 'dark'] as const) {
      expect(new Set(alone.map(({ color }) => color[theme])).size).toBe(alone.length);
    }
  });

  it('do not change when another family is added', () => {
    expect(seriesStyles([key('ga'), key('npo')])[0]).toEqual(seriesStyles([key('ga')])[0]);
  });
});

/** Linear RGB to what people with a colour vision deficiency see: Machado et al. 2009, full severity. */
const VISIONS: Readonly<Record<string, readonly number[]>> = {
  normal: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protan: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deutan: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritan: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
};

const linear = (channel: number): number => {
  const c = channel / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
};

/** OKLab of a colour under a vision. */
const seen = (label: number, vision: readonly number[]): readonly number[] => {
  const rgb = classTint(label).map(linear);
  const row = (matrix: readonly number[], at: number, by: readonly number[]): number =>
    by.reduce((sum, value, i) => sum + value * (matrix[3 * at + i] as number), 0);
  const felt = [0, 1, 2].map((at) => Math.max(0, row(vision, at, rgb)));
  const cones = [
    0.4122214708, 0.5363325363, 0.0514459929, 0.2119034982, 0.6806995451, 0.1073969566, 0.0883024619, 0.2817188376,
    0.6299787005,
  ];
  const lms = [0, 1, 2].map((at) => Math.cbrt(row(cones, at, felt)));
  const lab = [
    0.2104542553, 0.793617785, -0.0040720468, 1.9779984951, -2.428592205, 0.4505937099, 0.0259040371, 0.7827717662,
    -0.808675766,
  ];
  return [0, 1, 2].map((at) => row(lab, at, lms));
};

describe('the tints of classes', () => {
  it('are as many as there may be classes, and have letters', () => {
    expect(CLASS_TINTS).toHaveLength(12);
    expect([0, 2, 11].map(className)).toEqual(['A', 'C', 'L']);
  });

  it.each(Object.keys(VISIONS))('A to E stay apart in %s vision', (name) => {
    const points = [0, 1, 2, 3, 4].map((label) => seen(label, VISIONS[name] ?? []));
    const distances = points.flatMap((a, i) =>
      points.slice(i + 1).map((b) => Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)))),
    );
    expect(100 * Math.min(...distances)).toBeGreaterThan(3);
  });
});
