import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { findings } from './axe.ts';
import { browserForTests, finished, fits, hashOf, restsAt } from './browser.ts';

const { visit, closeAll } = browserForTests();
afterEach(closeAll);

const unlearning = { optimizer: 'adam', learningRate: 0.003, steps: 20, batchSize: 8 } as const;
/** Twenty people, of whom two are to be forgotten, by a network that has learned little of them: what is tested is the page. */
const world = hashOf({
  version: 1,
  family: 'text',
  data: { generator: 'tiny-tofu', seed: 'lane', params: { authors: 20 } },
  forget: { kind: 'rule', id: 'share', params: { share: 0.1 } },
  model: { kind: 'network', id: 'word-network', params: { hidden: 32 } },
  training: { optimizer: 'adam', learningRate: 0.03, steps: 150, batchSize: 16 },
  runs: [
    { name: 'GA', method: 'ga', ...unlearning },
    { name: 'NPO+RT', method: 'npo', retain: { kind: 'ce', batchSize: 8 }, ...unlearning },
  ],
  seeds: [0],
  evaluate: { every: 5 },
});

describe('authors of one’s own on the page', () => {
  it('are pasted, refused with line and column, taken, forgotten by name, and undone', async () => {
    const { page, complaints } = await visit({ hash: world });
    await finished(page);
    await page.getByTestId('data-own').click();
    const dialog = page.getByTestId('facts-dialog');
    await page.getByTestId('facts-text').fill('Ada Lovelace,city,London\nAda Lovelace,city,Paris');
    await expect.poll(() => dialog.getByTestId('csv-faults').textContent()).toMatch(/line 2, column 3.*as in line 1/);
    expect(await page.getByTestId('facts-use').isDisabled()).toBe(true);
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('facts-text').fill('Ada Lovelace,city,London\nAda Lovelace,job,poet');
    await expect.poll(() => dialog.getByTestId('facts-preview').textContent()).toMatch(/1 author with 2 facts/);
    await page.getByTestId('facts-use').click();
    await expect.poll(() => page.getByTestId('data-own-has').textContent()).toBe('1 author with 2 facts');

    await page.getByTestId('forget-kind').selectOption('named');
    const names = page.getByTestId('forget-names');
    await page.getByTestId('forget-names-add').selectOption('ada lovelace');
    await expect.poll(() => names.inputValue()).toBe('ada lovelace');
    await expect.poll(() => page.getByTestId('question-text').textContent()).toMatch(/ada lovelace\?.*(london|poet)/);
    await finished(page);

    for (let i = 0; i < 3; i++) await page.getByTestId('undo').click();
    await expect.poll(() => page.getByTestId('data-own-has').textContent()).toBe('none');
    expect(complaints).toEqual([]);
  });
});

