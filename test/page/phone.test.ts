import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = { hash: hashOf(SMALL_LINK) };
const PHONE = { width: 390, height: 844 };
/** A window of 1280 x 720 at 200 %. */
const MAGNIFIED = { width: 640, height: 360 };

/** The names of the panels that cannot be brought wholly into their row by scrolling it. */
const unreachable = (page: Page): Promise<readonly string[]> =>
  page.locator('.grid__panels').evaluate((row) => {
    const names: string[] = [];
    for (const panel of row.querySelectorAll<HTMLElement>('.panel')) {
      panel.scrollIntoView({ inline: 'nearest', block: 'nearest' });
      const [own, box] = [panel.getBoundingClientRect(), row.getBoundingClientRect()];
      if (own.left < box.left - 1 || own.right > box.right + 1) names.push(panel.dataset['panel'] ?? '');
    }
    return names;
  });

/** The share of the window's height under bars that stay while the page scrolls. */
const covered = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const bars = [...document.querySelectorAll('.header, .clock, .bottom')].filter((element) =>
      ['fixed', 'sticky'].includes(getComputedStyle(element).position),
    );
    return bars.reduce((sum, bar) => sum + bar.getBoundingClientRect().height, 0) / window.innerHeight;
  });

/** What a finger cannot hit well, with its size. Only what is on the screen by itself counts, not what is in a text. */
const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>('button, select, a[href], summary, input[type=range]');
    return [...all].flatMap((element) => {
      const { width, height } = element.getBoundingClientRect();
      const isOnItsOwn = width > 0 && height > 0 && !element.closest('.panel__light, .skip, .chart__keys');
      const name = element.dataset['testid'] ?? element.className;
      return isOnItsOwn && !element.matches('.skip') && (height < 43.5 || width < 43.5)
        ? [`${name} ${Math.round(width)} x ${Math.round(height)}`]
        : [];
    });
  });

describe('a phone', () => {
  it('reaches every panel, the runs that are compared first', async () => {
    const { page, complaints } = await visit({ ...small, ...PHONE });
    await finished(page);
    const order = await page.getByTestId('panel').evaluateAll((all) => all.map((one) => one.dataset['panel']));
    expect(order).toEqual(['GA', 'NPO', 'Retrained', 'Original']);
    const first = await page.getByTestId('panel').first().boundingBox();
    expect(first?.x, 'the first is in sight before anything is scrolled').toBeGreaterThanOrEqual(0);
    expect(await unreachable(page)).toEqual([]);
    await fits(page);
    expect(complaints).toEqual([]);
  });

  it.each([PHONE, MAGNIFIED, { width: 320, height: 640 }])(
    'has bars over at most a quarter of its height: $width x $height',
    async (size) => {
      const { page } = await visit({ ...small, ...size });
      await finished(page);
      expect(await covered(page)).toBeLessThanOrEqual(0.25);
      await fits(page);
    },
  );

  it('has the lecture, the shortcuts and both ways through the changes', async () => {
    const { page } = await visit({ ...small, ...PHONE });
    await finished(page);
    for (const id of ['present', 'undo', 'share']) expect(await page.getByTestId(id).isVisible(), id).toBe(true);
    await page.getByTestId('file-menu').click();
    await page.getByTestId('menu-shortcuts').click();
    await page.getByTestId('shortcuts-dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('file-menu').click();
    for (const id of ['menu-redo', 'menu-theme']) expect(await page.getByTestId(id).isVisible(), id).toBe(true);
    expect(await findings(page)).toEqual([]);
  });

  it('is worked with a finger: nothing to press is smaller than 44 px', async () => {
    const { page } = await visit({ ...small, ...PHONE });
    await finished(page);
    expect(await smallTargets(page)).toEqual([]);
    await page.getByTestId('sheet-runs').click();
    await page.getByTestId('runs-sheet').waitFor();
    expect(await smallTargets(page)).toEqual([]);
  });
});

describe('a lesson on a phone', () => {
  it('leaves the maps in sight, and the answers are there without scrolling', async () => {
    const { page } = await visit({ search: '?lesson=ga-vs-npo&page=2', ...PHONE });
    await finished(page);
    await page.getByTestId('lesson-option-0').waitFor();
    const seen = await page.evaluate(() => {
      const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
      const options = [...document.querySelectorAll('.question__option')].map((one) => one.getBoundingClientRect());
      return {
        card: box('.lesson')?.top ?? 0,
        foot: box('.lesson__foot')?.top ?? 0,
        pictures: [...document.querySelectorAll('.panel__picture')]
          .slice(0, 2)
          .map((one) => one.getBoundingClientRect()),
        lowest: Math.max(...options.map(({ bottom }) => bottom)),
      };
    });
    for (const { top, bottom } of seen.pictures) {
      expect(top).toBeGreaterThanOrEqual(0);
      expect(bottom).toBeLessThanOrEqual(seen.card);
    }
    expect(seen.lowest).toBeLessThanOrEqual(seen.foot);
  });
});
