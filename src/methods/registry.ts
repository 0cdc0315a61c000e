import { registryOf } from '../engine/base/registry.ts';
import type { AnyMethod } from '../engine/contracts/method.ts';

/** Every unlearning method, by id. Adding one is adding its file. */
export const methods: ReadonlyMap<string, AnyMethod> = registryOf(
  import.meta.glob(['./*.ts', '!./registry.ts'], { eager: true, import: 'default' }),
  ['retrain', 'ft', 'ga', 'npo', 'rl'],
);
