import { afterEach, describe, expect, it } from 'vitest';
import { scaled } from '../support/pace.ts';
import {
  browserForTests,
  finished,
  fits,
  hashOf,
  panelsOf,
  restsAt,
  SMALL_LINK,
  shows,
  slide,
  staled,
} from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

/** Five seeds of a whole preset, on a slow and busy machine. */
const WHOLE_PRESET_MS = 180_000;
const small = { hash: hashOf(SMALL_LINK) };

describe('a first visit', () => {
  it('opens the first preset, moves while the original model trains, and holds at the end with the verdict', {
    timeout: scaled(2 * WHOLE_PRESET_MS),
  }, async () => {
    const { page, complaints } = await visit({ plays: true });
    await expect.poll(() => page.getByTestId('preset').inputValue()).toBe('ga-vs-npo');
    await expect.poll(() => page.getByTestId('first-lesson').textContent()).toBe('Start the 5-minute lesson');
    await expect.poll(() => page.locator('[data-panel=GA] .panel__long').textContent()).toBe('Gradient ascent');
    const original = page.locator('[data-role=original]');
    await original.locator('canvas[data-picture=grid]').waitFor();
    const picture = () => original.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const first = await picture();
    await expect.poll(picture).not.toBe(first);
    await page.waitForSelector('[data-testid=clock]:not([data-step="0"])');
    await finished(page, WHOLE_PRESET_MS);
    const total = await page.getByTestId('clock').getAttribute('data-total');
    await restsAt(page, Number(total));
    await expect
      .poll(async () => (await page.getByTestId('verdict').textContent())?.replaceAll('\u00a0', ' '))
      .toMatch(
        /^Both forgot class C \(0 % still right\)\. On everything else, GA collapsed at step \d+ and fell from \d+ % to \d+ %/,
      );
    const claims = page.getByTestId('claims').locator('[data-state]');
    expect(await claims.evaluateAll((items) => items.map((item) => item.getAttribute('data-state')))).not.toContain(
      'fails',
    );
    await fits(page);
    expect(complaints).toEqual([]);
  });
});

describe('the clock', () => {
  it('plays, pauses, steps and rewinds without training', async () => {
    const { page, complaints } = await visit({ ...small, plays: true });
    await finished(page);
    await restsAt(page, 60);
    const end = await panelsOf(page);
    await page.getByTestId('to-start').click();
    await restsAt(page, 0);
    const start = await panelsOf(page);
    expect(start).not.toEqual(end);
    await page.getByTestId('step-forward').click();
    await restsAt(page, 5);
    // So slowly that it does not come to its end before it is looked at.
    await page.getByTestId('speed').selectOption('0.25');
    await page.getByTestId('play').click();
    await page.waitForSelector('[data-testid=clock][data-state=playing]');
    await page.getByTestId('play').click();
    await page.waitForSelector('[data-testid=clock][data-state=paused]');
    await page.getByTestId('scrubber').fill('12');
    await restsAt(page, 60);
    await expect.poll(() => panelsOf(page)).toEqual(end);
    await page.getByTestId('to-start').click();
    await expect.poll(() => panelsOf(page)).toEqual(start);
    await expect.poll(() => page.getByTestId('app').getAttribute('data-status')).toBe('finished');
    expect(complaints).toEqual([]);
  });

  it('shows the last step at once under reduced motion', async () => {
    const { page } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
  });
});

describe('a training that diverges', () => {
  it('is said in the verdict and under the model’s map, in the reader’s language', async () => {
    const wild = { hidden: [16, 16, 16], activation: 'relu' };
    const training = { optimizer: 'momentum', learningRate: 10, steps: 40 };
    const hash = hashOf({ ...SMALL_LINK, model: wild, training });
    for (const [lang, words] of [
      ['en', /^The training of the original model diverged at step \d+: .* Try a smaller learning rate\./],
      ['de', /^Das Training des ursprünglichen Modells ist bei Schritt \d+ divergiert: .* kleinere Lernrate\./],
    ] as const) {
      const { page, complaints } = await visit({ hash, search: `?lang=${lang}` });
      await finished(page);
      await expect.poll(() => page.getByTestId('verdict').textContent()).toMatch(words);
      await expect.poll(() => page.locator('[data-role=original]').textContent()).toMatch(/divergier|diverged/);
      expect(complaints).toEqual([]);
    }
  });
});

