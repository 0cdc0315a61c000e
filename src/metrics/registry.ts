import type { Metric } from '../engine/metric.ts';
import { registryOf } from '../engine/registry.ts';

/** Every metric, by id. */
export const metrics: ReadonlyMap<string, Metric> = registryOf(
  import.meta.glob(['./*.ts', '!./registry.ts'], { eager: true, import: 'default' }),
  ['forgetAccuracy', 'retainAccuracy', 'testAccuracy', 'forgetTestAccuracy', 'retainTestAccuracy'],
);
