import { foldIn, keyOf } from '../../engine/base/random.ts';
import type { AnyGenerator } from '../../engine/contracts/dataset.ts';
import type { Family } from '../family.ts';
import { type CurveData, hills, ownPairs, steps, waves } from './curve.ts';
import { numbersDraw } from './draw.ts';
import { numbersMetrics } from './metrics.ts';
import { relearning } from './relearn.ts';
import { type NumberRows, numberBatches, numberRows, trainingRows } from './rows.ts';

/** What is left of the learning rate at the end of training. */
const LEFT = 0.1;

/** Pairs of numbers, and networks that follow a curve. */
const family: Family = {
  id: 'numbers',
  draw: ({ data, model }, seed, generators) => {
    const source = generators.get(data.generator) as AnyGenerator;
    const key = foldIn(keyOf(data.seed === 'lane' ? seed : data.seed), 'data');
    return numbersDraw(source.generate(data.params as never, key) as CurveData, model);
  },
  drawName: ({ data }, seed) => `${data.seed === 'lane' ? seed : data.seed}`,
  rows: numberRows,
  trainingRows,
  batches: (lanes, split, size) => numberBatches(lanes as readonly NumberRows[], split, size),
  trainingRate: (step, all) => 1 - (1 - LEFT) * (step / all),
  generators: new Map([waves, steps, hills, ownPairs].map((source) => [source.id, source])),
  metrics: numbersMetrics,
  attacks: new Map([[relearning.id, relearning]]),
};
export default family;
