import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { setAt } from '../../src/store/draft/edits.ts';
import { startEmbedding } from '../../src/store/embedding.ts';
import { engineForTests } from '../support/engine.ts';
import { type BenchOptions, benchOf } from './lab-bench.ts';

beforeAll(engineForTests);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A lab in a frame, and the page around it. */
const framed = (options: BenchOptions = {}) => {
  const bench = benchOf(options);
  const greetings: unknown[] = [];
  const told: { readonly type: string; readonly [key: string]: unknown }[] = [];
  const opened: string[] = [];
  let accepted = 0;
  let deliver: (data: unknown, accept: () => void) => void = () => undefined;
  startEmbedding(
    bench.lab,
    {
      greet: (message) => greetings.push(message),
      send: (message) => {
        if (accepted > 0) told.push(message as never);
      },
      listen: (handler) => {
        deliver = handler;
      },
      watchHeight: () => undefined,
    },
    {
      isLocked: options.isLocked ?? false,
      open: ({ hash, search }) => opened.push(hash === '' ? search : `#${hash}`),
      after: (ms, callback) => setTimeout(callback, ms),
    },
  );
  return {
    bench,
    greetings,
    told,
    opened,
    accepted: () => accepted,
    say: (data: unknown) =>
      deliver(data, () => {
        accepted++;
      }),
  };
};

const ran = async (options: BenchOptions = {}) => {
  const frame = framed({ isMotionReduced: true, ...options });
  frame.bench.ready();
  vi.advanceTimersByTime(1000);
  await frame.bench.run();
  return frame;
};

describe('an embedded page', () => {
  it('greets whoever embeds it and tells nothing else before it is spoken to', async () => {
    const { greetings, told } = await ran();
    expect(greetings).toEqual([{ unlearnLab: 1, type: 'ready', isLocked: false }]);
    expect(told).toEqual([]);
  });

  it('answers with the state of every model at the clock’s step', async () => {
    const { say, told, bench } = await ran();
    say({ unlearnLab: 1, type: 'connect' });
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ type: 'state', status: 'finished', step: 20, total: 20 });
    const models = told[0]?.['models'] as readonly { name: string; metrics: Record<string, number | null> }[];
    expect(models.map(({ name }) => name)).toEqual(['original', 'retrained', 'GA', 'NPO']);
    const lane = bench.state().run.shown?.collector.lane(0, bench.state().view.seed);
    expect(models[2]?.metrics['forgetLoss']).toBe(lane?.series('forgetLoss').at(-1));
    expect(JSON.parse(JSON.stringify(told[0]))).toEqual(told[0]);
  });

  it('moves its clock when asked, and tells the steps at most every 100 ms', async () => {
    const { say, told, bench } = await ran();
    say({ unlearnLab: 1, type: 'setStep', step: 10 });
    expect(bench.state().view.step).toBe(10);
    say({ unlearnLab: 1, type: 'setStep', step: 5 });
    expect(told.filter(({ type }) => type === 'step')).toEqual([]);
    vi.advanceTimersByTime(100);
    expect(told.filter(({ type }) => type === 'step')).toEqual([
      { unlearnLab: 1, type: 'step', step: 5, available: 20, isPlaying: false },
    ]);
    say({ unlearnLab: 1, type: 'play' });
    expect(bench.state().view.isPlaying).toBe(true);
    say({ unlearnLab: 1, type: 'pause' });
    expect(bench.state().view.isPlaying).toBe(false);
  });

  it('opens another experiment unless it is locked', async () => {
    const open = await ran();
    open.say({ unlearnLab: 1, type: 'open', link: '?p=second' });
    expect(open.opened).toEqual(['?p=second']);
    const locked = await ran({ isLocked: true });
    locked.say({ unlearnLab: 1, type: 'open', link: '?p=second' });
    expect(locked.opened).toEqual([]);
    expect(locked.told.at(-1)).toMatchObject({ type: 'error', message: expect.stringMatching(/lock=1/) });
  });

  it('answers a message that it cannot read with its faults, changes nothing, and does not hear others', async () => {
    const { say, told, bench, accepted } = await ran();
    const before = bench.state();
    say({ unlearnLab: 1, type: 'setStep', step: 'ten' });
    expect(told.at(-1)).toMatchObject({ type: 'error', faults: [{ path: '/step' }] });
    say({ type: 'setStep', step: 5 });
    say('play');
    expect(accepted()).toBe(1);
    expect(bench.state()).toBe(before);
  });

  it('that is locked cannot be changed', async () => {
    const { bench } = await ran({ isLocked: true });
    const before = bench.state().draft;
    bench.lab.draft.edit(setAt(['runs', '1', 'params', 'beta'], 3));
    bench.lab.draft.openPreset('second');
    bench.lab.draft.openText('{}');
    bench.lab.draft.undo();
    expect(bench.state().draft).toBe(before);
    expect(bench.state().notices).toEqual([]);
  });
});

describe('a flood of messages', () => {
  it('of `open` takes any form of a link that the page itself understands', async () => {
    for (const [link, found] of [
      ['1.q1YqSy0qzszPU7JSMtRRyk0syVCyijbQMYzVUUoDAA', '#1.q1YqSy0qzszPU7JSMtRRyk0syVCyijbQMYzVUUoDAA'],
      ['#1.abc', '#1.abc'],
      ['https://example.org/lab/%231.abc', '#1.abc'],
      ['https://example.org/lab/?p=second', '?p=second'],
      ['p=second', '?p=second'],
    ]) {
      const { say, opened } = await ran();
      say({ unlearnLab: 1, type: 'open', link });
      expect(opened).toEqual([found]);
    }
  });

  it('of `open` opens the first and the last, not all of them', async () => {
    const { say, opened } = await ran();
    for (let i = 0; i < 150; i++) say({ unlearnLab: 1, type: 'open', link: `?p=${i}` });
    expect(opened).toEqual(['?p=0']);
    vi.advanceTimersByTime(5000);
    expect(opened).toEqual(['?p=0', '?p=149']);
    say({ unlearnLab: 1, type: 'open', link: '?p=later' });
    expect(opened.at(-1)).toBe('?p=later');
  });

  it('is passed over beyond a bound, which is said once, and the page listens again afterwards', async () => {
    const { say, told } = await ran();
    for (let i = 0; i < 5000; i++) say({ unlearnLab: 1, type: i % 2 ? 'getState' : 'nonsense' });
    expect(told.length).toBeLessThan(250);
    expect(told.filter(({ message }) => String(message).includes('within a second'))).toHaveLength(1);
    vi.advanceTimersByTime(1500);
    const before = told.length;
    say({ unlearnLab: 1, type: 'getState' });
    expect(told.slice(before).map(({ type }) => type)).toEqual(['state']);
  });
});
