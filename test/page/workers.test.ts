import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, hashOf, panelsOf, SMALL_LINK, staled } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

/** Ends every worker as a crash would: without a word. */
const endWorkers = async (page: Page): Promise<void> => {
  for (const worker of page.workers())
    await worker.evaluate(() => (globalThis as unknown as Worker & { close(): void }).close()).catch(() => undefined);
};

describe('a worker that ends without a word', () => {
  it('is replaced, and the run that it was in is finished', async () => {
    const long = { ...SMALL_LINK, training: { steps: 3000 }, seeds: [0, 1] };
    const { page, complaints } = await visit({ hash: hashOf(long) });
    await page.waitForSelector('[data-testid=app][data-status=running]');
    const before = page.workers();
    await endWorkers(page);
    await finished(page, 120_000);
    expect(page.workers().length).toBeGreaterThan(0);
    for (const worker of page.workers()) expect(before).not.toContain(worker);
    expect((await panelsOf(page)).join()).toContain('NPO');
    expect(complaints).toEqual([]);
  });

  it('after the run is replaced too: what is changed is computed', async () => {
    const { page, complaints } = await visit({ hash: hashOf(SMALL_LINK) });
    await finished(page);
    await endWorkers(page);
    await page.getByTestId('run-1-beta-number').fill('0.5');
    await staled(page);
    await finished(page);
    expect(complaints).toEqual([]);
  });

  it('while it reads a file is told of, and the file can be opened again', async () => {
    const { page, complaints } = await visit({ hash: hashOf(SMALL_LINK) });
    await finished(page);
    const file = join(tmpdir(), `unlearn-lab-${process.pid}.json`);
    writeFileSync(file, JSON.stringify({ ...SMALL_LINK, title: 'Large', question: 'Q' }) + ' '.repeat(400_000));
    const computing = page.workers();
    const reader = page.waitForEvent('worker');
    await page.route('**/reader.worker-*', async (route) => {
      const response = await route.fetch();
      // It says that it lives, and is gone.
      const body = `let say = self.postMessage.bind(self); self.postMessage = (data) => { say(data); say = () => undefined; self.close(); };`;
      await route.fulfill({ response, body: body + (await response.text()) });
    });
    await page.getByTestId('scenario-file').setInputFiles(file);
    expect(computing).not.toContain(await reader);
    const told = page.getByTestId('notice-bad-file');
    await told.waitFor();
    expect(await told.textContent()).toMatch(/broke off/);
    await page.unroute('**/reader.worker-*');
    await page.getByTestId('scenario-file').setInputFiles(file);
    await page.getByText('Large').first().waitFor();
    await finished(page);
    expect(complaints).toEqual([]);
  });
});
