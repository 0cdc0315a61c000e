import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { scaled } from '../support/pace.ts';
import { browserForTests, finished, fits, hashOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

/** Numbers that no computation gives: what is shown is what the file says. */
const results = {
  version: 1,
  scenario: { title: 'A study', runs: [{ name: 'NPO', sweep: { 'params.beta': [0.1, 1] } }] },
  checksum: '0123abcd',
  engine: { backend: 'kernels', version: '0.1.0' },
  original: [0, 1].map((seed) => ({ seed, metrics: { forgetAccuracy: 0.123 } })),
  retrained: [0, 1].map((seed) => ({ seed, metrics: { forgetAccuracy: null } })),
  runs: [0.1, 1].flatMap((beta) =>
    [0, 1].map((seed) => ({
      name: 'NPO',
      seed,
      settings: { 'params.beta': beta },
      metrics: { forgetAccuracy: [0.9, beta / 4 + seed / 10] },
    })),
  ),
  claims: [{ text: 'It forgets', holds: false }],
};

describe('a results file', () => {
  it('is shown as it stands, without computing; one that is none is refused with its faults', async () => {
    const { page, complaints } = await visit({
      hash: hashOf(SMALL_LINK),
      search: '?room=measure',
      width: 390,
      height: 844,
    });
    await finished(page);
    const input = page.getByTestId('results-file');
    await input.waitFor({ state: 'attached', timeout: scaled(60_000) });
    const file = join(tmpdir(), `unlearn-lab-results-${process.pid}.json`);
    writeFileSync(file, JSON.stringify(results));
    await input.setInputFiles(file);
    const table = page.getByTestId('results-table');
    await expect
      .poll(() => table.locator('tbody tr').allTextContents())
      .toEqual([
        expect.stringMatching(/^Original0\.123 \[0\.123, 0\.123\]/),
        expect.stringMatching(/^Retrained–/),
        expect.stringMatching(/^NPO beta=0\.10\.075 \[0\.025, 0\.125\]/),
        expect.stringMatching(/^NPO beta=10\.3 \[0\.25, 0\.35\]/),
      ]);
    await page.getByText('It forgets: does not hold').waitFor();
    await fits(page);
    writeFileSync(file, JSON.stringify({ ...results, runs: [{ name: 'NPO' }], checksum: 7 }));
    await input.setInputFiles(file);
    await expect
      .poll(() => page.getByRole('alert').allTextContents())
      .toContainEqual(expect.stringContaining('/runs: expected a list of runs'));
    expect(await table.count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
