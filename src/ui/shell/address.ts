import { toWire } from '../../engine/base/errors.ts';
import type { Lab } from '../../store/lab.ts';
import { term } from '../text.ts';

/** Who can open an address: anybody, the same network, or nobody but this computer. */
export type Reach = 'anyone' | 'network' | 'computer';

/** Where links begin: the public address that the page was built with, or where the page is. Without a query and a hash. */
export const shareBase = (publicBase: string | undefined, href: string): string => {
  const base = new URL(publicBase === undefined || publicBase === '' ? href : publicBase);
  base.search = '';
  base.hash = '';
  return base.href;
};

/** Addresses that only their own network knows (RFC 1918, RFC 3927, RFC 4193, RFC 6762). */
const isNetwork = (host: string): boolean =>
  /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(host) ||
  /^\[f[cd][0-9a-f]{2}:|^\[fe80:/.test(host) ||
  /\.local$/.test(host) ||
  !/[.:]/.test(host);

export const reachOf = (address: string): Reach => {
  const { protocol, hostname } = new URL(address);
  if (!/^https?:$/.test(protocol)) return 'computer';
  if (/^(localhost|.*\.localhost|127(\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(hostname)) return 'computer';
  return isNetwork(hostname) ? 'network' : 'anyone';
};

/** Where links begin, which may be fixed when the page is built. */
export const hereBase = (): string => shareBase(import.meta.env['PUBLIC_BASE'], location.href);

/** The address that names what is on screen; null where a name does not say it all. */
export const shortAddress = (lab: Lab, step: number | undefined): string | null => {
  const query = lab.link.shortQuery(step);
  return query === null ? null : `${hereBase()}${query}`;
};

/** The whole address of what is on screen, or why there is none. `query` goes before the hash. */
export const shareAddress = (
  lab: Lab,
  { step, query = '' }: { readonly step?: number | undefined; readonly query?: string } = {},
) => {
  try {
    return { url: `${hereBase()}${query}#${lab.link.shareHash(step)}`, problem: '' };
  } catch (thrown) {
    return { url: '', problem: term(toWire(thrown).message) };
  }
};
