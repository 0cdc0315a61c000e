import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { POLICY } from '../../scripts/policy.mjs';
import { root } from '../architecture/sources.ts';
import { browserForTests, finished, hashOf, restsAt, SMALL_LINK, slide, staled } from './browser.ts';
import { startRecorder } from './recorder.ts';
import { startHost } from './static-host.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const dist = join(root, 'dist');
const small = { hash: hashOf({ ...SMALL_LINK, seeds: [0, 1] }) };
const ELSEWHERE = 'http://elsewhere.invalid/';

let recorder: Awaited<ReturnType<typeof startRecorder>>;
let plainHost: Awaited<ReturnType<typeof startHost>>;
beforeAll(async () => {
  [recorder, plainHost] = await Promise.all([startRecorder(), startHost('/', dist)]);
});
afterAll(() => {
  recorder.close();
  plainHost.close();
});

describe('the policy', () => {
  it('is sent with every file by npm start, and stands in the page for other hosts', async () => {
    for (const file of [
      '',
      'sw.js',
      'licenses.json',
      ...readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`),
    ]) {
      const { headers } = await fetch(inject('url') + file);
      expect(headers.get('content-security-policy'), file).toBe(POLICY);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const html = readFileSync(join(dist, 'index.html'), 'utf8');
    const meta = /<meta http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html);
    expect(meta?.[1]?.replaceAll('&#39;', "'")).toBe(POLICY);
    expect(html.indexOf('http-equiv')).toBeLessThan(html.search(/<(script|link|style)\b/));
  });

  it('forbids inline code, eval and every other origin', () => {
    expect(POLICY).not.toMatch(/'unsafe-(inline|eval)'|\*|https?:|data:|(?<!img-src 'self' )blob:/);
    expect(POLICY).toContain("default-src 'none'");
    const html = readFileSync(join(dist, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<style|\son\w+=|\sstyle=|<script(?![^>]*\bsrc=)/);
  });
});

describe('a whole visit', () => {
  it('with charts, dialogs, files and the service worker asks nothing of any other origin, and breaks no rule', async () => {
    const { page, complaints } = await visit({ ...small, proxy: recorder.proxy, hasServiceWorker: true });
    await finished(page);
    await restsAt(page, 60);
    await page.getByTestId('series').getByRole('button', { name: /table/i }).click();
    await slide(page, 'run-1-beta', 30);
    await staled(page);
    await finished(page);
    await page.getByTestId('share').click();
    await page.getByTestId('share-qr').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('theme').click();
    await page.getByTestId('run-1-about').click();
    await page.getByTestId('formula').locator('math').first().waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('file-menu').click();
    const saved = page.waitForEvent('download');
    await page.getByTestId('save-json').click();
    await saved;
    await page.getByTestId('file-menu').click();
    await page.getByTestId('about').click();
    await page.getByTestId('licenses').waitFor();
    await page.evaluate(() => navigator.serviceWorker.ready);
    const origin = new URL(inject('url')).origin;
    expect(recorder.requests.filter((url) => !url.startsWith(origin))).toEqual([]);
    // The recorder sees workers too: their script's own request, and the service worker's copies.
    expect(recorder.requests.filter((url) => url.endsWith('.wasm')).length).toBeGreaterThan(0);
    expect(recorder.requests.some((url) => url.endsWith('sw.js'))).toBe(true);
    expect(complaints).toEqual([]);
  });

  /** What becomes of a request to elsewhere, in the page and in a worker. */
  const attempts = async (options: Parameters<typeof visit>[0]) => {
    const { page } = await visit({ ...small, ...options, proxy: recorder.proxy });
    await finished(page);
    if (options?.hasServiceWorker) {
      await page.evaluate(() => navigator.serviceWorker.ready);
      await page.reload();
      await finished(page);
    }
    const before = recorder.requests.length;
    const tryIt = (url: string) =>
      fetch(url, { mode: 'no-cors' }).then(
        () => 'reached',
        () => 'refused',
      );
    const inPage = await page.evaluate(tryIt, ELSEWHERE);
    const [worker] = page.workers();
    const inWorker = await worker?.evaluate(tryIt, ELSEWHERE);
    const sent = recorder.requests.slice(before).filter((url) => url.startsWith(ELSEWHERE)).length;
    return { inPage, inWorker, sent };
  };

  it('cannot ask anything of another origin even if it wanted, nor can its workers', async () => {
    expect(await attempts({})).toEqual({ inPage: 'refused', inWorker: 'refused', sent: 0 });
  });

  it('cannot on a host without headers either, once the page is stored: the service worker adds them', async () => {
    const options = { url: plainHost.url, hasServiceWorker: true };
    expect(await attempts(options)).toEqual({ inPage: 'refused', inWorker: 'refused', sent: 0 });
    // Without it, the page's own <meta> does not bind its workers: the reason for the above.
    expect(await attempts({ url: plainHost.url })).toMatchObject({ inPage: 'refused', sent: 1 });
  });
});

describe('the About dialog', () => {
  it('lists every package that was bundled, with the text of its license', async () => {
    const { page, complaints } = await visit(small);
    await page.getByTestId('file-menu').click();
    await page.getByTestId('about').click();
    const items = page.getByTestId('licenses').locator('li');
    await items.first().waitFor();
    const names = await items.locator('summary').allTextContents();
    for (const name of ['react', 'react-dom', 'recharts', 'zustand', 'fflate', '@tensorflow/tfjs-core', 'd3-scale']) {
      expect(
        names.some((words) => words.startsWith(`${name} `)),
        name,
      ).toBe(true);
    }
    expect(names.some((words) => words.startsWith('@tensorflow/tfjs-backend-wasm '))).toBe(true);
    await items.filter({ hasText: 'zustand' }).locator('summary').click();
    await expect
      .poll(() => items.filter({ hasText: 'zustand' }).locator('pre').textContent())
      .toContain('Permission is hereby');
    expect(complaints).toEqual([]);
  });
});
