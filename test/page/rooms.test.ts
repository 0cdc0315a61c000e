import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, cutOff, finished, fits, hashOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const hash = hashOf({ ...SMALL_LINK, seeds: [0, 1] });
const SIZES = [
  [1440, 900],
  [1280, 720],
  [390, 844],
  [640, 360],
  [320, 640],
] as const;
const THEMES = ['light', 'dark'] as const;

/** The title of the experiment is whole in the menu that it opens. */
const cut = async (page: Page): Promise<readonly string[]> =>
  (await cutOff(page)).filter((words) => !words.endsWith(`: ${SMALL_LINK.title}`));

/** What there is to see of a room before it is looked at. */
const ROOMS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  compare: async (page) => {
    await page.getByTestId('pulls').click();
    await page.getByTestId('difference').click();
  },
  measure: async (page) => {
    await page.getByTestId('mean-weight').waitFor();
    await page.getByTestId('drift').waitFor();
    await page.getByTestId('weight-change-table').waitFor();
  },
  attack: async (page) => {
    await page.getByTestId('attack-membership-0').click();
    await page.getByRole('slider', { name: /Threshold/ }).waitFor();
  },
  learn: async (page) => {
    const drawn = page.getByTestId('gallery-spiral-retain').locator('.sketch[data-kind=points] canvas');
    await drawn.waitFor();
  },
};

describe.each(Object.entries(ROOMS))('the room %s', (room, prepare) => {
  it('has no finding, cuts nothing off and does not scroll sideways at any size, in light and dark, English and German', async () => {
    const { page, complaints } = await visit({ hash, search: `?room=${room}` });
    await finished(page);
    await prepare(page);
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        await page.waitForSelector(`html[data-theme=${colorScheme}]`);
        await fits(page);
        // On a wide screen the room scrolls, and never the page with its header.
        const over = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
        if (width >= 900) expect(over).toBeLessThanOrEqual(0);
        expect(await findings(page, 'moderate'), `${width} x ${height}, ${colorScheme}`).toEqual([]);
      }
      expect(await cut(page), `${width} x ${height}`).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.getByTestId('file-menu').click();
    await page.getByTestId('language').selectOption('de');
    await page.locator('html[lang=de]').waitFor();
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await fits(page);
      expect(await cut(page), `${width} x ${height}, in German`).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
});
