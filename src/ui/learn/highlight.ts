import { useEffect } from 'react';

const MARK = 'data-lesson-mark';

const byTest = (id: string): HTMLElement | null => document.querySelector(`[data-testid="${CSS.escape(id)}"]`);
const named = (id: string, key: string, name: string): HTMLElement | null =>
  [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)].find((one) => one.dataset[key] === name) ?? null;

/** On a phone the forms are behind a button. */
const behind = (element: HTMLElement | null, sheet: 'data' | 'runs'): HTMLElement | null =>
  element ?? byTest(`sheet-${sheet}`);

/** The part of the page that a highlight names; null where it is not there now. */
const partOf = (highlight: string): HTMLElement | null => {
  const [kind = '', ...rest] = highlight.split(':');
  const name = rest.join(':');
  switch (kind) {
    case 'panels':
      return byTest('grid');
    case 'verdict':
      return document.querySelector('.verdict');
    case 'clock':
      return byTest('clock');
    case 'knob':
      return byTest('hero');
    case 'data':
    case 'forget':
    case 'seeds':
      return behind(byTest(`${kind}-form`), 'data');
    case 'methods':
      return behind(document.querySelector('.side--right'), 'runs');
    case 'panel':
      return named('panel', name === 'original' || name === 'retrained' ? 'role' : 'panel', name);
    case 'chart':
      return byTest(name === 'tradeoff' || name === 'series' ? name : '');
    case 'run':
      return behind(named('run-card', 'run', name), 'runs');
    case 'room':
      return byTest(`enter-${name}`);
    default:
      return document.querySelector('.room') ? byTest(name) : null;
  }
};

/** Outlines a part of the page and brings it into view, also where it appears only later. */
export const useHighlight = (highlight: string | undefined, page: string): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page brings its part into view anew
  useEffect(() => {
    if (highlight === undefined) return;
    let marked: HTMLElement | null = null;
    const mark = (): void => {
      if (marked?.isConnected) return;
      marked = partOf(highlight);
      if (!marked) return;
      marked.setAttribute(MARK, '');
      const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
      // A section is read from its beginning, and may still grow.
      const block = highlight.startsWith('section:') || highlight === 'panels' ? 'start' : 'nearest';
      marked.scrollIntoView({ block, inline: 'nearest', behavior: isCalm ? 'auto' : 'smooth' });
    };
    mark();
    const observer = new MutationObserver(mark);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      marked?.removeAttribute(MARK);
    };
  }, [highlight, page]);
};
