// npm run soak -- --page [--runs N] [--json]: N experiments in one tab, as in a page that is left open for a lecture and
// changed again and again. Says what memory the first ones and the last ones left, and how much longer the last took.
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { Fault } from './ensure.mjs';
import { measuredPace } from './pace.mjs';
import { withPage } from './page-browser.mjs';

const usage = 'Usage: npm run soak -- --page [--runs N] [--json]';

const optionsOf = (argv) => {
  const found = { runs: 200, json: false };
  for (let i = 0; i < argv.length; i++) {
    const [name, given] = argv[i].split('=', 2);
    if (name === '--json') found.json = true;
    else if (name === '--runs') {
      const text = given ?? argv[++i];
      if (!/^[1-9]\d{1,4}$/.test(text ?? '')) {
        throw new Fault(
          `--runs: expected a whole number from 10 to 99999, found ${JSON.stringify(text ?? '')}. ${usage}`,
        );
      }
      found.runs = Number(text);
    } else if (name !== '--page') throw new Fault(`Unknown option ${argv[i]}. ${usage}`);
  }
  return found;
};

const SCENARIO = {
  version: 1,
  title: 'Soak',
  data: { generator: 'blobs', seed: 0, params: { classes: 4, perClass: 40, noise: 0.8, radius: 2 } },
  forget: { kind: 'class', label: 1 },
  model: { hidden: [16, 16] },
  training: { steps: 60, learningRate: 0.05 },
  runs: [
    { name: 'GA', method: 'ga', steps: 60, learningRate: 0.2 },
    { name: 'NPO', method: 'npo', params: { beta: 1 }, steps: 60, learningRate: 0.2 },
  ],
  seeds: [0, 1],
  view: { hero: 'data.params.noise' },
};

const KNOB = '[data-testid=hero-knob-number]';
const finished = '[data-testid=app][data-status=finished][data-stale=false]';
const MEGABYTE = 1024 * 1024;
/** An experiment that has not ended after this has hung, on an idle machine of the usual speed: it takes about a second. */
const HANGS_MS = 120_000;

/** Resident memory of all of the browser's renderers, in MB; null where the system does not say. */
const residentOf = async (browser) => {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  try {
    const sizes = processInfo
      .filter(({ type }) => type === 'renderer')
      .map(({ id }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]));
    return sizes.reduce((sum, size) => sum + size, 0) / 1024;
  } catch {
    return null;
  }
};

const memoryOf = async (browser, page) => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  await devtools.detach();
  const of = (key) => metrics.find(({ name }) => name === key)?.value ?? null;
  return {
    heapMegabytes: of('JSHeapUsedSize') / MEGABYTE,
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
    residentMegabytes: await residentOf(browser),
  };
};

/** Waits for the end of an experiment, and says which one did not come to it. */
const ends = async (page, which, limitMs) => {
  try {
    await page.waitForSelector(finished);
  } catch (thrown) {
    if (thrown.name !== 'TimeoutError') throw thrown;
    throw new Fault(`${which} had not ended after ${Math.round(limitMs / 1000)} s: the page hangs.`);
  }
};

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Runs the soak in a browser and prints its figures. */
export const soakPage = async (argv) => {
  const { runs, json } = optionsOf(argv);
  const result = await withPage(async (browser, url) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
    const limitMs = HANGS_MS * measuredPace();
    context.setDefaultTimeout(limitMs);
    const page = await context.newPage();
    const hash = deflateRawSync(JSON.stringify(SCENARIO)).toString('base64url');
    // An embedded page has its knob beside the panels, and everything else as the whole page has it.
    await page.goto(`${url}?embed=1&show=verdict,grid,trade,series,claims,knob,scrub#1.${hash}`);
    await ends(page, 'The first experiment', limitMs);
    const times = [];
    let first;
    for (let run = 0; run < runs; run++) {
      if (run === Math.min(50, runs >> 1)) first = await memoryOf(browser, page);
      const begin = performance.now();
      // Never the same noise twice, so that nothing comes from the cache.
      await page.locator(KNOB).fill((0.3 + (0.8 * (run + 1)) / runs).toFixed(5));
      await ends(page, `Experiment ${run + 1} of ${runs}`, limitMs);
      times.push(performance.now() - begin);
      if ((run + 1) % 50 === 0) process.stderr.write(`${run + 1}/${runs}\n`);
    }
    const size = Math.min(50, runs >> 1);
    const timeRatio = median(times.slice(-size)) / median(times.slice(0, size));
    return { runs, first, last: await memoryOf(browser, page), timeRatio };
  });
  if (json) return console.log(JSON.stringify(result));
  const { first, last, timeRatio } = result;
  const show = (value) => (value === null ? 'unknown' : value.toFixed(1));
  console.log(`${runs} experiments in one tab (first: after the first ${Math.min(50, runs >> 1)})`);
  console.log(`script's heap, MB      ${show(first.heapMegabytes)} -> ${show(last.heapMegabytes)}`);
  console.log(`renderers' memory, MB  ${show(first.residentMegabytes)} -> ${show(last.residentMegabytes)}`);
  console.log(`nodes                  ${first.nodes} -> ${last.nodes}`);
  console.log(`listeners              ${first.listeners} -> ${last.listeners}`);
  console.log(`time, last to first    ${timeRatio.toFixed(2)}`);
};
