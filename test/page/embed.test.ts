import { afterEach, describe, expect, inject, it } from 'vitest';
import { scaled } from '../support/pace.ts';
import { browserForTests, finished, hashOf, panelsOf, restsAt, SMALL_LINK, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = hashOf(SMALL_LINK);

describe('an embedded page', () => {
  it('shows what it is asked to and nothing else, plays nothing by itself, and keeps nothing', async () => {
    const { page, complaints } = await visit({ search: '?embed=1&show=grid,scrub&lock=1', hash: small, plays: true });
    await finished(page);
    await restsAt(page, 60);
    for (const gone of ['preset', 'share', 'file-menu', 'verdict', 'hero']) {
      await expect.poll(() => page.getByTestId(gone).count()).toBe(0);
    }
    expect(await panelsOf(page)).toHaveLength(4);
    await page.getByTestId('scrubber').fill('6');
    await restsAt(page, 30);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, history.length])).toEqual([0, 0, 2]);
    const full = await page.getByTestId('open-full').getAttribute('href');
    expect(new URL(full ?? '').search).toBe('');
    expect(complaints).toEqual([]);
    const whole = await visit({ hash: new URL(full ?? '').hash.slice(1) });
    await finished(whole.page);
    await expect.poll(() => whole.page.title()).toContain('Unlearn Lab');
  });

  it('leaves the work of the same reader in another tab alone', async () => {
    const { page, context } = await visit({ hash: small });
    await finished(page);
    await page.getByTestId('run-1-beta').fill('60');
    await staled(page);
    await finished(page);
    /** What is kept, without the times at which it was. */
    const keptNow = () =>
      page.evaluate(() =>
        Object.entries(localStorage).map(([key, value]) => [key, String(value).replace(/^\d+ /, '')]),
      );
    const address = await page.evaluate(() => location.hash.slice(1));
    await expect.poll(async () => JSON.stringify(await keptNow())).toContain(address);
    const kept = await keptNow();
    const other = await context.newPage();
    await other.goto(`${inject('url')}?embed=1&p=ga-vs-npo&theme=dark`);
    await other.waitForSelector('[data-testid=hero-knob]');
    await other.getByTestId('hero-knob').fill('20');
    await finished(other);
    expect(await keptNow()).toEqual(kept);
    expect(await other.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  });

  it('two in one page do not interfere, and obey the page around them', async () => {
    const { page, complaints } = await visit({ url: `${inject('url')}embed-demo.html`, plays: true, height: 1500 });
    for (const id of ['first', 'second']) {
      await page.waitForSelector(`#${id}[data-status=finished]`, { timeout: scaled(60_000) });
    }
    const [, first, second] = page.frames();
    if (!first || !second) throw new Error('there are no frames');
    const before = await first.getByTestId('panel').allTextContents();
    const shown = await second.getByTestId('tradeoff').textContent();
    await second.getByTestId('hero-knob').fill('150');
    await expect.poll(() => second.getByTestId('tradeoff').textContent(), { timeout: scaled(30_000) }).not.toBe(shown);
    await second.waitForSelector('[data-testid=app][data-status=finished][data-stale=false]', {
      timeout: scaled(60_000),
    });
    await expect.poll(() => first.getByTestId('panel').allTextContents()).toEqual(before);
    await page.locator('#step').fill('100');
    for (const frame of [first, second]) {
      await frame.waitForSelector('[data-testid=clock][data-step="100"][data-state=paused]');
    }
    await expect.poll(() => page.locator('[data-of=first]').textContent()).toMatch(/step 100/);
    expect(complaints).toEqual([]);
  });

  it('computes nothing while it is off screen', async () => {
    const { page } = await visit({ url: `${inject('url')}embed-demo.html`, plays: true, height: 300 });
    await page.waitForSelector('#first[data-status=running], #first[data-status=finished]', {
      timeout: scaled(60_000),
    });
    const second = page.frames()[2];
    await second?.waitForSelector('[data-testid=clock]');
    await page.waitForSelector('#first[data-status=finished]', { timeout: scaled(60_000) });
    expect(await second?.getByTestId('app').getAttribute('data-status')).not.toBe('finished');
    await expect.poll(() => second?.getByTestId('clock').getAttribute('data-available')).toBe('0');
    await page.locator('#second').scrollIntoViewIfNeeded();
    await page.waitForSelector('#second[data-status=finished]', { timeout: scaled(60_000) });
  });

  it('can be put into another page from the share dialog', async () => {
    const { page, complaints } = await visit({ hash: small });
    await finished(page);
    await page.getByTestId('share').click();
    await page.getByTestId('embed-summary').click();
    await page.getByTestId('embed-knob').uncheck();
    await page.getByTestId('embed-lock').check();
    const html = await page.getByTestId('embed-html').inputValue();
    const src = /src="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect(new URL(src).search).toBe('?embed=1&show=verdict,grid,scrub&lock=1');
    const other = await visit({ search: new URL(src).search, hash: new URL(src).hash.slice(1) });
    await finished(other.page);
    await expect.poll(() => other.page.getByTestId('part-verdict').count()).toBe(1);
    expect(complaints).toEqual([]);
  });
});
