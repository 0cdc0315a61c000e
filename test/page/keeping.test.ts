import type { Page } from 'playwright-core';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { browserForTests, finished, hashOf, panelsOf, restsAt, SMALL_LINK, shows, slide, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = { hash: hashOf(SMALL_LINK) };
const other = hashOf({ ...SMALL_LINK, title: 'A stranger’s', training: { steps: 30, learningRate: 0.05 } });

const changed = async (page: Page, position: number): Promise<readonly string[]> => {
  await finished(page);
  await slide(page, 'run-1-beta', position);
  await staled(page);
  await finished(page);
  await restsAt(page, 60);
  return panelsOf(page);
};
const keptTitles = async (page: Page): Promise<readonly string[]> => {
  await page.getByTestId('file-menu').click();
  await page.getByTestId('kept').waitFor();
  return page.getByTestId('kept-experiment').allTextContents();
};

describe('the reader’s work', () => {
  it('survives a reload with its undo history', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
    const first = await panelsOf(page);
    const second = await changed(page, 30);
    await page.reload();
    await shows(page, second);
    await page.getByTestId('undo').click();
    await shows(page, first);
    expect(complaints).toEqual([]);
  });

  it('survives the crash of its tab, in the last moment after an edit', async () => {
    const { page, context } = await visit(small);
    const work = await changed(page, 30);
    const crashed = page.waitForEvent('crash');
    await page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    const next = await context.newPage();
    await next.goto(inject('url'));
    await finished(next, 180_000);
    await keptTitles(next);
    await next.getByTestId('kept-experiment').first().click();
    await shows(next, work);
  });

  it('survives a link that is opened in its place, which says how to get back', async () => {
    const { page, complaints } = await visit(small);
    const work = await changed(page, 30);
    await page.evaluate((hash) => {
      location.hash = hash;
    }, other);
    await page.getByTestId('notice-previous').waitFor();
    await finished(page);
    await page.getByTestId('act-previous').click();
    await shows(page, work);
    expect(complaints).toEqual([]);
  });

  it('of two tabs is kept apart, and is in the other one’s list', async () => {
    const { page, context } = await visit(small);
    const twin = await context.newPage();
    await twin.goto(page.url());
    const first = await changed(page, 30);
    const second = await changed(twin, 90);
    expect(first).not.toEqual(second);
    await Promise.all([page.reload(), twin.reload()]);
    await shows(page, first);
    await shows(twin, second);
    expect(await keptTitles(page)).toHaveLength(1);
    await page.getByTestId('kept-experiment').click();
    await shows(page, second);
    await page.getByTestId('undo').click();
    await shows(page, first);
  });
});

