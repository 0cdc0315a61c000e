// npm run bench -- --page [--repeat N] [--json] [--profile]: drives the built page in a real browser and says how soon
// it answers and what it costs. Every load is a fresh browser profile; the table gives the median and the range.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { Fault, root } from './ensure.mjs';
import { withPage } from './page-browser.mjs';

const usage = 'Usage: npm run bench -- --page [--repeat N] [--json] [--profile]';

/** The options of the page's bench. Throws a Fault for anything that is not as the usage text says. */
export const pageOptions = (argv) => {
  const found = { json: false, profile: false, repeat: 5 };
  for (let i = 0; i < argv.length; i++) {
    const [name, given] = argv[i].split('=', 2);
    if (name === '--page' || name === '--json' || name === '--profile') found[name.slice(2)] = true;
    else if (name === '--repeat') {
      const text = given ?? argv[++i];
      if (!/^[1-9]\d{0,2}$/.test(text ?? '')) {
        throw new Fault(
          `--repeat: expected a whole number from 1 to 999, found ${JSON.stringify(text ?? '')}. ${usage}`,
        );
      }
      found.repeat = Number(text);
    } else throw new Fault(`Unknown option ${argv[i]}. ${usage}`);
  }
  return found;
};

/** Runs in the page before anything else: notes when pictures and curves change, long tasks and layout shifts. */
const watch = () => {
  const seen = { maps: [], curves: [], longTasks: [], shift: 0 };
  window.__bench = seen;
  const paint = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function drawImage(...rest) {
    seen.maps.push(performance.now());
    return paint.apply(this, rest);
  };
  // One call a commit that changes curves, however many it changes.
  new MutationObserver(() => seen.curves.push(performance.now())).observe(document, {
    subtree: true,
    attributeFilter: ['d'],
  });
  new PerformanceObserver((list) => {
    for (const { duration, startTime } of list.getEntries()) seen.longTasks.push({ duration, startTime });
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) seen.shift += value;
  }).observe({ type: 'layout-shift', buffered: true });
};

const finished = '[data-testid="app"][data-status="finished"][data-stale="false"]';
const atRest = '[data-testid="clock"][data-state="paused"]';
const MOST_MS = 300_000;
/** How long an idle page is watched. */
const IDLE_MS = 2000;

/** A file of the bench as a link: `1.` and the deflated JSON. */
const hashOf = (name) => {
  const content = JSON.parse(readFileSync(join(root, 'src/cli/bench', name), 'utf8'));
  return `#1.${deflateRawSync(JSON.stringify(content)).toString('base64url')}`;
};

const open = async (browser, url) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  const begin = Date.now();
  await page.goto(url, { waitUntil: 'commit' });
  return { context, page, begin };
};

const seenIn = (page) => page.evaluate(() => ({ ...window.__bench, now: performance.now() }));

/** Tasks of the page's main thread while something happens: [ms on the clock, ms of processor time] each. */
const tasksDuring = async (browser, work) => {
  const devtools = await browser.newBrowserCDPSession();
  const events = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel'] },
  });
  await work();
  const isComplete = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
  await devtools.send('Tracing.end');
  await isComplete;
  await devtools.detach();
  const thread = ({ pid, tid }) => `${pid}/${tid}`;
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(thread);
  const tasks = new Map(mains.map((main) => [main, []]));
  for (const event of events) {
    // One name or the other, by the browser's version.
    if (!/^(ThreadControllerImpl::)?RunTask$/.test(event.name) || event.dur === undefined) continue;
    tasks.get(thread(event))?.push([event.dur / 1000, (event.tdur ?? event.dur) / 1000]);
  }
  const total = (list) => list.reduce((sum, [, cpu]) => sum + cpu, 0);
  return [...tasks.values()].reduce((a, b) => (total(b) > total(a) ? b : a), []);
};

const sum = (values) => values.reduce((total, value) => total + value, 0);
const longest = (values) => values.reduce((most, value) => Math.max(most, value), 0);
const over50 = (values) => values.filter((value) => value > 50).length;

/** Changes beta by a notch and waits for what follows: ms to the first new curve and to the end. */
const changeBeta = async (page) => {
  const card = page.locator('[data-run="NPO"]');
  const beta = card.locator('input[type="range"]').first();
  if (!(await beta.isVisible())) await card.getByTestId('run-open').click();
  await beta.focus();
  const { now } = await seenIn(page);
  await beta.press('ArrowLeft');
  await page.waitForSelector('[data-testid="app"][data-stale="true"], [data-testid="app"][data-status="running"]');
  await page.waitForSelector(finished, { timeout: MOST_MS });
  const seen = await seenIn(page);
  return { first: seen.curves.find((at) => at > now) - now, all: seen.now - now };
};

/** The page as it opens: how soon it shows something, moves, answers. */
const measureFirstVisit = async (browser, url) => {
  const { context, page, begin } = await open(browser, url);
  await page.waitForSelector('[data-testid="verdict"]:has-text("forgot")', { timeout: MOST_MS });
  const firstVerdict = Date.now() - begin;
  await page.waitForSelector(finished, { timeout: MOST_MS });
  const allSeeds = Date.now() - begin;
  const { maps, shift, longTasks } = await seenIn(page);
  const firstPaint = await page.evaluate(() => performance.getEntriesByType('paint')[0]?.startTime ?? null);
  const beta = await changeBeta(page);
  await context.close();
  return {
    'first paint, ms': firstPaint,
    'first motion, ms': maps[1] ?? null,
    'verdict of the first seed, ms': firstVerdict,
    'verdict of all seeds, ms': allSeeds,
    'new curve after a change of beta, ms': beta.first,
    'all seeds again after a change of beta, ms': beta.all,
    'main-thread tasks over 50 ms until the end': longTasks.length,
    'longest main-thread task, ms': Math.max(0, ...longTasks.map(({ duration }) => duration)),
    'layout shift': shift,
  };
};

