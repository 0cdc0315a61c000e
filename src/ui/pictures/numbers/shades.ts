import type { ThemeName } from '../../theme/palette.ts';

type Rgb = readonly [number, number, number];

/** Blue, the paper between, orange: told apart by every kind of color vision, and by their lightness in gray. */
const SHADES: Readonly<Record<'light' | 'dark', readonly [low: Rgb, middle: Rgb, high: Rgb]>> = {
  light: [
    [33, 84, 158],
    [246, 245, 240],
    [190, 98, 18],
  ],
  dark: [
    [96, 165, 250],
    [28, 30, 34],
    [245, 158, 66],
  ],
};

/** The color of a number between the lowest and the highest; what lies beyond has the color of the end. */
export const shadeOf = (value: number, [low, high]: readonly [number, number], theme: ThemeName): Rgb => {
  const [bottom, middle, top] = SHADES[theme === 'dark' ? 'dark' : 'light'];
  const share = Math.min(1, Math.max(0, (value - low) / Math.max(high - low, 1e-9)));
  const at = Number.isFinite(share) ? share : 1;
  const [from, to, t] = at < 0.5 ? [bottom, middle, 2 * at] : [middle, top, 2 * at - 1];
  return [0, 1, 2].map((i) =>
    Math.round((from[i] as number) + t * ((to[i] as number) - (from[i] as number))),
  ) as unknown as Rgb;
};
