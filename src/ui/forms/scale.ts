/** Positions of a slider. */
export const NOTCHES = 200;

export interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly scale: 'linear' | 'log' | 'int';
}

/** A monotone curve on which a range's values are evenly spread. */
interface Curve {
  readonly to: (value: number) => number;
  readonly from: (place: number) => number;
}

const LINEAR: Curve = { to: (value) => value, from: (place) => place };
const LOG: Curve = { to: Math.log, from: Math.exp };

/** Logarithmic where the range asks for it; nearly so where it spans hundreds, and a straight slider would be all end. */
const curveOf = ({ min, max, scale }: NumberRange): Curve => {
  if (min > 0 && (scale === 'log' || (scale === 'int' && max / min > 100))) return LOG;
  if (min >= 0 && max >= 100) {
    const unit = max / 1000;
    return { to: (value) => Math.log1p(value / unit), from: (place) => unit * Math.expm1(place) };
  }
  return LINEAR;
};

/** The slider position, 0..NOTCHES, of a value. */
export const toNotch = (value: number, range: NumberRange): number => {
  const { min, max } = range;
  if (max <= min) return 0;
  const { to } = curveOf(range);
  const inside = Math.min(max, Math.max(min, value));
  return Math.round(((to(inside) - to(min)) / (to(max) - to(min))) * NOTCHES);
};

/** The value at a slider position: round to look at, and exact at both ends. */
export const fromNotch = (notch: number, range: NumberRange): number => {
  const { min, max, scale } = range;
  if (notch <= 0) return min;
  if (notch >= NOTCHES) return max;
  const curve = curveOf(range);
  const place = (at: number): number => curve.from(curve.to(min) + (at / NOTCHES) * (curve.to(max) - curve.to(min)));
  const raw = place(notch);
  // A round number that is nearer to this notch than to the next one.
  const unit = 10 ** Math.floor(Math.log10(Math.abs(place(notch + 1) - place(notch - 1)) / 2));
  const rounded = Number((Math.round(raw / unit) * unit).toPrecision(8));
  const inside = Math.min(max, Math.max(min, rounded));
  return scale === 'int' ? Math.round(inside) : inside;
};
