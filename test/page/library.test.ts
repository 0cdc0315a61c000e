import { copyFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, textOf } from '../architecture/sources.ts';
import { scaled } from '../support/pace.ts';
import { packAndInstall, run } from '../support/packed.ts';
import { browserForTests } from './browser.ts';
import { startHost } from './static-host.ts';

const { visit } = browserForTests();
let packed: ReturnType<typeof packAndInstall>;
let host: Awaited<ReturnType<typeof startHost>>;

beforeAll(async () => {
  packed = packAndInstall();
  for (const name of ['node.mjs', 'page.html', 'worker.js']) {
    copyFileSync(join(root, 'docs/library', name), join(packed.project, name));
  }
  host = await startHost('/', packed.project);
}, scaled(240_000));
afterAll(() => {
  host?.close();
  packed?.remove();
});

/** What the examples say in the end: the own rule forgets, NPO does too, and both in the same bits everywhere. */
const EXPECTED =
  /^NPO: accuracy on the forget set \d\.\d{3}, on fresh points of the rest \d\.\d{3}\nFading: accuracy on the forget set 0\.\d{3}, on fresh points of the rest 0\.\d{3}\nchecksum [0-9a-f]{8}\s*$/;

/** The cells of an Observable notebook as a module: each name is a constant, once its value is there. */
const cellsOf = (page: string, address: string): string =>
  [...page.matchAll(/```js\n(\w+) = ([\s\S]*?)\n```/g)]
    .map(
      ([, name, value]) => `const ${name} = await (${value?.replace('https://example.org/unlearn-lab.js', address)});`,
    )
    .join('\n');

describe('the package, installed into an empty project', () => {
  it('comes alone', () => {
    const installed = readdirSync(join(packed.project, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(installed).toEqual(['unlearn-lab']);
    const own = join(packed.project, 'node_modules/unlearn-lab');
    expect(existsSync(join(own, 'dist-library/licenses.json'))).toBe(true);
    expect(existsSync(join(own, 'src'))).toBe(false);
  });

  it('has types that a strict compiler takes, and that know a method’s own hyperparameters', {
    timeout: scaled(60_000),
  }, () => {
    const lines = [
      "import { rowMethod, simulate, presets, tf, type Results } from 'unlearn-lab';",
      "const info = { id: 'x', title: 'X', short: 'X', summary: '', formula: '', needs: ['forget'], start: 'original', schedule: 'iterative', recipes: [] } as const;",
      "const citation = { authors: 'A', title: 'T', year: 2026, url: 'https://example.org' };",
      "const s = { kind: 'number', label: 'S', help: '', default: 1, min: 0, max: 2, scale: 'linear' } as const;",
      "export const own = rowMethod({ ...info, citation, params: { s }, terms: [{ on: 'forget', pulls: [{ towards: 'label', weight: (row, { s }) => s * row.logP }], loss: (rows, { s }) => tf.mul(s, rows.logP) }] });",
      '// @ts-expect-error: there is no hyperparameter t',
      "rowMethod({ ...info, citation, params: { s }, terms: [{ on: 'forget', pulls: [{ towards: 'label', weight: (row, { t }) => t * row.logP }], loss: (rows) => rows.logP }] });",
      "export const found: Promise<Results> = simulate(presets['ga-vs-npo'] ?? {}, { methods: [own] }).results();",
    ];
    writeFileSync(join(packed.project, 'consumer.ts'), lines.join('\n'));
    const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023'];
    const compiler = join(root, 'node_modules/.bin/tsc');
    expect(run(packed.project, compiler, [...options, '--skipLibCheck', 'false', 'consumer.ts'])).toBe('');
  });

  it('runs a method of one’s own in Node, in a worker, and in the cells of a notebook, to the same bits', {
    timeout: scaled(240_000),
  }, async () => {
    const inNode = run(packed.project, process.execPath, ['node.mjs']);
    expect(inNode).toMatch(EXPECTED);

    const { page, complaints } = await visit({ url: `${host.url}page.html` });
    const output = page.locator('output');
    await expect.poll(() => output.textContent(), { timeout: scaled(120_000) }).toContain('checksum');
    expect((await output.textContent())?.trim()).toBe(inNode.trim());

    const module = cellsOf(
      textOf('docs/library/observable.md'),
      './node_modules/unlearn-lab/dist-library/unlearn-lab.js',
    );
    writeFileSync(join(packed.project, 'cells.js'), `${module}\nexport { results, table };\n`);
    // As text: the test runner rewrites an import() that stands in a function.
    const address = JSON.stringify(`${host.url}cells.js`);
    const cells = await page.evaluate<{ readonly checksum: string; readonly rows: number }>(
      `import(${address}).then(({ results, table }) => ({ checksum: results.checksum, rows: table.length }))`,
    );
    expect(inNode).toContain(`checksum ${cells.checksum}`);
    expect(cells.rows).toBeGreaterThan(10);
    expect(complaints).toEqual([]);
  });
});
