import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { root } from '../architecture/sources.ts';
import { scaled } from '../support/pace.ts';
import { browserForTests, hashOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = `./#${hashOf(SMALL_LINK)}`;
const demo = () => `${inject('url')}element-demo.html`;
const WAIT = { timeout: scaled(60_000) };

describe('<unlearn-lab>', () => {
  it('is one module of at most 5 KB, and so is the widget', () => {
    for (const name of ['unlearn-lab-element.js', 'unlearn-lab-widget.js']) {
      const file = join(root, 'dist', name);
      expect(existsSync(file)).toBe(true);
      expect(statSync(file).size).toBeLessThanOrEqual(5 * 1024);
      expect(readFileSync(file, 'utf8')).not.toMatch(/\bimport\b/);
    }
  });

  it('shows an experiment, tells of its results, and moves its clock', async () => {
    const { page, complaints } = await visit({ url: demo(), plays: true, height: 1200 });
    await expect
      .poll(() => page.locator('#results').textContent(), WAIT)
      .toMatch(/seeds computed, checksum [0-9a-f]{8}$/);
    const frame = page.frames()[1];
    await page.locator('#step').fill('100');
    await frame?.waitForSelector('[data-testid=clock][data-step="100"][data-state=paused]');
    await expect.poll(() => page.locator('#at').textContent()).toMatch(/^step 100 of 400$/);
    await page.locator('#play').click();
    await frame?.waitForSelector('[data-testid=clock][data-state=playing]');
    await page.locator('#pause').click();
    await frame?.waitForSelector('[data-testid=clock][data-state=paused]');
    const height = await page.evaluate(
      () => document.querySelector('unlearn-lab')?.getBoundingClientRect().height ?? 0,
    );
    expect(height).toBeGreaterThan(100);
    expect(complaints).toEqual([]);
  });

  it('has its numbers as properties, and forgets them when it shows another experiment', async () => {
    const { page } = await visit({ url: demo(), height: 1200 });
    const read = () =>
      page.evaluate(() => {
        const lab = document.querySelector('unlearn-lab') as unknown as {
          step: number;
          results: { checksum: string; models: { name: string }[] } | null;
        };
        return {
          step: lab.step,
          checksum: lab.results?.checksum ?? null,
          names: lab.results?.models.map((one) => one.name),
        };
      });
    await expect.poll(async () => (await read()).checksum, WAIT).toMatch(/^[0-9a-f]{8}$/);
    const first = await read();
    expect(first.names).toEqual(['original', 'retrained', 'GA', 'NPO']);
    await page.evaluate((src) => {
      const lab = document.querySelector('unlearn-lab') as unknown as { src: string; step: number };
      lab.src = src;
      // Before the page is there: it is done when it is.
      lab.step = 30;
    }, small);
    expect((await read()).checksum).toBeNull();
    await expect.poll(async () => (await read()).checksum, WAIT).toMatch(/^[0-9a-f]{8}$/);
    expect((await read()).checksum).not.toBe(first.checksum);
    await page.evaluate(() => {
      (document.querySelector('unlearn-lab') as unknown as { step: number }).step = 30;
    });
    await expect.poll(async () => (await read()).step).toBe(30);
  });

  it('says what it expected in place of an address that is none, and opens no script', async () => {
    const { page } = await visit({ url: demo(), height: 1200 });
    for (const src of ['javascript:alert(1)', 'data:text/html,x', 'http://']) {
      await page.evaluate((address) => document.querySelector('unlearn-lab')?.setAttribute('src', address), src);
      await expect
        .poll(() => page.locator('#results').textContent())
        .toContain('expected the address of an experiment');
      expect(page.frames()).toHaveLength(1);
    }
  });

  it('hears nobody but the page that it shows', async () => {
    const { page } = await visit({ url: demo(), height: 1200 });
    await expect.poll(() => page.locator('#results').textContent(), WAIT).toContain('checksum');
    const told = await page.locator('#results').textContent();
    await page.evaluate(() => {
      window.postMessage({ unlearnLab: 1, type: 'error', message: 'forged', faults: [] }, '*');
      return new Promise((resolve) => {
        window.addEventListener('message', () => resolve(null), { once: true });
      });
    });
    expect(await page.locator('#results').textContent()).toBe(told);
  });
});

describe('the notebook widget', () => {
  it('keeps the step alike on both sides, sets the results, plays when it is told to, and leaves nothing behind', async () => {
    const { page, complaints } = await visit({ url: demo(), plays: true, height: 1200 });
    await page.evaluate(
      `import(${JSON.stringify(`${inject('url')}unlearn-lab-widget.js`)}).then(({ default: widget }) => {
        const traits = { src: ${JSON.stringify(small)}, show: 'grid,scrub', locked: true, step: null, results: null };
        const handlers = new Map();
        window.model = {
          traits,
          handlers,
          get: (name) => traits[name],
          set: (name, value) => { traits[name] = value; },
          saves: 0,
          save_changes() { this.saves++; },
          on: (event, handler) => handlers.set(event, handler),
          off: (event, handler) => { if (handlers.get(event) === handler) handlers.delete(event); },
          change(name, value) { traits[name] = value; handlers.get('change:' + name)(); },
        };
        document.body.innerHTML = '<div id="cell"></div>';
        window.leave = widget.render({ model: window.model, el: document.getElementById('cell') });
      })`,
    );
    const model = <T>(code: string) => page.evaluate<T>(`window.model.${code}`);
    await expect.poll(() => model<string | null>('traits.results?.checksum ?? null'), WAIT).toMatch(/^[0-9a-f]{8}$/);
    const frame = page.frames()[1];
    await model("change('step', 30)");
    await frame?.waitForSelector('[data-testid=clock][data-step="30"][data-state=paused]');
    await frame?.getByTestId('scrubber').fill('2');
    await expect.poll(() => model<number>('traits.step')).toBe(10);
    await model("handlers.get('msg:custom')('play')");
    await frame?.waitForSelector('[data-testid=clock][data-state=playing]');
    expect(await model<number>('saves')).toBeGreaterThan(1);
    await page.evaluate('window.leave()');
    expect(await page.locator('unlearn-lab').count()).toBe(0);
    expect(await model<number>('handlers.size')).toBe(0);
    expect(complaints).toEqual([]);
  });
});
