import { deflateRawSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, hashOf, panelsOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const OTHER = { ...SMALL_LINK, title: 'Given', runs: [SMALL_LINK.runs[0]], view: {} };
const LINK = `https://example.org/#1.${deflateRawSync(Buffer.from(JSON.stringify(OTHER))).toString('base64url')}.`;

/** Drops or pastes as a browser does. */
const give = (
  page: Page,
  how: 'drop' | 'paste',
  what: { readonly file?: string; readonly text?: string },
  at = 'body',
) =>
  page.evaluate(
    ({ how, what, at }) => {
      const data = new DataTransfer();
      if (what.file !== undefined) data.items.add(new File([what.file], 'mine.json', { type: 'application/json' }));
      if (what.text !== undefined) data.setData('text/plain', what.text);
      const target = document.querySelector(at) as Element;
      const all = { bubbles: true, cancelable: true };
      if (how === 'paste') return target.dispatchEvent(new ClipboardEvent('paste', { ...all, clipboardData: data }));
      target.dispatchEvent(new DragEvent('dragover', { ...all, dataTransfer: data }));
      return target.dispatchEvent(new DragEvent('drop', { ...all, dataTransfer: data }));
    },
    { how, what, at },
  );

describe('what is given to the page anywhere on it', () => {
  it.each([
    ['a file that is dropped', 'drop', { file: JSON.stringify(OTHER) }],
    ['a link that is dropped', 'drop', { text: LINK }],
    ['a link that is pasted', 'paste', { text: LINK }],
    ['a file that is pasted', 'paste', { file: JSON.stringify(OTHER) }],
  ] as const)('is opened, and undo brings back what was there: %s', async (_, how, what) => {
    const { page, complaints } = await visit({ hash: hashOf(SMALL_LINK) });
    await finished(page);
    const before = await panelsOf(page);
    await give(page, how, what);
    await expect.poll(async () => (await panelsOf(page)).length).toBe(before.length - 1);
    await finished(page);
    await page.getByTestId('undo').click();
    await expect.poll(() => panelsOf(page)).toEqual(before);
    expect(complaints).toEqual([]);
  });

  it('is said in the page’s language while it is held over it, and where it cannot be opened', async () => {
    const { page, complaints } = await visit({ hash: hashOf(SMALL_LINK), search: '?lang=de' });
    await finished(page);
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['{}'], 'x.json'));
      document.body.dispatchEvent(new DragEvent('dragover', { bubbles: true, cancelable: true, dataTransfer }));
    });
    await expect.poll(() => page.getByTestId('drop-hint').textContent()).toContain('Loslassen');
    await give(page, 'drop', { file: 'no JSON' });
    await expect.poll(() => page.getByTestId('notice-bad-file').textContent()).toContain('Diese Datei enthält weder');
    expect(await page.getByTestId('drop-hint').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('is the field’s where it is pasted into one, and nobody’s where it is just text', async () => {
    const { page } = await visit({ hash: hashOf(SMALL_LINK) });
    await finished(page);
    const before = await panelsOf(page);
    expect(await give(page, 'paste', { text: LINK }, 'input')).toBe(true);
    expect(await give(page, 'paste', { text: 'Issue #12: a sentence' })).toBe(true);
    expect(await panelsOf(page)).toEqual(before);
    expect(await page.getByTestId('notice-bad-file').count()).toBe(0);
  });
});
