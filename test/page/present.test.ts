import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, panelsOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const reveal = [
  { title: 'Before', runs: [], retrained: false, step: 0, notes: 'Ask what they expect.' },
  { title: 'Ascent', runs: ['GA'], retrained: false, step: 'last' },
  { title: 'All', show: 'tradeoff' },
  { title: 'Claims', show: 'claims' },
];
const claims = [
  { text: 'GA forgets', run: 'GA', metric: 'forgetAccuracy', is: '<', value: 0.5 },
  { text: 'NPO loses everything', run: 'NPO', metric: 'retainAccuracy', is: '<', value: 0.1 },
];
const hash = hashOf({ ...SMALL_LINK, claims, view: { reveal } });

const view = (page: Page) => page.getByTestId('view-title').textContent();

describe('a lecture', () => {
  it('goes from view to view by keyboard, fits a projector without scrolling, and ends where it began', async () => {
    const { page, complaints } = await visit({ hash, width: 1280, height: 720 });
    await finished(page);
    await page.keyboard.press('f');
    await expect.poll(() => view(page)).toBe('Before');
    const seen = async () => (await panelsOf(page)).length;
    expect(await seen()).toBe(1);
    expect(await page.getByTestId('verdict').count()).toBe(0);
    const steps: [string, number][] = [
      ['Ascent', 2],
      ['All', 4],
      ['Claims', 4],
    ];
    for (const [title, panels] of steps) {
      await page.keyboard.press('n');
      await expect.poll(() => view(page)).toBe(title);
      expect(await seen()).toBe(panels);
      await fits(page);
      const overflow = await page.evaluate(() => {
        const main = document.querySelector('.present__main');
        return (main?.scrollHeight ?? 0) - (main?.clientHeight ?? 0);
      });
      expect(overflow, title).toBeLessThanOrEqual(1);
    }
    await page.keyboard.press('Shift+N');
    await expect.poll(() => view(page)).toBe('All');
    await page.keyboard.press('g');
    expect(await page.getByTestId('tradeoff').count()).toBe(0);
    await page.keyboard.press('b');
    await page.getByTestId('unblank').waitFor();
    await page.keyboard.press('b');
    await page.getByTestId('unblank').waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByTestId('letter-keys').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    expect(await view(page)).toBe('All');
    await page.getByTestId('leave').click();
    await page.getByTestId('preset').waitFor();
    expect(await seen()).toBe(4);
    expect(complaints).toEqual([]);
  });

  it('hides every result until it is revealed, and says what came as expected', async () => {
    const { page, complaints } = await visit({ hash, search: '?predict=1', width: 1280, height: 720 });
    await finished(page);
    await page.getByTestId('predictions').waitFor();
    for (const gone of ['verdict', 'panel', 'series', 'tradeoff', 'clock', 'keep']) {
      expect(await page.getByTestId(gone).count(), gone).toBe(0);
    }
    expect(await page.locator('body').innerText()).not.toMatch(/\d\s*%/);
    await page.getByTestId('vote-0-holds').click();
    await page.getByTestId('vote-1-holds').click();
    await page.locator('h1').click(); // the focus goes nowhere in particular
    await page.keyboard.press('Enter');
    await page.getByTestId('view-count').waitFor();
    await page.getByTestId('show-claims').click();
    const said = page.locator('.present__vote');
    await expect.poll(() => said.count()).toBe(2);
    expect(await said.allTextContents()).toEqual([' (as expected)', ' (not as expected)']);
    expect(complaints).toEqual([]);
  });

  it('has notes in a second window that follows and steers it', async () => {
    const { page, complaints } = await visit({ hash, search: '?present=1' });
    await finished(page);
    const opened = page.waitForEvent('popup');
    await page.getByTestId('open-notes').click();
    const notes = await opened;
    await notes.getByText('Ask what they expect.').waitFor();
    await notes.getByTestId('notes-next').click();
    await expect.poll(() => view(page)).toBe('Ascent');
    await page.keyboard.press('n');
    await notes.getByRole('heading', { name: 'All' }).waitFor();
    await page.getByTestId('leave').click();
    await expect.poll(() => notes.isClosed()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has no serious finding in the %s page', async (theme) => {
    const { page } = await visit({ hash, search: '?present=1', theme, width: 1280, height: 720 });
    await finished(page);
    await page.getByTestId('view-next').click();
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('veil').click();
    await page.getByTestId('predictions').waitFor();
    expect(await findings(page)).toEqual([]);
  });
});
