import { registryOf } from '../engine/base/registry.ts';
import type { RetainTerm } from '../engine/contracts/method.ts';

/** Every term that keeps the retain set, by id. */
export const retainTerms: ReadonlyMap<string, RetainTerm> = registryOf(
  import.meta.glob(['./*.ts', '!./registry.ts'], { eager: true, import: 'default' }),
  ['ce', 'kl', 'kl-reverse'],
);
