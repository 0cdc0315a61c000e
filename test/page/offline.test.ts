import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { root } from '../architecture/sources.ts';
import { browserForTests, finished, hashOf, panelsOf, restsAt, SMALL_LINK, shows, slide, staled } from './browser.ts';
import { startHost } from './static-host.ts';

const { visit, closeAll } = browserForTests();
const hosts: { readonly close: () => void }[] = [];
const folders: string[] = [];
afterEach(async () => {
  await closeAll();
  for (const host of hosts.splice(0)) host.close();
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

const dist = join(root, 'dist');
const small = { hash: hashOf(SMALL_LINK), hasServiceWorker: true };

/** The page on a static host in a folder that is not the root, which sends no headers of its own. */
const hosted = async (folder = dist) => {
  const host = await startHost('/some/folder/', folder);
  hosts.push(host);
  return host;
};

/** The page is stored: whatever happens to the network, it is there. */
const stored = (page: Page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');

const checksumOf = (folder: string, file: string): string =>
  `sha256-${createHash('sha256')
    .update(readFileSync(join(folder, file)))
    .digest('base64')}`;

/** A later version of the page: the same but for names of files and a word, as a build after a change would be. */
const laterVersion = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'unlearn-lab-later-'));
  folders.push(folder);
  cpSync(dist, folder, { recursive: true });
  const assets = readdirSync(join(folder, 'assets'));
  // Other names, and as different ones: several chunks are called alike but for the hash.
  const other = (hash: string): string => [...hash].reverse().join('');
  const renamed = assets.map((name) => [name, name.replace(/(?<=-)[\w-]{8}(?=\.\w+$)/, other)] as const);
  const texts = [...assets.filter((name) => /\.(js|css)$/.test(name)).map((name) => `assets/${name}`), 'index.html'];
  for (const file of texts) {
    let text = readFileSync(join(folder, file), 'utf8');
    for (const [name, later] of renamed) text = text.replaceAll(name, later);
    writeFileSync(
      join(folder, file),
      text.replaceAll('Make a small', 'Let a small').replace('<html ', '<html data-version="later" '),
    );
  }
  for (const [name, later] of renamed) renameSync(join(folder, 'assets', name), join(folder, 'assets', later));
  const files = Object.fromEntries(
    ['index.html', ...renamed.map(([, later]) => `assets/${later}`)].map((file) => [file, checksumOf(folder, file)]),
  );
  const worker = readFileSync(join(folder, 'sw.js'), 'utf8')
    .replace(/^\{let (\w+)=\{.*?\}/s, (_, name) => `{let ${name}=${JSON.stringify(files)}`)
    .replace(/(\w+)=(\w+)\+`[^`]+`/, '$1=$2+`later`');
  writeFileSync(join(folder, 'sw.js'), worker);
  return folder;
};

const versionOf = (page: Page) => page.evaluate(() => document.documentElement.dataset['version'] ?? 'first');

describe('without a network', () => {
  it('the page that was once open opens again, and computes the same', async () => {
    const { url } = await hosted();
    const { page, context, complaints } = await visit({ ...small, url });
    await finished(page);
    await restsAt(page, 60);
    const before = await panelsOf(page);
    await stored(page);
    hosts.splice(0).forEach((host) => {
      host.close();
    });
    await context.setOffline(true);
    await page.reload();
    await shows(page, before);
    await slide(page, 'run-1-beta', 30);
    await staled(page);
    await finished(page);
    await page.getByTestId('series').getByRole('button', { name: /table/i }).click();
    await page.getByTestId('file-menu').click();
    await page.getByTestId('about').click();
    await page.getByTestId('licenses').waitFor();
    await expect.poll(() => page.getByTestId('about-offline').getAttribute('data-stored')).toBe('true');
    const other = await context.newPage();
    await other.goto(`${url}?p=beta-dial`);
    await expect.poll(() => other.getByTestId('preset').inputValue()).toBe('beta-dial');
    expect(complaints).toEqual([]);
  });

  it('what has been opened once is enough, even when nothing was changed or run', async () => {
    const { url } = await hosted();
    const { page, context } = await visit({ ...small, url });
    await stored(page);
    await context.setOffline(true);
    await page.reload();
    await finished(page);
  });
});

describe('installing', () => {
  it('is offered: a manifest, icons of the right size, and a scope that is the page’s own folder', async () => {
    const { url } = await hosted();
    const { page } = await visit({ ...small, url });
    const session = await page.context().newCDPSession(page);
    const { errors, url: found } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    expect(found).toBe(`${url}manifest.webmanifest`);
    await stored(page);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A private window, as each test has, is the only thing in the way.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
    const manifest = await (await fetch(found)).json();
    for (const { src, sizes } of manifest.icons) {
      const size = await page.evaluate(async (address) => {
        const image = new Image();
        image.src = address;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, new URL(src, found).href);
      if (sizes !== 'any') expect(size).toBe(sizes);
    }
  });
});

describe('a new version', () => {
  it('waits until the reader asks for it; the open tab goes on with all of its own files', async () => {
    const host = await hosted();
    const { page, complaints } = await visit({ ...small, url: host.url });
    await finished(page);
    await stored(page);
    host.deploy(laterVersion());
    await slide(page, 'run-1-beta', 30);
    await staled(page);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await page.getByTestId('notice-update').waitFor();
    await page.getByTestId('file-menu').click();
    await page.getByTestId('about').click();
    await page.getByTestId('licenses').waitFor();
    await page.keyboard.press('Escape');
    await finished(page);
    await restsAt(page, 60);
    const before = await panelsOf(page);
    expect(await versionOf(page)).toBe('first');
    await page.getByTestId('act-update').click();
    await page.waitForFunction(() => document.documentElement.dataset['version'] === 'later');
    await shows(page, before);
    await expect.poll(() => page.getByTestId('undo').isEnabled()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('that one tab has taken does not break another tab that is still open', async () => {
    const host = await hosted();
    const { page, context } = await visit({ ...small, url: host.url });
    await finished(page);
    await stored(page);
    const other = await context.newPage();
    await other.goto(`${host.url}#${small.hash}`);
    await finished(other);
    host.deploy(laterVersion());
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await page.getByTestId('act-update').click();
    await page.waitForFunction(() => document.documentElement.dataset['version'] === 'later');
    expect(await versionOf(other)).toBe('first');
    await other.getByTestId('file-menu').click();
    await other.getByTestId('about').click();
    await other.getByTestId('about-dialog').waitFor();
    await expect.poll(() => other.getByTestId('not-loaded').count()).toBe(0);
  });

  it('that is only half there is not taken', async () => {
    const host = await hosted();
    const { page } = await visit({ ...small, url: host.url });
    await finished(page);
    await stored(page);
    const half = mkdtempSync(join(tmpdir(), 'unlearn-lab-half-'));
    folders.push(half);
    cpSync(dist, half, { recursive: true });
    // The service worker is new, the page is not yet: its checksum does not fit.
    const sw = readFileSync(join(half, 'sw.js'), 'utf8');
    const other = (_: string, head: string, first: string): string => head + (first === 'A' ? 'B' : 'A');
    const damaged = sw.replace(/("index\.html":`sha256-)(.)/, other).replace(/\+`[^`]+`/, '+`half`');
    writeFileSync(join(half, 'sw.js'), damaged);
    host.deploy(half);
    const outcome = await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      const states: string[] = [];
      const ended = new Promise<void>((resolve) => {
        registration?.addEventListener('updatefound', () => {
          const { installing } = registration;
          installing?.addEventListener('statechange', () => {
            states.push(installing.state);
            resolve();
          });
        });
      });
      await registration?.update().catch(() => undefined);
      await ended;
      return states;
    });
    expect(outcome).toEqual(['redundant']);
    await page.reload();
    await finished(page);
    await expect.poll(() => page.getByTestId('notice-update').count()).toBe(0);
  });
});

