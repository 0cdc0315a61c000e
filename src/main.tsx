import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { presets } from './scenario/presets.ts';
import { createLab } from './store/lab.ts';
import type { ThemeChoice } from './store/state.ts';
import { App } from './ui/App.tsx';
import { LabContext } from './ui/hooks/lab.ts';
import './ui/theme/theme.css';
import './ui/theme/layout.css';
import './ui/theme/charts.css';
import './ui/theme/compare.css';
import './ui/theme/clock.css';
import './ui/theme/forms.css';
import type { Command, Message } from './worker/protocol.ts';

const worker = new Worker(new URL('./worker/main.worker.ts', import.meta.url), { type: 'module' });

const go = (change: 'pushState' | 'replaceState', hash: string): void =>
  history[change](null, '', `${location.pathname}${location.search}#${hash}`);

const lab = createLab({
  presets,
  port: {
    post: (command: Command, transfer = []) => worker.postMessage(command, [...transfer]),
    listen: (handler: (message: Message) => void) => {
      const listener = ({ data }: MessageEvent<Message>): void => handler(data);
      const fail = (event: ErrorEvent): void =>
        handler({
          type: 'error',
          error: { code: 'worker/internal', message: event.message || 'The worker could not be loaded.', faults: [] },
        });
      worker.addEventListener('message', listener);
      worker.addEventListener('error', fail);
      return () => {
        worker.removeEventListener('message', listener);
        worker.removeEventListener('error', fail);
      };
    },
  },
  link: {
    hash: () => location.hash.replace(/^#/, ''),
    search: () => location.search,
    push: (hash) => go('pushState', hash),
    replace: (hash) => go('replaceState', hash),
    listen: (handler) => window.addEventListener('popstate', handler),
  },
  frame: (callback) => requestAnimationFrame(callback),
  now: () => performance.now(),
  isMotionReduced: () => matchMedia('(prefers-reduced-motion: reduce)').matches,
});

const THEME_KEY = 'unlearn-lab-theme';
const isTheme = (word: string | null): word is ThemeChoice => word === 'light' || word === 'dark' || word === 'system';

/** The theme is the reader's, not the experiment's: it stays on this device. Storage may be forbidden. */
try {
  const kept = localStorage.getItem(THEME_KEY);
  if (isTheme(kept)) lab.setTheme(kept);
  lab.store.subscribe((state, before) => {
    if (state.view.theme !== before.view.theme) localStorage.setItem(THEME_KEY, state.view.theme);
  });
} catch {
  // Without storage the page follows the system.
}

const root = document.getElementById('app');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <LabContext value={lab}>
        <App />
      </LabContext>
    </StrictMode>,
  );
}
