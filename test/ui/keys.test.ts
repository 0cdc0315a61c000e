import { describe, expect, it } from 'vitest';
import { SHORTCUTS, shortcutFor } from '../../src/ui/keys.ts';
import { english } from '../../src/ui/text/shortcuts.ts';

const event = (key: string, more: object = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});
const facts = { hasLetters: true, isLecture: false, isLocked: false };
const nameOf = (key: string, more: object = {}, where: object = {}) =>
  shortcutFor(event(key, more), { ...facts, ...where })?.name;

describe('shortcuts', () => {
  it('on the sheet are those that are done: each has words, and either acts or presses a button', () => {
    expect(SHORTCUTS.map(({ name }) => name).sort()).toEqual(Object.keys(english.names).sort());
    for (const { name, act, press } of SHORTCUTS)
      expect((act === undefined) !== (press === undefined), name).toBe(true);
  });

  it('are found by their key, with and without Shift', () => {
    expect(nameOf(' ')).toBe('play');
    expect(nameOf('ArrowLeft')).toBe('move');
    expect(nameOf('ArrowLeft', { shiftKey: true })).toBe('jump');
    expect(nameOf('r')).toBe('restart');
    expect(nameOf('R', { shiftKey: true })).toBe('newSeeds');
    expect(nameOf('z', { ctrlKey: true })).toBe('undo');
    expect(nameOf('Z', { metaKey: true, shiftKey: true })).toBe('redo');
    expect(nameOf('?', { shiftKey: true })).toBe('sheet');
    expect(nameOf('7')).toBe('solo');
    expect(nameOf('x')).toBe(undefined);
    expect(nameOf('r', { ctrlKey: true })).toBe(undefined); // the browser's own
    expect(nameOf('ArrowLeft', { altKey: true })).toBe(undefined);
  });

  it('of one letter can be switched off; the others stay', () => {
    for (const key of ['r', 'f', '3', ',', '?']) expect(nameOf(key, {}, { hasLetters: false }), key).toBe(undefined);
    for (const key of [' ', 'Home', 'ArrowRight']) expect(nameOf(key, {}, { hasLetters: false }), key).toBeDefined();
    expect(nameOf('z', { ctrlKey: true }, { hasLetters: false })).toBe('undo');
  });

  it('of a lecture do nothing outside of one, and none edits a locked page', () => {
    expect(nameOf('b')).toBe(undefined);
    expect(nameOf('b', {}, { isLecture: true })).toBe('blank');
    expect(nameOf('N', { shiftKey: true }, { isLecture: true })).toBe('back');
    expect(nameOf('R', { shiftKey: true }, { isLocked: true })).toBe(undefined);
    expect(nameOf('d', {}, { isLocked: true })).toBe(undefined);
    expect(nameOf('r', {}, { isLocked: true })).toBe('restart');
  });
});
