import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bandAt } from '../../src/store/numbers/series.ts';
import { createTones } from '../../src/ui/sound/tones.ts';
import { pitchOf, voicesOf } from '../../src/ui/sound/voices.ts';
import { benchOf } from '../store/lab-bench.ts';
import { engineForTests } from '../support/engine.ts';

beforeAll(engineForTests);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('a pitch', () => {
  it('rises with what is kept over two octaves, and never leaves them', () => {
    expect(pitchOf(0)).toBe(220);
    expect(pitchOf(0.5)).toBe(440);
    expect(pitchOf(1)).toBe(880);
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
        expect(pitchOf(Math.min(a, b))).toBeLessThanOrEqual(pitchOf(Math.max(a, b)));
        expect(pitchOf(a)).toBeGreaterThanOrEqual(220);
        expect(pitchOf(a)).toBeLessThanOrEqual(880);
      }),
    );
  });
});

describe('the runs as voices', () => {
  it('are pitched by what they keep at the clock’s step, from left to right; hidden ones are silent, the others keep their place', async () => {
    const { lab, ready, run, state } = benchOf({ isMotionReduced: true });
    ready();
    vi.advanceTimersByTime(2000);
    expect(voicesOf(state())).toEqual([]);
    await run();
    const collector = state().run.shown?.collector;
    if (!collector) throw new Error('no run');
    const keptAt = (variant: number): number =>
      bandAt(collector, variant, 'retainTestAccuracy', state().view.step)?.median ?? Number.NaN;
    const voices = voicesOf(state());
    expect(voices.map(({ label, pan }) => [label, pan])).toEqual([
      ['GA', -0.9],
      ['NPO', 0.9],
    ]);
    expect(voices.map(({ hertz }) => hertz)).toEqual([pitchOf(keptAt(0)), pitchOf(keptAt(1))]);
    lab.view.toggleHidden('GA');
    expect(voicesOf(state())).toEqual([voices[1]]);
  });
});

/** A sound device that writes down what is played. */
const device = () => {
  const playing = new Set<object>();
  let isClosed = false;
  class Param {
    value: number;
    constructor(value = 0) {
      this.value = value;
    }
    setTargetAtTime(value: number): void {
      this.value = value;
    }
  }
  class Node {
    connect(to: unknown): unknown {
      return to;
    }
    disconnect(): void {}
  }
  const gains: Param[] = [];
  vi.stubGlobal(
    'OscillatorNode',
    class extends Node {
      frequency = new Param();
      start(): void {
        playing.add(this);
      }
      stop(): void {
        playing.delete(this);
      }
    },
  );
  vi.stubGlobal(
    'GainNode',
    class extends Node {
      gain = new Param();
      constructor() {
        super();
        gains.push(this.gain);
      }
    },
  );
  vi.stubGlobal('StereoPannerNode', Node);
  const context = {
    currentTime: 0,
    destination: {},
    close: () => {
      isClosed = true;
    },
  } as unknown as AudioContext;
  return { context, playing, gains, isClosed: () => isClosed };
};

describe('the tones', () => {
  it('sound as long as their runs are there, rest at once, and give the device back', () => {
    const { context, playing, gains, isClosed } = device();
    const tones = createTones(context);
    const voice = (label: string, hertz: number | null) => ({ label, hertz, pan: 0 });
    tones.play([voice('GA', 300), voice('NPO', 800)]);
    expect(playing.size).toBe(2);
    expect(gains.every(({ value }) => value > 0)).toBe(true);
    tones.play([voice('GA', null), voice('NPO', 700)]);
    expect(gains.map(({ value }) => value > 0)).toEqual([false, true]);
    tones.play([voice('NPO', 700)]);
    expect(playing.size).toBe(1);
    tones.rest();
    expect(gains.map(({ value }) => value)).toEqual([0, 0]);
    tones.close();
    expect(playing.size).toBe(0);
    expect(isClosed()).toBe(true);
  });
});
