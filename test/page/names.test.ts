import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, hashOf, panelsOf, restsAt, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

/** The text of an element without what stands within isolates, in the order in which it stands on the screen. */
const seenIn = (page: Page, testId: string) =>
  page.getByTestId(testId).evaluate((element) => {
    const found: { readonly character: string; readonly bottom: number; readonly left: number }[] = [];
    const nodes = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let depth = 0;
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
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
  });

describe('a name that turns the reading direction around', () => {
  it.each(['\u202eGA', 'GA\u2069\u202e', '\u05d0\u05d1'])('%j leaves the verdict in order', async (name) => {
    const [first, second] = SMALL_LINK.runs;
    const runs = [{ ...first, name }, second];
    const { page, complaints } = await visit({ hash: hashOf({ ...SMALL_LINK, runs }), width: 1440 });
    await finished(page);
    await restsAt(page, 60);
    expect((await panelsOf(page)).join()).toContain(name);
    const { inText, onScreen } = await seenIn(page, 'verdict');
    expect(inText).toContain('NPO');
    expect(inText).toMatch(/\d/);
    expect(onScreen).toBe(inText);
    expect(complaints).toEqual([]);
  });
});
