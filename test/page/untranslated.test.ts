import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, hashOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

/** Texts and labels on the page that stand outside of the brackets of the pseudo-language: no language can say them. */
const outside = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    // Formulas, sources, addresses, licenses, names of languages and of runs are the same everywhere.
    const SAME =
      '[translate=no], math, .run__math, .method__formula, textarea, pre, script, style, noscript, [lang]:not(html), .card__run, a[href^="https:"], i, .licenses';
    const NAMES = /\b(GA|NPO|SalUn|tanh|relu|sigmoid|[A-Z][\w-]+(, [A-Z][\w-]+)*:?\s+\(\d{4}\))(?![\w])/g;
    const found = new Set<string>();
    let depth = 0;
    const rest = (words: string): string => {
      let left = '';
      for (const sign of words) {
        if (sign === '⟦') depth++;
        else if (sign === '⟧') depth--;
        else if (depth === 0) left += sign;
      }
      return left.replace(NAMES, '').trim();
    };
    const look = (words: string, where: Element): void => {
      const left = rest(words);
      if (/\p{L}{3}/u.test(left))
        found.add(`<${where.tagName.toLowerCase()} class="${where.getAttribute('class')}"> ${left}`);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, nodeValue } = walker.currentNode;
      if (parentElement && !parentElement.closest(SAME)) look(nodeValue ?? '', parentElement);
    }
    depth = 0;
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest(SAME)) continue;
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-valuetext']) {
        look(element.getAttribute(name) ?? '', element);
      }
    }
    return [...found];
  });

describe('every text of the page', () => {
  it('can be said in a language that is one folder', { timeout: 180_000 }, async () => {
    const { page, complaints } = await visit({ search: '?lang=en-XA', hash: hashOf({ ...SMALL_LINK, seeds: [0, 1] }) });
    await finished(page);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en-XA');
    await expect.poll(() => page.getByTestId('verdict').textContent()).toContain('⟦');
    expect(await outside(page)).toEqual([]);

    await page.getByTestId('enter-measure').click();
    await page.getByTestId('metrics-all').click();
    expect(await outside(page)).toEqual([]);

    await page.getByTestId('enter-attack').click();
    await page.getByTestId('attack-membership-0').waitFor();
    expect(await outside(page)).toEqual([]);

    await page.getByTestId('enter-learn').click();
    await page.getByTestId('method-npo').click();
    await page.getByTestId('method-page').waitFor();
    expect(await outside(page)).toEqual([]);
    await page.keyboard.press('Escape');

    for (const dialog of ['share', 'shortcuts']) {
      await page.getByTestId(dialog).click();
      await page.getByTestId(`${dialog}-dialog`).waitFor();
      expect(await outside(page)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.getByTestId('start-ga-vs-npo').click();
    await page.getByTestId('lesson-title').waitFor();
    expect(await outside(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