describe('a browser that keeps nothing', () => {
  it('because it is forbidden: the page works, says so once, and the address holds the work', async () => {
    const { page, complaints } = await visit({
      ...small,
      before: () => {
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'] as const) {
          Object.defineProperty(window, name, {
            get: () => {
              throw new DOMException('Access is denied for this document.', 'SecurityError');
            },
          });
        }
      },
    });
    const work = await changed(page, 30);
    await page.getByTestId('theme').click();
    await page.getByTestId('notice-unkept').waitFor();
    await page.reload();
    await shows(page, work);
    expect(complaints).toEqual([]);
  });

  it('because it is full: the same, and changing the colors does no harm', async () => {
    const { page, complaints } = await visit({
      ...small,
      before: () => {
        Storage.prototype.setItem = () => {
          throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
        };
      },
    });
    await page.getByTestId('theme').click();
    await page.waitForSelector('html[data-theme=light]');
    await changed(page, 30);
    await page.getByTestId('notice-unkept').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('a worker that dies', () => {
  it('is replaced, with several of them too, and the numbers are the same', async () => {
    const several = () => Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', { get: () => 4 });
    const link = { hash: hashOf({ ...SMALL_LINK, seeds: [0, 1, 2, 3] }) };
    const alone = await visit(link);
    await finished(alone.page);
    await restsAt(alone.page, 60);
    const expected = await panelsOf(alone.page);
    const { page } = await visit({ ...link, before: several });
    await shows(page, expected);
    expect(page.workers()).toHaveLength(3);
    await slide(page, 'run-1-beta', 30);
    await staled(page);
    await Promise.all(
      page.workers().map((worker) =>
        worker.evaluate(() => {
          setTimeout(() => {
            throw new Error('killed by the test');
          });
        }),
      ),
    );
    await finished(page);
    await page.getByTestId('undo').click();
    await shows(page, expected);
    expect(page.workers()).toHaveLength(3);
  });
});

describe('a page that is hidden', () => {
  it('stops computing and goes on to the same result', async () => {
    const long = { hash: hashOf({ ...SMALL_LINK, training: { steps: 4000, learningRate: 0.05 } }) };
    const steady = await visit(long);
    await finished(steady.page);
    const checksumOf = async (page: Page): Promise<string | null> => {
      await page.getByTestId('share').click();
      return page.getByTestId('share-checksum').getAttribute('data-checksum');
    };
    const expected = await checksumOf(steady.page);
    const { page } = await visit({
      ...long,
      before: () => {
        let state: DocumentVisibilityState = 'visible';
        Object.defineProperty(Document.prototype, 'visibilityState', { get: () => state });
        const see = (next: DocumentVisibilityState) => {
          state = next;
          document.dispatchEvent(new Event('visibilitychange'));
        };
        // It is hidden in the moment in which it has begun: whoever looks from outside may come too late.
        const begun = new MutationObserver(() => {
          const bar = document.querySelector<HTMLElement>('.progress__bar > span');
          if (!bar || bar.style.transform === 'scaleX(0)') return;
          begun.disconnect();
          see('hidden');
          document.documentElement.dataset['hidden'] = 'true';
        });
        begun.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['style'] });
        Object.assign(window, { see });
      },
    });
    const see = (state: string) =>
      page.evaluate((next) => (window as unknown as { see: (state: string) => void }).see(next), state);
    await page.waitForSelector('html[data-hidden=true]');
    const share = () => page.locator('.progress__bar > span').getAttribute('style');
    const frames = (n: number) =>
      page.evaluate(async (count) => {
        for (let i = 0; i < count; i++) await new Promise((resolve) => requestAnimationFrame(resolve));
      }, n);
    // What was under way may still arrive; then nothing moves any more.
    let held = await share();
    const isHeld = async () => {
      const before = held;
      await frames(30);
      held = await share();
      return held === before;
    };
    await expect.poll(isHeld).toBe(true);
    await frames(60);
    expect(await share()).toBe(held);
    await expect.poll(() => page.getByTestId('app').getAttribute('data-status')).toBe('running');
    await see('visible');
    await finished(page);
    expect(await checksumOf(page)).toBe(expected);
    expect(expected).toMatch(/^[0-9a-f]{8}$/);
  });
});

describe('a very large experiment', () => {
  it('says how long it will take, leaves the page at the reader’s hands, and can be stopped', async () => {
    const huge = {
      ...SMALL_LINK,
      data: { generator: 'blobs', seed: 0, params: { classes: 4, perClass: 2000, noise: 0.9, radius: 2 } },
      model: { hidden: [512] },
      training: { steps: 2000, learningRate: 0.05 },
      runs: Array.from({ length: 12 }, (_, i) => ({ name: `NPO ${i}`, method: 'npo', steps: 2000, learningRate: 0.1 })),
      seeds: Array.from({ length: 10 }, (_, i) => i),
    };
    const { page, complaints } = await visit({ hash: hashOf(huge) });
    const notice = page.getByTestId('notice-long');
    await notice.waitFor();
    await expect.poll(() => notice.textContent()).toMatch(/about \d+ min/);
    await page.getByTestId('file-menu').click();
    await page.keyboard.press('Escape');
    await notice.getByRole('button').click();
    await page.waitForSelector('[data-testid=app][data-status=idle]');
    await expect.poll(() => notice.count()).toBe(0);
    // Another that is as large, so that it still runs when it is stopped.
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      hashOf({ ...huge, title: 'Larger than life' }),
    );
    await page.waitForSelector('[data-testid=app][data-status=running]');
    await page.getByTestId('stop').click();
    await page.waitForSelector('[data-testid=app][data-status=idle]');
    expect(complaints).toEqual([]);
  });
});

describe('storage that somebody else has written', () => {
  it('does not keep the page or its list of experiments from being drawn', async () => {
    const { page, complaints } = await visit({
      hash: hashOf(SMALL_LINK),
      before: () => {
        const slot = (scenario: string): string =>
          `{"version":1,"address":"","isEdited":true,"past":[],"future":[],"scenario":${scenario}}`;
        const poisoned = [
          `1e300 ${slot('{"title":"late","runs":[]}')}`,
          `-Infinity ${slot('{"title":"never","runs":[]}')}`,
          `5 ${slot('{"title":{},"runs":[{"name":{"toString":1,"valueOf":1}}]}')}`,
        ];
        for (const [i, text] of poisoned.entries()) localStorage.setItem(`unlearn-lab/kept/odd${i}`, text);
      },
    });
    await finished(page);
    await page.getByTestId('file-menu').click();
    await page.getByTestId('kept').waitFor();
    await expect.poll(() => page.getByTestId('kept-experiment').count()).toBe(3);
    expect(complaints).toEqual([]);
  });
});
