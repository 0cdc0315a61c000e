import { exp, log } from '../../engine/base/math.ts';
import { foldIn, keyOf, uniform } from '../../engine/base/random.ts';
import type { ParamValue } from '../../engine/base/schema.ts';
import { caps } from '../format/defaults.ts';
import type { SettingSpec } from '../format/settings.ts';

/** How many values a sweep has to begin with. */
const COUNT = 5;
/** How far they reach around the value that there is, as a factor. */
const REACH = 10;
/** Ends this far apart are filled on a logarithmic scale. */
const WIDE = 20;

const clamp = (value: number, { min, max }: { readonly min: number; readonly max: number }): number =>
  Math.min(max, Math.max(min, value));

const isNumeric = (spec: SettingSpec): spec is SettingSpec & { readonly min: number; readonly max: number } =>
  spec.kind === 'number' || spec.kind === 'int' || spec.kind === 'batch';

/** Values at places in [0, 1] between two ends: straight or logarithmic, three digits, each once, ascending. */
const between = (low: number, high: number, places: readonly number[], spec: SettingSpec): readonly number[] => {
  if (!isNumeric(spec)) return [];
  const isLog = low > 0 && ((spec.kind === 'number' && spec.scale === 'log') || high / low >= WIDE);
  const at = (place: number): number =>
    isLog ? exp(log(low) + place * (log(high) - log(low))) : low + place * (high - low);
  const round = (value: number): number => (spec.kind === 'number' ? Number(value.toPrecision(3)) : Math.round(value));
  return [...new Set(places.map((place) => clamp(round(at(place)), spec)))].sort((a, b) => a - b);
};

const evenly = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => i / Math.max(1, count - 1));

/** Values to begin a sweep with: around the one that there is, or all that there are. */
export const startingSweep = (spec: SettingSpec, value: ParamValue | undefined): readonly ParamValue[] => {
  switch (spec.kind) {
    case 'flag':
      return [false, true];
    case 'choice':
      return spec.options;
    case 'batch':
      return [16, 64, 'full'];
    default: {
      const own = Number(value ?? spec.default);
      const isLog = own > 0 && (spec.kind === 'int' || spec.scale === 'log' || spec.max - spec.min >= 100);
      const ends = isLog ? [clamp(own / REACH, spec), clamp(own * REACH, spec)] : [spec.min, spec.max];
      return between(ends[0] as number, ends[1] as number, evenly(COUNT), spec);
    }
  }
};

/** How many copies a fan has at most. */
const COPIES = 4;

/** Other values on a ramp around a number, ascending: what copies of a run may have in its place. */
export const fanValues = (spec: SettingSpec, own: number): readonly number[] => {
  if (spec.kind !== 'number' && spec.kind !== 'int') return [];
  const isOwn = (value: number): boolean => Math.abs(value - own) <= 0.01 * Math.abs(own);
  const others = startingSweep(spec, own)
    .map(Number)
    .filter((value) => !isOwn(value));
  const nearest = others.reduce((a, b) => (Math.abs(b - own) < Math.abs(a - own) ? b : a), others[0] ?? own);
  return others.length > COPIES ? others.filter((value) => value !== nearest) : others;
};

/**
 * As many values between the smallest and the largest of some: on an even grid, or drawn (evenly, on a logarithmic scale
 * where that fits) from a seed. Values that are no numbers are left as they are.
 */
export const respread = (
  values: readonly ParamValue[],
  how: 'grid' | 'draw',
  spec: SettingSpec,
  seed: number,
): readonly ParamValue[] => {
  const numbers = values.filter((value) => typeof value === 'number');
  if (!isNumeric(spec) || numbers.length < 2) return values;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const key = foldIn(keyOf(seed), 'sweep');
  const drawn = numbers.slice(2).map((_, i) => uniform(key, i));
  // The ends stay, so that the next draw is from the same range.
  return between(low, high, how === 'grid' ? evenly(numbers.length) : [0, ...drawn, 1], spec);
};

/** `0.1, 1, full` to the values of a sweep; null if one of them is none. */
export const readSweepValues = (typed: string, spec: SettingSpec): readonly ParamValue[] | null => {
  const words = typed.split(/[\s,;]+/).filter((word) => word !== '');
  const values = words.map((word): ParamValue | null => {
    if (spec.kind === 'flag') return word === 'true' ? true : word === 'false' ? false : null;
    if (spec.kind === 'choice') return spec.options.find((option) => option.replaceAll(/\s/g, '_') === word) ?? null;
    if (spec.kind === 'batch' && word === 'full') return word;
    const value = Number(word);
    const isWhole = spec.kind === 'number' || Number.isInteger(value);
    return Number.isFinite(value) && isWhole && value >= spec.min && value <= spec.max ? value : null;
  });
  const isGood = values.length > 0 && values.length <= caps.sweepValues && new Set(values).size === values.length;
  return isGood && !values.includes(null) ? (values as ParamValue[]) : null;
};

/** Sweep values as text. A word of a choice has no space in it. */
export const writeSweepValues = (values: readonly ParamValue[]): string =>
  values.map((value) => String(value).replaceAll(/\s/g, '_')).join(', ');
