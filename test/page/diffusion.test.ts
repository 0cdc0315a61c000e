import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, cutOff, finished, fits, hashOf } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const run = { optimizer: 'adam', learningRate: 0.003, steps: 60, batchSize: 16, clipNorm: 1 } as const;
const runs = [
  { name: 'GA', method: 'ga', ...run },
  {
    name: 'Substitute+RT',
    method: 'substitute',
    params: { substitute: 2 },
    retain: { kind: 'ce', batchSize: 16 },
    ...run,
  },
];
/** Three clouds and a small network: what is tested is the page. */
const scenarioOf = (fields: object = {}) => ({
  version: 2,
  family: 'diffusion',
  data: { generator: 'ring', seed: 'lane', params: { classes: 3, perClass: 40 } },
  forget: { kind: 'rule', id: 'condition', params: { label: 1 } },
  model: { kind: 'network', id: 'denoiser', params: { width: 24, times: 25, samples: 40 } },
  training: { optimizer: 'adam', learningRate: 0.004, steps: 400, batchSize: 32 },
  runs,
  seeds: [0],
  evaluate: { every: 5 },
  ...fields,
});

/** Notes each picture of a run that is drawn before the computation has ended. */
const noteSamples = (): void => {
  const drawn = new Set<string>();
  Object.assign(globalThis, { drawn });
  new MutationObserver(() => {
    if (document.querySelector('[data-testid=app]')?.getAttribute('data-status') === 'finished') return;
    const dots = document.querySelector('[data-panel="Substitute+RT"] .clouds__dots[data-large=true]');
    const path = dots?.getAttribute('d');
    if (path) drawn.add(path);
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['d'] });
};
const drawnMeanwhile = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { drawn: Set<string> }).drawn.size);

/** Words that reach beyond the box that they stand in. */
const outside = (page: Page, words: string, box: string): Promise<readonly string[]> =>
  page
    .locator(words)
    .evaluateAll(
      (all, box) =>
        all
          .filter((one) => one.getBoundingClientRect().right > (one.closest(box)?.getBoundingClientRect().right ?? 0))
          .map(({ textContent }) => textContent ?? ''),
      box,
    );

const samplesIn = (page: Page, panel: string) => page.locator(`[data-panel="${panel}"] .clouds__dots`).first();

describe('clouds of samples on the page', () => {
  it('move while a run goes on, and arrows lead from the original’s samples to theirs', async () => {
    const longer = scenarioOf({ runs: runs.map((one) => ({ ...one, steps: 600 })) });
    const { page, complaints } = await visit({ hash: hashOf(longer), before: noteSamples });
    await finished(page);
    expect(await drawnMeanwhile(page)).toBeGreaterThan(1);
    const arrows = page.locator('[data-panel="Substitute+RT"] .clouds__arrows');
    await page.getByTestId('scrubber').press('End');
    await expect.poll(() => arrows.getAttribute('d')).toMatch(/^M/);
    const last = await samplesIn(page, 'Substitute+RT').getAttribute('d');
    await page.getByTestId('scrubber').press('Home');
    await expect.poll(() => arrows.getAttribute('d')).toBe('');
    expect(await samplesIn(page, 'Substitute+RT').getAttribute('d')).not.toBe(last);
    expect(await page.locator('[data-role=original] .clouds__arrows').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('show the condition that the keyboard chooses in all panels, and stand in a table', async () => {
    const { page, complaints } = await visit({ hash: hashOf(scenarioOf()) });
    await finished(page);
    const large = () => page.locator('.clouds__dots[data-large=true] ~ .clouds__name').allTextContents();
    await expect.poll(large).toEqual(['1 ✗', '1 ✗', '1 ✗', '1 ✗']);
    await page.getByTestId('clouds-large').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(large).toEqual(['2', '2', '2', '2']);
    await page.keyboard.press('ArrowDown');
    await expect.poll(large).toEqual(['∅', '∅', '∅', '∅']);
    await page.getByTestId('clouds-table').locator('summary').focus();
    await page.keyboard.press('Enter');
    const rows = page.getByTestId('clouds-table').locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(4);
    await expect
      .poll(() => rows.filter({ hasText: 'Substitute' }).textContent())
      .toMatch(/^Substitute\+RT(\d+\s?%){4}$/);
    const picture = page.locator('[data-panel="Substitute+RT"] .clouds');
    expect(await picture.getAttribute('aria-label')).toMatch(/Asked for the erased class, \d+\s?% of the samples/);
    expect(await findings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('fit a phone, in German, with nothing cut off', async () => {
    const options = { hash: hashOf(scenarioOf()), search: '?lang=de', width: 390, height: 844 };
    const { page, complaints } = await visit(options);
    await finished(page);
    await expect.poll(() => page.locator('.clouds').count()).toBe(4);
    await page.getByTestId('clouds-table').locator('summary').click();
    await fits(page);
    expect(await cutOff(page)).toEqual([]);
    expect(await outside(page, '.panel__numbers > span', '.panel')).toEqual([]);
    expect(await findings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
