import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import { offerOf } from '../../../src/scenario/format/catalogue.ts';
import { catalogueInfo } from '../../../src/sim/catalogue.ts';
import type { Collector } from '../../../src/sim/collector.ts';
import { scenarioOf } from '../../support/diffusion.ts';
import { engineForTests } from '../../support/engine.ts';
import { collected, eventsOf } from '../../support/run.ts';

beforeAll(engineForTests);

const offer = offerOf(catalogueInfo, 'diffusion');

const isAlone = (method: string): boolean => offer.methods.some(({ id, alone }) => id === method && alone === true);

/** A short run of a method, with a retain term where it takes one, and with more settings. */
const runOf = (method: string, more: object = {}) => ({
  name: method,
  method,
  steps: 6,
  optimizer: 'adam',
  learningRate: 0.003,
  batchSize: 8,
  clipNorm: 1,
  params: offer.methods.some(({ id, params }) => id === method && 'substitute' in params) ? { substitute: 2 } : {},
  ...(isAlone(method) ? {} : { retain: { kind: 'ce', batchSize: 8 } }),
  ...more,
});

const seriesOf = (collector: Collector, seed: number, variant = 0) =>
  collector.metricIds.map((metric) => [...(collector.lane(variant, seed)?.series(metric) ?? [])]);

const withConditions = offer.methods.filter(({ conditions }) => conditions).map(({ id }) => id);

describe('methods that erase a condition', () => {
  it('are offered for diffusion models and for no others', () => {
    expect(withConditions.length).toBeGreaterThan(5);
    const elsewhere = catalogueInfo.families.filter(({ id }) => id !== 'diffusion' && id !== 'points');
    for (const { id } of elsewhere) {
      expect(offerOf(catalogueInfo, id).methods.filter(({ conditions }) => conditions)).toEqual([]);
    }
  });

  it.each(withConditions)(
    '%s: stacked seeds give the numbers of single runs, twice the same, and leak nothing',
    async (id) => {
      const scenario = scenarioOf({ runs: [runOf(id)], seeds: [0, 1] });
      const before = tf.tensorCount();
      const both = await collected(scenario);
      expect(tf.tensorCount()).toBe(before);
      expect(both.failures.size).toBe(0);
      const alone = await collected(scenarioOf({ runs: [runOf(id)], seeds: [1] }));
      expect(seriesOf(both, 1)).toEqual(seriesOf(alone, 1));
      if (isAlone(id)) return; // its weights are those of several networks
      const moved = both.lane(0, 1)?.series('weightDistance') ?? [];
      expect(moved[moved.length - 1]).toBeGreaterThan(0);
    },
  );

  it.each(withConditions.filter((id) => !isAlone(id)))(
    '%s: leaves what is drawn without a condition as it was, where only the condition may move',
    async (id) => {
      const only = runOf(id, { mask: { kind: 'condition' } });
      const collector = await collected(scenarioOf({ runs: [only], seeds: [0] }));
      expect(collector.failures.size).toBe(0);
      const [frames, free] = await Promise.all(
        [only, runOf(id)].map(async (run) => {
          const events = await eventsOf(scenarioOf({ runs: [run], seeds: [0] }), { pictures: true });
          return events.flatMap((event) =>
            event.type === 'frame' && event.model === 0 ? [(event.frame as unknown as { x: Float32Array }).x] : [],
          );
        }),
      );
      const bare = (x: Float32Array | undefined) => [...(x?.subarray((x.length * 3) / 4) ?? [])];
      expect(bare(frames?.at(-1))).toEqual(bare(frames?.[0]));
      expect(bare(free?.at(-1))).not.toEqual(bare(free?.[0]));
    },
  );

  it('the saliency mask leaves the other half of the weights where they were', async () => {
    const run = runOf('relabel-condition', { mask: { kind: 'salun', keep: 0.5 } });
    const collector = await collected(
      scenarioOf({ runs: [run, runOf('relabel-condition', { name: 'free' })], seeds: [0] }),
    );
    const distance = (variant: number) => collector.lane(variant, 0)?.series('weightDistance').at(-1) as number;
    expect(distance(0)).toBeGreaterThan(0);
    expect(distance(0)).toBeLessThan(distance(1));
  });

  it('elastic weights hold selective amnesia back', async () => {
    const held = runOf('selective-amnesia', { name: 'held', wrappers: [{ kind: 'ewc', weight: 1000 }] });
    const collector = await collected(scenarioOf({ runs: [held, runOf('selective-amnesia')], seeds: [0] }));
    expect(collector.failures.size).toBe(0);
    const distance = (variant: number) => collector.lane(variant, 0)?.series('weightDistance').at(-1) as number;
    expect(distance(0)).toBeLessThan(distance(1));
  });

  it.each([
    ['the erased class', 1, '1, which is erased'],
    ['a class that is not there', 7, '7, which is not there'],
  ])('%s in its own place is refused in words, and the other runs go on', async (_, substitute, found) => {
    const runs = [runOf('substitute', { params: { substitute } }), runOf('npo')];
    const collector = await collected(scenarioOf({ runs, seeds: [0] }));
    expect(collector.status).toBe('finished');
    const [failure] = [...collector.failures.values()];
    expect(JSON.stringify(failure)).toContain('a class that is kept: 0, 2');
    expect(JSON.stringify(failure)).toContain(found);
    expect(collector.lane(1, 0)?.count).toBeGreaterThan(1);
  });
});
