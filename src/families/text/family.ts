import { cos } from '../../engine/base/math.ts';
import type { AnyGenerator } from '../../engine/contracts/dataset.ts';
import type { Family } from '../family.ts';
import { textAttacks } from './attacks/registry.ts';
import { type TextRows, textBatches } from './batches.ts';
import { textDraw, worldKey } from './draw.ts';
import { tinyTofu } from './generator.ts';
import { textMetrics } from './metrics/registry.ts';
import { factRows, textRows, trainingRows } from './rows.ts';
import type { World } from './world.ts';

/** Steps in which the learning rate rises, and the share of it that is left at the end. */
const WARM = 20;
const LEFT = 0.05;

/** Questions with answers of a few words, and small networks that say the next word. */
const family: Family = {
  id: 'text',
  draw: (scenario, seed, generators) => {
    const source = generators.get(scenario.data.generator) as AnyGenerator;
    return textDraw(source.generate(scenario.data.params as never, worldKey(scenario, seed)) as World, scenario);
  },
  drawName: ({ data }, seed) => `${data.seed === 'lane' ? seed : data.seed}`,
  rows: textRows,
  trainingRows,
  tuningRows: factRows,
  batches: (lanes, split, size, model) =>
    textBatches(lanes as readonly TextRows[], split, size, model.inputs, model.classes),
  trainingRate: (step, steps) =>
    Math.min(1, (step + 1) / WARM) * (LEFT + (1 - LEFT) * 0.5 * (1 + cos((Math.PI * step) / steps))),
  generators: new Map([[tinyTofu.id, tinyTofu]]),
  metrics: textMetrics,
  attacks: textAttacks,
};
export default family;
