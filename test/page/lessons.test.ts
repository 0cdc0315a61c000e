import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = { hash: hashOf(SMALL_LINK), search: '?room=learn' };

const keep = (run: string, than: string) => ({
  claim: { run, metric: 'weightDistance', is: '<', than: { run: than } },
});

/** A lesson over the small experiment. */
const LESSON = {
  kind: 'lesson',
  version: 1,
  id: 'own',
  title: 'My own lesson',
  about: 'Made for this test.',
  minutes: 1,
  pages: [
    {
      id: 'guess',
      title: 'Guess',
      body: 'Two runs, *one* question. <b>no markup</b>',
      enter: { scenario: SMALL_LINK, step: 0, room: 'compare' },
      highlight: 'panel:NPO',
      predict: {
        question: 'Whose weights move less?',
        options: [
          { text: 'GA', when: keep('GA', 'NPO') },
          { text: 'NPO', when: keep('NPO', 'GA') },
        ],
      },
      task: 'Go to the last step.',
      check: { state: 'share', is: '==', value: 1 },
      after: 'NPO lets go.',
    },
    {
      id: 'room',
      title: 'Elsewhere',
      body: 'See the numbers.',
      highlight: 'room:measure',
      task: 'Open the room Measure.',
      check: { room: 'measure' },
    },
  ],
};

const fileOf = (content: string) => ({
  name: 'lesson.json',
  mimeType: 'application/json',
  buffer: Buffer.from(content),
});

const openFile = async (page: Page, content: string): Promise<void> => {
  await page.getByTestId('lesson-file').setInputFiles(fileOf(content));
};

/** Goes on with Tab until the focus is on an element. */
const tabTo = async (page: Page, testId: string): Promise<void> => {
  for (let presses = 0; presses < 80; presses++) {
    const isThere = await page.getByTestId(testId).evaluate((element) => element === document.activeElement);
    if (isThere) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${testId} cannot be reached with Tab`);
};

describe('a lesson', () => {
  it('is gone through with the keyboard alone: predict, do, see, explain', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    await page.getByTestId('learn-lessons').waitFor();
    await openFile(page, JSON.stringify(LESSON));
    const title = page.getByTestId('lesson-title');
    await title.filter({ hasText: 'Guess' }).waitFor();
    await finished(page);
    expect(await title.evaluate((element) => element === document.activeElement), 'read from its title on').toBe(true);
    await expect.poll(() => page.getByTestId('lesson').textContent()).toContain('<b>no markup</b>');
    await expect.poll(() => page.locator('[data-lesson-mark]').getAttribute('data-panel')).toBe('NPO');
    expect(await page.getByTestId('tradeoff').isVisible(), 'the curves would tell').toBe(false);

    await tabTo(page, 'lesson-option-0');
    await page.keyboard.press('Enter');
    await page.getByTestId('tradeoff').waitFor();
    await expect.poll(() => page.getByTestId('lesson-outcome').textContent()).toBe('Noted. Now see what happens.');
    await page.keyboard.press('End');
    await page.getByTestId('lesson-after').waitFor();
    await expect.poll(() => page.getByTestId('lesson-outcome').textContent()).toBe('Not quite. The answer is: NPO');
    await expect
      .poll(() => page.getByTestId('lesson-news').textContent())
      .toBe('Done: Go to the last step. Not quite. The answer is: NPO');

    await tabTo(page, 'lesson-next');
    await page.keyboard.press('Enter');
    await title.filter({ hasText: 'Elsewhere' }).waitFor();
    await expect.poll(() => page.locator('[data-lesson-mark]').getAttribute('data-testid')).toBe('enter-measure');
    await page.getByTestId('enter-measure').focus();
    await page.keyboard.press('Enter');
    await page
      .getByTestId('lesson-news')
      .filter({ hasText: 'Done: Open the room Measure.' })
      .waitFor({ state: 'attached' });
    await tabTo(page, 'lesson-next');
    await page.keyboard.press('Enter');
    await page.getByTestId('lesson').waitFor({ state: 'detached' });
    await page.getByTestId('room-learn').waitFor();
    await expect.poll(() => page.locator('[data-lesson-mark]').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('that is faulty is refused with its faults, and the page stays as it is', async () => {
    const { page, complaints } = await visit(small);
    await finished(page);
    const address = page.url();
    const faulty = {
      ...LESSON,
      pages: [{ ...LESSON.pages[0], highlight: 'everything', enter: { scenario: 'nothing' } }],
    };
    await page.getByTestId('learn-lessons').waitFor();
    await openFile(page, JSON.stringify(faulty));
    const notice = page.getByTestId('notice-bad-file');
    await notice.waitFor();
    await expect.poll(() => notice.textContent()).toContain('/pages/0/highlight');
    await expect.poll(() => notice.textContent()).toContain('/pages/0/enter/scenario');
    await openFile(page, '{ "kind": "les');
    await notice.filter({ hasText: 'no scenario, tournament, lesson, result or set of weights' }).waitFor();
    await expect.poll(() => page.getByTestId('lesson').count()).toBe(0);
    expect(page.url()).toBe(address);
    expect(complaints).toEqual([]);
  });

  it('has an address for each of its pages, and is left without a trace in it', async () => {
    const { page, complaints } = await visit({ search: '?lesson=seeds&page=2&lang=en' });
    const title = page.getByTestId('lesson-title');
    await title.filter({ hasText: 'Another run' }).waitFor();
    await page.getByTestId('lesson-next').click();
    await title.filter({ hasText: 'Ten runs' }).waitFor();
    await expect.poll(() => new URL(page.url()).search).toBe('?lang=en&lesson=seeds&page=3');
    await expect.poll(() => new URL(page.url()).hash).not.toBe('');
    await page.reload();
    await title.filter({ hasText: 'Ten runs' }).waitFor();
    await page.getByTestId('lesson-leave').click();
    await expect.poll(() => new URL(page.url()).search).toBe('?lang=en');
    expect(complaints).toEqual([]);
  });
});

describe.each([
  [1440, 900],
  [390, 844],
] as const)('the Learn room at %i x %i', (width, height) => {
  it.each(['light', 'dark'] as const)('has no serious finding, nor has an open lesson: %s', async (theme) => {
    const { page, complaints } = await visit({ ...small, width, height, theme });
    await finished(page);
    await page.getByTestId('method-npo').waitFor();
    expect(await findings(page)).toEqual([]);
    await fits(page);
    await page.getByTestId('start-ga-vs-npo').click();
    await page.getByTestId('lesson-next').click();
    await page.getByTestId('lesson-option-1').click();
    expect(await findings(page)).toEqual([]);
    await fits(page);
    expect(complaints).toEqual([]);
  });
});
