import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keptChoice, keptText } from './browser/choices.ts';
import { connectParent, createFixedBar, NO_SLOTS, watchFrame } from './browser/frame.ts';
import { createSlots } from './browser/slots.ts';
import { watchUpdates } from './browser/updates.ts';
import { firstPreset } from './scenario/format/preset.ts';
import { mendLocation } from './scenario/links/mend.ts';
import type { LinkBar } from './store/contracts/environment.ts';
import { KEY_CHOICES, THEMES } from './store/contracts/state.ts';
import { startEmbedding } from './store/embedding.ts';
import { createLab } from './store/lab.ts';
import { withLesson } from './store/lesson/address.ts';
import { lessonAddress } from './store/lesson/progress.ts';
import { NOBODY, readModes } from './store/present/modes.ts';
import { LabContext } from './ui/hooks/lab.ts';
import { Root } from './ui/Root.tsx';
import { ROOMS } from './ui/rooms/registry.ts';
import './ui/theme/theme.css';
import './ui/theme/layout.css';
import './ui/theme/dialog.css';
import './ui/theme/menu.css';
import './ui/theme/charts.css';
import './ui/theme/summary.css';
import './ui/theme/compare.css';
import './ui/theme/marks.css';
import './ui/theme/clock.css';
import './ui/theme/forms.css';
import './ui/theme/methods.css';
import './ui/theme/rooms.css';
import './ui/theme/embed.css';
import { createPool } from './worker/pool/pool.ts';
import { spawned } from './worker/pool/spawned.ts';
import { createReader } from './worker/reader.ts';

const spawn = () =>
  spawned(new Worker(new URL('./worker/main.worker.ts', import.meta.url), { type: 'module' }), navigator.locks);

const cores = navigator.hardwareConcurrency || 2;
/** All cores but one, which is the page's, unless that would halve the work; more than eight bring nothing for ten seeds. */
const poolSize = Math.min(8, cores <= 2 ? cores : cores - 1);

const after = (ms: number, callback: () => void): void => {
  setTimeout(callback, ms);
};

/** Marks the entries of the history that the page has made itself. */
const OWN = 'unlearn-lab';

/** The query with the lesson that is open: it stands in every address that the page writes. */
const searchNow = (): string => withLesson(location.search, lessonAddress(lab.store.getState().lesson));

const go = (change: 'pushState' | 'replaceState', hash: string): void =>
  history[change](OWN, '', `${location.pathname}${searchNow()}${hash === '' ? '' : `#${hash}`}`);

const bare = (hash: string): string => hash.replace(/^#/, '');

// Before anything reads the address.
const meant = mendLocation(location.pathname, { search: location.search, hash: bare(location.hash) });
if (meant) history.replaceState(null, '', `${meant.pathname}${meant.search}#${meant.hash}`);

const modes = readModes(location.search);
const { isEmbedded } = modes;

const browserBar = (): LinkBar => ({
  hash: () => bare(location.hash),
  search: () => location.search,
  push: (hash) => go('pushState', hash),
  replace: (hash) => go('replaceState', hash),
  isOwn: () => history.state === OWN,
  listen: (handler) => window.addEventListener('popstate', handler),
});
const browserSlots = () =>
  createSlots({
    local: () => localStorage,
    session: () => sessionStorage,
    locks: navigator.locks,
    now: () => Date.now(),
  });

const visibilityHandlers: (() => void)[] = [];
const onVisibility = (): void => {
  for (const handler of visibilityHandlers) handler();
};
document.addEventListener('visibilitychange', onVisibility);
window.addEventListener('pagehide', onVisibility);
const isFrameSeen = isEmbedded ? watchFrame(onVisibility) : () => true;

const fixedBar = createFixedBar(bare(location.hash), location.search);
const isMotionReduced = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Under way while the first page is drawn and the worker starts. */
const presets = import('./scenario/format/presets.ts').then(
  (arrived) => arrived.presets,
  () => null,
);

const lab = createLab({
  firstPreset,
  presets: (then) => void presets.then(then),
  port: createPool(spawn, poolSize, after),
  background: () => createPool(spawn, poolSize, after),
  readInWorker: createReader({
    spawn: () => new Worker(new URL('./worker/reader.worker.ts', import.meta.url), { type: 'module' }),
    locks: navigator.locks,
    after,
  }),
  link: isEmbedded ? fixedBar : browserBar(),
  slots: isEmbedded ? NO_SLOTS : browserSlots(),
  visibility: {
    isHidden: () => document.visibilityState === 'hidden' || !isFrameSeen(),
    listen: (handler) => visibilityHandlers.push(handler),
  },
  // The development server has no service worker, and an embedded page asks for none.
  updates: watchUpdates(import.meta.env.PROD && !isEmbedded ? navigator.serviceWorker : undefined),
  frame: (callback) => requestAnimationFrame(callback),
  now: () => performance.now(),
  isMotionReduced: () => isMotionReduced() || (isEmbedded && !modes.autoplays),
  isLocked: modes.isLocked,
  isEmbedded,
  lessons: async () => (await import('./scenario/lesson/lessons.ts')).lessons,
  ...(!isEmbedded && { scratch: keptText('unlearn-lab-rule', () => sessionStorage) }),
  notebook: isEmbedded ? { read: () => null, write: () => undefined } : keptText('unlearn-lab-lessons'),
});

/** Calls once, when there is an experiment. */
const whenOpened = (store: typeof lab.store, then: () => void): void => {
  const stop = store.subscribe(({ draft }) => {
    if (!draft.scenario) return;
    stop();
    then();
  });
};

const themeChoice = keptChoice('unlearn-lab-theme', THEMES);
const keysChoice = keptChoice('unlearn-lab-keys', KEY_CHOICES);
const languageChoice = keptText('unlearn-lab-language');
const theme = modes.theme ?? (isEmbedded ? null : themeChoice.read());
const language = modes.language ?? (isEmbedded ? null : languageChoice.read());
if (theme !== null) lab.view.setTheme(theme);
if (language !== null) lab.view.setLanguage(language);
lab.view.setKeys((isEmbedded ? null : keysChoice.read()) ?? 'letters');
if (!isEmbedded) {
  lab.store.subscribe(({ view }, { view: before }) => {
    if (view.theme !== before.theme) themeChoice.write(view.theme);
    if (view.language !== before.language) languageChoice.write(view.language);
    if (view.keys !== before.keys) keysChoice.write(view.keys);
  });
}
lab.store.subscribe(({ lesson }, { lesson: before }) => {
  if (!isEmbedded && (lesson.lesson !== before.lesson || lesson.page !== before.page)) {
    go('replaceState', bare(location.hash));
  }
});
const askedRoom = ROOMS.find((room) => room === modes.room);
if (askedRoom) lab.view.enter(askedRoom);
if (modes.lecture && !isEmbedded) whenOpened(lab.store, () => lab.lecture.enter(modes.lecture === 'predict'));

const parent = isEmbedded && modes.origin !== NOBODY ? connectParent(modes.origin) : null;
if (parent) {
  const after = (ms: number, callback: () => void): void => void setTimeout(callback, ms);
  startEmbedding(lab, parent, { isLocked: modes.isLocked, open: fixedBar.go, after });
}

window.addEventListener('beforeunload', (event) => {
  if (lab.kept.isAtRisk()) event.preventDefault();
});

const root = document.getElementById('app');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <LabContext value={lab}>
        <Root modes={modes} />
      </LabContext>
    </StrictMode>,
  );
}
