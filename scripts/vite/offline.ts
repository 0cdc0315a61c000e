import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { minify, type Plugin, transformWithOxc } from 'vite';
import { POLICY } from '../policy.mjs';

const SERVICE_WORKER = join(import.meta.dirname, '../../src/browser/service-worker.ts');

const MANIFEST = {
  name: 'Unlearn Lab',
  short_name: 'Unlearn Lab',
  description: 'A machine-unlearning simulator that lives in a browser tab.',
  // All addresses are relative: the page runs in any folder of any host.
  id: './',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#111827',
  theme_color: '#111827',
  icons: [
    { src: './favicon.svg', sizes: 'any', type: 'image/svg+xml' },
    { src: './icon-192.png', sizes: '192x192', type: 'image/png' },
    { src: './icon-512.png', sizes: '512x512', type: 'image/png' },
    { src: './icon-full-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};

const filesBelow = (folder: string, prefix = ''): readonly string[] =>
  readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(folder, `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`],
  );

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('base64');

/**
 * Makes the built page installable and independent of the network: a web manifest with icons, and a service worker
 * that knows every file of the build with its checksum. Decision record 0010.
 */
export const offline = (): Plugin => ({
  name: 'unlearn-lab:offline',
  apply: 'build',
  enforce: 'post',
  transformIndexHtml: () => [
    { tag: 'link', attrs: { rel: 'manifest', href: './manifest.webmanifest' }, injectTo: 'head' },
    { tag: 'link', attrs: { rel: 'apple-touch-icon', href: './icon-touch-180.png' }, injectTo: 'head' },
  ],
  generateBundle() {
    const source = `${JSON.stringify(MANIFEST, null, 1)}\n`;
    this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source });
  },
  async writeBundle({ dir = 'dist' }) {
    const folder = resolve(dir);
    const files = filesBelow(folder)
      .filter((file) => file !== 'sw.js' && !file.endsWith('.map'))
      .map((file) => [file, `sha256-${sha256(readFileSync(join(folder, file)))}`] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const { code } = await transformWithOxc(readFileSync(SERVICE_WORKER, 'utf8'), SERVICE_WORKER);
    const constants = {
      FILES: Object.fromEntries(files),
      VERSION: sha256(JSON.stringify([files, code])).slice(0, 12),
      POLICY,
    };
    const head = Object.entries(constants).map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`);
    const worker = `{\n${head.join('\n')}\n${code.replace(/^export \{\};?$/m, '')}\n}\n`;
    writeFileSync(join(folder, 'sw.js'), (await minify('sw.js', worker)).code);
  },
});
