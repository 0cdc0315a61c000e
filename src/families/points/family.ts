import { attacks } from '../../attacks/registry.ts';
import { generators } from '../../data/registry.ts';
import { foldIn, keyOf } from '../../engine/base/random.ts';
import type { AnyGenerator } from '../../engine/contracts/dataset.ts';
import { metrics } from '../../metrics/registry.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import type { Family } from '../family.ts';
import { createBatches, type PointRows } from './batches.ts';
import { drawOf } from './draw.ts';
import { hasOwnFeatures } from './network.ts';
import { pointRows, trainingRows } from './rows.ts';

const givenPoints = ({ data }: Scenario, seed: number) => ('bySeed' in data ? data.bySeed?.[seed] : undefined);
const dataSeed = ({ data }: Scenario, seed: number): number => (data.seed === 'lane' ? seed : data.seed);

const draw: Family['draw'] = (scenario, seed, from) => {
  const { data, model } = scenario;
  const source = from.get(data.generator) as AnyGenerator;
  const params = givenPoints(scenario, seed) ?? data.params;
  const dataset = source.generate(params as never, foldIn(keyOf(dataSeed(scenario, seed)), 'data'));
  return drawOf(dataset, model, seed);
};

/** Points with class labels, and classifiers of them. */
const family: Family = {
  id: 'points',
  draw,
  drawName: (scenario, seed) => {
    const isOwn = givenPoints(scenario, seed) !== undefined || hasOwnFeatures(scenario.model);
    return isOwn ? `lane ${seed}` : `${dataSeed(scenario, seed)}`;
  },
  rows: pointRows,
  trainingRows,
  batches: (lanes, split, size, model) =>
    createBatches(lanes as readonly PointRows[], split, size, model.inputs, model.classes),
  generators,
  metrics,
  attacks,
};
export default family;
