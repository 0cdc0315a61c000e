import { beforeAll, describe, expect, it } from 'vitest';
import { masks } from '../../src/masks/registry.ts';
import { methods } from '../../src/methods/registry.ts';
import { createArchive } from '../../src/sim/archive.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, small } from '../support/run.ts';

beforeAll(engineForTests);

/** Weights [P] of the original and of each run at its last step. */
const weightsOf = async (runs: readonly Record<string, unknown>[], more: Record<string, unknown> = {}) => {
  const archive = createArchive();
  const last = new Map<string, Float32Array>();
  const collector = await collected(
    small({ runs: runs.map((run, i) => ({ name: `run ${i}`, steps: 20, ...run })), ...more }),
    {
      archive: {
        ...archive,
        put: (model, _seed, _step, weights) => last.set(String(model), weights.slice()),
      },
    },
  );
  archive.dispose();
  return {
    original: last.get('original') as Float32Array,
    ends: runs.map((_, i) => last.get(String(i)) as Float32Array),
    failures: collector.failures,
  };
};

const frozen = (a: Float32Array, b: Float32Array): number => a.reduce((n, value, i) => n + (value === b[i] ? 1 : 0), 0);

/** Two hidden layers: parts 2-16-8-5. */
const model = { hidden: [16, 8] };
const SIZES = [2 * 16 + 16, 16 * 8 + 8, 8 * 5 + 5];
const P = SIZES.reduce((a, b) => a + b, 0);

describe('masks', () => {
  it.each([...methods.values()].filter(({ schedule, alone }) => schedule === 'one-shot' && !alone).map(({ id }) => id))(
    'of %s, which is done in one step, hold the weights outside them to the bit',
    async (method) => {
      const keep = 0.3;
      const runs = [{ method }, { method, mask: { kind: 'random', keep } }];
      const { original, ends, failures } = await weightsOf(runs, { model });
      expect(failures.size).toBe(0);
      const [whole, masked] = ends as [Float32Array, Float32Array];
      expect(frozen(original, masked)).toBeGreaterThanOrEqual(P - Math.floor(keep * P));
      masked.forEach((value, i) => {
        expect([original[i], whole[i]], `weight ${i} stays, or is what it is without a mask`).toContain(value);
      });
    },
  );

  it.each([
    [{ layers: 1 }, [0, 0, 1]],
    [{ layers: 2 }, [0, 1, 1]],
    [{ layers: 1, from: 'inputs' }, [1, 0, 0]],
    [{ layers: 1, from: 'inputs', skip: 1 }, [0, 1, 0]],
    [{ layers: 1, skip: 2 }, [1, 0, 0]],
  ])('layers %j frees exactly those, with their biases', async (own, free) => {
    const { original, ends } = await weightsOf([{ method: 'ga', mask: { kind: 'layers', ...own } }], { model });
    let at = 0;
    SIZES.forEach((size, layer) => {
      const [before, after] = [original, ends[0] as Float32Array].map((all) => all.slice(at, at + size));
      if (free[layer]) expect(after).not.toEqual(before);
      else expect(after).toEqual(before);
      at += size;
    });
  });

  it('more layers than there are is an error that names the field; the other runs go on', async () => {
    const { failures, ends } = await weightsOf([
      { method: 'ga', mask: { kind: 'layers', layers: 2, skip: 1 } },
      { method: 'ga' },
    ]);
    const [failure, ...others] = failures.values();
    expect(others).toEqual([]);
    expect(failure?.faults[0]?.path).toBe('/mask/layers');
    expect(ends[1]).toBeDefined();
  });

  it('WAGLE with a large μ keeps the weights that SNIP would, |θ ⊙ g_f|, and with a small one |g_r ⊙ g_f|', () => {
    const wagle = masks.get('wagle');
    if (!wagle || !('score' in wagle)) throw new Error('WAGLE ranks');
    const [theta, forget, retain] = [
      [1, -2, 0.5],
      [0.3, 0.1, -2],
      [0.2, -0.7, 0.1],
    ].map((values) => Float32Array.from(values)) as [Float32Array, Float32Array, Float32Array];
    const lane = { original: () => theta, gradient: (split: string) => (split === 'forget' ? forget : retain) };
    const score = (mu: number) => wagle.score(lane as never, { mu });
    score(1e6).forEach((value, i) => {
      expect(value).toBeCloseTo(Math.abs((theta[i] as number) * (forget[i] as number)), 5);
    });
    score(1e-6).forEach((value, i) => {
      expect(1e-6 * value).toBeCloseTo(Math.abs((retain[i] as number) * (forget[i] as number)), 5);
    });
  });

  it('soft SalUn that may move everything is no mask at all, to the last bit', async () => {
    const { ends } = await weightsOf([
      { method: 'rl', retain: { kind: 'ce' } },
      { method: 'rl', retain: { kind: 'ce' }, mask: { kind: 'salun-soft', keep: 1 } },
    ]);
    expect(ends[1]).toEqual(ends[0]);
  });

  it('soft SalUn lets ever more weights move: half of them after half of the steps, if none at first', async () => {
    const mask = { kind: 'salun-soft', keep: 0.001 };
    // Recorded along the way: the last weights that the archive sees are those of step 20 of 40, then of 40.
    const archive = createArchive();
    const seen = new Map<string, number>();
    let original = new Float32Array();
    await collected(small({ model, runs: [{ name: 'a', method: 'ga', steps: 40, mask }], evaluate: { every: 20 } }), {
      archive: {
        ...archive,
        put: (which, _seed, step, weights) => {
          if (which === 'original') original = weights.slice();
          else seen.set(String(step), frozen(weights, original) / P);
        },
      },
    });
    archive.dispose();
    expect(seen.get('0')).toBe(1);
    expect(seen.get('20')).toBeGreaterThanOrEqual(0.49);
    expect(seen.get('20')).toBeLessThan(0.75);
    expect(seen.get('40')).toBeLessThan(0.2);
  });

  it('no two masks give one name two meanings', () => {
    const named = new Map<string, string>();
    for (const { params } of catalogueInfo.masks) {
      for (const [name, spec] of Object.entries(params ?? {})) {
        expect(['kind', 'keep']).not.toContain(name);
        expect(named.get(name) ?? JSON.stringify(spec)).toBe(JSON.stringify(spec));
        named.set(name, JSON.stringify(spec));
      }
    }
  });
});

