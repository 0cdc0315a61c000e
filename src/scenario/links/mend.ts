/**
 * What happens to a link on its way: a sentence puts a full stop after it, a mail wraps it, a chat program adds what it
 * tracks readers with, a form writes '&' and '#' in other ways. None of this loses anything of what was meant.
 */

import { wellFormed } from '../../engine/base/words.ts';
import { cleaned, decoded } from './escapes.ts';
import { isPageKey, isTracking, queryPairs } from './pairs.ts';

/** How often something may have been escaped that was escaped already. */
const MOST_ESCAPES = 3;

/** The beginning of what stands after '#': a format, a dot and one character of the payload. */
const BEGINNING = /^[\s#!/"'<([{«“‘]*(\d{1,9})\s*\.\s*(?=[A-Za-z0-9_-])/;
/** A line break, with what mails put before it (quoted-printable) and after it (a reply). */
const LINE_BREAK = /(?:=|\\)?\r?\n[ \t]*(?:[>|][ \t]*)*/g;

interface MendedHash {
  /** '1.payload', as it was when it was made. */
  readonly hash: string;
  /** What stands after it. */
  readonly rest: string;
}

/** The part of a link after '#' without what came to stand in it and after it; undefined if it is none. */
export const mendHash = (hash: string): MendedHash | undefined => {
  let text = hash;
  for (let i = 0; i < MOST_ESCAPES && /%[0-9a-f]{2}/i.test(text); i++) text = decoded(text);
  // Markdown escapes '_', and word processors write a hyphen at which no line breaks.
  text = cleaned(text)
    .replace(LINE_BREAK, '')
    .replaceAll('\\_', '_')
    .replaceAll(/[\u2010\u2011]/g, '-');
  const beginning = BEGINNING.exec(text);
  if (beginning === null) return undefined;
  const payload = text.slice(beginning[0].length).replace(/\s/g, '');
  // Whatever is no digit of base64 ends it: a full stop, a bracket, '?utm_source=...'.
  const end = payload.search(/[^A-Za-z0-9_+/-]/);
  const digits = end < 0 ? payload : payload.slice(0, end);
  return { hash: `${beginning[1]}.${digits}`, rest: payload.slice(digits.length) };
};

/** What stands in an address after '#' and after '?'. */
export interface Address {
  /** Without its '#'. */
  readonly hash: string;
  /** With its '?'; empty where there is none. */
  readonly search: string;
}

const IN_TEXT = /#[\s!/]*\d{1,9}\s*\.\s*[A-Za-z0-9_-]/;
/** Nothing but what stands after '#', or after '?'. */
const BARE_HASH = /^\d{1,9}\.[A-Za-z0-9_-]{8}/;
const BARE_QUERY = /^[\w.]+=[^/?#]*$/;

/** Whether a text is a link to an experiment, whole or in part, and not just any text. */
export const isLink = (text: string): boolean =>
  text.length < 2_000_000 &&
  /(#|%(25)*23)[\s!/]*\d{1,9}\.[\w-]{8}|^\d{1,9}\.[\w-]{8}|([?&]|%(25)*3F)p(=|%(25)*3D)[\w-]/i.test(text);

/** The address that a program put into another one, to check it or to count who follows it. */
const carriedBy = (search: string): string | undefined =>
  queryPairs(search, 20).find(
    ([key, value]) => !isPageKey(key) && !isTracking(key) && /^https?:\/\//i.test(value),
  )?.[1];

/** The address in what somebody calls a link: a whole one, or what stands after '#' or '?' in it, mangled or not. */
export const addressIn = (link: string, depth = 0): Address => {
  let text = link.trim();
  if (BARE_HASH.test(text)) return { hash: text, search: '' };
  if (BARE_QUERY.test(text)) return { hash: '', search: `?${text}` };
  for (let i = 0; i < MOST_ESCAPES && !IN_TEXT.test(text) && /%(25)*23/i.test(text); i++) text = decoded(text);
  const hash = IN_TEXT.exec(text)?.index ?? text.indexOf('#');
  const before = hash < 0 ? text : text.slice(0, hash);
  const query = before.indexOf('?');
  if (query < 0 && hash < 0 && /%(25)*3F/i.test(text) && depth < MOST_ESCAPES)
    return addressIn(decoded(text), depth + 1);
  const carried = query < 0 || IN_TEXT.test(text) || depth >= MOST_ESCAPES ? undefined : carriedBy(before.slice(query));
  if (carried !== undefined) return addressIn(carried, depth + 1);
  return { hash: hash < 0 ? '' : text.slice(hash + 1), search: query < 0 ? '' : before.slice(query) };
};

/**
 * The address of the page as it was meant, where its '#' or '?' came escaped and stands in the path, or what it says of the
 * page stands after the payload; undefined where it is as it should be.
 */
export const mendLocation = (
  pathname: string,
  { search, hash }: Address,
): (Address & { pathname: string }) | undefined => {
  const folder = pathname.lastIndexOf('/') + 1;
  const file = pathname.slice(folder);
  const inPath = file.includes('%') && hash === '' ? addressIn(file) : { hash: '', search: '' };
  if (inPath.hash === '' && inPath.search !== '' && search === '') {
    return { pathname: pathname.slice(0, folder), search: inPath.search, hash };
  }
  const mended = mendHash(inPath.hash || hash);
  if (mended === undefined) return undefined;
  const said = queryPairs(mended.rest, 20).filter(([key]) => isPageKey(key));
  if (inPath.hash === '' && said.length === 0) return undefined;
  const parts = [
    search.replace(/^\?/, ''),
    ...said.map(([key, value]) => `${key}=${encodeURIComponent(wellFormed(value))}`),
  ];
  const query = parts.filter((part) => part !== '').join('&');
  return {
    pathname: inPath.hash === '' ? pathname : pathname.slice(0, folder),
    search: query === '' ? '' : `?${query}`,
    hash: mended.hash,
  };
};
