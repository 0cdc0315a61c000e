import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, hashOf, panelsOf, restsAt, SMALL_LINK, shows, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = { hash: hashOf(SMALL_LINK) };

/** Tabs until the element with a test id has the focus. */
const tabTo = async (page: Page, testId: string): Promise<void> => {
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
  for (let i = 0; i < 120; i++) {
    await page.keyboard.press('Tab');
    if ((await focused()) === testId) return;
  }
  throw new Error(`Tab never reaches ${testId}`);
};

describe('the keyboard alone', () => {
  it('moves the clock', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
    await page.keyboard.press('Home');
    await restsAt(page, 0);
    await page.keyboard.press('ArrowRight');
    await restsAt(page, 5);
    await page.keyboard.press('Shift+ArrowRight');
    await restsAt(page, 55);
    await page.keyboard.press('ArrowLeft');
    await restsAt(page, 50);
    // So slowly that it does not come to its end before it is looked at.
    for (const slower of ['0.5', '0.25']) {
      await page.keyboard.press(',');
      await expect.poll(() => page.getByTestId('speed').inputValue()).toBe(slower);
    }
    await page.keyboard.press(' ');
    await page.waitForSelector('[data-testid=clock][data-state=playing]');
    await page.keyboard.press(' ');
    await page.waitForSelector('[data-testid=clock][data-state=paused]');
    await page.keyboard.press('End');
    await restsAt(page, 60);
    await page.keyboard.press('.');
    await expect.poll(() => page.getByTestId('speed').inputValue()).toBe('0.5');
    expect(complaints).toEqual([]);
  });

  it('reaches the clock before the panels, changes beta, and undoes it', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
    const before = await panelsOf(page);
    await tabTo(page, 'scrubber');
    await page.keyboard.press('Home');
    await restsAt(page, 0);
    await page.keyboard.press('End');
    await restsAt(page, 60);
    await tabTo(page, 'run-1-beta');
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowLeft');
    await staled(page);
    await finished(page);
    await restsAt(page, 60);
    expect(await page.getByTestId('run-1-beta').inputValue()).not.toBe('150');
    await page.keyboard.press('Shift+Tab');
    await tabTo(page, 'run-solo').catch(() => undefined);
    await page.getByTestId('undo').focus();
    await page.keyboard.press('Enter');
    await staled(page);
    await shows(page, before);
    expect(complaints).toEqual([]);
  });

  it('writes into fields without moving the clock', async () => {
    const { page } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
    await page.getByTestId('run-1-more').locator('summary').first().click();
    await page.getByTestId('run-name').focus();
    await page.keyboard.press('Home');
    await page.keyboard.type('r, .');
    await page.keyboard.press('Escape');
    await restsAt(page, 60);
    await expect.poll(() => page.getByTestId('run-name').inputValue()).toMatch(/^r, \./);
  });

  it('opens an explanation and closes it', async () => {
    const { page } = await visit(small);
    await finished(page);
    const info = page.getByRole('button', { name: 'About GA' });
    await info.focus();
    await page.getByRole('tooltip').filter({ hasText: /.+/ }).first().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('[role=tooltip]:popover-open').count()).toBe(0);
  });
});
