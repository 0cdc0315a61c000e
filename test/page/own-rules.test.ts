import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, panelsOf, SMALL_LINK, slide, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = { hash: hashOf(SMALL_LINK) };
const NPO = '-2*sigmoid(beta*(logP - logPRef))';

const opened = async (page: Page): Promise<void> => {
  await page.getByTestId('add-run').click();
  await page.getByTestId('pick-own').click();
  await page.getByTestId('formula-weight').waitFor();
};

/** What the panel of a run says, without its name. */
const numbersOf = async (page: Page, name: string): Promise<string> => {
  const panels = await panelsOf(page);
  const own = panels.filter((panel) => panel.startsWith(`${name}: `)).map((panel) => panel.slice(name.length + 2));
  expect(own).toHaveLength(1);
  return own[0] as string;
};

describe('a rule of one’s own', () => {
  it('is typed, mended by a button, outlasts a reload, runs, and travels in the link', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await opened(page);
    await page.getByTestId('own-title').fill('Typed');
    await page.getByTestId('formula-weight').fill(NPO);
    await page.getByTestId('formula-fault').filter({ hasText: 'Column 12: beta is not defined.' }).waitFor();
    expect(await page.getByTestId('own-take').isDisabled()).toBe(true);
    await page.reload();
    await finished(page);
    await opened(page);
    expect(await page.getByTestId('formula-weight').inputValue()).toBe(NPO);
    await page.getByTestId('formula-define').click();
    await page.getByTestId('own-preview').waitFor();
    await page.getByTestId('own-take').click();
    await page.getByTestId('own-rule').waitFor({ state: 'detached' });
    await staled(page);
    await finished(page);
    const card = page.locator('[data-testid=run-card][data-run=Typed]');
    await card.waitFor();
    await expect.poll(() => page.getByTestId('failure').count()).toBe(0);
    const before = await numbersOf(page, 'Typed');
    await card.getByTestId('run-open').click();
    await slide(page, 'run-2-beta', 0);
    await staled(page);
    await finished(page);
    const after = await numbersOf(page, 'Typed');
    expect(after, 'its hyperparameter has a slider').not.toBe(before);
    expect(after, 'at β = 0 it is gradient ascent').toBe(await numbersOf(page, 'GA'));
    const { page: other, complaints: others } = await visit({ hash: new URL(page.url()).hash });
    await finished(other);
    await other.locator('[data-testid=run-card][data-run=Typed]').waitFor();
    await expect
      .poll(() => other.locator('.notice').allTextContents())
      .toContainEqual(expect.stringContaining('Typed'));
    expect([...complaints, ...others]).toEqual([]);
  });

  it('that explodes or never fades is said to, from its curve', async () => {
    const { page } = await visit(small);
    await finished(page);
    await opened(page);
    await page.getByTestId('warning-never-fades').waitFor();
    await page.getByTestId('formula-weight').fill('-p');
    await page.getByTestId('warning-never-fades').waitFor({ state: 'detached' });
    await page.getByTestId('formula-weight').fill('-1/p');
    await page.getByTestId('warning-explodes').waitFor();
  });

  it('begins as a copy of a method, whose numbers it has, in a dialog without serious findings', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    const npo = page.locator('[data-testid=run-card][data-run=NPO]');
    await npo.getByTestId('rule-duplicate').click();
    await page.getByTestId('own-preview').waitFor();
    expect(await page.getByTestId('formula-weight').inputValue()).toContain('sigmoid');
    await page.getByTestId('formula-weight').fill(`(${NPO}) *`);
    await page.getByTestId('formula-fault').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('formula-weight').fill(NPO);
    await page.getByTestId('own-preview').waitFor();
    await page.getByTestId('param-max').fill('-1');
    await page.getByTestId('own-others').filter({ hasText: 'beta, Most' }).waitFor();
    await page.getByTestId('param-max').fill('10');
    await page.getByTestId('own-preview').waitFor();
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('own-take').click();
    await staled(page);
    await finished(page);
    expect(await numbersOf(page, 'My NPO')).toBe(await numbersOf(page, 'NPO'));
    expect(complaints).toEqual([]);
  });

  it('fits on a phone', async () => {
    const { page } = await visit({ ...small, width: 390, height: 844 });
    await finished(page);
    await page.getByTestId('sheet-runs').click();
    await opened(page);
    await fits(page);
    expect(await findings(page)).toEqual([]);
  });
});
