import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/engine/base/tf.ts';
import { createBatches } from '../../src/families/points/batches.ts';
import { createArchive } from '../../src/sim/archive.ts';
import { artifactsOf } from '../../src/sim/artifacts.ts';
import { catalogue } from '../../src/sim/catalogue.ts';
import { engineForTests } from '../support/engine.ts';
import { eventsOf, small, stream } from '../support/run.ts';

beforeAll(engineForTests);

const ask = (model: number, seed = 0) => ({ kind: 'artifacts', model, seed }) as const;

describe('what a run is computed from', () => {
  const run = { steps: 9, batchSize: 7, retain: { kind: 'kl', weight: 1, batchSize: 30 } };

  it('is told with the very rows of every batch, under each seed', async () => {
    const scenario = small({ runs: [{ name: 'NPO', method: 'npo', ...run }], seeds: [0, 4] });
    const archive = createArchive();
    await eventsOf(scenario, { archive });
    for (const seed of scenario.seeds) {
      const { train, batches, inputs, classes, ...artifacts } = artifactsOf(scenario, catalogue, archive, ask(0, seed));
      expect(Object.keys(batches)).toEqual(['forget', 'retain']);
      for (const split of ['forget', 'retain'] as const) {
        const indices = artifacts[split];
        const size = split === 'forget' ? 7 : 30;
        const source = createBatches([{ seed, ...train, indices }], split, size, inputs, classes);
        for (let step = 0; step < run.steps; step++) {
          const rows = batches[split]?.positions?.subarray(step * size, (step + 1) * size) ?? new Int32Array();
          const [x, y] = tf.tidy(() => {
            const batch = source.at(step);
            return [Array.from(tf.valuesOf(batch.x)), Array.from(tf.valuesOf(batch.y))];
          });
          expect(Array.from(rows, (row) => train.y[indices[row] as number])).toEqual(y);
          const points = Array.from(rows, (row) => {
            const at = (indices[row] as number) * inputs;
            return Array.from(train.x.subarray(at, at + inputs));
          });
          expect(points.flat()).toEqual(x);
        }
        source.dispose();
      }
    }
    archive.dispose();
  });

  it('needs no row numbers of full batches, and leaves no tensor behind', async () => {
    const runs = [
      { name: 'SalUn', method: 'rl', steps: 3, mask: { kind: 'salun', keep: 0.5 }, wrappers: [{ kind: 'ewc' }] },
      { name: 'bad', method: 'bad-teacher', steps: 3 },
      { name: 'shrink', method: 'boundary-shrink', steps: 3 },
    ];
    const scenario = small({ runs });
    const archive = createArchive();
    await eventsOf(scenario, { archive });
    const before = tf.tensorCount();
    const [salun, bad] = runs.map((_, model) => artifactsOf(scenario, catalogue, archive, ask(model)));
    expect(tf.tensorCount()).toBe(before);
    expect(salun?.batches).toEqual({ forget: { size: 20 } });
    expect(salun?.alternatives).toMatchObject({ isPerStep: true });
    expect(salun?.mask?.reduce((sum, free) => sum + free, 0)).toBe(Math.floor(0.5 * (salun?.start.length ?? 0)));
    expect(salun?.weighed['ewc']).toHaveLength(salun?.start.length ?? 0);
    expect(bad?.weighed).toEqual({});
    expect(bad?.teacher).toHaveLength(bad?.start.length ?? 0);
    archive.dispose();
  });

  it('is refused where the batches are too many to tell, and while there is nothing yet', async () => {
    const data = { generator: 'blobs', seed: 0, params: { classes: 2, perClass: 600 } };
    const runs = [{ name: 'GA', method: 'ga', steps: 20_000, batchSize: 500 }];
    const scenario = small({ runs, data, training: { steps: 1 }, evaluate: { every: 20_000 } });
    const archive = createArchive();
    for await (const event of stream(scenario, { archive })) {
      if (event.type === 'data') {
        expect(() => artifactsOf(scenario, catalogue, archive, ask(0))).toThrow(/Nothing has been computed yet/);
      }
      if (event.type === 'metrics' && event.model === 0) break;
    }
    expect(() => artifactsOf(scenario, catalogue, archive, ask(0))).toThrow(
      '20000 steps of 500 rows each are more than a script can hold',
    );
    archive.dispose();
  });
});
