import type { Plugin } from 'vite';
import { POLICY } from '../policy.mjs';

/**
 * Writes the policy into the built page, for hosts that send no headers. It comes first in the head: it binds only
 * what follows it. The development server needs inline scripts and goes without.
 */
export const policy = (): Plugin => ({
  name: 'unlearn-lab:policy',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { name: 'referrer', content: 'no-referrer' }, injectTo: 'head-prepend' },
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY },
      injectTo: 'head-prepend',
    },
  ],
});