describe('foreign code under the name of a file of the page', () => {
  const chunk = `assets/${readdirSync(join(dist, 'assets')).find((name) => /^AboutDialog-.*\.js$/.test(name))}`;
  const foreign = 'document.documentElement.dataset.foreign = "ran"; export const AboutDialog = () => null;';

  /** Puts the foreign code under the chunk's address into caches. */
  const plant = (page: Page, url: string, caches: readonly string[]) =>
    page.evaluate(
      async ({ address, names, code }) => {
        for (const name of names) {
          const cache = await window.caches.open(name);
          await cache.put(address, new Response(code, { headers: { 'Content-Type': 'text/javascript' } }));
        }
      },
      { address: url + chunk, names: caches, code: foreign },
    );

  /** What each cache holds under the chunk's address. */
  const heldBy = (page: Page, url: string) =>
    page.evaluate(async (address) => {
      const names = await window.caches.keys();
      const textIn = async (name: string) => (await (await window.caches.open(name)).match(address))?.text() ?? null;
      return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await textIn(name)] as const)));
    }, url + chunk);

  const opensAbout = async (page: Page): Promise<void> => {
    await page.getByTestId('file-menu').click();
    await page.getByTestId('about').click();
    await page.getByTestId('licenses').waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['foreign'] ?? 'never ran')).toBe('never ran');
  };

  it('that lay in a cache of the origin before is neither stored nor run', async () => {
    const { url } = await hosted();
    const { page, context } = await visit({ ...small, url: new URL('favicon.svg', url).href, hash: '' });
    await plant(page, url, ['a neighbour', `unlearn-lab ${url} forged`]);
    await page.goto(`${url}#${small.hash}`);
    await finished(page);
    await stored(page);
    const held = Object.entries(await heldBy(page, url)).filter(([name]) => !/neighbour|forged/.test(name));
    expect(held.map(([, text]) => text)).toEqual([readFileSync(join(dist, chunk), 'utf8')]);
    await context.setOffline(true);
    await opensAbout(page);
  });

  it('that was put into the page’s own cache is not run, and the network mends it', async () => {
    const { url } = await hosted();
    const { page } = await visit({ ...small, url });
    await finished(page);
    await stored(page);
    const [own = ''] = Object.keys(await heldBy(page, url));
    await plant(page, url, [own]);
    await opensAbout(page);
    expect((await heldBy(page, url))[own]).toBe(readFileSync(join(dist, chunk), 'utf8'));
  });
});

describe('a part of the page that does not arrive', () => {
  it('is said, with a way on; the rest of the page works and the work is kept', async () => {
    const { page, context } = await visit({ hash: hashOf(SMALL_LINK) });
    await finished(page);
    await slide(page, 'run-1-beta', 30);
    await staled(page);
    await finished(page);
    await restsAt(page, 60);
    const before = await panelsOf(page);
    await context.route(/AboutDialog/, (route) => route.abort());
    await page.getByTestId('file-menu').click();
    await page.getByTestId('about').click();
    await page.getByTestId('not-loaded').waitFor();
    expect(await panelsOf(page)).toEqual(before);
    await context.unroute(/AboutDialog/);
    await page.getByTestId('not-loaded').getByRole('button').click();
    await shows(page, before);
  });
});
