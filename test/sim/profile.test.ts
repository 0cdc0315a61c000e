import { beforeAll, describe, expect, it } from 'vitest';
import { type Archive, createArchive } from '../../src/sim/archive.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, small } from '../support/run.ts';

beforeAll(engineForTests);

const scenario = small({
  runs: [
    { name: 'GA', method: 'ga', steps: 20, learningRate: 0.2 },
    { name: 'CF-1', method: 'ft', steps: 20, learningRate: 0.2, mask: { kind: 'layers', layers: 1 } },
    { name: 'SISA', method: 'sisa', steps: 20 },
  ],
  evaluate: { every: 10 },
});

const opened = async (run: (archive: Archive, results: Awaited<ReturnType<typeof collected>>) => void) => {
  const archive = createArchive();
  try {
    run(archive, await collected(scenario, { archive }));
  } finally {
    archive.dispose();
  }
};
const ask = (archive: Archive, model: 'original' | 'retrained' | number, step = 20) =>
  archive.profile({ kind: 'profile', model, seed: 0, step }).profile;

describe('the profile of a model', () => {
  it('begins with the accuracy beside the forget set that the metric gives, and lists groups from near to far', () =>
    opened((archive, collector) => {
      const { distance, accuracy } = ask(archive, 0).locality;
      expect(accuracy).toHaveLength(10);
      expect(distance).toEqual([...distance].sort((a, b) => a - b));
      expect(accuracy[0]).toBe(collector.lane(0, 0)?.series('nearAccuracy').at(-1));
    }));

  it('finds drift where weights have moved and nowhere else', () =>
    opened((archive, collector) => {
      expect(ask(archive, 'original').drift).toEqual([0, 0]);
      const [first, last] = ask(archive, 1).drift;
      expect(first).toBe(0); // frozen by the mask
      expect(last).toBeGreaterThan(0);
      expect(ask(archive, 0).drift).toEqual([
        collector.lane(0, 0)?.series('firstLayerDrift').at(-1),
        collector.lane(0, 0)?.series('lastLayerDrift').at(-1),
      ]);
      expect(ask(archive, 0, 0).drift).toEqual([0, 0]);
    }));

  it('has no layers where several networks answer, and no answer where nothing was computed', () =>
    opened((archive) => {
      expect(ask(archive, 2).drift).toEqual([]);
      expect(ask(archive, 2).locality.accuracy).toHaveLength(10);
      expect(() => archive.profile({ kind: 'profile', model: 0, seed: 9, step: 0 })).toThrow(
        'Nothing has been computed',
      );
    }));
});
