import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, hashOf, restsAt, SMALL_LINK, slide, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

/** Eight runs whose lines end close to each other. */
const EIGHT = {
  ...SMALL_LINK,
  runs: [0.05, 0.1, 0.2, 0.4, 0.8, 1, 2, 4].map((beta) => ({
    name: `NPO β=${beta}`,
    method: 'npo',
    params: { beta },
    steps: 60,
    learningRate: 0.2,
  })),
};

interface Rect {
  readonly words: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const rects = (page: Page, selector: string): Promise<readonly Rect[]> =>
  page.locator(selector).evaluateAll((all) =>
    all.map((one) => {
      const { left, right, top, bottom } = one.getBoundingClientRect();
      return { words: one.textContent ?? '', left, right, top, bottom };
    }),
  );

/** The boxes of labels that are drawn after the numbers have come, as soon as there are this many. */
const labels = async (page: Page, selector: string, atLeast: number): Promise<readonly Rect[]> => {
  await expect.poll(() => page.locator(selector).count()).toBeGreaterThanOrEqual(atLeast);
  return rects(page, selector);
};

/** Pairs of labels that cover each other, by a pixel or more each way. */
const collisions = (all: readonly Rect[]): readonly string[] =>
  all.flatMap((a, i) =>
    all
      .slice(i + 1)
      .filter(
        (b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1,
      )
      .map((b) => `${a.words} / ${b.words}`),
  );

describe.each([
  [1440, 900],
  [1280, 720],
])('the charts at %i x %i, with eight runs', (width, height) => {
  it('name the runs without two names in one place, and a line leads to a name that had to move', async () => {
    const { page } = await visit({ hash: hashOf(EIGHT), width, height });
    await finished(page);
    await restsAt(page, 60);
    const heads = await labels(page, '.tradeoff__label', 4);
    expect(collisions(heads)).toEqual([]);
    const frame = (await rects(page, '.tradeoff__frame'))[0] as Rect;
    const chart = (await rects(page, '[data-testid=tradeoff]'))[0] as Rect;
    for (const { words, left, right } of await rects(page, '[data-testid=tradeoff] svg text')) {
      expect(left >= chart.left && right <= chart.right, words).toBe(true);
    }
    for (const { left, right, top, bottom, words } of heads) {
      expect(left >= frame.left && right <= frame.right && top >= frame.top && bottom <= frame.bottom, words).toBe(
        true,
      );
    }
    for (const nth of [0, 1]) {
      const ends = await labels(page, `.chart__multiple:nth-of-type(${nth + 1}) .chart__end`, 4);
      expect(collisions(ends)).toEqual([]);
    }
    await expect.poll(() => page.locator('.chart__leads path').count()).toBeGreaterThan(0);
    const clipped = await page
      .locator('.chart__end-text')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent));
    expect(clipped).toEqual([]);
  });

  it('leave room between the frame of the trade-off and what ends at 0 % or 100 %', async () => {
    const { page } = await visit({ hash: hashOf(SMALL_LINK), width, height });
    await finished(page);
    await restsAt(page, 60);
    const frame = (await rects(page, '.tradeoff__frame'))[0] as Rect;
    await expect.poll(() => page.locator('.tradeoff__hit').count()).toBe(2);
    const paths = await page.locator('.tradeoff__hit').evaluateAll((all) =>
      all.map((one) => {
        const { x, y } = (one as SVGPathElement).getBBox();
        const box = (one as SVGPathElement).ownerSVGElement?.getBoundingClientRect();
        return { left: x + (box?.left ?? 0), top: y + (box?.top ?? 0) };
      }),
    );
    for (const { left, top } of paths) {
      expect(left - frame.left).toBeGreaterThanOrEqual(10);
      expect(top - frame.top).toBeGreaterThanOrEqual(10);
    }
  });
});

describe('the header', () => {
  it('does not move when the experiment is changed', async () => {
    const { page } = await visit({ search: '?p=ga-vs-npo', width: 1280, height: 720 });
    await finished(page);
    const before = await rects(page, '.rooms__tab');
    await slide(page, 'run-1-beta', 30);
    await staled(page);
    await page.getByTestId('changed').waitFor();
    expect(await rects(page, '.rooms__tab')).toEqual(before);
  });
});
