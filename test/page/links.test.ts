import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { scaled } from '../support/pace.ts';
import { browserForTests, finished, hashOf, panelsOf, restsAt, SMALL_LINK, shows, slide, staled } from './browser.ts';
import { startHost } from './static-host.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = { hash: hashOf(SMALL_LINK) };
const TWO_SEEDS = { hash: hashOf({ ...SMALL_LINK, seeds: [0, 1] }) };

describe('a shared link', () => {
  it('opens in a new profile with identical numbers, and says so', async () => {
    const { page, context } = await visit(TWO_SEEDS);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await finished(page);
    await slide(page, 'run-1-beta', 60);
    await staled(page);
    await finished(page);
    await restsAt(page, 60);
    await page.getByTestId('share').click();
    const checksum = await page.getByTestId('share-checksum').getAttribute('data-checksum');
    expect(checksum).toMatch(/^[0-9a-f]{8}$/);
    await page.getByTestId('copy-link').click();
    await page.getByText('Copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(await page.getByTestId('share-link').inputValue());
    const numbers = await panelsOf(page);

    const other = await visit({ hash: new URL(link).hash.slice(1) });
    await finished(other.page);
    await other.page.getByTestId('notice-comparison').waitFor();
    await expect.poll(() => other.page.getByTestId('notice-comparison').textContent()).toContain(checksum);
    await expect.poll(() => other.page.getByTestId('notice-comparison').getAttribute('data-tone')).toBe('good');
    await shows(other.page, numbers);
    expect(other.complaints).toEqual([]);
  });

  it('at a step opens there, paused; its QR code changes with it, and localhost is said to be nobody else’s', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
    await page.getByTestId('scrubber').fill('6');
    await restsAt(page, 30);
    await page.getByTestId('share').click();
    await expect.poll(() => page.getByTestId('share-reach').textContent()).toMatch(/others cannot open/);
    const said = await page.getByTestId('share-reach').boundingBox();
    const dialog = await page.getByTestId('share-dialog').boundingBox();
    expect(said && dialog && said.x > dialog.x && said.x + said.width < dialog.x + dialog.width).toBe(true);
    const drawn = page.locator('[data-testid=share-qr] path');
    await drawn.waitFor();
    const before = await drawn.getAttribute('d');
    await page.getByTestId('share-step').check();
    await expect.poll(() => drawn.getAttribute('d')).not.toBe(before);
    const link = await page.getByTestId('share-link').inputValue();

    const other = await visit({ hash: new URL(link).hash.slice(1), plays: true });
    await finished(other.page);
    await restsAt(other.page, 30);
    await other.page.getByTestId('share').click();
    expect(await other.page.getByTestId('share-step').isChecked()).toBe(true);
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('to an experiment of the gallery is short enough to be scanned from afar; the complete one stands beside it', async () => {
    const { page, complaints } = await visit({ search: '?p=too-confident' });
    await page.getByTestId('share').click();
    const link = () => page.getByTestId('share-link').inputValue();
    await expect.poll(link).toMatch(/\?p=too-confident&v=[0-9a-f]{8}$/);
    const code = page.getByTestId('share-qr');
    const modules = async () => Number((await code.getAttribute('viewBox'))?.split(' ')[2]);
    // Version 6, with its margin: at 720 px a module is 14 px wide.
    await expect.poll(modules).toBeGreaterThan(8);
    expect(await modules()).toBeLessThanOrEqual(49);
    const short = await link();
    await page.getByTestId('share-whole').check();
    expect(await link()).toMatch(/#\d\.[\w-]+$/);

    const other = await visit({ search: new URL(short).search });
    await expect.poll(() => other.page.getByTestId('preset').inputValue()).toBe('too-confident');
    await expect.poll(() => other.page.getByTestId('notice-preset-changed').count()).toBe(0);
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('to an experiment that has changed since says so, and opens it as it is now', async () => {
    const { page } = await visit({ search: '?p=too-confident&v=00000000' });
    await page.getByTestId('notice-preset-changed').waitFor();
    await expect.poll(() => page.getByTestId('preset').inputValue()).toBe('too-confident');
  });

  it('that is too long for a QR code says so', async () => {
    const question = Array.from({ length: 400 }, (_, i) =>
      Math.sin(i + 1)
        .toString(36)
        .slice(3, 8),
    )
      .join('')
      .slice(0, 2000);
    const { page } = await visit({ hash: hashOf({ ...SMALL_LINK, question }) });
    await finished(page);
    await page.getByTestId('share').click();
    await expect.poll(() => page.getByTestId('share-qr-too-long').textContent()).toMatch(/too long for a QR code/);
    await expect.poll(() => page.getByTestId('share-qr').count()).toBe(0);
  });

  it('with markup in every text shows it as text', async () => {
    const markup = (n: number) => `<img src=x onerror="window.broken=${n}"><b>${n}</b>`;
    const [first, second] = SMALL_LINK.runs;
    const { page, complaints } = await visit({
      hash: hashOf({
        ...SMALL_LINK,
        id: markup(0),
        title: markup(1),
        question: markup(2),
        runs: [
          { ...first, name: '<b>4</b><script>broken=1</script>' },
          { ...second, name: '<i onclick=broken=1>5' },
        ],
        claims: [{ text: markup(6), run: '<i onclick=broken=1>5', metric: 'forgetAccuracy', is: '<', value: 1 }],
        view: { hero: '<svg onload=broken=1>' },
        [markup(8)]: markup(9),
      }),
    });
    await finished(page);
    await page.getByTestId('notice-repairs').locator('summary').click();
    const text = await page.locator('body').textContent();
    for (const piece of ['<b>4</b><script>', '<i onclick=broken=1>5', markup(6), '<svg onload=broken=1>']) {
      expect(text).toContain(piece);
    }
    const inserted = await page.evaluate(() => ({
      broken: 'broken' in window,
      elements: document.querySelectorAll('img, [onerror], [onclick], [onload], #app script, #app i').length,
    }));
    expect(inserted).toEqual({ broken: false, elements: 0 });
    expect(complaints).toEqual([]);
  });

  it('says when the result is another one, and why', async () => {
    const { page } = await visit({ hash: hashOf({ ...SMALL_LINK, checksum: 'deadbeef' }) });
    await finished(page);
    const notice = page.getByTestId('notice-comparison');
    await notice.waitFor();
    await expect.poll(() => notice.textContent()).toMatch(/differs.*deadbeef.*here kernels/);
  });
});

describe('the history', () => {
  it('goes back and forward through changes', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
    const before = await panelsOf(page);
    const address = page.url();
    await slide(page, 'run-1-beta', 20);
    await staled(page);
    await expect.poll(() => page.url()).not.toBe(address);
    await finished(page);
    await restsAt(page, 60);
    await expect.poll(() => panelsOf(page)).not.toEqual(before);
    const after = await panelsOf(page);
    await page.goBack();
    await staled(page);
    await finished(page);
    await expect.poll(() => panelsOf(page)).toEqual(before);
    await page.goForward();
    await staled(page);
    await finished(page);
    await expect.poll(() => panelsOf(page)).toEqual(after);
    expect(complaints).toEqual([]);
  });
});

describe('a link that is not right', () => {
  it('opens the first preset when it cannot be read, says why, and stays in the address', async () => {
    const { page, complaints } = await visit({ hash: '1.this-is-no-link' });
    await page.getByTestId('notice-bad-link').waitFor();
    await expect.poll(() => page.getByTestId('preset').inputValue()).toBe('ga-vs-npo');
    expect(page.url()).toContain('#1.this-is-no-link');
    await page.waitForSelector('canvas[data-picture=grid]');
    expect(complaints).toEqual([]);
  });

  it('opens the nearest valid experiment and lists each repair', async () => {
    const wrong = { ...SMALL_LINK, training: { steps: 60, learningRate: 99 }, forget: { kind: 'class', label: 77 } };
    const { page, complaints } = await visit({ hash: hashOf(wrong) });
    const notice = page.getByTestId('notice-repairs');
    await notice.waitFor();
    await notice.locator('summary').click();
    const repairs = await notice.locator('li').allTextContents();
    expect(repairs).toHaveLength(2);
    expect(repairs.join(' ')).toMatch(/\/forget\/label: 77.*\/training\/learningRate: 99/);
    await finished(page);
    expect(complaints).toEqual([]);
  });

  it('that asks for a disc without points is answered with its path, and what was on screen stays', async () => {
    const { page } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
    const before = await panelsOf(page);
    await page.getByTestId('forget-kind').selectOption('region');
    await staled(page);
    await finished(page);
    await expect.poll(() => panelsOf(page)).not.toEqual(before);
    const kept = await panelsOf(page);
    await slide(page, 'disc-radius', 0);
    const failure = page.getByTestId('failure');
    await failure.waitFor();
    await expect.poll(() => failure.textContent()).toMatch(/\/forget/);
    expect(await panelsOf(page)).toEqual(kept);
    await failure.getByRole('button').click();
    await finished(page);
    await expect.poll(() => failure.count()).toBe(0);
  });
});

describe('a link that came changed and lost nothing', () => {
  const link = small.hash;

  it('opens what was meant, and says nothing', async () => {
    const inside = `${link.slice(0, 30)}%20${link.slice(30, 60)}%0D%0A${link.slice(60)}`;
    for (const hash of [`${link}.`, `${link})`, `${link}?utm_source=teams`, `${link}&fbclid=x`, inside]) {
      const { page, complaints } = await visit({ hash, search: '?utm_source=mail' });
      await finished(page);
      expect((await panelsOf(page)).length).toBe(4);
      await expect.poll(() => page.getByTestId('notices').textContent(), { message: hash }).toBe('');
      expect(complaints).toEqual([]);
      await closeAll();
    }
  });

  it.each(['beta-dial.', 'Beta-Dial', 'beta-dial&utm_source=teams&utm_medium=chat', 'beta-dial&amp;theme=dark'])(
    'as ?p=%s opens the preset',
    async (query) => {
      const { page } = await visit({ search: `?p=${query}` });
      await expect.poll(() => page.getByTestId('preset').inputValue()).toBe('beta-dial');
      await expect.poll(() => page.locator('[data-testid^=notice-repairs], [data-testid^=notice-bad]').count()).toBe(0);
      if (query.includes('theme')) expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    },
  );

  it('with ?predict=1 opens as a prediction, without a word of warning', async () => {
    const { page } = await visit({ search: '?p=beta-dial&predict=1' });
    await page.getByTestId('predictions').waitFor();
    await page.mouse.move(200, 200); // the controls fade when nobody touches the page
    await page.getByTestId('leave').click();
    await page.getByTestId('notices').waitFor({ state: 'attached' });
    await expect.poll(() => page.getByTestId('notice-repairs').count()).toBe(0);
  });

  it('with %23 for # leads to the experiment, on this server and on a plain host', async () => {
    const host = await startHost('/lab/', join(import.meta.dirname, '../../dist'));
    try {
      for (const url of [inject('url'), host.url]) {
        const { page } = await visit({ url: `${url}%23${link}` });
        await page.waitForURL(`${url}#${link}`);
        await finished(page);
        expect((await panelsOf(page)).length).toBe(4);
        await expect.poll(() => page.getByTestId('notices').textContent()).toBe('');
      }
    } finally {
      host.close();
    }
  });
});

describe('files', () => {
  it('hold the results as JSON and CSV and the scenario, which opens again', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    const saved = async (testId: string): Promise<string> => {
      await page.getByTestId('file-menu').click();
      const waiting = page.waitForEvent('download');
      await page.getByTestId(testId).click();
      return readFile(await (await waiting).path(), 'utf8');
    };
    const results = JSON.parse(await saved('save-json'));
    expect(results).toMatchObject({ version: 1, checksum: expect.stringMatching(/^[0-9a-f]{8}$/) });
    expect(await saved('save-csv')).toMatch(/^run,method,settings,seed,step,/);
    const scenario = JSON.parse(await saved('save-scenario'));
    expect(scenario).toEqual(results.scenario);

    await page.getByTestId('file-menu').click();
    const openFile = (content: unknown) =>
      page.getByTestId('scenario-file').setInputFiles({
        name: 'mine.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(content)),
      });
    const changed = { ...scenario, title: 'From a file', runs: [scenario.runs[0]], claims: [], view: {} };
    await openFile({ ...changed, nonsense: 1 });
    await expect.poll(() => page.getByTestId('notice-bad-file').textContent()).toMatch(/\/nonsense: expected/);
    expect((await panelsOf(page)).length).toBe(4);
    await page.getByTestId('file-menu').click();
    await openFile(changed);
    await expect.poll(async () => (await panelsOf(page)).length).toBe(3);
    expect(complaints).toEqual([]);
  });

  it('are read off the page’s thread, and what cannot be read is said', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    const open = async (name: string, buffer: Buffer): Promise<void> => {
      await page.getByTestId('file-menu').click();
      await page.getByTestId('scenario-file').setInputFiles({ name, mimeType: 'application/json', buffer });
    };
    const said = () => page.getByTestId('notice-bad-file').textContent();
    // The longest that the page stands still, from now on.
    await page.evaluate(() => {
      let last = performance.now();
      Object.assign(globalThis, { longest: 0 });
      const beat = (): void => {
        const now = performance.now();
        Object.assign(globalThis, {
          longest: Math.max((globalThis as unknown as { longest: number }).longest, now - last),
        });
        last = now;
        setTimeout(beat);
      };
      beat();
    });
    await open('deep.json', Buffer.from('['.repeat(5_000_000)));
    await expect.poll(said).toMatch(/no scenario.* at most 200 lists/);
    const points = {
      x: Array.from({ length: 9000 }, (_, i) => [Math.sin(i), Math.cos(i * 3)]),
      y: Array(9000).fill(0),
    };
    const data = { generator: 'inline', params: { train: points, test: points } };
    await open('large.json', Buffer.from(JSON.stringify({ version: 1, title: 'Large', data, nonsense: 1 })));
    await expect.poll(said).toMatch(/\/nonsense/);
    expect(await page.evaluate(() => (globalThis as unknown as { longest: number }).longest)).toBeLessThan(
      scaled(2000),
    );

    await open('weights.json', Buffer.from(JSON.stringify({ W1: [[1]], b1: [1] })));
    await expect.poll(said).toMatch(/\/kind: expected "weights"/);
    await open('mine.npz', Buffer.from('PK\u0003\u0004 and no more'));
    await expect.poll(said).toMatch(/numpy\.savez/);
    expect(complaints).toEqual([]);
  });

  it('that are gone when they are opened are said, and nothing is lost', async () => {
    const { page, complaints } = await visit({
      ...small,
      before: () => {
        Blob.prototype.arrayBuffer = () =>
          Promise.reject(new DOMException('A requested file was not found', 'NotFoundError'));
      },
    });
    await finished(page);
    await page.getByTestId('file-menu').click();
    const file = { name: 'gone.json', mimeType: 'application/json', buffer: Buffer.from('{}') };
    await page.getByTestId('scenario-file').setInputFiles(file);
    await expect.poll(() => page.getByTestId('notice-bad-file').textContent()).toMatch(/could not read this file/);
    expect((await panelsOf(page)).length).toBe(4);
    expect(complaints).toEqual([]);
  });
});
