import { cleaned, decoded } from './escapes.ts';

/** Keys of a query that are about the page, not about the experiment. */
const PAGE_KEYS = [
  'embed',
  'lesson',
  'page',
  'present',
  'predict',
  'show',
  'lock',
  'autoplay',
  'theme',
  'lang',
  'room',
  'origin',
] as const;
export type PageKey = (typeof PAGE_KEYS)[number];

export const isPageKey = (key: string): boolean => PAGE_KEYS.some((known) => known === key.toLowerCase());

/** What mail, advertising and chat programs add to links that pass through them. */
const TRACKING =
  /^(utm|mtm|pk|piwik|matomo|hsa|vero|oly|fb|mc|ga|gad|itm|at|ns|wt|trk|cm|ir|sc|s)[_.].+|^_(hs|ga|gl|ke|bta|branch).*|^__.+|^(fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igsh|igshid|li_fat_id|srsltid|epik|mkt_tok|wickedid|rb_clickid|ref|ref_src|ref_url|referrer|source|campaign|campaignid|medium|si|share|shared|feature|spm|scm|trk|cvid|sdata|reserved|xtor|cid|ck_subscriber_id|guccounter|guce_referrer.*|web|wdlor|openexternalbrowser)$/i;

/** Whether a key is none of ours and tells a sender about the reader. */
export const isTracking = (key: string): boolean => key.length <= 60 && TRACKING.test(key);

/** What may come to stand before and after a value in a sentence. */
const BEFORE = /[\s"'<([{«“‘`*]/;
const AFTER = /[\s.,;:!?"'>)\]}»”’`*…]/;

const withoutAround = (text: string): string => {
  let [start, end] = [0, text.length];
  while (start < end && BEFORE.test(text[start] as string)) start++;
  // Markup or a quotation mark ends it.
  const close = text.slice(start).search(/[<>"“”«»|]/);
  if (close >= 0) end = start + close;
  while (end > start && AFTER.test(text[end - 1] as string)) end--;
  return text.slice(start, end);
};

const keyIn = (text: string): string =>
  cleaned(decoded(text.replaceAll('+', ' ')))
    .trim()
    .replace(/^[?&]+/, '')
    .replace(/^(?:(?:amp|#38|#x26);)+/i, '');

/** The value, without what a sentence puts around it. A `%` that escapes nothing stays. */
const valueIn = (text: string): string =>
  // Mails write '=' as '=3D'.
  withoutAround(cleaned(decoded(text.replaceAll('+', ' ')))).replace(/^3D(?=[\w.-])/, '');

const pairOf = (part: string): readonly [string, string] => {
  // A whole pair may have been escaped, '=' too: '%3D', or '=3D' in a mail.
  const text = part.includes('=') ? part : part.replace(/%3D/i, '=');
  const equals = text.indexOf('=');
  if (equals < 0) return [withoutAround(keyIn(text)), ''];
  return [keyIn(text.slice(0, equals)), valueIn(text.slice(equals + 1))];
};

/** The pairs of a query string, with or without its '?'; of a very long one the first `most`. */
export const queryPairs = (search: string, most: number): (readonly [key: string, value: string])[] =>
  cleaned(search.slice(0, 400_000))
    .replace(/^[?&]+/, '')
    .replace(/(?<!amp|#38|#x26);(?=[A-Za-z][\w.]{0,60}=)/gi, '&')
    .split('&', 2 * most)
    .filter((part) => part.trim() !== '')
    .map(pairOf)
    .filter(([key]) => key !== '');

/** What a query says about the page, by key; what it says twice counts once. */
export const pageValues = (search: string): ReadonlyMap<PageKey, string> => {
  const values = new Map<PageKey, string>();
  for (const [key, value] of queryPairs(search.slice(0, 10_000), 200)) {
    const known = PAGE_KEYS.find((one) => one === key.toLowerCase());
    if (known && !values.has(known)) values.set(known, value);
  }
  return values;
};

/** A query without some of what it says about the page; the rest stays as it was written. */
export const withoutPageKeys = (search: string, keys: readonly PageKey[]): readonly string[] =>
  search
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '' && !keys.some((key) => key === pairOf(part)[0].toLowerCase()));
