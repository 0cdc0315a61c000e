import { deflateRawSync } from 'node:zlib';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { launchOptions } from '../support/browser-launch.ts';
import { scaled } from '../support/pace.ts';

/** A small experiment that a slow machine trains in about a second; as much of a scenario as differs from the defaults. */
export const SMALL_LINK = {
  version: 1,
  title: 'Small',
  question: 'Who keeps the rest?',
  data: { generator: 'blobs', seed: 0, params: { classes: 4, perClass: 25, noise: 0.9, radius: 2 } },
  forget: { kind: 'class', label: 1 },
  model: { hidden: [8] },
  training: { steps: 60, learningRate: 0.05 },
  runs: [
    { name: 'GA', method: 'ga', steps: 60, learningRate: 0.2 },
    { name: 'NPO', method: 'npo', params: { beta: 1 }, steps: 60, learningRate: 0.2 },
  ],
  seeds: [0],
  view: { hero: 'runs.NPO.params.beta' },
} as const;

/** What stands after '#' for an experiment. */
export const hashOf = (fields: object): string =>
  `1.${deflateRawSync(Buffer.from(JSON.stringify(fields))).toString('base64url')}`;

export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything that should not have happened: errors, warnings, requests to elsewhere. */
  readonly complaints: readonly string[];
}

export interface VisitOptions {
  readonly hash?: string;
  readonly search?: string;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'light' | 'dark';
  /** Pages play by themselves unless the reader prefers less motion. */
  readonly plays?: boolean;
  /** Where the page is, if not on the server of all tests. */
  readonly url?: string;
  /** Most tests need no service worker, which loads everything a second time. */
  readonly hasServiceWorker?: boolean;
  readonly proxy?: NonNullable<BrowserContextOptions['proxy']>;
  /** Runs in every page and frame before its own scripts. */
  readonly before?: () => void;
}

/** A browser for a test file; each visit has a profile of its own and is closed at the end. */
export const browserForTests = () => {
  let browser: Browser;
  const open: BrowserContext[] = [];
  beforeAll(async () => {
    browser = await chromium.launch(launchOptions);
  });
  afterAll(() => browser.close());

  const visit = async (options: VisitOptions = {}): Promise<Visit> => {
    const { hash = '', search = '', width = 1440, height = 900, theme = 'light', plays = false } = options;
    const { url = inject('url'), hasServiceWorker = false, proxy, before } = options;
    const complaints: string[] = [];
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: plays ? 'no-preference' : 'reduce',
      hasTouch: width < 900,
      ...(proxy && { proxy }),
    });
    open.push(context);
    context.setDefaultTimeout(scaled(30_000));
    if (!hasServiceWorker)
      await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
    await context.addInitScript(recordChanges);
    if (before) await context.addInitScript(before);
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    context.on('request', (request) => {
      const { origin, protocol } = new URL(request.url());
      if (protocol.startsWith('http') && origin !== new URL(url).origin) complaints.push(`request to ${request.url()}`);
    });
    await page.goto(`${url}${search}${hash === '' ? '' : `#${hash}`}`);
    return { page, context, complaints };
  };

  const closeAll = async (): Promise<void> => {
    await Promise.all(open.splice(0).map((context) => context.close()));
  };
  return { visit, closeAll };
};

/** What a page notes of itself, since what is to be seen may have gone before a test looks. */
interface Notes {
  /** How often what is on screen became stale, how much of that a test has waited for, and what the panels said the last time. */
  stale: number;
  seen: number;
  panels: readonly string[];
  readonly panelWords: () => readonly string[];
}

/** Runs in every page. */
const recordChanges = (): void => {
  const panelWords = (): readonly string[] =>
    [...document.querySelectorAll('[data-testid=panel]')].map((panel) => {
      const word = (id: string): string => panel.querySelector(`[data-testid=${id}]`)?.textContent ?? '';
      return `${panel.getAttribute('data-panel')}: ${word('forget')} ${word('keep')} ${panel.getAttribute('data-state')}`;
    });
  const notes: Notes = { stale: 0, seen: 0, panels: [], panelWords };
  Object.assign(globalThis, { notes });
  new MutationObserver((records) => {
    const isNew = records.some(({ target }) => {
      const { dataset } = target as HTMLElement;
      return dataset['testid'] === 'app' && dataset['stale'] === 'true';
    });
    if (!isNew) return;
    notes.stale++;
    notes.panels = panelWords();
  }).observe(document, { subtree: true, attributes: true, attributeFilter: ['data-stale'] });
};

/** The last change has made what is on screen stale, now or meanwhile. What the panels said when it did. */
export const staled = async (page: Page): Promise<readonly string[]> => {
  await page.waitForFunction(
    () => {
      const { notes } = globalThis as unknown as { notes: Notes };
      const isNew = notes.stale > notes.seen;
      if (isNew) notes.seen = notes.stale;
      return isNew;
    },
    undefined,
    { polling: 50 },
  );
  return page.evaluate(() => (globalThis as unknown as { notes: Notes }).notes.panels);
};

/** The computation has ended and what is on screen is its result. */
export const finished = async (page: Page, timeout = 60_000): Promise<void> => {
  await page.waitForSelector('[data-testid=app][data-status=finished][data-stale=false]', { timeout: scaled(timeout) });
  await page.evaluate(() => {
    const { notes } = globalThis as unknown as { notes: Notes };
    notes.seen = notes.stale;
  });
};

/** The clock rests at a step. */
export const restsAt = async (page: Page, step: number): Promise<void> => {
  await page.waitForSelector(`[data-testid=clock][data-step="${step}"][data-state=paused]`);
};

/** What each panel says: its two numbers and its state. */
export const panelsOf = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (globalThis as unknown as { notes: Notes }).notes.panelWords());

/** The computation has ended, the clock rests at the last of 60 steps, and that is what the panels say. */
export const shows = async (page: Page, panels: readonly string[]): Promise<void> => {
  await finished(page);
  await restsAt(page, 60);
  await expect.poll(() => panelsOf(page)).toEqual(panels);
};

/** Nothing is wider than the screen. */
export const fits = async (page: Page): Promise<void> => {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
};

/** What is cut off: words wider than the box that hides the rest of them, and choices wider than their menu. */
export const cutOff = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas').getContext('2d') as CanvasRenderingContext2D;
    const isSeen = (one: Element): boolean =>
      one.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !one.closest('.hidden-text, .skip');
    const widthOf = (words: string, font: string): number => {
      canvas.font = font;
      return canvas.measureText(words).width;
    };
    return [...document.body.querySelectorAll<HTMLElement>('*')].filter(isSeen).flatMap((one) => {
      const style = getComputedStyle(one);
      if (one instanceof HTMLSelectElement) {
        const words = one.selectedOptions[0]?.textContent ?? '';
        const room = one.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
        return widthOf(words, style.font) > room ? [`${one.className}: ${words}`] : [];
      }
      const hasWords =
        one.clientWidth > 1 && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      const isCut = style.overflowX !== 'visible' && style.overflowX !== 'auto' && style.overflowX !== 'scroll';
      const isOver = one.scrollWidth > one.clientWidth + 1;
      return hasWords && isCut && isOver ? [`${one.className}: ${one.textContent}`] : [];
    });
  });

/** Sets a native range input as a reader does, to a position from 0 to 200. */
export const slide = async (page: Page, testId: string, position: number): Promise<void> => {
  await page.getByTestId(testId).fill(String(position));
};
