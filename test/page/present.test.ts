import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, panelsOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const reveal = [
  { title: 'Before', runs: [], retrained: false, step: 0, notes: 'Ask what they expect.' },
  { title: 'Ascent', runs: ['GA'], retrained: false, step: 'last', notes: 'It climbs the loss.' },
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
    await expect.poll(() => page.getByTestId('verdict').count()).toBe(0);
    const steps: [string, number][] = [
      ['Ascent', 2],
      ['All', 0],
      ['Claims', 0],
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
    await expect.poll(() => page.getByTestId('tradeoff').count()).toBe(0);
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
      await expect.poll(() => page.getByTestId(gone).count(), { message: gone }).toBe(0);
    }
    expect(await page.locator('body').innerText()).not.toMatch(/\d\s*%/);
    await page.getByTestId('vote-0-holds').click();
    await page.getByTestId('vote-1-holds').click();
    await page.locator('h1').click(); // the focus goes nowhere in particular
    await page.keyboard.press('Enter');
    await page.getByTestId('view-count').waitFor();
    await page.getByTestId('show-claims').click();
    const said = page.locator('.stage-claim__vote');
    await expect.poll(() => said.count()).toBe(2);
    await expect.poll(() => said.allTextContents()).toEqual(['as expected', 'not as expected']);
    expect(complaints).toEqual([]);
  });

  it('has notes in a second window that follows and steers it', async () => {
    const { page, complaints } = await visit({ hash, search: '?present=1' });
    await finished(page);
    const opened = page.waitForEvent('popup');
    await page.getByTestId('open-notes').click();
    const notes = await opened;
    await notes.getByText('Ask what they expect.').waitFor();
    const next = notes.getByTestId('notes-next-view');
    await expect.poll(() => next.textContent()).toContain('Ascent');
    await expect.poll(() => next.textContent()).toContain('On the screen: Original and GA, the last step');
    await expect.poll(() => next.textContent()).toContain('It climbs the loss.');
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

const BIG = { hash: hashOf({ ...SMALL_LINK, claims, seeds: [0, 1, 2], view: { reveal } }), search: '?present=1' };

/** Words on the stage that are smaller than a size, with their size. */
const smallType = (page: Page, least: number): Promise<readonly string[]> =>
  page.evaluate((size) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.textContent?.trim() ?? '';
      const parent = node.parentElement;
      if (words === '' || !parent || parent.closest('.hidden-text, script, style, title, option, [popover]')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { width, height } = range.getBoundingClientRect();
      const own = Number.parseFloat(getComputedStyle(parent).fontSize);
      if (width > 0 && height > 0 && own < size) found.push(`${words} ${own}px`);
    }
    return found;
  }, least);

/** Texts of which a part is cut off. */
const cutOff = (page: Page): Promise<readonly string[]> =>
  page
    .locator('.present :is(.chip, .panel__name, .panel__long, .present__view, .present__question, .stage-claim__words)')
    .evaluateAll((all) =>
      all
        .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 2)
        .map((one) => one.textContent ?? ''),
    );

describe.each([
  [1280, 720],
  [1920, 1080],
])('the stage at %i x %i', (width, height) => {
  it('has type that is read from the last row in every view, cuts nothing off, and does not scroll', async () => {
    const { page } = await visit({ ...BIG, width, height });
    await finished(page);
    await page.getByTestId('view-next').click();
    for (const [what, sign] of [
      ['panels', 'panel'],
      ['tradeoff', 'tradeoff'],
      ['series', 'series'],
      ['claims', 'stage-claim'],
    ] as const) {
      if (what !== 'panels') await page.getByTestId(`show-${what}`).click();
      await page.getByTestId(sign).first().waitFor();
      if (what === 'series') await page.locator('.chart__multiple svg text').first().waitFor();
      expect(await smallType(page, 18), what).toEqual([]);
      expect(await cutOff(page), what).toEqual([]);
      await fits(page);
    }
    expect(await findings(page)).toEqual([]);
  });

  it('says what was predicted in large lines, each with a sign, a count and a dot for each seed', async () => {
    const { page } = await visit({ ...BIG, width, height });
    await finished(page);
    await page.getByTestId('show-claims').click();
    const lines = page.getByTestId('stage-claim');
    await expect
      .poll(() => lines.evaluateAll((all) => all.map((one) => one.dataset['state'])))
      .toEqual(['holds', 'fails']);
    await expect.poll(() => lines.locator('.stage-claim__count').allTextContents()).toEqual(['3 of 3', '0 of 3']);
    const dots = (nth: number) =>
      lines
        .nth(nth)
        .locator('.stage-claim__dot')
        .evaluateAll((all) => all.map((one) => one.dataset['holds']));
    expect(await dots(0)).toEqual(['true', 'true', 'true']);
    expect(await dots(1)).toEqual(['false', 'false', 'false']);
    const boxes = await lines.evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
    for (const box of boxes) expect(box.bottom).toBeLessThan(height - 80);
    expect((boxes[1]?.top ?? 0) >= (boxes[0]?.bottom ?? 0), 'lines do not overlap').toBe(true);
    const size = await lines.first().evaluate((one) => Number.parseFloat(getComputedStyle(one).fontSize));
    expect(size).toBeGreaterThanOrEqual(22);
  });

  it('shows the link as a code over the whole screen, by a key too', async () => {
    const { page } = await visit({ ...BIG, width, height });
    await finished(page);
    await page.keyboard.press('q');
    const code = await page.getByTestId('share-qr').boundingBox();
    expect(Math.min(code?.width ?? 0, code?.height ?? 0)).toBeGreaterThan(height * 0.75);
    await page.keyboard.press('Escape');
    await page.getByTestId('qr-screen').waitFor({ state: 'detached' });
  });
});

describe('what is not the view', () => {
  it('is not on the stage: notices are in the window of the notes, and the controls go while nobody is at them', async () => {
    const { page } = await visit({ hash: '1.AAAA', width: 1280, height: 720 });
    await finished(page);
    await page.locator('.notice').first().waitFor();
    await page.getByTestId('present').click();
    await page.getByTestId('view-count').waitFor();
    await expect.poll(() => page.locator('.notice').count()).toBe(0);
    const opened = page.waitForEvent('popup');
    await page.getByTestId('open-notes').click();
    const notes = await opened;
    await notes.locator('.notice').first().waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.mouse.move(640, 360);
    const opacity = (selector: string) =>
      page.locator(selector).evaluate((element) => Number(getComputedStyle(element).opacity));
    await expect.poll(() => opacity('.present__foot'), { timeout: 15_000 }).toBe(0);
    expect(await opacity('.present__tools')).toBe(0);
    await page.mouse.move(600, 300);
    await expect.poll(() => opacity('.present__foot')).toBe(1);
  });
});
