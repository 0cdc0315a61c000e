import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { pythonWith, runPython } from '../support/python.ts';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, restsAt, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const open = async (theme: 'light' | 'dark' = 'light', seeds: readonly number[] = [0]) => {
  const visited = await visit({ hash: hashOf({ ...SMALL_LINK, seeds }), theme });
  await finished(visited.page);
  await restsAt(visited.page, 60);
  await visited.page.getByTestId('series').locator('.recharts-line').first().waitFor();
  await visited.page.getByTestId('file-menu').click();
  await visited.page.getByTestId('take-away').click();
  await visited.page.getByTestId('take-dialog').waitFor();
  return visited;
};

const saved = async (page: Page, click: () => Promise<void>) => {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
};

const picture = (page: Page, of: string, format: 'png' | 'svg') =>
  saved(page, () => page.locator(`[data-testid=take-${format}][data-of="${of}"]`).click());

const names = (page: Page) =>
  page.getByTestId('take-svg').evaluateAll((buttons) => buttons.map((one) => one.getAttribute('data-of') ?? ''));

describe('a picture taken away', () => {
  it('is an SVG of every panel and chart that needs nothing of the page: styles are in it, and the link', async () => {
    const { page, complaints } = await open();
    const all = await names(page);
    expect(all).toEqual(expect.arrayContaining(['Original', 'GA', 'NPO', 'Retrained']));
    expect(all).toHaveLength(6);
    for (const of of all) {
      const svg = (await picture(page, of, 'svg')).content.toString();
      const faults = await page.evaluate((source) => {
        const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
        return parsed.querySelectorAll('parsererror').length;
      }, svg);
      expect(faults).toBe(0);
      expect(svg).not.toMatch(/var\(|class=|<script|NaN/);
      expect(svg.replaceAll(/<\/?text[^>]*>/g, '')).toContain('#2.');
      expect(svg).toContain('Small. Step 60, seeds 0.');
      if (['Original', 'GA', 'NPO', 'Retrained'].includes(of)) expect(svg).toContain('href="data:image/png;base64,');
      else expect(svg).toMatch(/<path [^>]*stroke="rgb/);
    }
    expect(complaints).toEqual([]);
  });

  it('is a PNG that shows the panel’s own picture', async () => {
    const { page, complaints } = await open('dark');
    const { name, content } = await picture(page, 'GA', 'png');
    expect(name).toBe('small-ga.png');
    expect(content.subarray(1, 4).toString()).toBe('PNG');
    const colors = await page.evaluate(async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const data = new Uint32Array(
        context?.getImageData(0, 0, image.width, image.height).data.buffer ?? new ArrayBuffer(0),
      );
      return new Set(data).size;
    }, content.toString('base64'));
    expect(colors).toBeGreaterThan(500);
    expect((await picture(page, (await names(page)).at(-1) ?? '', 'png')).content.length).toBeGreaterThan(5000);
    expect(complaints).toEqual([]);
  });

  it('of a dark page is taken on a light background where the reader likes; the page stays dark', async () => {
    const { page, complaints } = await open('dark');
    const ground = async (of: string) =>
      /<rect [^>]*fill="([^"]+)"/.exec((await picture(page, of, 'svg')).content.toString())?.[1];
    expect(await ground('GA')).toBe('#0f1419');
    await page.getByTestId('take-light').check();
    expect(await ground('GA')).toMatch(/^#f{3,6}$/);
    await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(complaints).toEqual([]);
  });
});

describe('the caption of a picture', () => {
  it('names the one seed of a panel and all seeds of a chart', async () => {
    const { page } = await open('light', [0, 1]);
    expect((await picture(page, 'GA', 'svg')).content.toString()).toContain('Step 60, seeds 0.');
    const chart = (await names(page)).at(-1) ?? '';
    expect((await picture(page, chart, 'svg')).content.toString()).toContain('Step 60, seeds 0, 1.');
  });
});

describe('the citations', () => {
  it('are saved as BibTeX', async () => {
    const { page, complaints } = await open();
    const { name, content } = await saved(page, () => page.getByTestId('save-bibtex').click());
    expect(name).toBe('small.bib');
    expect(content.toString()).toContain('@misc{zhang2024negative,');
    await fits(page);
    expect(complaints).toEqual([]);
  });
});

describe('a run as a PyTorch script', () => {
  it('is copied and saved with the keyboard alone, and agrees with the page where PyTorch is found', async () => {
    const { page, context, complaints } = await visit({ hash: hashOf({ ...SMALL_LINK, seeds: [0, 1] }) });
    await finished(page);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByTestId('run-1-more').locator('summary').first().click();
    await page.getByTestId('run-1-take').press('Enter');
    await page.getByTestId('pytorch-seed').selectOption('1');
    await expect.poll(() => page.getByTestId('pytorch-size').textContent()).toMatch(/^\d+ KiB$/);
    await page.getByTestId('copy-pytorch').press('Enter');
    await page.getByTestId('take-dialog').getByText('Copied ✓').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const { name, content } = await saved(page, () => page.getByTestId('save-pytorch').press('Enter'));
    expect(name).toBe('small-npo-seed-1.py');
    expect(content.toString()).toBe(copied);
    expect(copied).toMatch(/^"""NPO of 'Small', seed 1, in PyTorch\./);
    expect(await findings(page)).toEqual([]);
    await fits(page);
    expect(complaints).toEqual([]);

    const torch = pythonWith('torch');
    if (!torch) return; // test/scenario/pytorch says so
    const folder = mkdtempSync(join(tmpdir(), 'take-'));
    try {
      const path = join(folder, name);
      writeFileSync(path, copied);
      const { status, stdout, stderr } = runPython(torch, [path, '--json']);
      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toMatchObject({ verdict: 'agrees' });
      expect(status).toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('weights', () => {
  it('are saved at the clock’s step, and opened again as the original model of the experiment', async () => {
    const { page, complaints } = await open();
    await page.getByTestId('weights-model').selectOption({ label: 'NPO' });
    const numpy = await saved(page, () => page.getByTestId('save-weights-npz').click());
    expect(numpy.name).toBe('small-npo-seed-0-weights.npz');
    expect(numpy.content.subarray(0, 2).toString()).toBe('PK');
    const { name, content } = await saved(page, () => page.getByTestId('save-weights-json').click());
    expect(name).toBe('small-npo-seed-0-weights.json');
    expect(JSON.parse(content.toString())).toMatchObject({ kind: 'weights', about: { model: 'NPO', step: 60 } });
    const forget = (label: string) => page.locator(`[data-panel="${label}"]`).getByTestId('forget').textContent();
    const unlearned = await forget('NPO');
    await page.keyboard.press('Escape');

    const file = { name, mimeType: 'application/json', buffer: content };
    await page.getByTestId('scenario-file').setInputFiles(file);
    await page.getByTestId('notice-weights').getByText('(NPO, step 60)').waitFor();
    await page.getByTestId('imported-weights').waitFor();
    await finished(page);
    await expect.poll(() => forget('Original')).toBe(unlearned);
    expect(complaints).toEqual([]);
  });
});
