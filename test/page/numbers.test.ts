import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const run = { optimizer: 'adam', learningRate: 0.01, steps: 20 } as const;
/** A curve of few pairs and a small network: what is tested is the page. */
const scenarioOf = (fields: object = {}) => ({
  version: 2,
  family: 'numbers',
  data: { generator: 'waves', seed: 'lane', params: { points: 60 } },
  forget: { kind: 'rule', id: 'lowest', params: { share: 0.25 } },
  model: { kind: 'network', id: 'curve-net', params: { width: 8 } },
  training: { optimizer: 'adam', learningRate: 0.01, steps: 100 },
  runs: [{ name: 'NPO+RT', method: 'npo', retain: { kind: 'ce' }, ...run }],
  seeds: [0, 1],
  evaluate: { every: 10 },
  ...fields,
});

describe('a curve on the page', () => {
  it('tells of the place that the slider is at, in every panel, with a band over the seeds, and in a table', async () => {
    const { page, complaints } = await visit({ hash: hashOf(scenarioOf()) });
    await finished(page);
    const says = page.getByTestId('says');
    await expect.poll(() => says.count()).toBe(3);
    await expect.poll(() => page.getByTestId('band-own').count()).toBe(3);
    expect(await page.getByTestId('band-retrained').count()).toBe(2);
    const before = await says.allTextContents();
    await page.getByTestId('numbers-place').focus();
    await page.keyboard.press('Home');
    await expect.poll(() => says.allTextContents()).not.toEqual(before);
    await page.getByTestId('numbers-above').getByTestId('table-toggle').click();
    const rows = page.getByTestId('numbers-table').locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(4);
    await expect.poll(() => rows.nth(1).textContent()).not.toContain('–');
    expect(await findings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('forgets what a line is drawn around, and the corners stand in the form', async () => {
    const { page, complaints } = await visit({ hash: hashOf(scenarioOf()) });
    await finished(page);
    await page.getByTestId('numbers-draw').click();
    const box = await page.locator('.curve').first().boundingBox();
    if (!box) throw new Error('no picture');
    const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(0.1, 0.1));
    await page.mouse.down();
    for (const [x, y] of [
      [0.5, 0.1],
      [0.5, 0.95],
      [0.1, 0.95],
    ] as const)
      await page.mouse.move(...at(x, y), { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => page.getByTestId('region-corners').count()).toBe(1);
    await finished(page);
    await page.getByTestId('forget-kind').selectOption('lowest');
    await expect.poll(() => page.getByTestId('region-corners').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('is one’s own after a table is pasted; what is no number is said with its place', async () => {
    const { page } = await visit({ hash: hashOf(scenarioOf({ data: { generator: 'own-pairs', seed: 0 } })) });
    await page.getByTestId('data-pairs').click();
    const dialog = page.getByTestId('pairs-dialog');
    await page.getByTestId('pairs-text').fill('x,y\n1,2\n2,oops');
    await expect.poll(() => dialog.getByTestId('csv-faults').textContent()).toMatch(/line 3, column 2/);
    const rows = Array.from({ length: 40 }, (_, i) => `${i};${(i * i) / 10}`.replaceAll('.', ','));
    await page.getByTestId('pairs-text').fill(['x;y', ...rows].join('\n'));
    await expect.poll(() => page.getByTestId('pairs-read').textContent()).toMatch(/40 pairs, a curve/);
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('pairs-use').click();
    await finished(page);
    await expect.poll(() => page.getByTestId('says').count()).toBe(3);
  });
});

describe('a surface on the page', () => {
  it('fits a phone, in German, with a slider for each number of a place', async () => {
    const data = { generator: 'hills', seed: 'lane', params: { points: 60 } };
    const options = { hash: hashOf(scenarioOf({ data })), search: '?lang=de', width: 390, height: 844 };
    const { page, complaints } = await visit(options);
    await finished(page);
    await expect.poll(() => page.getByTestId('numbers-place').count()).toBe(2);
    await fits(page);
    expect(complaints).toEqual([]);
  });
});
