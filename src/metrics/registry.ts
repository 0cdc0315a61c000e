import { registryOf } from '../engine/base/registry.ts';
import type { Metric } from '../engine/contracts/metric.ts';

/** Every metric, by id. */
export const metrics: ReadonlyMap<string, Metric> = registryOf(
  import.meta.glob(['./*.ts', '!./registry.ts'], { eager: true, import: 'default' }),
  ['forgetAccuracy', 'retainAccuracy', 'testAccuracy', 'forgetTestAccuracy', 'retainTestAccuracy'],
);
