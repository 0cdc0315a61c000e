import { registryOf } from '../engine/base/registry.ts';
import type { AnyAttack } from '../engine/contracts/attack.ts';

/** Every attack and probe, by id. Adding one is adding its file. */
export const attacks: ReadonlyMap<string, AnyAttack> = registryOf(
  import.meta.glob(['./*.ts', '!./registry.ts'], { eager: true, import: 'default' }),
  ['relearn', 'probe', 'membership', 'lira', 'epsilon', 'backdoor'],
);
