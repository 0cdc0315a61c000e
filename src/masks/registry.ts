import type { Mask } from '../engine/method.ts';
import { registryOf } from '../engine/registry.ts';

/** Every weight mask, by id. */
export const masks: ReadonlyMap<string, Mask> = registryOf(
  import.meta.glob(['./*.ts', '!./registry.ts'], { eager: true, import: 'default' }),
  ['salun', 'magnitude', 'random'],
);
