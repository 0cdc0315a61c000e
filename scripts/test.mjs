// npm test: installs what is missing (a browser too) and runs every check, stopping at the first that fails.
//   npm test -- unit           one part of it; the names are those of PARTS
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  build,
  buildLibrary,
  ensureBrowser,
  ensureBuilt,
  ensureInstalled,
  ensureLibrary,
  ensureNode,
  Fault,
  main,
  root,
  runTool,
} from './ensure.mjs';

const counts = { passed: 0, failed: 0 };
/** Names of tests that could not be run here, which say what they lack. */
const skipped = [];
const reports = mkdtempSync(join(tmpdir(), 'unlearn-lab-'));

/**
 * Adds up a report of the test runner; a file that could not even be loaded counts as one failed test. Of a part that asks
 * for some tests by name the others are not skipped: another part runs them.
 */
const count = (file, isSelection) => {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  counts.passed += report.numPassedTests;
  counts.failed += report.numFailedTests + broken.length;
  if (isSelection) return;
  const all = report.testResults.flatMap(({ assertionResults }) => assertionResults);
  skipped.push(...all.filter(({ status }) => status !== 'passed' && status !== 'failed').map((test) => test.fullName));
};

/** What hangs is ended; a slow and busy machine takes an hour for the longest part. */
const LONGEST_MS = 120 * 60_000;

const vitest =
  (project, { only = [], env = {} } = {}) =>
  async () => {
    const report = join(reports, `${[project, ...Object.values(env)].join('-')}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const before = counts.failed;
    const code = await runTool('vitest', ['run', '--project', project, ...only, ...reporters], {
      env,
      timeout: LONGEST_MS,
    });
    try {
      count(report, only.length > 0);
    } catch (error) {
      console.error(`The ${project} tests left no report: ${error.message}`);
    }
    // An error outside any test, or a run that was killed.
    if (code !== 0 && counts.failed === before) counts.failed += 1;
    return code;
  };

const KIB = 1024;
const PAGE_BUDGET = 220 * KIB;
const WORKER_BUDGET = 320 * KIB;
/** Of what the package brings, each entry. */
const LIBRARY_BUDGETS = {
  'unlearn-lab.js': 400 * KIB,
  'unlearn-lab-element.js': 2 * KIB,
  'unlearn-lab-widget.js': 2 * KIB,
};
const gzipped = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

/** The page's script with all that it loads at once, every worker's script, and the entries of the package, against their budgets. */
const size = () => {
  const dist = join(root, 'dist');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const first = [...html.matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\.\/([^"]+\.js)"/g)].map((match) => match[1]);
  const workers = readdirSync(join(dist, 'assets'))
    .filter((name) => /worker.*\.js$/.test(name))
    .map((name) => `assets/${name}`);
  const page = { name: 'page', files: first, budget: PAGE_BUDGET };
  const measured = [
    page,
    ...workers.map((name) => ({ name, files: [name], budget: WORKER_BUDGET })),
    ...Object.entries(LIBRARY_BUDGETS).map(([name, budget]) => {
      return { name: `package, ${name}`, folder: join(root, 'dist-library'), files: [name], budget };
    }),
  ];
  let code = 0;
  for (const { name, folder = dist, files, budget } of measured) {
    const bytes = files.reduce((sum, file) => sum + gzipped(join(folder, file)), 0);
    const isOver = bytes > budget;
    if (isOver) code = 1;
    const text = `${name}: ${(bytes / KIB).toFixed(1)} KiB gzipped of ${budget / KIB}`;
    console.log(isOver ? `${text}: TOO LARGE. Load what is not needed at once lazily, or drop it.` : text);
  }
  if (first.length > 0 && workers.length > 0) return code;
  console.error('The build has no page script or no worker script: is index.html or the worker missing?');
  return 1;
};

/** In the order in which they run: the quickest to tell first. */
const PARTS = {
  lint: { title: 'Format and lint', run: () => runTool('biome', ['check', '--error-on-warnings', '.']) },
  types: { title: 'Types', run: () => runTool('tsc', ['-b']) },
  build: { title: 'Build', run: build },
  library: { title: 'Build of the package', run: buildLibrary },
  size: { title: 'Size of the page and of the package', needsBuild: true, needsLibrary: true, run: size },
  unit: { title: 'Tests in Node', counts: true, run: vitest('unit') },
  fallback: {
    title: 'Contract of the methods on the engine without kernels',
    counts: true,
    // One method of every kind: the rest differs in its formula only, and this engine is many times slower.
    run: vitest('unit', {
      only: ['test/methods/contract-', '-t', '^(ft|npo|kto|scrub|ssd) '],
      env: { TEST_ENGINE: 'wasm' },
    }),
  },
  browser: { title: 'Tests of the engine in a browser', counts: true, needsBrowser: true, run: vitest('browser') },
  page: { title: 'Tests of the page', counts: true, needsBrowser: true, needsBuild: true, run: vitest('page') },
};

const chosen = (names) => {
  const unknown = names.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) {
    throw new Fault(`No such part: ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}.`);
  }
  return Object.entries(PARTS)
    .filter(([name]) => names.length === 0 || names.includes(name))
    .map(([, part]) => part);
};

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

/** Runs one part; whether it passed. */
const runPart = async (part) => {
  if (part.needsBuild) await ensureBuilt();
  if (part.needsLibrary) await ensureLibrary();
  console.log(`\n=== ${part.title}`);
  const since = Date.now();
  const isPassed = (await part.run()) === 0;
  console.log(`--- ${part.title}: ${isPassed ? 'ok' : 'FAILED'}, ${seconds(since)}`);
  if (!isPassed && !part.counts) counts.failed += 1;
  return isPassed;
};

const runAll = async () => {
  ensureNode();
  const parts = chosen(process.argv.slice(2));
  await ensureInstalled();
  if (parts.some((part) => part.needsBrowser)) await ensureBrowser();
  for (const part of parts) if (!(await runPart(part))) return;
};

const since = Date.now();
await main(async () => {
  try {
    await runAll();
  } catch (error) {
    counts.failed += 1;
    throw error;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
});
// The last line is read by continuous integration.
const others = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
for (const name of skipped) console.log(`Skipped: ${name}`);
console.log(`\n${counts.failed === 0 ? 'Everything passed' : 'Not everything passed'} in ${seconds(since)}.`);
console.log(`${counts.passed} passed, ${counts.failed} failed${others}`);
if (counts.failed > 0) process.exitCode = 1;
