import type { AnyAttack } from '../../../engine/contracts/attack.ts';
import { askings } from './askings.ts';
import { fewBits } from './few-bits.ts';
import { membership } from './membership.ts';
import { relearnFacts } from './relearn-facts.ts';
import { valueVectors } from './value-vectors.ts';
import { zeroedUnits } from './zeroed-units.ts';

/** Every attack on models of words, by id. */
export const textAttacks: ReadonlyMap<string, AnyAttack> = new Map(
  [relearnFacts, askings, fewBits, valueVectors, zeroedUnits, membership].map((one) => [one.id, one]),
);
