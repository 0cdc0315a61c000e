import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { scaled } from '../support/pace.ts';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, SMALL_LINK, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const { seeds: _, view: __, title: ___, question: ____, ...experiment } = SMALL_LINK;
const tournament = {
  kind: 'tournament',
  version: 1,
  title: 'Who is nearest?',
  scenario: experiment,
  budget: { configurations: 3, sampleVisits: 5000 },
  tuningSeeds: [0, 1],
  reportingSeeds: [4, 5, 6],
};

const status = (page: Page, wanted: string) =>
  page.locator(`[data-testid=tournament-status][data-status=${wanted}]`).waitFor({ timeout: scaled(60_000) });

describe('a tournament', () => {
  it('opens from its link in the Measure room, runs to its end by keyboard, and is saved and sent on', async () => {
    const { page, context, complaints } = await visit({ hash: hashOf(tournament) });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByTestId('room-measure').waitFor();
    await page.getByTestId('tournament-form').waitFor();
    await expect.poll(() => page.getByTestId('tournament-form').textContent()).toContain('None, FT, EU-k');
    await page.getByTestId('tournament-start').focus();
    await page.keyboard.press('Enter');
    await status(page, 'finished');
    const rows = page.locator('[data-testid^=tournament-row-]');
    await expect.poll(() => rows.count()).toBe(5);
    await expect.poll(() => rows.first().textContent()).toMatch(/^1=?\S.*best/);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('tournament-save-latex').click(),
    ]);
    expect(download.suggestedFilename()).toBe('who-is-nearest-tournament.tex');
    expect(await readFile(await download.path(), 'utf8')).toContain('\\begin{tabular}');

    await page.getByTestId('tournament-copy').click();
    await page.getByText('Copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    const table = await page.getByTestId('tournament-result').locator('table').textContent();
    const other = await visit({ hash: new URL(link).hash.slice(1) });
    await other.page.getByTestId('tournament-start').click();
    await status(other.page, 'finished');
    await expect.poll(() => other.page.getByTestId('tournament-result').locator('table').textContent()).toBe(table);
    expect([...complaints, ...other.complaints]).toEqual([]);
  });

  it('is paused, stopped and taken up again, while the experiment on screen answers as ever', async () => {
    // So much to do that no machine is done with it before it is paused and stopped.
    const budget = { configurations: 64, sampleVisits: 2_000_000 };
    const { page, complaints } = await visit({ hash: hashOf({ ...tournament, budget }) });
    await finished(page);
    await page.getByTestId('tournament-start').click();
    await status(page, 'running');
    await page.getByTestId('tournament-pause').click();
    await status(page, 'paused');
    await page
      .getByTestId('room-compare')
      .or(page.getByRole('button', { name: 'Compare' }))
      .first()
      .click();
    await page.getByTestId('seeds-number').fill('1');
    await staled(page);
    await finished(page);
    await page.getByTestId('enter-measure').click();
    await status(page, 'paused');
    await page.getByTestId('tournament-stop').click();
    await status(page, 'stopped');
    await page.getByTestId('tournament-start').click();
    await status(page, 'running');
    await page.getByTestId('tournament-stop').click();
    await status(page, 'stopped');
    expect(complaints).toEqual([]);
  });
});

describe('a sweep', () => {
  it('begins in the Measure room, grows by the form, and gives one of its settings back to the run', async () => {
    const { page, complaints } = await visit({ hash: hashOf(SMALL_LINK) });
    await finished(page);
    await page.getByTestId('enter-measure').click();
    await page.getByTestId('sweep-start-1').click();
    await page.getByTestId('sweep-averageGap').locator('svg').last().waitFor();
    await page.getByTestId('run-1-sweep-add').selectOption('learningRate');
    await page.getByTestId('run-1-sweep-learningRate').fill('0.1, 0.2');
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => document.querySelectorAll('[data-testid=sweep-averageGap] td button').length === 10,
    );
    await finished(page);
    const cell = page.getByTestId('sweep-averageGap').getByTestId('sweep-cell-10');
    await expect.poll(() => cell.getAttribute('aria-label')).toMatch(/^Take NPO β=10 η=0\.2: /);
    await cell.focus();
    await page.keyboard.press('Enter');
    await finished(page);
    await expect.poll(() => page.getByTestId('run-1-beta-number').inputValue()).toBe('10');
    await expect.poll(() => page.getByTestId('run-1-learningRate-number').inputValue()).toBe('0.2');
    expect(complaints).toEqual([]);
  });
});

describe.each([
  [1440, 900],
  [390, 844],
])('the Measure room at %i x %i', (width, height) => {
  it.each(['light', 'dark'] as const)(
    'has no serious finding in the %s page and does not scroll sideways',
    async (theme) => {
      const runs = [{ ...SMALL_LINK.runs[1], sweep: { 'params.beta': [0.1, 1, 5], learningRate: [0.05, 0.2] } }];
      const { page } = await visit({
        hash: hashOf({ ...tournament, scenario: { ...experiment, runs } }),
        width,
        height,
        theme,
      });
      await finished(page);
      await page.getByTestId('tournament-start').click();
      await status(page, 'finished');
      expect(await findings(page)).toEqual([]);
      await fits(page);
    },
  );
});
