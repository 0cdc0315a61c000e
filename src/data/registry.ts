import { registryOf } from '../engine/base/registry.ts';
import type { AnyGenerator } from '../engine/contracts/dataset.ts';

/** Every data generator, by id, in the order of the picker. Adding one is adding its file. */
export const generators: ReadonlyMap<string, AnyGenerator> = registryOf(
  import.meta.glob(['./*.ts', '!./registry.ts'], { eager: true, import: 'default' }),
  ['blobs', 'moons', 'circles', 'spirals', 'checkerboard', 'high-dim-blobs', 'gaussian-logistic', 'inline'],
);
