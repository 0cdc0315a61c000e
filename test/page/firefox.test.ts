import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { CatalogueInfo } from '../../src/scenario/format/catalogue.ts';
import { provenanceOf } from '../../src/scenario/format/provenance.ts';
import { encodeLink } from '../../src/scenario/links/link.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { createCollector } from '../../src/sim/collector.ts';
import type { RunEvent } from '../../src/sim/events.ts';
import bits from '../golden/bits.json';
import { metricsDigest } from '../support/digest.ts';
import { type Firefox, findFirefox, launchFirefox } from '../support/firefox.ts';
import { scaled } from '../support/pace.ts';

const path = findFirefox();
const why = path === undefined ? ' (skipped: there is no Firefox; put one on the PATH, or set FIREFOX_PATH)' : '';

const boot = `
  const [url, done] = arguments;
  window.worker = new Worker(url, { type: 'module' });
  worker.onerror = ({ message }) => done({ error: message || 'the worker could not be loaded' });
  worker.onmessage = ({ data }) => data.type === 'ready' && done(data);`;
const compute = `
  const [scenario, done] = arguments;
  const events = [];
  worker.onmessage = ({ data }) => {
    for (const event of data.events ?? []) if (event.type !== 'frame') events.push(event);
    const last = events.at(-1)?.type;
    if (last === 'finished' || last === 'failed') done(JSON.parse(JSON.stringify(events, (_, value) => ArrayBuffer.isView(value) ? [...value] : value)));
  };
  worker.postMessage({ type: 'start', runId: 'a', scenario });`;
const comparison = `
  const [done] = arguments;
  const look = () => {
    const notice = document.querySelector('[data-testid=notice-comparison]');
    if (notice) done(notice.textContent); else requestAnimationFrame(look);
  };
  look();`;

describe.skipIf(path === undefined)(`Firefox${why}`, () => {
  let firefox: Firefox;
  beforeAll(async () => {
    firefox = await launchFirefox(path as string);
  }, scaled(60_000));
  afterAll(() => firefox?.close());

  it('computes the bits that Node and Chromium compute, and says so when a link tells them', async () => {
    const url = inject('url');
    await firefox.open(`${url}favicon.svg`);
    const worker = readdirSync(join(import.meta.dirname, '../../dist/assets')).find((name) =>
      /worker.*\.js$/.test(name),
    );
    const ready = (await firefox.run(boot, `${url}assets/${worker}`)) as { backend: string; catalogue: CatalogueInfo };
    expect(ready).toMatchObject({ backend: 'kernels' });
    const { scenario } = parseScenario(bits.scenario, ready.catalogue, 'strict');
    const collector = createCollector(scenario);
    for (const event of (await firefox.run(compute, scenario)) as readonly RunEvent[]) collector.take(event);
    expect(metricsDigest(collector.results())).toBe(bits.metrics);

    await firefox.open(`${url}#${encodeLink(scenario, provenanceOf(collector.results()))}`);
    expect(await firefox.run(comparison)).toMatch(/^Same result ✓/);
  });
});
