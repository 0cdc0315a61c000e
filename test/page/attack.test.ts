import { afterEach, describe, expect, it } from 'vitest';
import { browserForTests, finished, hashOf, SMALL_LINK } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const small = hashOf({ ...SMALL_LINK, seeds: [0, 1, 2] });

describe('the Attack room', () => {
  it('attacks a run at the clock’s step and shows the controls beside it, by keyboard alone', async () => {
    const { page, complaints } = await visit({ hash: small, search: '?room=attack' });
    await finished(page);
    const room = page.getByTestId('attack-relearn').first();
    await page.getByTestId('attack-relearn-0').press('Enter');
    // Seed after seed comes in; a range needs several.
    const rows = room.locator('tbody tr');
    await expect.poll(() => rows.last().textContent()).toMatch(/^fresh weights\d+ % \[/);
    await expect.poll(() => rows.count()).toBe(4);
    await page.getByTestId('attack-membership-0').press('Enter');
    const slider = page.getByRole('slider', { name: /Threshold/ });
    await slider.waitFor();
    const facts = page.locator('.attack__facts');
    await slider.press('Home');
    await expect.poll(() => facts.textContent()).toMatch(/Others accused: (9\d|100) %/);
    await slider.press('End');
    await expect.poll(() => facts.textContent()).toMatch(/Others accused: [0-9] %/);
    expect(complaints).toEqual([]);
  });

  it('pauses a long attack, goes on and stops, while the page stays usable', async () => {
    // Shadow models train as the original did: long enough that no machine is done before the pause.
    const training = { steps: 1200, learningRate: 0.05 };
    const { page, complaints } = await visit({ hash: hashOf({ ...SMALL_LINK, training }), search: '?room=attack' });
    await finished(page);
    const lira = page.getByTestId('attack-lira').first();
    await lira.locator('summary').click();
    await page.getByTestId('attack-lira-models-number').fill('64');
    await page.getByTestId('attack-lira-0').click();
    await lira.getByRole('button', { name: 'Pause' }).click();
    const bar = lira.locator('progress');
    const before = await bar.getAttribute('value');
    await page.getByTestId('attack-relearn-0').click(); // something else is done in the meantime
    await page.getByTestId('attack-relearn').first().locator('table').waitFor();
    // What was on its way when the pause was asked for may still arrive, no more.
    const paused = Number(await bar.getAttribute('value'));
    expect(paused - Number(before)).toBeLessThan(0.5);
    await lira.getByRole('button', { name: 'Continue' }).click();
    await expect.poll(async () => Number(await bar.getAttribute('value'))).toBeGreaterThan(paused);
    await lira.getByRole('button', { name: 'Stop' }).click();
    await bar.waitFor({ state: 'detached' });
    await expect.poll(() => lira.locator('table').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});

describe('all runs', () => {
  it('are attacked at once, and a sentence compares them with the retrained model', async () => {
    const { page, complaints } = await visit({ hash: hashOf(SMALL_LINK), search: '?room=attack' });
    await finished(page);
    await page.getByTestId('attack-membership-all').click();
    const sentence = page.getByTestId('attack-membership').first().getByTestId('attack-sentence');
    await expect
      .poll(() => sentence.textContent(), { timeout: 30_000 })
      .toMatch(/^Membership AUC: GA \d+ % and NPO \d+ %\. The retrained model: \d+ %\./);
    expect(complaints).toEqual([]);
  });
});

describe('the room Learn', () => {
  it('is for reading: no settings, no clock and no verdict, until a lesson needs them', async () => {
    const { page } = await visit({ hash: hashOf(SMALL_LINK), search: '?room=learn' });
    await finished(page);
    await page.getByTestId('learn-lessons').waitFor();
    for (const id of ['clock', 'verdict', 'add-run', 'data-form']) {
      await expect.poll(() => page.getByTestId(id).count(), { message: id }).toBe(0);
    }
    await page.getByTestId('enter-compare').click();
    await page.getByTestId('clock').waitFor();
  });
});