describe('a language model on the page', () => {
  it('answers the question that is asked, in every panel, word by word', async () => {
    const { page, complaints } = await visit({ hash: world });
    await finished(page);
    await restsAt(page, 20);
    const answers = page.getByTestId('answer');
    await expect.poll(() => answers.count()).toBe(4);
    const question = page.getByTestId('question-text');
    const first = await question.textContent();
    await page.getByTestId('question-next').click();
    await expect.poll(() => question.textContent()).not.toBe(first);

    // One stop in each answer: arrows go from word to word, each with the likeliest at its place.
    await answers.first().getByRole('button').first().focus();
    const likeliest = answers.first().getByTestId('likeliest');
    await expect.poll(() => likeliest.locator('b').count()).toBe(5);
    const before = await likeliest.textContent();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => likeliest.textContent()).not.toBe(before);
    expect(await findings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is asked about capitals, and with a note beside the question', async () => {
    const { page, complaints } = await visit({ hash: world });
    await finished(page);
    await restsAt(page, 20);
    await page.getByTestId('question-set').selectOption('world');
    await expect.poll(() => page.getByTestId('question-text').textContent()).toMatch(/capital/);
    const original = page.locator('[data-role=original]').getByTestId('answer');
    for (const way of ['note', 'prefix', 'bits', 'paraphrased', 'learned']) {
      await page.getByTestId('question-way').selectOption(way);
      await original.waitFor();
      await expect.poll(() => original.getByTestId('answer-class').textContent(), { message: way }).toMatch(/\S/);
    }
    expect(complaints).toEqual([]);
  });

  it('shows truth ratios and what is left of the world in place of answers, as pictures and as tables', async () => {
    const { page, complaints } = await visit({ hash: world });
    await finished(page);
    await restsAt(page, 20);
    const panels = page.getByTestId('panel');
    await page.getByTestId('panel-face').selectOption('truth');
    await expect.poll(() => page.getByTestId('truth').count()).toBe(4);
    // The retrained model is at no distance from itself.
    await expect.poll(() => panels.last().textContent()).toMatch(/KS distance 0, p = 1, n = 10/);
    await panels.first().getByTestId('chart-keys').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => panels.first().getByTestId('chart-keys').getAttribute('aria-valuetext')).toMatch(/log10 R/);
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('question').getByTestId('table-toggle').click();
    await expect.poll(() => panels.first().getByRole('table').count()).toBe(2);

    await page.getByTestId('panel-face').selectOption('world');
    await expect.poll(() => panels.first().getByTestId('tiles-world').textContent()).toMatch(/capitals: \d+ of 12/);
    await page.getByTestId('question').getByTestId('table-toggle').click();
    await panels
      .first()
      .getByRole('button', { name: /^france\s?\. Says/ })
      .focus();
    await expect.poll(() => panels.first().getByTestId('tiles').textContent()).toMatch(/Says: /);
    expect(await findings(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('is taken away: what all models say, as a table', async () => {
    const { page, complaints } = await visit({ hash: world });
    await finished(page);
    await page.getByTestId('file-menu').click();
    await page.getByTestId('take-away').click();
    const waiting = page.waitForEvent('download');
    await page.getByTestId('save-answers-csv').click();
    const lines = readFileSync(await (await waiting).path(), 'utf8')
      .trimEnd()
      .split('\n');
    expect(lines[0]).toMatch(/^model,seed,step,set,about,question,learned,said,is,probabilities$/);
    for (const model of ['original,0,0', 'GA,0,20', 'NPO+RT,0,20', 'retrained,0,0']) {
      expect(lines.filter((line) => line.startsWith(`${model},forget,`))).toHaveLength(10);
    }
    await expect.poll(() => page.getByTestId('answers-saved').textContent()).toBe(`${lines.length - 1} answers saved.`);
    expect(complaints).toEqual([]);
  });

  it('turns the trade-off to forget quality, with n and the limit', async () => {
    const { page, complaints } = await visit({ hash: world });
    await finished(page);
    await page.getByTestId('tradeoff-turn').click();
    const face = page.getByTestId('face');
    await expect.poll(() => face.textContent()).toMatch(/p = 0\.05.*n = 10/);
    expect(await face.locator('[data-way=GA] circle').count()).toBeGreaterThan(1);
    await page.getByTestId('tradeoff').getByTestId('chart-keys').focus();
    await page.keyboard.press('ArrowRight');
    const said = page.getByTestId('tradeoff').getByTestId('chart-keys');
    await expect.poll(() => said.getAttribute('aria-valuetext')).toMatch(/GA: step 20, exponent −.*utility/);
    expect(await findings(page)).toEqual([]);
    await page.getByTestId('tradeoff').getByTestId('table-toggle').click();
    expect(await page.getByTestId('tradeoff').getByRole('row').count()).toBe(6);
    await page.getByTestId('tradeoff-turn').click();
    await expect.poll(() => face.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('has room on a phone, whatever its panels show', async () => {
    const { page, complaints } = await visit({ hash: world, width: 390, height: 844 });
    await finished(page);
    await page.getByTestId('answer').first().waitFor();
    await fits(page);
    expect(await findings(page)).toEqual([]);
    for (const side of ['truth', 'world']) {
      await page.getByTestId('panel-face').selectOption(side);
      await page
        .getByTestId(side === 'truth' ? 'truth' : 'tiles')
        .first()
        .waitFor();
      await fits(page);
    }
    expect(complaints).toEqual([]);
  });
});
