import { afterEach, describe, expect, it } from 'vitest';
import { scaled } from '../support/pace.ts';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = { hash: hashOf(SMALL_LINK), search: '?room=measure' };
const WAIT = { timeout: scaled(90_000) };

describe('the leaderboard', () => {
  it('computes an entry again by keyboard, gets the same result, and opens it as an experiment', async () => {
    const { page, complaints } = await visit(small);
    const entry = page.getByTestId('entry-npo-rt');
    await entry.waitFor(WAIT);
    await entry.getByRole('button', { name: 'Compute again: NPO+RT' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => entry.getAttribute('data-status'), WAIT).toBe('same');
    await expect
      .poll(() => entry.getByRole('status').textContent())
      .toMatch(/^Same result: gap 0\.0195, checksum [0-9a-f]{8}$/);
    expect(await page.getByTestId('leaderboard-summary').textContent()).toBe('1 of 1 gave the same result.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await finished(page);
    await expect
      .poll(() => page.getByTestId('panel').allTextContents(), WAIT)
      .toContainEqual(expect.stringContaining('NPO+RT'));
    expect(complaints).toEqual([]);
  });

  it('computes all in turn, and stops when it is told to', async () => {
    const { page } = await visit(small);
    await page.getByTestId('entry-ga').waitFor(WAIT);
    await page.getByTestId('leaderboard-all').click();
    await expect.poll(() => page.locator('[data-status=same]').count(), WAIT).toBeGreaterThan(0);
    await page.getByTestId('leaderboard-all').click();
    await expect.poll(() => page.locator('[data-status=waiting], [data-status=running]').count()).toBe(0);
    await expect.poll(() => page.getByTestId('leaderboard-all').textContent(), WAIT).toBe('Compute all again');
  });

  it('fits a phone, breaks no rule of accessibility, and speaks German', async () => {
    const { page } = await visit({ ...small, search: '?room=measure&lang=de', width: 390, height: 844 });
    await page.getByTestId('entry-undial-rt').waitFor(WAIT);
    await fits(page);
    await expect.poll(() => page.getByTestId('leaderboard-all').textContent()).toBe('Alle nachrechnen');
    expect(await findings(page)).toEqual([]);
  });
});
