import { type PageKey, pageValues } from '../../scenario/links/pairs.ts';
import { type LanguageChoice, THEMES, type ThemeChoice } from '../contracts/state.ts';

/** What the query of an address says about the page itself, beside the experiment. */
export interface Modes {
  /** The page is part of another page: no header, no settings, nothing kept. */
  readonly isEmbedded: boolean;
  /** What an embedded page shows. */
  readonly parts: readonly EmbedPart[];
  /** Nothing of the experiment can be changed. */
  readonly isLocked: boolean;
  /** An embedded page plays by itself. */
  readonly autoplays: boolean;
  readonly theme: ThemeChoice | null;
  readonly language: LanguageChoice | null;
  /** The only origin that may speak to an embedded page; null for whichever embeds it, `NOBODY` where what is said is none. */
  readonly origin: string | null;
  readonly room: string | null;
  /** The page opens as a lecture; `predict`: with its results hidden. */
  readonly lecture: 'present' | 'predict' | null;
}

/** Parts of an embedded page, from top to bottom. */
export const EMBED_PARTS = ['verdict', 'grid', 'trade', 'series', 'claims', 'knob', 'scrub'] as const;
export type EmbedPart = (typeof EMBED_PARTS)[number];

const USUAL: readonly EmbedPart[] = ['verdict', 'grid', 'knob', 'scrub'];

/** Stands for an origin that no page has. */
export const NOBODY = 'nobody';

/** 'https://example.org' of an address: who meant to name one and did not is not taken to allow all. */
const originOf = (address: string): string => {
  const { origin, protocol } = URL.canParse(address) ? new URL(address) : { origin: '', protocol: '' };
  return protocol === 'https:' || protocol === 'http:' ? origin : NOBODY;
};

/** The modes of a query string. What it says wrongly counts as not said, except for who may speak. */
export const readModes = (search: string): Modes => {
  const query = pageValues(search);
  const isSet = (key: PageKey): boolean => query.has(key) && query.get(key) !== '0' && query.get(key) !== 'false';
  const asked = new Set((query.get('show') ?? '').split(','));
  const parts = EMBED_PARTS.filter((part) => asked.has(part));
  const choice = <T extends string>(key: PageKey, options: readonly T[]): T | null =>
    options.find((option) => option === query.get(key)?.toLowerCase()) ?? null;
  return {
    isEmbedded: isSet('embed'),
    parts: parts.length > 0 ? parts : USUAL,
    isLocked: isSet('lock'),
    autoplays: isSet('autoplay'),
    theme: choice('theme', THEMES),
    language: query.get('lang')?.toLowerCase() ?? null,
    origin: query.has('origin') ? originOf(query.get('origin') ?? '') : null,
    room: query.get('room')?.toLowerCase() ?? null,
    lecture: isSet('predict') ? 'predict' : isSet('present') ? 'present' : null,
  };
};
