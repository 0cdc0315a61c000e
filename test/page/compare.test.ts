import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, restsAt, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = hashOf({ ...SMALL_LINK, seeds: [0, 1] });

describe('the Compare room', () => {
  it('keeps a pinned result in sight, fans a number out, and moves the clock from the trade-off plane', async () => {
    const { page, complaints } = await visit({ hash: small });
    await finished(page);
    await restsAt(page, 60);
    const npo = page.locator('[data-run=NPO]');
    await npo.getByTestId('run-pin').click();
    await npo.getByTestId('fan-params.beta').click();
    await expect.poll(() => page.getByTestId('panel').count()).toBe(8);
    await finished(page);
    await restsAt(page, 60);
    const plane = page.getByTestId('tradeoff');
    await plane.getByTestId('ghost').waitFor({ state: 'attached' });
    await plane.getByTestId('front').waitFor({ state: 'attached' });
    await expect.poll(() => page.getByTestId('pins').textContent()).toContain('NPO, β=1, η=0.2');
    expect(await findings(page)).toEqual([]);

    await page.getByTestId('undo').click();
    await expect.poll(() => page.getByTestId('panel').count()).toBe(4);
    await finished(page);
    await restsAt(page, 60);

    const keys = plane.getByTestId('chart-keys');
    await keys.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Home');
    await expect.poll(() => keys.getAttribute('aria-valuetext')).toMatch(/^GA: step 0, forget .*, keep /);
    await page.keyboard.press('ArrowRight');
    const step = Number(/step (\d+)/.exec((await keys.getAttribute('aria-valuetext')) ?? '')?.[1]);
    await page.keyboard.press('Enter');
    await restsAt(page, step);

    // A click on the first tick of a path.
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await restsAt(page, 60);
    const start = await plane
      .locator('.tradeoff__hit')
      .last()
      .evaluate((path) => {
        const { x, y } = (path as SVGPathElement).getPointAtLength(0);
        const box = (path as SVGPathElement).ownerSVGElement?.getBoundingClientRect();
        return [x + (box?.left ?? 0), y + (box?.top ?? 0)] as const;
      });
    await page.mouse.click(...start);
    await restsAt(page, 0);

    await page.getByTestId('unpin').click();
    await expect.poll(() => plane.getByTestId('ghost').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('draws how hard each run pulls the forget examples, and why a method has no pulls', async () => {
    const runs = [...SMALL_LINK.runs, { name: 'SCRUB', method: 'scrub', steps: 12 }];
    const { page, complaints } = await visit({ hash: hashOf({ ...SMALL_LINK, runs }), width: 1280, height: 720 });
    await finished(page);
    await restsAt(page, 60);
    await expect.poll(() => page.getByTestId('pull').count()).toBe(0);
    await page.getByTestId('pulls').click();
    const pull = (name: string) => page.locator(`[data-panel="${name}"] [data-testid=pull]`);
    await expect.poll(() => pull('GA').textContent()).toBe('W 1.00');
    await expect.poll(() => pull('SCRUB').textContent()).toBe('no fixed pulls: its steps vary');
    await expect.poll(async () => Number((await pull('NPO').textContent())?.slice(2))).toBeLessThan(1);
    await page.getByTestId('sound').click();
    await expect.poll(() => page.getByTestId('sound').getAttribute('aria-pressed')).toBe('true');
    await page.getByTestId('scrubber').fill('0');
    await page.getByTestId('sound').click();
    await expect.poll(() => page.getByTestId('sound').getAttribute('aria-pressed')).toBe('false');
    await expect.poll(() => pull('NPO').textContent()).toBe('W 1.00');
    expect(await findings(page)).toEqual([]);
    await fits(page);
    expect(complaints).toEqual([]);
  });
});
