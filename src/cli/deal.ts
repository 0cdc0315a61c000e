import type { Scenario } from '../scenario/format/scenario.ts';
import { UsageError } from './terminal/io.ts';

/** One of so many shards, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** More machines than this are more than there can be lanes for. */
const MOST = 10_000;

/** '3/16'. @throws {UsageError} */
export const readShard = (text: string): Shard => {
  const [, index = 0, of = 0] = (/^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && of >= 1 && index <= of && of <= MOST) return { index, of };
  const expected =
    index > of && of >= 1
      ? `one of the shards 1/${of} to ${of}/${of}`
      : `which shard of how many (at most ${MOST}), such as 3/16`;
  throw new UsageError(`--shard: expected ${expected}, found ${JSON.stringify(text)}`);
};

export const shardName = ({ index, of }: Shard): string => `${index}/${of}`;

/** A lane of a run: a setting under a seed. */
export interface DealtLane {
  readonly variant: number;
  readonly seed: number;
}

/**
 * The lanes of a shard: all lanes in a row, seed by seed and setting by setting, cut into as many pieces of nearly the same length. Lanes of
 * one seed stay together where they can, since each seed's own models are trained on every machine that has a lane of it. Some
 * pieces are empty where there are more shards than lanes.
 */
export const dealt = (
  { seeds }: Pick<Scenario, 'seeds'>,
  variants: number,
  { index, of }: Shard,
): { readonly seeds: readonly number[]; readonly lanes: readonly DealtLane[] } => {
  const all = seeds.flatMap((seed) => Array.from({ length: variants }, (_, variant) => ({ variant, seed })));
  const lanes = all.slice(Math.floor(((index - 1) * all.length) / of), Math.floor((index * all.length) / of));
  return { seeds: seeds.filter((seed) => lanes.some((lane) => lane.seed === seed)), lanes };
};
