import { mix, parseHex, type Rgb, toHex } from './color.ts';

export type ThemeName = 'light' | 'dark';

/** What the canvases need; the same values stand in theme.css. */
export const GROUND: Readonly<Record<ThemeName, { readonly paper: string; readonly ink: string }>> = {
  light: { paper: '#FFFFFF', ink: '#111827' },
  dark: { paper: '#0F1419', ink: '#F3F4F6' },
};

/** One tint per class: A, B, C, ... */
export const CLASS_TINTS: readonly string[] = [
  '#D98C3F',
  '#4C9BE8',
  '#3FA37A',
  '#9A7BD1',
  '#C9B458',
  '#8C8C8C',
  '#D96A8B',
  '#3FB8B8',
  '#A8794E',
  '#8FAE4A',
  '#6C7BD8',
  '#C78FC0',
];

export const classTint = (label: number): Rgb => parseHex(CLASS_TINTS[label % CLASS_TINTS.length] as string);

/** A strong shade of the class's tint, dark on light and light on dark: points stand out from the tint below them. */
export const pointColor = (label: number, theme: ThemeName): string =>
  toHex(theme === 'light' ? mix(classTint(label), [0, 0, 0], 0.6) : mix(classTint(label), [255, 255, 255], 0.5));

/** Around every point. */
export const POINT_RIM: Readonly<Record<ThemeName, string>> = {
  light: 'rgba(255, 255, 255, 0.88)',
  dark: 'rgba(10, 14, 18, 0.88)',
};

/** Letters for classes: 0 is A. */
export const className = (label: number): string => String.fromCharCode(65 + (label % 26));

/** Share of the tint over the paper for a confidence between 1/C and 1. */
const tintShare = (confidence: number, classes: number): number => {
  const floor = 1 / Math.max(2, classes);
  const scaled = Math.min(1, Math.max(0, (confidence - floor) / (1 - floor)));
  return 0.18 + 0.5 * scaled;
};

/** Packed RGBA (little-endian) by [class * 256 + confidence byte]. */
export const tintTable = (classes: number, theme: ThemeName): Uint32Array => {
  const paper = parseHex(GROUND[theme].paper);
  const table = new Uint32Array(classes * 256);
  for (let label = 0; label < classes; label++) {
    for (let byte = 0; byte < 256; byte++) {
      const [r, g, b] = mix(classTint(label), paper, tintShare(byte / 255, classes));
      table[label * 256 + byte] = 0xff000000 | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r);
    }
  }
  return table;
};
