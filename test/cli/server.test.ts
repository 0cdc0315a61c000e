import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { onlyDist } from '../../scripts/only-dist.mjs';
import { textOf } from '../architecture/sources.ts';

const home = mkdtempSync(join(tmpdir(), 'unlearn-lab-server-'));
let server: PreviewServer;

beforeAll(async () => {
  const dist = join(home, 'dist');
  const outside = join(home, 'outside');
  for (const folder of [join(dist, 'assets'), outside]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  writeFileSync(join(outside, 'index.html'), 'secret');
  writeFileSync(join(dist, 'index.html'), 'the page');
  writeFileSync(join(dist, 'embed-demo.html'), 'the demo');
  writeFileSync(join(dist, 'assets', 'chunk.js'), 'the chunk');
  symlinkSync(join(outside, 'secret.txt'), join(dist, 'linked.txt'));
  symlinkSync(join(outside, 'index.html'), join(dist, 'linked.html'));
  symlinkSync(outside, join(dist, 'folder'));
  symlinkSync(join(dist, 'assets', 'chunk.js'), join(dist, 'within.js'));
  server = await preview({
    root: home,
    configFile: false,
    logLevel: 'silent',
    plugins: [onlyDist()],
    preview: { port: 0, host: '127.0.0.1' },
  });
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

const get = async (path: string) => {
  const response = await fetch(new URL(path, server.resolvedUrls?.local[0]));
  return { status: response.status, text: await response.text() };
};

describe('the server of npm start', () => {
  it.each([
    ['/', 'the page'],
    ['/?p=beta-dial', 'the page'],
    ['/index.html', 'the page'],
    ['/%231.a.b', 'the page'],
    ['/embed-demo.html?x=a.b', 'the demo'],
    ['/assets/chunk.js', 'the chunk'],
    ['/within.js', 'the chunk'],
  ])('answers %s', async (path, text) => {
    expect(await get(path)).toEqual({ status: 200, text });
  });

  it.each(['/assets/gone.js', '/assets/gone', '/gone.js?x', '/favicon.ico', '/assets/%zz'])(
    'says of %s that it is not there, and does not send the page instead',
    async (path) => {
      const { status, text } = await get(path);
      expect([status, text.includes('the page')]).toEqual([404, false]);
    },
  );

  it.each([
    '/linked.txt',
    '/linked.html',
    '/linked',
    '/folder/secret.txt',
    '/folder/',
    '/folder',
    '/%2e%2e/outside/secret.txt',
  ])('follows no link out of the build: %s', async (path) => {
    const { status, text } = await get(path);
    expect([status, text.includes('secret')]).toEqual([404, false]);
  });

  it('is the one that npm start starts', () => {
    expect(textOf('scripts/start.mjs')).toContain('plugins: [onlyDist()]');
  });
});
