import { foldIn, keyOf } from '../../engine/base/random.ts';
import type { AnyGenerator } from '../../engine/contracts/dataset.ts';
import type { Family } from '../family.ts';
import { findCondition } from './attacks/find-condition.ts';
import { relearnClass } from './attacks/relearn-class.ts';
import { type CloudData, grid, moons, ring } from './clouds.ts';
import { diffusionDraw } from './draw.ts';
import { cloudsMetrics } from './metrics.ts';
import { type CloudRows, cloudBatches, cloudRows, trainingRows, tuningRows } from './rows.ts';

/** What is taken from the learning rate by the end of training. */
const TAKEN = 0.95;

/** Points in the plane, drawn by a denoising network under conditions. */
const family: Family = {
  id: 'diffusion',
  draw: ({ data, model }, seed, generators) => {
    const source = generators.get(data.generator) as AnyGenerator;
    const key = foldIn(keyOf(data.seed === 'lane' ? seed : data.seed), 'data');
    return diffusionDraw(source.generate(data.params as never, key) as CloudData, model, key);
  },
  drawName: ({ data }, seed) => `${data.seed === 'lane' ? seed : data.seed}`,
  rows: cloudRows,
  trainingRows,
  tuningRows,
  batches: (lanes, split, size, model) => cloudBatches(lanes as readonly CloudRows[], split, size, model),
  trainingRate: (step, all) => 1 - TAKEN * (step / all),
  generators: new Map([ring, grid, moons].map((source) => [source.id, source])),
  metrics: cloudsMetrics,
  attacks: new Map([findCondition, relearnClass].map((attack) => [attack.id, attack] as const)),
};
export default family;
