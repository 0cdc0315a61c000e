import { registryOf } from '../engine/base/registry.ts';
import type { AnySelector } from '../engine/contracts/selector.ts';

/** Every selector of forget sets, by id. Adding one is adding its file. */
export const selectors: ReadonlyMap<string, AnySelector> = registryOf(
  import.meta.glob(['./*.ts', '!./registry.ts'], { eager: true, import: 'default' }),
  ['worst-case', 'loss', 'margin', 'el2n', 'vog', 'influence'],
);
