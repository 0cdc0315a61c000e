import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, fits, hashOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = hashOf(SMALL_LINK);

describe('the page', () => {
  it('changes its language at once, keeps what is on screen, and keeps the choice', async () => {
    const { page, complaints } = await visit({ hash: small });
    await finished(page);
    await page.getByTestId('file-menu').click();
    await page.getByTestId('language').selectOption('de');
    await expect.poll(() => page.getByTestId('share').textContent()).toBe('Teilen');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    await expect.poll(() => page.getByTestId('verdict').textContent()).toMatch(/vergessen/);
    await expect.poll(() => page.getByTestId('app').getAttribute('data-status')).toBe('finished');
    await page.reload();
    await expect.poll(() => page.getByTestId('share').textContent()).toBe('Teilen');
    expect(complaints).toEqual([]);
  });

  it('does not break where lines run from right to left', async () => {
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      const { page } = await visit({ hash: small, width, height });
      await finished(page);
      await page.evaluate(() => {
        document.documentElement.dir = 'rtl';
      });
      await fits(page);
      for (const id of ['verdict', 'grid', 'clock']) {
        const box = await page.getByTestId(id).boundingBox();
        expect(box && box.x >= 0 && box.x + box.width <= width + 1, `${id} at ${width}`).toBe(true);
      }
    }
  });

  it('has a theme of high contrast', async () => {
    const { page } = await visit({ search: '?theme=contrast', hash: small });
    await finished(page);
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).toBe('rgb(0, 0, 0)');
  });
});
