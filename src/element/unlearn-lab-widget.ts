import type { UnlearnLabElement } from './unlearn-lab-element.ts';
import './unlearn-lab-element.ts';

/** The notebook's side, after the anywidget contract: traits by name, told to the kernel with `save_changes`. */
interface WidgetModel {
  readonly get: (trait: string) => unknown;
  readonly set: (trait: string, value: unknown) => void;
  readonly save_changes: () => void;
  readonly on: (event: string, handler: (message: unknown) => void) => void;
  readonly off: (event: string, handler: (message: unknown) => void) => void;
}

/** Traits that are attributes of the element; `false` and '' take an attribute away. */
const ATTRIBUTES = ['src', 'show', 'locked', 'theme', 'lang'] as const;

/** Shows the experiment of a model's `src`, keeps its `step` alike on both sides, and sets `results`; gives what takes it away again. */
const render = ({ model, el }: { readonly model: WidgetModel; readonly el: HTMLElement }): (() => void) => {
  const lab = document.createElement('unlearn-lab') as UnlearnLabElement;
  const put = (name: string): void => {
    const value = model.get(name);
    if (value === undefined || value === null || value === false || value === '') lab.removeAttribute(name);
    else lab.setAttribute(name, value === true ? '' : String(value));
  };
  const listeners: [event: string, handler: (message: unknown) => void][] = ATTRIBUTES.map((name) => [
    `change:${name}`,
    () => put(name),
  ]);
  let told: unknown;
  const move = (): void => {
    const step = model.get('step');
    if (typeof step !== 'number' || step === told) return;
    lab.step = step;
  };
  listeners.push(['change:step', move]);
  listeners.push([
    'msg:custom',
    (message) => {
      if (message === 'play' || message === 'pause') lab[message]();
    },
  ]);
  for (const [event, handler] of listeners) model.on(event, handler);
  const tell = (trait: string, value: unknown): void => {
    model.set(trait, value);
    model.save_changes();
  };
  lab.addEventListener('step', () => {
    told = lab.step;
    tell('step', told);
  });
  lab.addEventListener('results', () => tell('results', lab.results));
  for (const name of ATTRIBUTES) put(name);
  move();
  el.append(lab);
  return () => {
    for (const [event, handler] of listeners) model.off(event, handler);
    lab.remove();
  };
};

export default { render };