describe('springs towards the original model', () => {
  const distance = (a: Float32Array, b: Float32Array) =>
    Math.sqrt(a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0));

  it.each(['l2', 'ewc'])('%s: the stronger, the nearer to the original; without weight, none', async (kind) => {
    const run = { method: 'ga', learningRate: 0.02, steps: 30 };
    const { original, ends } = await weightsOf([
      run,
      { ...run, wrappers: [{ kind, weight: 0 }] },
      { ...run, wrappers: [{ kind, weight: 2 }] },
      { ...run, wrappers: [{ kind, weight: 20 }] },
    ]);
    const ways = ends.map((end) => distance(end, original));
    expect(ways[1]).toBeCloseTo(ways[0] as number, 4);
    expect(ways[2]).toBeLessThan(ways[1] as number);
    expect(ways[3]).toBeLessThan(ways[2] as number);
  });

  it('may be swept, kind and weight, and each lane is that of a run of its own', async () => {
    const run = { method: 'ga', steps: 5 };
    const both = (weight: number) => ({ ...run, wrappers: [{ kind: 'ewc', weight }] });
    const { ends } = await weightsOf([
      { ...run, wrappers: [{ kind: 'ewc' }], sweep: { 'wrappers.ewc.weight': [1, 5] } },
      both(1),
      both(5),
    ]);
    // Variants count over the sweep: 0 and 1 are the swept ones.
    const { ends: alone } = await weightsOf([both(1), both(5)]);
    expect(ends.slice(0, 2)).toEqual(alone);
  });

  it.each([
    ['ssd', { retain: { kind: 'ce' } }, '/retain/kind'],
    ['newton-head', { mask: { kind: 'random' } }, '/mask/kind'],
  ])('%s has no place for %j and says so', async (method, part, path) => {
    const { failures } = await weightsOf([{ method, ...part }]);
    const [failure] = failures.values();
    expect(failure?.code).toBe('method/failed');
    expect(failure?.faults[0]?.path).toBe(path);
  });
});
