import { describe, expect, it, vi } from 'vitest';
import { createSlots } from '../../src/browser/slots.ts';
import { memoryLocks, memoryStorage } from '../support/memory-storage.ts';

/** A browser with tabs: one storage and one set of locks for all of them, a session for each. */
const browser = () => {
  const local = memoryStorage();
  const locks = memoryLocks();
  let ms = 0;
  const open = (tab: string, session: Storage) =>
    createSlots({ local: () => local, session: () => session, locks: locks.manager(tab), now: () => ++ms });
  return { local, open, close: locks.close };
};

/** What duplicating a tab does to its session. */
const copied = (session: Storage): Storage => {
  const copy = memoryStorage();
  for (let i = 0; i < session.length; i++) {
    const key = session.key(i) as string;
    copy.setItem(key, session.getItem(key) as string);
  }
  return copy;
};

const locksSettled = () => new Promise((resolve) => setImmediate(resolve));

describe('a tab', () => {
  it('has its slot again after a reload, whenever the old page lets go of it', async () => {
    const { open, close, local } = browser();
    const session = memoryStorage();
    open('before', session).put('first');
    const after = open('after', session);
    expect(after.own()).toBe('first');
    expect(after.put('second')).toBe(true);
    close('before');
    await locksSettled();
    expect(local.length).toBe(1);
    after.put('third');
    expect(local.length).toBe(1);
    expect(
      open('other', memoryStorage())
        .list()
        .map(({ text }) => text),
    ).toEqual(['third']);
  });

  it('that is a copy of another one shows the same and writes elsewhere', async () => {
    vi.useFakeTimers();
    const aborted: (() => void)[] = [];
    vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
      const controller = new AbortController();
      aborted.push(() => controller.abort());
      return controller.signal;
    });
    const { open } = browser();
    const session = memoryStorage();
    const original = open('original', session);
    original.put('mine');
    const copy = open('copy', copied(session));
    expect(copy.own()).toBe('mine');
    copy.put('changed in the copy');
    for (const abort of aborted) abort();
    vi.useRealTimers();
    await locksSettled();
    vi.restoreAllMocks();
    original.put('changed in the original');
    copy.put('changed again in the copy');
    expect(original.list().map(({ text }) => text)).toEqual(['changed again in the copy']);
    expect(copy.list().map(({ text }) => text)).toEqual(['changed in the original']);
  });

  it('that turns to another experiment leaves the old one as it is', () => {
    const { open } = browser();
    const slots = open('a', memoryStorage());
    slots.put('old');
    const left = slots.leave();
    slots.put('new');
    expect(slots.get(left)).toBe('old');
    expect(slots.list().map(({ id, text }) => [id, text])).toEqual([[left, 'old']]);
  });

  it('keeps a bounded number of experiments, the newest', () => {
    const { open, local } = browser();
    for (let i = 0; i < 60; i++) open(`tab ${i}`, memoryStorage()).put(`text ${i}`);
    expect(local.length).toBe(24);
    expect(open('last', memoryStorage()).list()[0]?.text).toBe('text 59');
  });

  it('takes no time from storage that no clock can show or that is still to come', () => {
    const { open, local } = browser();
    const times = [
      '1e300',
      'Infinity',
      'NaN',
      '-5',
      '0x10',
      '',
      '99999999999999999999',
      '8640000000000001',
      '8e15',
      '\u202e5',
    ];
    for (const [i, time] of times.entries()) local.setItem(`unlearn-lab/kept/odd${i}`, `${time} text`);
    local.setItem('unlearn-lab/kept/none', 'no time at all');
    open('mine', memoryStorage()).put('work');
    const list = open('other', memoryStorage()).list();
    expect(list[0]?.text).toBe('work');
    for (const { savedMs } of list) expect(() => new Date(savedMs).toISOString()).not.toThrow();
    expect(list.slice(1).map(({ savedMs }) => savedMs)).toEqual([...times, ''].map(() => 0));
  });
});