/** The whole comparison: what the main thread does while it plays, against the same page at rest. */
const measureComparison = async (browser, url, onProfile) => {
  const { context, page } = await open(browser, url + hashOf('comparison.json'));
  await page.waitForFunction(() => window.__bench.maps.length > 1, undefined, { timeout: MOST_MS });
  const devtools = await context.newCDPSession(page);
  const before = await seenIn(page);
  const tasks = await tasksDuring(browser, async () => {
    if (onProfile) {
      await devtools.send('Profiler.enable');
      await devtools.send('Profiler.start');
    }
    await page.waitForSelector(finished, { timeout: MOST_MS });
    await page.waitForSelector(atRest, { timeout: MOST_MS });
  });
  if (onProfile) onProfile((await devtools.send('Profiler.stop')).profile);
  const after = await seenIn(page);
  const seconds = (after.now - before.now) / 1000;
  await page.waitForTimeout(IDLE_MS); // what comes late is none of the idle page's
  const idle = await tasksDuring(browser, () => page.waitForTimeout(IDLE_MS));
  const beta = await changeBeta(page);
  await context.close();
  const [wall, cpu] = [tasks.map(([ms]) => ms), tasks.map(([, ms]) => ms)];
  return {
    'playing 8 runs x 5 seeds, s': seconds,
    'main-thread CPU while it plays, %': sum(cpu) / seconds / 10,
    'main-thread CPU of the page at rest, %': sum(idle.map(([, ms]) => ms)) / (IDLE_MS / 100),
    'commits that change curves while it plays, 1/s': (after.curves.length - before.curves.length) / seconds,
    'main-thread tasks over 50 ms while it plays': over50(wall),
    'longest of them, ms': longest(wall),
    'main-thread tasks over 50 ms of CPU while it plays': over50(cpu),
    'longest of them, ms of CPU': longest(cpu),
    'new curve after a change of beta, 8 runs, ms': beta.first,
    'all seeds again after a change of beta, 8 runs, ms': beta.all,
  };
};

/** The default tournament, in workers beside the page: how long it takes, and what the main thread does meanwhile. */
const measureTournament = async (browser, url) => {
  const { context, page } = await open(browser, url + hashOf('tournament.json'));
  await page.waitForSelector(finished, { timeout: MOST_MS });
  await page.waitForSelector('[data-testid="tournament-start"]', { timeout: MOST_MS });
  const { now: begin } = await seenIn(page);
  const tasks = await tasksDuring(browser, async () => {
    await page.click('[data-testid="tournament-start"]');
    await page.waitForSelector('[data-testid="tournament-status"][data-status="finished"]', { timeout: MOST_MS });
  });
  const seconds = ((await seenIn(page)).now - begin) / 1000;
  await context.close();
  const cpu = tasks.map(([, ms]) => ms);
  return {
    'default tournament, 8 methods and 3 baselines, s': seconds,
    'main-thread CPU during the tournament, %': sum(cpu) / seconds / 10,
    'longest main-thread task during it, ms of CPU': longest(cpu),
  };
};

/** Functions in which the main thread spends most time itself: '12 %  name'. */
const hotFunctions = ({ nodes, samples, timeDeltas }) => {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map();
  let total = 0;
  samples.forEach((id, i) => {
    const { functionName, url, lineNumber, columnNumber } = names.get(id);
    if (functionName === '(idle)') return;
    const place = url === '' ? '' : ` ${url.split('/').at(-1)}:${lineNumber + 1}:${columnNumber + 1}`;
    const name = `${functionName || '(anonymous)'}${place}`;
    times.set(name, (times.get(name) ?? 0) + timeDeltas[i]);
    total += timeDeltas[i];
  });
  const hottest = [...times].sort((a, b) => b[1] - a[1]).slice(0, 20);
  return hottest.map(([name, time]) => `${((100 * time) / total).toFixed(1).padStart(5)} %  ${name}`);
};

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

/** Runs the page's bench and prints its table. */
export const benchPage = async (argv) => {
  const { json, repeat, profile } = pageOptions(argv);
  const rows = [];
  await withPage(async (browser, url) => {
    for (let i = 0; i < repeat; i++) {
      rows.push({
        ...(await measureFirstVisit(browser, url)),
        ...(await measureComparison(browser, url)),
        ...(await measureTournament(browser, url)),
      });
      process.stderr.write(`${i + 1}/${repeat}\n`);
    }
    if (profile) {
      await measureComparison(browser, url, (found) => {
        process.stderr.write(`Main thread while it plays 8 runs x 5 seeds\n${hotFunctions(found).join('\n')}\n`);
      });
    }
  });
  const table = Object.fromEntries(
    Object.keys(rows[0]).map((name) => {
      const values = rows.map((row) => row[name]);
      return [name, { median: median(values), lowest: Math.min(...values), highest: Math.max(...values) }];
    }),
  );
  if (json) return console.log(JSON.stringify({ page: table, repetitions: repeat }));
  for (const [name, { median: middle, lowest, highest }] of Object.entries(table)) {
    const show = (value) => (value < 10 ? value.toFixed(3) : value.toFixed(0)).padStart(8);
    console.log(`${name.padEnd(52)}${show(middle)}   [${show(lowest)},${show(highest)}]`);
  }
};
