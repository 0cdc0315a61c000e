import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LabRun } from '../../src/store/contracts/state.ts';
import { setAt } from '../../src/store/draft/edits.ts';
import { bandAt } from '../../src/store/numbers/series.ts';
import { pinFits, pinnedAt } from '../../src/store/present/pins.ts';
import { engineForTests } from '../support/engine.ts';
import { benchOf } from './lab-bench.ts';

beforeAll(engineForTests);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTime(2000);

/** A lab with its first run on screen, and the way to the next. */
const lab = async () => {
  const bench = benchOf();
  bench.ready();
  settle();
  await bench.run();
  const shown = (): LabRun => bench.state().run.shown as LabRun;
  const change = async (path: readonly string[], value: unknown): Promise<void> => {
    bench.lab.draft.edit(setAt(path, value));
    settle();
    await bench.run();
  };
  return { ...bench, shown, change };
};

describe('a pinned result', () => {
  it('is named by what it was and keeps its numbers when the settings change', async () => {
    const { lab: own, state, shown, change } = await lab();
    own.pins.add(['NPO']);
    const [pin] = state().pins;
    expect(pin?.name).toMatch(/^NPO, β=1, η=/);
    expect(pin?.letter).toBe('a');
    const before = bandAt(shown().collector, 1, 'forgetTestAccuracy', 20)?.median;
    expect(pin && pinnedAt(pin, 20)?.forget).toBe(before);
    const runBefore = shown();
    await change(['runs', '1', 'params', 'beta'], 5);
    expect(shown()).not.toBe(runBefore);
    expect(state().pins).toEqual([pin]);
    expect(pin && pinFits(pin, shown())).toBe('same');
  });

  it('says that it is from another network, and is no result for other points', async () => {
    const { lab: own, state, shown, change } = await lab();
    own.pins.add(['GA']);
    const pin = state().pins[0];
    if (!pin) throw new Error('nothing was pinned');
    await change(['model', 'hidden'], [8]);
    expect(pinFits(pin, shown())).toBe('other-training');
    await change(['forget', 'label'], 2);
    expect(pinFits(pin, shown())).toBe('other-data');
    await change(['forget', 'label'], 1);
    expect(pinFits(pin, shown())).toBe('other-training');
  });

  it('has a sign of its own; four are the most, and a free sign is given again', async () => {
    const { lab: own, state } = await lab();
    const letters = () => state().pins.map(({ letter }) => letter);
    own.pins.add(['GA', 'NPO']);
    own.pins.add(['GA', 'NPO']);
    own.pins.add(['GA']);
    expect(letters()).toEqual(['a', 'b', 'c', 'd']);
    own.pins.remove('b');
    own.pins.add(['NPO']);
    expect(letters()).toEqual(['a', 'c', 'd', 'b']);
  });

  it('is not made of a run that has none', () => {
    const bench = benchOf();
    bench.ready();
    bench.lab.pins.add(['GA']);
    expect(bench.state().pins).toEqual([]);
  });

  it('stands at its last step after its end, and at its first before it', async () => {
    const { lab: own, state } = await lab();
    own.pins.add(['GA']);
    const pin = state().pins[0];
    expect(pin && pinnedAt(pin, 1e6)).toEqual(pin?.points.at(-1));
    expect(pin && pinnedAt(pin, 0)).toEqual(pin?.points[0]);
  });
});
