import { contrast, mix, parseHex, toHex } from './color.ts';
import { type MarkerShape, SPARE_MARKERS } from './markers.ts';
import { GROUND, type ThemeName } from './palette.ts';

export interface SeriesStyle {
  readonly color: Readonly<Record<ThemeName, string>>;
  readonly marker: MarkerShape;
  /** A hollow marker. */
  readonly isOpen: boolean;
  /** Drawn in place of the marker for what the table does not know. */
  readonly letter?: string;
  /** SVG stroke-dasharray; '' is a solid line. */
  readonly dash: string;
}

/** What a look depends on: how a run is composed, never its name. */
export interface SeriesKey {
  readonly method: string;
  readonly retain: string;
  readonly mask: string;
}

const style = (
  light: string,
  dark: string,
  marker: MarkerShape,
  isOpen: boolean,
  dash: string,
  letter?: string,
): SeriesStyle => ({ color: { light, dark }, marker, isOpen, dash, ...(letter ? { letter } : {}) });

/**
 * A color of its own for each family of methods, far enough apart for every kind of color vision; `method+retain` is a
 * method with any retain term. Markers and dashes tell them apart without color.
 */
const FAMILIES: Readonly<Record<string, SeriesStyle>> = {
  ga: style('#A63E00', '#C5230F', 'triangle-down', false, ''),
  'ga+retain': style('#D77A16', '#C57C32', 'triangle-down', true, '8 4'),
  npo: style('#02299D', '#2C8FF8', 'square', false, ''),
  'npo+retain': style('#199CDD', '#47C3FC', 'square', true, '8 4'),
  simnpo: style('#296F6D', '#356D5C', 'diamond', false, '2 3'),
  ft: style('#373400', '#97F59A', 'triangle-up', false, ''),
  rl: style('#6E1758', '#F796AF', 'hexagon', false, '6 2 2 2'),
  'rl+retain': style('#6E1758', '#F796AF', 'hexagon', true, '8 4'),
  scrub: style('#9039DF', '#982EC5', 'sparkle', false, '10 3'),
  'relabel-condition': style('#6E1758', '#F796AF', 'hexagon', false, '6 2 2 2'),
  'relabel-condition+retain': style('#6E1758', '#F796AF', 'hexagon', true, '8 4'),
  substitute: style('#296F6D', '#356D5C', 'diamond', true, '2 3'),
  esd: style('#9039DF', '#982EC5', 'triangle-left', false, '10 3'),
  'adv-unlearn': style('#AA44AA', '#AACC00', 'bar', false, '4 3'),
  'selective-amnesia': style('#000077', '#0055FF', 'sparkle', true, '6 2 2 2'),
  'sfd-eps': style('#FF33CC', '#FF44BB', 'triangle-right', false, '8 3 2 3'),
  sfd: style('#CC1166', '#BBAA66', 'triangle-right', true, '12 3'),
  retrain: style('#4B5563', '#C7CCD4', 'star', true, '12 6'),
};

/** The retrained model ★ and the original model ◌. */
export const RETRAINED_STYLE: SeriesStyle = style('#111827', '#F3F4F6', 'star', false, '12 6');
export const ORIGINAL_STYLE: SeriesStyle = style('#868B94', '#7D848F', 'ring', true, '2 4');

/** A pinned result: gray, told apart by its letter and its dashes. */
export const ghostStyle = (letter: string): SeriesStyle =>
  style('#6B7280', '#9CA3AF', 'ring', true, GHOST_DASHES[letter] ?? '', letter);

const GHOST_DASHES: Readonly<Record<string, string>> = { a: '', b: '6 3', c: '2 3', d: '8 3 2 3' };

const unknownStyle = (key: SeriesKey): SeriesStyle =>
  style('#4B5563', '#C7CCD4', 'ring', true, '4 3', key.method.slice(0, 1).toUpperCase());

const familyStyle = (key: SeriesKey): SeriesStyle => {
  const plain = FAMILIES[key.method];
  const base = key.retain === 'none' ? plain : (FAMILIES[`${key.method}+retain`] ?? plain);
  if (!base) return unknownStyle(key);
  return key.mask === 'none' ? base : { ...base, marker: 'cross-bar' };
};

const WHITE = parseHex('#FFFFFF');

/** How much of a hue must stay for 3:1 on its paper when it is mixed with white. */
const leastShare = (base: SeriesStyle, theme: ThemeName): number => {
  const paper = parseHex(GROUND[theme].paper);
  for (let share = 0.35; share < 1; share += 0.05) {
    if (contrast(mix(parseHex(base.color[theme]), WHITE, share), paper) >= 3) return share;
  }
  return 1;
};

/** The n-th of several runs of one family: a ramp from the family's hue towards white. */
const shaded = (base: SeriesStyle, nth: number, count: number, theme: ThemeName): string => {
  const share = 1 - ((1 - leastShare(base, theme)) * nth) / Math.max(1, count - 1);
  return toHex(mix(parseHex(base.color[theme]), WHITE, share));
};

const DASHES = ['', '8 4', '2 3', '6 2 2 2', '10 3', '4 3'];

const looksLike = (a: SeriesStyle, b: SeriesStyle): boolean =>
  a.marker === b.marker && a.isOpen === b.isOpen && a.letter === b.letter;

/** One style per run, all told apart by marker; the same list gives the same styles. */
export const seriesStyles = (keys: readonly SeriesKey[]): readonly SeriesStyle[] => {
  const taken: SeriesStyle[] = [];
  const uses = new Map<string, number>();
  const bases = keys.map(familyStyle);
  for (const base of bases) {
    const count = bases.filter((other) => other.color.light === base.color.light).length;
    const nth = uses.get(base.color.light) ?? 0;
    uses.set(base.color.light, nth + 1);
    const candidates: SeriesStyle[] = [
      base,
      ...SPARE_MARKERS.flatMap((marker) => [
        { ...base, marker, isOpen: base.isOpen },
        { ...base, marker, isOpen: !base.isOpen },
      ]),
    ];
    const free = candidates.find((candidate) => !taken.some((other) => looksLike(candidate, other))) ?? {
      ...base,
      letter: String(taken.length + 1),
    };
    taken.push(
      nth === 0
        ? free
        : {
            ...free,
            color: { light: shaded(base, nth, count, 'light'), dark: shaded(base, nth, count, 'dark') },
            dash: DASHES[(DASHES.indexOf(base.dash) + nth) % DASHES.length] as string,
          },
    );
  }
  return taken;
};
