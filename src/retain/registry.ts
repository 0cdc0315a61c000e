import type { RetainTerm } from '../engine/method.ts';
import { registryOf } from '../engine/registry.ts';

/** Every term that keeps the retain set, by id. */
export const retainTerms: ReadonlyMap<string, RetainTerm> = registryOf(
  import.meta.glob(['./*.ts', '!./registry.ts'], { eager: true, import: 'default' }),
  ['ce', 'kl', 'kl-reverse'],
);
