// A real browser on the built page, for the measurements that need one.
import { ensureBrowser, ensureBuilt, ensureInstalled, findBrowser, root } from './ensure.mjs';
import { measuredPace } from './pace.mjs';

/** How long a browser may take to start on an idle machine of the usual speed. */
const START_MS = 30_000;

/** Installs and builds what is missing, serves the page, starts a browser, and ends both after `measure`. */
export const withPage = async (measure) => {
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
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : { channel: 'chrome' }),
    args,
    timeout: START_MS * measuredPace(),
  });
  try {
    return await measure(browser, server.resolvedUrls.local[0]);
  } finally {
    await browser.close();
    await server.close();
  }
};