describe('the panels', () => {
  it('light the point under the pointer or the keyboard in every panel, with each model’s probability', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
    await page.getByTestId('point-slider').focus();
    await page.keyboard.press('End');
    const readings = page.getByTestId('reading');
    await expect.poll(() => readings.count()).toBe(4);
    await expect.poll(() => readings.allTextContents()).not.toContainEqual(expect.stringContaining('–'));
    const words = await page.getByTestId('point-slider').getAttribute('aria-valuetext');
    expect(words).toMatch(/^Point 99, class D, retained: Original \d+.%, GA \d+.%, NPO \d+.%, Retrained \d+.%$/);
    const atEnd = await readings.allTextContents();
    await page.keyboard.press('Escape');
    await expect.poll(() => readings.count()).toBe(0);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('End');
    await expect.poll(() => readings.allTextContents()).toEqual(atEnd);
    await restsAt(page, 60);
    await page.keyboard.press('Tab');
    const picture = await page.locator('[data-panel=NPO] [data-testid=point-light]').boundingBox();
    const { x = 0, y = 0, width = 0 } = picture ?? {};
    await page.mouse.move(x + width / 2, y + width / 2);
    await expect.poll(() => readings.count()).toBe(4);
    await page.mouse.move(5, 5);
    await expect.poll(() => readings.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('show where each model differs from the retrained one, and on how much of the map', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
    const ga = page.locator('[data-panel=GA]');
    const picture = () => ga.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const plain = await picture();
    await page.getByTestId('difference').click();
    await expect.poll(() => ga.getByTestId('difference-share').textContent()).toMatch(/^differs on \d+/);
    await expect.poll(picture).not.toBe(plain);
    await expect.poll(() => page.locator('[data-role=retrained]').getByTestId('difference-share').count()).toBe(0);
    const atEnd = await ga.getByTestId('difference-share').textContent();
    await page.getByTestId('to-start').click();
    await expect.poll(() => ga.getByTestId('difference-share').textContent()).not.toBe(atEnd);
    await page.getByTestId('difference').click();
    await expect.poll(() => page.getByTestId('difference-share').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe('a change', () => {
  it('of beta marks the result stale, is computed with the same seeds, and can be undone', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await restsAt(page, 60);
    const before = await panelsOf(page);
    await slide(page, 'run-1-beta', 20);
    expect(await staled(page), 'what was there stays until there is something new').toEqual(before);
    await finished(page);
    await restsAt(page, 60);
    await expect.poll(() => panelsOf(page)).not.toEqual(before);
    await page.getByTestId('undo').click();
    await staled(page);
    await shows(page, before);
    expect(complaints).toEqual([]);
  });

  it('of the data, the forget set and the network is computed', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    for (const kind of ['random', 'indices', 'region', 'class']) {
      await page.getByTestId('forget-kind').selectOption(kind);
      await staled(page);
      await finished(page);
    }
    await page.getByTestId('hidden').fill('4-4');
    await page.getByTestId('hidden').press('Enter');
    await staled(page);
    await finished(page);
    await page.getByTestId('generator').selectOption('high-dim-blobs');
    await staled(page);
    await page.waitForSelector('canvas[data-picture=points]');
    await finished(page);
    await expect.poll(() => page.getByTestId('failure').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('adds, renames, duplicates, hides, solos and removes runs', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await page.getByTestId('add-run').click();
    await page.getByTestId('pick-npo/npo-rt').click();
    const names = async () => (await panelsOf(page)).map((panel) => panel.split(':')[0]);
    await expect.poll(names).toEqual(['Original', 'GA', 'NPO', 'NPO+RT', 'Retrained']);
    await finished(page);
    await page.getByTestId('run-duplicate').first().click();
    await expect.poll(names).toContain('GA 2');
    await finished(page);
    await page.getByTestId('run-eye').first().click();
    await expect.poll(names).not.toContain('GA');
    await page.getByTestId('run-solo').nth(1).click();
    await page.waitForSelector('[data-panel=NPO][data-faded=true]');
    await page.getByTestId('run-remove').nth(1).click();
    await expect.poll(names).not.toContain('GA 2');
    await finished(page);
    await page.locator('.run__form > details > summary').click();
    const name = page.getByTestId('run-name');
    await name.fill('Mine');
    await name.press('Enter');
    await expect.poll(names).toContain('Mine');
    await finished(page);
    expect(complaints).toEqual([]);
  });

  it('shows the pictures and numbers of another seed', async () => {
    const { page, complaints } = await visit({ hash: hashOf({ ...SMALL_LINK, seeds: [0, 1] }) });
    await finished(page);
    await restsAt(page, 60);
    const before = await panelsOf(page);
    const ga = page.locator('[data-panel=GA] canvas');
    const picture = () => ga.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
    const first = await picture();
    await page.getByTestId('shown-seed').selectOption('1');
    await expect.poll(picture).not.toBe(first);
    await expect.poll(() => panelsOf(page)).not.toEqual(before);
    expect(complaints).toEqual([]);
  });
});
