import { registryOf } from '../engine/base/registry.ts';
import type { AnyWrapper } from '../engine/contracts/wrapper.ts';

/** Everything that may be wrapped around a method, by id. Adding one is adding its file. */
export const wrappers: ReadonlyMap<string, AnyWrapper> = registryOf(
  import.meta.glob(['./*.ts', '!./registry.ts'], { eager: true, import: 'default' }),
  ['l2', 'ewc', 'pcgrad', 'lat'],
);
