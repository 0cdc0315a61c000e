import { SPEEDS } from '../store/clock/ticks.ts';
import { newSeeds } from '../store/draft/edits.ts';
import type { Lab } from '../store/lab.ts';
import type { english } from './text/shortcuts.ts';

export type ShortcutName = keyof typeof english.names;

/** A key of the page: what stands on the sheet is what is done. */
export interface Shortcut {
  readonly name: ShortcutName;
  /** As the sheet shows them. */
  readonly keys: readonly string[];
  /** `event.key` of each; letters in lower case. */
  readonly on: readonly string[];
  readonly shift?: boolean;
  readonly ctrl?: boolean;
  /** Only in a lecture. */
  readonly isLecture?: boolean;
  /** Changes the experiment: nothing of the kind in a locked page. */
  readonly edits?: boolean;
  /** Presses the button with this `aria-keyshortcuts` where it is on the page. */
  readonly press?: string;
  readonly act?: (lab: Lab, key: string) => void;
}

const changeSpeed = (lab: Lab, by: 1 | -1): void => {
  const { speed } = lab.store.getState().view;
  const next = SPEEDS[SPEEDS.indexOf(speed) + by];
  if (next !== undefined) lab.clock.setSpeed(next);
};

const solo = (lab: Lab, key: string): void => {
  const { view, run } = lab.store.getState();
  const label = run.shown?.collector.variants.filter((one) => !view.hidden.includes(one.label))[Number(key) - 1]?.label;
  if (label !== undefined) lab.view.toggleSolo(label);
};

export const SHORTCUTS: readonly Shortcut[] = [
  {
    name: 'play',
    keys: ['Space'],
    on: [' '],
    act: (lab) => (lab.store.getState().view.isPlaying ? lab.clock.pause() : lab.clock.play()),
  },
  {
    name: 'move',
    keys: ['←', '→'],
    on: ['ArrowLeft', 'ArrowRight'],
    act: (lab, key) => lab.clock.moveBy(key === 'ArrowLeft' ? -1 : 1),
  },
  {
    name: 'jump',
    keys: ['Shift ←', 'Shift →'],
    on: ['ArrowLeft', 'ArrowRight'],
    shift: true,
    act: (lab, key) => lab.clock.moveBy(key === 'ArrowLeft' ? -10 : 10),
  },
  {
    name: 'ends',
    keys: ['Home', 'End'],
    on: ['Home', 'End'],
    act: (lab, key) => lab.clock.setStep(key === 'Home' ? 0 : lab.store.getState().view.available),
  },
  { name: 'speed', keys: [',', '.'], on: [',', '.'], act: (lab, key) => changeSpeed(lab, key === ',' ? -1 : 1) },
  { name: 'solo', keys: ['1', '…', '9'], on: [...'123456789'], act: solo },
  { name: 'restart', keys: ['R'], on: ['r'], act: (lab) => lab.run.start() },
  {
    name: 'newSeeds',
    keys: ['Shift R'],
    on: ['r'],
    shift: true,
    edits: true,
    act: (lab) => lab.draft.edit((old) => ({ ...old, seeds: newSeeds(old.seeds) })),
  },
  { name: 'undo', keys: ['Ctrl Z'], on: ['z'], ctrl: true, edits: true, act: (lab) => lab.draft.undo() },
  {
    name: 'redo',
    keys: ['Ctrl Shift Z'],
    on: ['z'],
    ctrl: true,
    shift: true,
    edits: true,
    act: (lab) => lab.draft.redo(),
  },
  { name: 'brush', keys: ['D'], on: ['d'], edits: true, press: 'D' },
  { name: 'share', keys: ['L'], on: ['l'], press: 'L' },
  { name: 'present', keys: ['F'], on: ['f'], press: 'F' },
  { name: 'next', keys: ['N'], on: ['n'], isLecture: true, press: 'N' },
  { name: 'back', keys: ['Shift N'], on: ['n'], shift: true, isLecture: true, press: 'Shift+N' },
  { name: 'blank', keys: ['B'], on: ['b'], isLecture: true, press: 'B' },
  { name: 'grid', keys: ['G'], on: ['g'], isLecture: true, press: 'G' },
  { name: 'tradeoff', keys: ['T'], on: ['t'], isLecture: true, press: 'T' },
  { name: 'series', keys: ['S'], on: ['s'], isLecture: true, press: 'S' },
  { name: 'qr', keys: ['Q'], on: ['q'], isLecture: true, press: 'Q' },
  { name: 'reveal', keys: ['Enter'], on: ['Enter'], isLecture: true, press: 'Enter' },
  { name: 'sheet', keys: ['?'], on: ['?'], press: '?' },
];

const isLetter = ({ on, ctrl }: Shortcut): boolean => !ctrl && on.some((key) => key.length === 1 && key !== ' ');

/** The shortcut that a key event means; undefined for none. */
export const shortcutFor = (
  {
    key,
    shiftKey,
    ctrlKey,
    metaKey,
    altKey,
  }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  {
    hasLetters,
    isLecture,
    isLocked,
  }: { readonly hasLetters: boolean; readonly isLecture: boolean; readonly isLocked: boolean },
): Shortcut | undefined => {
  if (altKey) return undefined;
  const own = key.length === 1 ? key.toLowerCase() : key;
  return SHORTCUTS.find(
    (one) =>
      one.on.includes(own) &&
      (one.ctrl === true) === (ctrlKey || metaKey) &&
      // '?' and the digits are typed with Shift on some keyboards.
      ((one.shift === true) === shiftKey || !/^[a-z]$|^Arrow/.test(own)) &&
      (hasLetters || !isLetter(one)) &&
      (isLecture || one.isLecture !== true) &&
      (!isLocked || one.edits !== true),
  );
};

/** The button on the page that a shortcut presses, if it is there and can be pressed. */
export const buttonOf = ({ press }: Shortcut): HTMLElement | undefined =>
  press === undefined
    ? undefined
    : [...document.querySelectorAll<HTMLElement>('[aria-keyshortcuts]:not(:disabled)')].find(
        (button) => button.getAttribute('aria-keyshortcuts') === press,
      );
