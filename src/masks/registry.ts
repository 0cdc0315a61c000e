import { registryOf } from '../engine/base/registry.ts';
import type { Mask } from '../engine/contracts/method.ts';

/** Every weight mask, by id. */
export const masks: ReadonlyMap<string, Mask> = registryOf(
  import.meta.glob(['./*.ts', '!./registry.ts'], { eager: true, import: 'default' }),
  ['salun', 'magnitude', 'random'],
);
