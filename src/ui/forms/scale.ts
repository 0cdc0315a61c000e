import type { IntSpec, NumberSpec } from '../../engine/schema.ts';

/** Positions of a slider. */
export const NOTCHES = 200;

type Ranged = Pick<NumberSpec, 'min' | 'max' | 'scale'> | (Pick<IntSpec, 'min' | 'max'> & { readonly scale: 'int' });

const isLog = (range: Ranged): boolean => range.scale === 'log' && range.min > 0;

/** The slider position, 0..NOTCHES, of a value. */
export const toNotch = (value: number, range: Ranged): number => {
  const { min, max } = range;
  if (max <= min) return 0;
  const share = isLog(range)
    ? (Math.log(Math.max(value, min)) - Math.log(min)) / (Math.log(max) - Math.log(min))
    : (value - min) / (max - min);
  return Math.round(Math.min(1, Math.max(0, share)) * NOTCHES);
};

/** The value at a slider position: round to look at, and exact at both ends. */
export const fromNotch = (notch: number, range: Ranged): number => {
  const { min, max } = range;
  if (notch <= 0) return min;
  if (notch >= NOTCHES) return max;
  const share = notch / NOTCHES;
  const raw = isLog(range)
    ? Math.exp(Math.log(min) + share * (Math.log(max) - Math.log(min)))
    : min + share * (max - min);
  if (range.scale === 'int') return Math.round(raw);
  const unit = isLog(range)
    ? 10 ** (Math.floor(Math.log10(raw)) - 1)
    : 10 ** Math.floor(Math.log10((max - min) / NOTCHES));
  const rounded = Number((Math.round(raw / unit) * unit).toPrecision(6));
  return Math.min(max, Math.max(min, rounded));
};
