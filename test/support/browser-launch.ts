import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];

const isUsable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** CHROME_PATH, what Playwright installed, or a browser on the PATH. */
const findBrowser = (): string | undefined => {
  const own = chromium.executablePath();
  if (process.env['CHROME_PATH']) return process.env['CHROME_PATH'];
  if (existsSync(own)) return own;
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((directory) => NAMES.map((name) => join(directory, name)))
    .find(isUsable);
};

const executablePath = findBrowser();

export const launchOptions = {
  ...(executablePath ? { executablePath } : { channel: 'chrome' }),
  args: [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // The browser's own questions to its maker; what is left is what the page asks.
    '--disable-features=AutofillServerCommunication,OptimizationHints,MediaRouter',
  ],
};
