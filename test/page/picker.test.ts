import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, panelsOf, SMALL_LINK, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = { hash: hashOf(SMALL_LINK) };

const names = async (page: Page) => (await panelsOf(page)).map((panel) => panel.split(':')[0]);
const chosen = (page: Page) => page.locator('[role=option][aria-selected=true]').getAttribute('data-testid');

/** Names whose text is wider than what is shown of it. */
const clipped = (page: Page, selector: string): Promise<readonly string[]> =>
  page
    .locator(selector)
    .evaluateAll((all) =>
      all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent ?? ''),
    );

describe('the method picker', () => {
  it('is worked from the keyboard: arrows choose, Enter adds, one Escape closes', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await page.getByTestId('add-run').focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('picker').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('picker-find');
    const first = await chosen(page);
    await page.keyboard.press('ArrowDown');
    expect(await chosen(page)).not.toBe(first);
    await page.keyboard.type('gradient difference');
    await page.keyboard.press('Escape');
    await page.getByTestId('picker').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('add-run');
    expect(await names(page)).toEqual(['Original', 'GA', 'NPO', 'Retrained']);
    await page.keyboard.press('Enter');
    await page.getByTestId('picker').waitFor();
    await page.keyboard.type('simnpo');
    await expect.poll(() => chosen(page)).toBe('pick-simnpo');
    await page.keyboard.press('Enter');
    await page.getByTestId('picker').waitFor({ state: 'detached' });
    await expect.poll(() => names(page)).toContain('SimNPO');
    expect(complaints).toEqual([]);
  });

  it('suggests six that are not compared yet, and has every method in a family', async () => {
    const { page } = await visit(small);
    await finished(page);
    await page.getByTestId('add-run').click();
    const ids = () => page.locator('[role=option]').evaluateAll((all) => all.map((one) => one.dataset['testid'] ?? ''));
    await page.locator('[role=option]').first().waitFor();
    expect(await ids()).toHaveLength(6);
    expect(await ids()).not.toContain('pick-npo');
    await page.getByTestId('shelf-preference').click();
    expect(await ids()).toContain('pick-npo/npo-rt');
    expect(await ids()).not.toContain('pick-ga');
    await page.getByTestId('shelf-all').click();
    expect((await ids()).length).toBeGreaterThan(50);
    await page.getByTestId('picker-find').fill('no such words');
    expect(await ids()).toEqual([]);
    await expect.poll(() => page.getByTestId('picker').textContent()).toContain('No method has all these words.');
  });

  it.each([
    [1440, 900],
    [1280, 720],
    [390, 844],
    [640, 360],
  ])('has no serious finding, fits and clips no name at %i x %i', async (width, height) => {
    const { page } = await visit({ ...small, width, height });
    await finished(page);
    if (width < 900) await page.getByTestId('sheet-runs').click();
    await page.getByTestId('add-run').click();
    await page.getByTestId('shelf-all').click();
    expect(await findings(page)).toEqual([]);
    await fits(page);
    expect(await clipped(page, '.picker__item b')).toEqual([]);
  });

  it('gives a run another method', async () => {
    const { page } = await visit(small);
    await finished(page);
    await page.getByTestId('run-method').click();
    await page.getByTestId('picker-find').fill('fine-tune on the retain set');
    await page.keyboard.press('Enter');
    await staled(page);
    await finished(page);
    expect(await names(page)).toEqual(['Original', 'GA', 'FT', 'Retrained']);
  });
});

describe('the card of a run', () => {
  it('shows its own settings, rate and steps; the rest is folded, with a count of what is not the default', async () => {
    const { page } = await visit(small);
    await finished(page);
    for (const id of ['run-1-beta', 'run-1-learningRate', 'run-1-steps']) {
      expect(await page.getByTestId(id).isVisible(), id).toBe(true);
    }
    const more = page.getByTestId('run-1-more');
    expect(await page.getByTestId('run-1-retain').isVisible()).toBe(false);
    await expect.poll(() => more.locator('summary').first().textContent()).toBe('More settings');
    await more.locator('summary').first().click();
    await page.getByTestId('run-1-optimizer').selectOption('adam');
    await expect.poll(() => more.locator('summary').first().textContent()).toBe('More settings 1 changed');
    const changed = await more.locator('.field:has(.field__changed)').allTextContents();
    expect(changed.length).toBe(1);
    expect(changed[0]).toContain('Optimizer');
  });

  it('clips no name, however long', async () => {
    const { page } = await visit(small);
    await finished(page);
    await page.getByTestId('run-method').click();
    await page.getByTestId('picker-find').fill('wagle');
    await page.keyboard.press('Enter');
    await page.getByTestId('picker').waitFor({ state: 'detached' });
    expect(await clipped(page, '.run__method > span')).toEqual([]);
    const box = await page.getByTestId('run-title').boundingBox();
    const side = await page.locator('.side--right').boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((side?.x ?? 0) + (side?.width ?? 0));
  });
});
