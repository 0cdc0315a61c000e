import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, hashOf, restsAt, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = hashOf({ ...SMALL_LINK, seeds: [0, 1, 2] });

describe('the Measure room', () => {
  it('shows five metrics that matter, and on demand every one, with the retrained model’s value and the gap to it, at the clock’s step', async () => {
    const { page, complaints } = await visit({ hash: small });
    await finished(page);
    await restsAt(page, 60);
    await page.getByTestId('enter-measure').click();
    const rows = page.locator('[data-testid^=metric-]');
    await expect.poll(() => rows.count()).toBe(5);
    await page.getByTestId('metrics-all').click();
    await expect.poll(() => rows.count()).toBeGreaterThan(30);
    const row = page.getByTestId('metric-retainLoss');
    const end = await row.textContent();
    expect(end).toMatch(/gap [+−]?\d/);
    await page.getByTestId('scrubber').fill('6');
    await restsAt(page, 30);
    await expect.poll(() => row.textContent()).not.toBe(end);
    await page.getByTestId('metrics-sort-0').click();
    await expect.poll(() => page.getByTestId('metrics-sort-0').getAttribute('aria-pressed')).toBe('true');
    await page.getByTestId('enter-compare').click();
    await page.getByTestId('grid').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('bands over seeds', () => {
  it('are the range, the middle half or a bootstrap interval, as the reader likes, with single seeds on demand', async () => {
    const { page, complaints } = await visit({ hash: small });
    await finished(page);
    const curves = page.locator('[data-testid=series] .recharts-line-curve');
    const areas = page.locator('[data-testid=series] .recharts-area-area').first();
    await areas.waitFor();
    const before = await areas.getAttribute('d');
    const lines = await curves.count();
    await page.getByTestId('spread').selectOption('iqr');
    await expect.poll(() => areas.getAttribute('d')).not.toBe(before);
    await page.getByTestId('each-seed').check();
    await expect.poll(() => curves.count()).toBe(4 * lines);
    expect(complaints).toEqual([]);
  });
});
