import type { AnyMethod } from '../../src/engine/contracts/method.ts';
import { methods } from '../../src/methods/registry.ts';

/** The methods that speak of classes: those that labelled points can be forgotten with. */
export const ofPoints: ReadonlyMap<string, AnyMethod> = new Map(
  [...methods].filter(([, { heads = ['categorical'] }]) => heads.includes('categorical')),
);
