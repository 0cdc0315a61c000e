import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, fits, hashOf, panelsOf, restsAt, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = { hash: hashOf(SMALL_LINK) };

const plane = (page: Page) => page.getByTestId('editor-plane');
const countsOf = async (page: Page) => {
  const read = async (name: string) => Number(await plane(page).getAttribute(`data-${name}`));
  return { points: await read('points'), forget: await read('forget') };
};
const choose = (page: Page, testId: string) => page.getByTestId(testId).check({ force: true });

/** Drags through places of the plane, given as shares of its width from the top left. */
const drag = async (page: Page, ...places: readonly (readonly [number, number])[]): Promise<void> => {
  const box = await plane(page).boundingBox();
  if (!box) throw new Error('no plane');
  const [first, ...rest] = places.map(([x, y]) => [box.x + x * box.width, box.y + y * box.height] as const);
  await page.mouse.move(...(first as readonly [number, number]));
  await page.mouse.down();
  for (const place of rest) await page.mouse.move(...place, { steps: 6 });
  await page.mouse.up();
};
const close = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape');
  await page.getByTestId('point-editor').waitFor({ state: 'detached' });
};

describe('the point editor', () => {
  it('paints, erases and moves; each gesture is undone as one; the link opens to the same numbers', async () => {
    const { page, context, complaints } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
    await page.getByTestId('edit-data').click();
    await plane(page).waitFor();
    const start = await countsOf(page);
    await choose(page, 'paint-class-4');
    await drag(page, [0.45, 0.5], [0.55, 0.5], [0.55, 0.6]);
    const painted = await countsOf(page);
    expect(painted.points).toBeGreaterThan(start.points + 2 * 4);
    await page.getByTestId('editor-undo').click();
    await expect.poll(() => countsOf(page)).toEqual(start);
    await page.getByTestId('editor-redo').click();
    await expect.poll(() => countsOf(page)).toEqual(painted);
    await choose(page, 'tool-move');
    const address = page.url();
    await drag(page, [0.55, 0.6], [0.1, 0.6]);
    await expect.poll(() => page.url()).not.toBe(address);
    expect(await countsOf(page)).toEqual(painted);
    await choose(page, 'tool-erase');
    await drag(page, [0.1, 0.9], [0.9, 0.1]);
    const erased = await countsOf(page);
    expect(erased.points).toBeLessThan(painted.points);
    await close(page);
    await finished(page);
    await restsAt(page, 60);
    await expect.poll(() => page.getByTestId('generator').inputValue()).toBe('inline');
    const numbers = await panelsOf(page);
    const second = await context.newPage();
    await second.goto(page.url());
    await finished(second);
    await restsAt(second, 60);
    await expect.poll(() => panelsOf(second)).toEqual(numbers);
    await second.getByTestId('edit-data').click();
    await plane(second).waitFor();
    expect((await countsOf(second)).points).toBe(erased.points);
    expect(complaints).toEqual([]);
  });

  it('starts from an empty plane, says what is missing, and keeps the old points until there is enough', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await page.getByTestId('edit-data').click();
    await plane(page).waitFor();
    const start = await countsOf(page);
    const address = page.url();
    await page.getByTestId('editor-clear').click();
    await page.getByTestId('editor-fault').filter({ hasText: 'at least two classes' }).waitFor();
    await drag(page, [0.3, 0.3], [0.4, 0.3]);
    expect(page.url()).toBe(address);
    await page.getByTestId('editor-undo').click();
    await expect.poll(() => countsOf(page)).toEqual(start);
    await page.getByTestId('editor-clear').click();
    await drag(page, [0.3, 0.3], [0.4, 0.3]);
    await choose(page, 'paint-class-1');
    await drag(page, [0.7, 0.7], [0.6, 0.7]);
    await page.getByTestId('editor-fault').waitFor({ state: 'detached' });
    await close(page);
    await finished(page);
    expect(page.url()).not.toBe(address);
    await expect.poll(() => page.getByTestId('failure').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('chooses the forget set by brush and by lasso, as points or as a region', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await page.getByTestId('edit-forget').click();
    await plane(page).waitFor();
    const start = await countsOf(page);
    expect(start.forget).toBe(25);
    await drag(page, [0.4, 0.4], [0.6, 0.6]);
    const brushed = await countsOf(page);
    expect(brushed.forget).toBeGreaterThan(25);
    expect(brushed.points).toBe(start.points);
    await choose(page, 'tool-keep');
    await drag(page, [0.4, 0.4], [0.6, 0.6]);
    expect((await countsOf(page)).forget).toBeLessThan(brushed.forget);
    await page.getByTestId('editor-none').click();
    await page.getByTestId('editor-fault').waitFor();
    await choose(page, 'tool-lasso');
    await drag(page, [0.3, 0.2], [0.7, 0.2], [0.7, 0.45], [0.3, 0.45]);
    const inside = (await countsOf(page)).forget;
    expect(inside).toBeGreaterThan(3);
    await page.getByTestId('lasso-region').check();
    await drag(page, [0.3, 0.2], [0.7, 0.2], [0.7, 0.45], [0.3, 0.45]);
    await expect.poll(async () => (await countsOf(page)).forget).toBe(inside);
    await close(page);
    await expect.poll(() => page.getByTestId('forget-kind').inputValue()).toBe('region');
    await finished(page);
    await page.getByTestId('undo').click();
    await expect.poll(() => page.getByTestId('forget-kind').inputValue()).toBe('indices');
    await finished(page);
    expect(complaints).toEqual([]);
  });

  it('needs no pointer: the ring is moved, resized and used by keys, and says what is under it', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await page.getByTestId('edit-forget').focus();
    await page.keyboard.press('Enter');
    await plane(page).waitFor();
    for (let i = 0; i < 20; i++) {
      if ((await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))) === 'editor-plane') break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('n');
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await page.getByTestId('editor-said').filter({ hasText: 'Ring at' }).waitFor({ state: 'attached' });
    await page.keyboard.press('Shift+ArrowUp');
    await page.keyboard.press('ArrowLeft');
    const before = await countsOf(page);
    await page.keyboard.press('p');
    await page.keyboard.press(' ');
    await expect.poll(async () => (await countsOf(page)).forget).not.toBe(before.forget);
    await page.keyboard.press('Control+z');
    await expect.poll(() => countsOf(page)).toEqual(before);
    await page.getByTestId('point-table').locator('summary').press('Enter');
    await page.getByLabel('Forget point 0', { exact: true }).press(' ');
    await expect.poll(async () => (await countsOf(page)).forget).toBe(before.forget + 1);
    await close(page);
    await expect.poll(() => page.getByTestId('forget-kind').inputValue()).toBe('indices');
    await finished(page);
    expect(complaints).toEqual([]);
  });

  it('lets points of a projection be chosen, not painted', async () => {
    const data = { generator: 'high-dim-blobs', seed: 0, params: {} };
    const { page } = await visit({ hash: hashOf({ ...SMALL_LINK, data }) });
    await finished(page);
    await page.getByTestId('edit-forget').click();
    await plane(page).waitFor();
    await expect.poll(() => page.getByTestId('tool-paint').count()).toBe(0);
    await drag(page, [0.4, 0.4], [0.6, 0.6]);
    await close(page);
    await expect.poll(() => page.getByTestId('forget-kind').inputValue()).toBe('indices');
    await finished(page);
    await expect.poll(() => page.getByTestId('failure').count()).toBe(0);
  });

  it('fills a phone’s screen, where a finger paints', async () => {
    const { page, complaints } = await visit({ ...small, width: 390, height: 844 });
    await finished(page);
    await page.getByTestId('sheet-data').click();
    await page.getByTestId('edit-data').click();
    await plane(page).waitFor();
    await fits(page);
    const start = await countsOf(page);
    const box = await plane(page).boundingBox();
    await page.touchscreen.tap((box?.x ?? 0) + 100, (box?.y ?? 0) + 100);
    await expect.poll(async () => (await countsOf(page)).points).toBe(start.points + 8);
    await close(page);
    await finished(page);
    expect(complaints).toEqual([]);
  });
});
