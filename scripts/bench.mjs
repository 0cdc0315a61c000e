// npm run bench -- [quick] [P1 P2 P3]: steps a second of the kernels and of what the tensor library does, and their ratios
//   (src/cli/bench-kernels.ts).
// npm run bench -- --page [--repeat N] [--json]: drives the built page in a real browser and says how soon it answers.
//   Every load is a fresh browser profile; the table gives the median and the range over the repetitions.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBrowser, ensureBuilt, ensureInstalled, ensureNode, Fault, findBrowser, main, root } from './ensure.mjs';

const usage = 'Usage: npm run bench -- [quick] [P1 P2 P3]   or   npm run bench -- --page [--repeat N] [--json]';

const options = (argv) => {
  const found = { json: false, repeat: 5 };
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--page') continue;
    if (argv[i] === '--json') found.json = true;
    else if (argv[i] === '--repeat' && Number(argv[i + 1]) >= 1) found.repeat = Number(argv[++i]);
    else throw new Fault(`Unknown option ${argv[i]}. ${usage}`);
  }
  return found;
};

/** Runs in the page before anything else: notes when a decision map is painted, long tasks and layout shifts. */
const watch = () => {
  const seen = { maps: [], longTasks: [], shift: 0 };
  window.__bench = seen;
  const paint = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function drawImage(...rest) {
    seen.maps.push(performance.now());
    return paint.apply(this, rest);
  };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
};

const finished = '[data-testid="app"][data-status="finished"][data-stale="false"]';

const measure = async (browser, url) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  const begin = Date.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForSelector('[data-testid="verdict"]:has-text("forgot")', { timeout: 120_000 });
  const firstVerdict = Date.now() - begin;
  await page.waitForSelector(finished, { timeout: 300_000 });
  const allSeeds = Date.now() - begin;
  const inPage = await page.evaluate(() => ({
    firstPaint: performance.getEntriesByType('paint')[0]?.startTime ?? null,
    ...window.__bench,
  }));
  const beta = page.locator('[data-run="NPO"] input[type="range"]').first();
  const change = Date.now();
  await beta.focus();
  await beta.press('ArrowLeft');
  await page.waitForSelector('[data-testid="app"][data-stale="true"], [data-testid="app"][data-status="running"]');
  await page.waitForSelector(finished, { timeout: 300_000 });
  const afterChange = Date.now() - change;
  await context.close();
  return {
    'first paint, ms': inPage.firstPaint,
    'first motion, ms': inPage.maps[1] ?? null,
    'verdict of the first seed, ms': firstVerdict,
    'verdict of all seeds, ms': allSeeds,
    'all seeds again after a change of beta, ms': afterChange,
    'main-thread tasks over 50 ms': inPage.longTasks.length,
    'longest main-thread task, ms': Math.max(0, ...inPage.longTasks),
    'layout shift': inPage.shift,
  };
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

/** The engine's own table: the command line runs it. */
const benchEngine = (argv) => {
  const unknown = argv.find((word) => !['quick', 'P1', 'P2', 'P3'].includes(word));
  if (unknown !== undefined) throw new Fault(`Unknown option ${unknown}. ${usage}`);
  const args = [join(root, 'scripts/cli.mjs'), 'bench-kernels', ...argv];
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 3;
};

await main(async () => {
  ensureNode();
  const argv = process.argv.slice(2);
  if (!argv.includes('--page')) {
    benchEngine(argv);
    return;
  }
  const { json, repeat } = options(argv);
  await ensureInstalled();
  await ensureBuilt();
  await ensureBrowser();
  const executablePath = await findBrowser();
  const { chromium } = await import('playwright-core');
  const { preview } = await import('vite');
  const server = await preview({
    root,
    configFile: false,
    base: './',
    logLevel: 'error',
    preview: { port: 0, host: '127.0.0.1' },
  });
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : { channel: 'chrome' }), args });
  const rows = [];
  for (let i = 0; i < repeat; i++) {
    rows.push(await measure(browser, server.resolvedUrls.local[0]));
    process.stderr.write(`${i + 1}/${repeat}\n`);
  }
  await browser.close();
  await server.close();
  const table = Object.fromEntries(
    Object.keys(rows[0]).map((name) => {
      const values = rows.map((row) => row[name]);
      return [name, { median: median(values), lowest: Math.min(...values), highest: Math.max(...values) }];
    }),
  );
  if (json) return console.log(JSON.stringify({ page: table, repetitions: repeat }));
  for (const [name, { median: middle, lowest, highest }] of Object.entries(table)) {
    const show = (value) => (value < 10 ? value.toFixed(3) : value.toFixed(0)).padStart(8);
    console.log(`${name.padEnd(44)}${show(middle)}   [${show(lowest)},${show(highest)}]`);
  }
});
