import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scaled } from '../support/pace.ts';
import { root, textOf } from './sources.ts';

const LONGEST = 15;
const SECTION = /^### (Add an? .+)\n([\s\S]*?)(?=^#|$(?![\s\S]))/gm;

interface Recipe {
  readonly title: string;
  /** Lines of the section under its heading. */
  readonly lines: number;
  /** The file that it says to write, and what to write into it. */
  readonly file: string;
  readonly code: string;
  /** Or the commands that it says to run. */
  readonly commands: string;
}

const recipes: readonly Recipe[] = [...textOf('CONTRIBUTING.md').matchAll(SECTION)].map(
  ([, title = '', body = '']) => ({
    title,
    lines: body.trim().split('\n').length,
    file: /`((?:src|seeds)\/[\w/-]+\.\w+)`:/.exec(body)?.[1] ?? '',
    code: /```(?:ts|json)\n([\s\S]*?)```/.exec(body)?.[1] ?? '',
    commands: /```sh\n([\s\S]*?)```/.exec(body)?.[1] ?? '',
  }),
);

/** A copy of the project in which the recipes are followed. Git ignores the folder, and so does the linter. */
const copy = join(root, `test-results/recipes-${process.pid}`);

const CHECK = `
import { beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../src/scenario/format/presets.ts';
import { leaderboardFiles } from '../src/scenario/leaderboard/entries.ts';
import { readEntry } from '../src/scenario/leaderboard/entry.ts';
import { checkEntry, metricsOfEntry } from '../src/scenario/leaderboard/standing.ts';
import { parseScenario } from '../src/scenario/read/parse.ts';
import { catalogue, catalogueInfo } from '../src/sim/catalogue.ts';
import { engineForTests } from './support/engine.ts';
import { collected, small } from './support/run.ts';

beforeAll(engineForTests);

describe('a project that followed the recipes', () => {
  it('has the new plug-ins', () => {
    expect(catalogue.methods.has('faded-ascent')).toBe(true);
    expect(catalogue.wrappers.has('sharpness-aware')).toBe(true);
    expect(catalogue.metrics.has('forgetConfidence')).toBe(true);
    expect(catalogue.generators.has('stripes')).toBe(true);
    expect([...catalogue.families.keys()]).toContain('levels');
  });
  it('runs them together', async () => {
    const scenario = small({ data: { generator: 'stripes' }, runs: [{ name: 'new', method: 'faded-ascent', steps: 40, wrappers: [{ kind: 'sharpness-aware' }] }] });
    const values = (await collected(scenario)).results().runs[0]?.metrics['forgetConfidence'] ?? [];
    expect(values.at(-1)).toBeLessThan(values[0] as number);
  });
  it('runs the new family', async () => {
    const input = { version: 1, family: 'levels', training: { steps: 20 }, runs: [{ method: 'npo', steps: 5 }] };
    const { scenario } = parseScenario(input, catalogueInfo, 'strict');
    const collector = await collected(scenario);
    expect(collector.status).toBe('finished');
    expect(collector.headline?.forget).toBe('forgetExplained');
  });
  it('keeps what the preset claims', async () => {
    const preset = presets.find(({ id }) => id === 'moon-fades');
    const { scenario } = parseScenario(preset?.input, catalogueInfo, 'strict');
    const { claims } = (await collected(scenario)).results();
    expect(claims.map(({ holds }) => holds)).toEqual([true]);
  });
  it('gets what the entry of the leaderboard claims', async () => {
    const file = leaderboardFiles.find(({ id }) => id === 'half-and-half');
    const { scenario, claim } = readEntry('half-and-half', file?.input, { catalogue: catalogueInfo, presets });
    const results = (await collected(scenario, { backend: 'kernels', metrics: metricsOfEntry(undefined) })).results();
    expect(claim && checkEntry(claim, results)).toMatchObject({ isSame: true });
  });
});
`;

/** What is read of the test runner's report. */
interface Report {
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** What a child test run must not take over from the one it is started by. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|VITE_|NODE_ENV|TEST|DEV|PROD|SSR|MODE|BASE_URL)/.test(name),
  ),
);

const run = (tool: string, args: readonly string[]): { readonly code: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync(join(root, 'node_modules/.bin', tool), args, {
    cwd: copy,
    env: environment,
    encoding: 'utf8',
  });
  return { code: status, output: `${stdout}${stderr}` };
};

beforeAll(() => {
  rmSync(copy, { recursive: true, force: true });
  for (const folder of ['src', 'seeds', 'test/support', 'test/methods', 'test/wrappers', 'test/data']) {
    cpSync(join(root, folder), join(copy, folder), { recursive: true });
  }
  for (const { file, code, commands } of recipes) {
    if (commands !== '') {
      const { status, stderr } = spawnSync('sh', ['-e', '-c', commands], { cwd: copy, encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      continue;
    }
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), code);
  }
  writeFileSync(join(copy, 'test/recipes.test.ts'), CHECK);
  const options = { composite: false, incremental: false, lib: ['ES2023', 'DOM'], types: ['node', 'vite/client'] };
  const files = recipes.map(({ file }) => file).filter((file) => file.endsWith('.ts'));
  writeFileSync(
    join(copy, 'tsconfig.json'),
    JSON.stringify({
      extends: '../../tsconfig.base.json',
      compilerOptions: options,
      files: [...files, 'test/recipes.test.ts'],
    }),
  );
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('the recipes of CONTRIBUTING.md', () => {
  it('are seven: a method, a wrapper, a metric, a family, a generator, a preset, an entry of the leaderboard', () => {
    expect(recipes.map(({ title }) => title)).toEqual([
      'Add a method',
      'Add a wrapper',
      'Add a metric',
      'Add a family',
      'Add a generator',
      'Add a preset',
      'Add an entry to the leaderboard',
    ]);
  });

  it.each(recipes)(`$title: at most ${LONGEST} lines, and one new file`, ({ lines, file, code, commands }) => {
    expect(lines, 'Shorten the recipe, or make the thing easier to add.').toBeLessThanOrEqual(LONGEST);
    expect(code + commands).not.toBe('');
    if (file !== '') {
      expect(existsSync(join(root, file)), `${file} exists by now: give the recipe another example.`).toBe(false);
    }
  });

  it('pass the type check', () => {
    const { code, output } = run('tsc', ['-p', '.']);
    expect(code, output).toBe(0);
  });

  it('pass the contract tests, and run', { timeout: scaled(120_000) }, () => {
    const { code, output } = run('vitest', [
      ...['run', '--root', '.', '--config', join(root, 'vite.config.ts'), '--project', 'unit'],
      ...['--reporter', 'default', '--reporter', 'json', '--outputFile.json', 'report.json'],
      ...['--testNamePattern', 'faded-ascent|stripes|sharpness-aware|a project that followed the recipes'],
    ]);
    expect(code, output).toBe(0);
    const report = JSON.parse(readFileSync(join(copy, 'report.json'), 'utf8')) as Report;
    const passed = report.testResults.flatMap(({ assertionResults }) =>
      assertionResults.filter(({ status }) => status === 'passed').map(({ fullName }) => fullName),
    );
    for (const id of ['faded-ascent', 'stripes', 'sharpness-aware']) {
      expect(passed.filter((name) => name.includes(id)).length, `contract tests of ${id}`).toBeGreaterThan(3);
    }
  });
});
