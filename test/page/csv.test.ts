import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, fits, hashOf, SMALL_LINK, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = { hash: hashOf(SMALL_LINK) };

/** Three clouds with names for classes, written as a German spreadsheet does. */
const TABLE = [
  'länge;breite;art',
  ...Array.from({ length: 60 }, (_, i) => {
    const number = (value: number) => value.toFixed(2).replace('.', ',');
    const kind = i % 3;
    return `${number(10 * kind + (i % 7))};${number(100 * (kind % 2) + (i % 11))};${['rot', 'blau', 'grün'][kind]}`;
  }),
].join('\r\n');

const opened = async (page: Page): Promise<void> => {
  await finished(page);
  await page.getByTestId('csv-open').click();
  await page.getByTestId('csv-dialog').waitFor();
};

describe('a table', () => {
  it('is pasted, previewed, and becomes the data; undo brings the old ones back', async () => {
    const { page, complaints } = await visit(small);
    await opened(page);
    await page.getByTestId('csv-text').fill(TABLE);
    await page
      .getByTestId('csv-summary')
      .filter({ hasText: 'A = blau (14 + 6), B = grün (14 + 6), C = rot' })
      .waitFor();
    await expect
      .poll(() => page.getByTestId('csv-read').textContent())
      .toBe('60 rows, 3 columns; separated by semicolons, decimal commas');
    await expect.poll(() => page.getByTestId('csv-role-2').inputValue()).toBe('label');
    await page.getByTestId('csv-use').click();
    await page.getByTestId('csv-dialog').waitFor({ state: 'detached' });
    await staled(page);
    await finished(page);
    await expect.poll(() => page.getByTestId('generator').inputValue()).toBe('inline');
    await expect.poll(() => page.getByTestId('failure').count()).toBe(0);
    await page.reload();
    await finished(page);
    await expect
      .poll(() => page.getByTestId('data-form').textContent())
      .toContain('14 of 42 training points to forget');
    await page.getByTestId('undo').click();
    await expect.poll(() => page.getByTestId('generator').inputValue()).toBe('blobs');
    expect(complaints).toEqual([]);
  });

  it('with faults names each with line and column, and the old data stay', async () => {
    const { page, complaints } = await visit(small);
    await opened(page);
    const address = page.url();
    await page.getByTestId('csv-text').fill(TABLE.replace('12,00', 'zwölf').replace(';blau', ';'));
    const faults = page.getByTestId('csv-faults');
    await faults.filter({ hasText: 'found "zwölf"' }).waitFor();
    await expect
      .poll(() => faults.textContent())
      .toMatch(/line \d+, column 1 \(länge\): expected a number with a decimal comma/);
    await expect.poll(() => faults.textContent()).toContain('line 3, column 3 (art): expected a class');
    await expect.poll(() => page.getByTestId('csv-use').isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    expect(page.url()).toBe(address);
    await expect.poll(() => page.getByTestId('generator').inputValue()).toBe('blobs');
    expect(complaints).toEqual([]);
  });

  it('comes from a file, in the encoding of old spreadsheets too; fifty megabytes are refused unread', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unlearn-lab-'));
    const [good, large] = [join(folder, 'good.csv'), join(folder, 'large.csv')];
    writeFileSync(good, Buffer.from(TABLE, 'latin1'));
    writeFileSync(large, Buffer.alloc(50_000_000, '1,2,3\n'));
    const { page, complaints } = await visit(small);
    await opened(page);
    await page.getByTestId('csv-file').setInputFiles(large);
    await page.getByTestId('csv-faults').filter({ hasText: 'at most 8.0 MB' }).waitFor();
    await expect.poll(() => page.getByTestId('csv-faults').textContent()).toContain('found 50.0 MB');
    await page.getByTestId('csv-file').setInputFiles(good);
    await page.getByTestId('csv-summary').filter({ hasText: 'B = grün' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is dropped on the dialog', async () => {
    const { page } = await visit(small);
    await opened(page);
    await page.getByTestId('csv-drop').evaluate((element, content) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], 'points.csv', { type: 'text/csv' }));
      element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, TABLE);
    await page.getByTestId('csv-summary').waitFor();
  });

  it('has its columns chosen: a class that is left out is asked for', async () => {
    const { page } = await visit({ ...small, width: 390, height: 844 });
    await finished(page);
    await page.getByTestId('sheet-data').click();
    await page.getByTestId('csv-open').click();
    await page.getByTestId('csv-example').click();
    await page.getByTestId('csv-summary').waitFor();
    await fits(page);
    await page.getByTestId('csv-role-2').selectOption('none');
    await page.getByTestId('csv-faults').filter({ hasText: 'one further column that says the class' }).waitFor();
    await page.getByTestId('csv-role-2').selectOption('label');
    await page.getByTestId('csv-summary').waitFor();
  });
});

describe('a table that can be read in two ways', () => {
  const THOUSANDS = 'x\ty\tclass\n980\t2\ta\n1,020\t3\tb\n1,005\t2\ta\n995\t3\tb\n1,015\t4\ta\n990\t1\tb\n';

  it('is asked about, and used only after the answer', async () => {
    const { page, complaints } = await visit(small);
    await opened(page);
    await page.getByTestId('csv-text').fill(THOUSANDS);
    const ask = page.getByTestId('csv-ask-decimal-0');
    await ask.waitFor();
    await expect.poll(() => ask.locator('option').allTextContents()).toEqual(['please choose', '1020', '1.02']);
    await expect.poll(() => page.getByTestId('csv-use').isDisabled()).toBe(true);
    await ask.selectOption('.');
    await page.getByTestId('csv-summary').waitFor();
    await expect.poll(() => page.getByTestId('csv-use').isEnabled()).toBe(true);
    await page.getByTestId('csv-text').fill('sample,a,k,l\n1,5,0,1\n2,6,1,0\n3,5,0,0\n4,6,1,1\n');
    await page.getByTestId('csv-ask-label').selectOption('2');
    await expect.poll(() => page.getByTestId('csv-use').isDisabled()).toBe(true);
    await page.getByTestId('csv-ask-rowNumbers-0').selectOption('none');
    await page.getByTestId('csv-summary').waitFor();
    await expect.poll(() => page.getByTestId('csv-role-0').inputValue()).toBe('none');
    await expect.poll(() => page.getByTestId('csv-role-2').inputValue()).toBe('label');
    await fits(page);
    expect(complaints).toEqual([]);
  });

  it('has its separator chosen, also where it could not be read', async () => {
    const { page } = await visit(small);
    await opened(page);
    await page.getByTestId('csv-text').fill('x|y|a;b\n1.5|2.5|u\n2.5|3.5|v\n2|2|u\n1|4|v\n');
    await page.getByTestId('csv-read').filter({ hasText: 'separated by vertical bars' }).waitFor();
    await page.getByTestId('csv-separator').selectOption(';');
    await page.getByTestId('csv-faults').filter({ hasText: 'this line seems' }).waitFor({ state: 'hidden' });
    await page.getByTestId('csv-faults').filter({ hasText: '2 values separated by semicolons' }).waitFor();
    await expect.poll(() => page.getByTestId('csv-use').isDisabled()).toBe(true);
    await page.getByTestId('csv-separator').selectOption('|');
    await page.getByTestId('csv-summary').waitFor();
  });
});
