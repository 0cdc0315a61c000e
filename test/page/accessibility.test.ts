import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, restsAt, SMALL_LINK, slide, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = { hash: hashOf({ ...SMALL_LINK, seeds: [0, 1] }) };

/** Every room at all sizes and in both themes: rooms.test.ts. */
describe.each([
  [1440, 900, 'light'],
  [1280, 720, 'dark'],
  [390, 844, 'light'],
] as const)('at %i x %i', (width, height, theme) => {
  it(`the ${theme} page has no serious finding, fits, and complains of nothing`, async () => {
    const { page, complaints } = await visit({ ...small, width, height, theme });
    await finished(page);
    await restsAt(page, 60);
    if (width >= 900) await page.getByTestId('add-run').click();
    expect(await findings(page)).toEqual([]);
    await fits(page);
    if (width >= 900) {
      const scrolls = await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight);
      expect(scrolls).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
  });
});

describe('dialogs', () => {
  it('have no serious finding', async () => {
    const { page } = await visit(small);
    await finished(page);
    for (const id of ['share', 'shortcuts']) {
      await page.getByTestId(id).click();
      await page.getByTestId(`${id}-dialog`).waitFor();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByTestId(`${id}-dialog`).waitFor({ state: 'detached' });
    }
  });

  it('about what it is made of has none either, nor has the menu with kept experiments', async () => {
    const { page } = await visit(small);
    await finished(page);
    await slide(page, 'run-1-beta', 30);
    await staled(page);
    await finished(page);
    await page.getByTestId('preset').selectOption('too-confident');
    await page.getByTestId('file-menu').click();
    await page.getByTestId('kept').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('about').click();
    await page.getByTestId('licenses').waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('for the points has none in %s either', async (theme) => {
    const { page } = await visit({ ...small, theme });
    await finished(page);
    await page.getByTestId('edit-data').click();
    await page.getByTestId('editor-plane').waitFor();
    await page.getByTestId('point-table').locator('summary').click();
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('editor-clear').click();
    await page.getByTestId('editor-fault').waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it('for a table has none, with or without faults', async () => {
    const { page } = await visit(small);
    await finished(page);
    await page.getByTestId('csv-open').click();
    await page.getByTestId('csv-example').click();
    await page.getByTestId('csv-summary').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('csv-text').fill('x,class\n?,a\n');
    await page.getByTestId('csv-faults').waitFor();
    expect(await findings(page)).toEqual([]);
  });

  it('are sheets on a phone', async () => {
    const { page, complaints } = await visit({ ...small, width: 390, height: 844 });
    await finished(page);
    for (const id of ['data', 'runs']) {
      await page.getByTestId(`sheet-${id}`).click();
      await page.getByTestId(`${id}-sheet`).waitFor();
      expect(await findings(page)).toEqual([]);
      await fits(page);
      await page.keyboard.press('Escape');
      await page.getByTestId(`${id}-sheet`).waitFor({ state: 'detached' });
    }
    expect(complaints).toEqual([]);
  });
});

describe('a narrow screen', () => {
  it('of 320 px does not scroll sideways', async () => {
    const { page } = await visit({ ...small, width: 320, height: 640 });
    await finished(page);
    await fits(page);
  });

  it('has the preset’s one knob, and a chart at a time', async () => {
    const { page, complaints } = await visit({ ...small, width: 390, height: 844 });
    await finished(page);
    await expect.poll(() => page.getByTestId('tradeoff').count()).toBe(1);
    await expect.poll(() => page.getByTestId('series').count()).toBe(0);
    await page.getByText('Accuracy over steps').first().click();
    await page.getByTestId('series').waitFor();
    await page.getByTestId('hero-knob').fill('20');
    await staled(page);
    await finished(page);
    expect(complaints).toEqual([]);
  });
});

describe('charts', () => {
  it('are tables too', async () => {
    const { page } = await visit(small);
    await finished(page);
    await page.getByTestId('series').getByRole('button', { name: /table/i }).click();
    const rows = page.getByTestId('series').locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(14);
    expect((await rows.last().textContent())?.startsWith('Retrained')).toBe(true);
  });
});
