import type { Locator, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, hashOf, panelsOf, restsAt, SMALL_LINK, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

/** The text of an element without what stands within isolates or is a name alone, in the order in which it stands on the screen. */
const seenIn = (element: Locator, name: string) =>
  element.evaluate((element, name) => {
    const found: { readonly character: string; readonly bottom: number; readonly left: number }[] = [];
    const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let depth = 0;
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      if (node.textContent === name) continue;
      [...(node.textContent ?? '')].reduce((offset, character) => {
        if (/[\u2066-\u2068]/.test(character)) depth++;
        else if (character === '\u2069') depth--;
        else if (depth === 0 && /\S/.test(character)) {
          const range = document.createRange();
          range.setStart(node as Node, offset);
          range.setEnd(node as Node, offset + character.length);
          const { left, bottom } = range.getBoundingClientRect();
          found.push({ character, bottom, left });
        }
        return offset + character.length;
      }, 0);
    }
    const inText = found.map(({ character }) => character).join('');
    // Characters of one line, whatever their size, end within a few pixels of each other.
    const lines: (typeof found)[] = [];
    for (const one of [...found].sort((a, b) => a.bottom - b.bottom)) {
      const line = lines.at(-1);
      if (line && one.bottom - (line.at(-1)?.bottom ?? 0) < 6) line.push(one);
      else lines.push([one]);
    }
    const onScreen = lines.flatMap((line) => line.sort((a, b) => a.left - b.left).map(({ character }) => character));
    return { inText, onScreen: onScreen.join('') };
  }, name);

/** Where a name stands in the page, and what of that lets it turn around more than itself. */
const placesOf = (page: Page, name: string) =>
  page.evaluate((name) => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const places: Element[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node.parentElement && node.textContent?.includes(name)) places.push(node.parentElement);
    const isIsolated = (element: Element): boolean =>
      element.textContent === name
        ? getComputedStyle(element).unicodeBidi.startsWith('isolate')
        : !element.textContent?.replaceAll(`\u2068${name}\u2069`, '').includes(name);
    const wordsIn = ['aria-label', 'title', 'alt'].flatMap((attribute) =>
      [...document.querySelectorAll(`[${attribute}]`)].map((element) => element.getAttribute(attribute) ?? ''),
    );
    const isLoose = (words: string): boolean =>
      words !== name && words.replaceAll(`\u2068${name}\u2069`, '').includes(name);
    return {
      classes: places.map((element) => element.getAttribute('class') ?? element.tagName),
      loose: [
        ...places.filter((element) => !isIsolated(element)).map((element) => element.outerHTML),
        ...wordsIn.filter(isLoose),
      ],
    };
  }, name);

describe('a name that turns the reading direction around', () => {
  it.each(['\u202eGA', 'GA\u2069\u202e', '\u05d0\u05d1'])('%j leaves the verdict in order', async (name) => {
    const [first, second] = SMALL_LINK.runs;
    const runs = [{ ...first, name }, second];
    const { page, complaints } = await visit({ hash: hashOf({ ...SMALL_LINK, runs }), width: 1440 });
    await finished(page);
    await restsAt(page, 60);
    expect((await panelsOf(page)).join()).toContain(name);
    const { inText, onScreen } = await seenIn(page.getByTestId('verdict'), name);
    expect(inText).toContain('NPO');
    expect(inText).toMatch(/\d/);
    expect(onScreen).toBe(inText);
    expect(complaints).toEqual([]);
  });

  it('is kept as it was typed, and turns nothing around but itself', async () => {
    const name = 'A\u202e%96';
    const { page, complaints } = await visit({ hash: hashOf(SMALL_LINK), width: 1440 });
    await finished(page);
    await restsAt(page, 60);
    // The name is folded away with what is mostly left as it is.
    await page.getByTestId('run-1-more').locator('summary').first().click();
    const field = page.getByTestId('run-name');
    await field.selectText();
    await page.keyboard.insertText(name);
    await field.press('Enter');
    await staled(page);
    await finished(page);
    await restsAt(page, 60);
    expect(await field.inputValue()).toBe(name);
    const panel = page.getByTestId('panel').filter({ hasText: name });
    for (const [element, other] of [
      [page.getByTestId('verdict'), 'GA'],
      [panel, '%'],
    ] as const) {
      const { inText, onScreen } = await seenIn(element, name);
      expect(inText).toContain(other);
      expect(onScreen).toBe(inText);
    }
    const { classes, loose } = await placesOf(page, name);
    expect(classes).toEqual(
      expect.arrayContaining(['verdict__text', 'panel__name', 'run__name', 'chart__end-text', 'tradeoff__label']),
    );
    expect(loose).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
