import { foldIn, integer, type Key } from '../../engine/base/random.ts';

/**
 * The bookkeeping of sequence-aware sharding (Chowdhury et al., ICLR 2025): which slices each network has learned in
 * which order, and how far each still serves after deletions. As in brcsomnath/S3T, src/sequence_selection.py, deletion.py.
 */

/** B orders of slices 0..L-1, each turned by one against the one before, so that every slice is last once. */
export const cyclicOrders = (slices: number, orders: number): number[][] =>
  Array.from({ length: Math.min(orders, slices) }, (_, b) =>
    Array.from({ length: slices }, (_, i) => (i - b + slices) % slices),
  );

/** All orders of some numbers, lexicographically. */
const permutations = (items: readonly number[]): number[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((first) => permutations(items.filter((other) => other !== first)).map((rest) => [first, ...rest]));

/**
 * One order beginning with each slice. Position after position, the next slices are matched to the orders so that what
 * survives is largest: an order is worth the probability that none of its slices has been touched.
 *
 * @param rates how likely a deletion is in each slice
 */
export const matchedOrders = (rates: readonly number[]): number[][] => {
  const slices = rates.map((_, slice) => slice);
  const survives = (slice: number) => 1 - (rates[slice] as number);
  let orders = slices.map((slice) => [slice]);
  while ((orders[0]?.length ?? slices.length) < slices.length) {
    let best: { worth: number; next: number[] } | undefined;
    for (const next of permutations(slices)) {
      if (next.some((slice, b) => orders[b]?.includes(slice))) continue;
      const worth = orders.reduce(
        (sum, order, b) =>
          sum + order.reduce((product, slice) => product * survives(slice), survives(next[b] as number)),
        0,
      );
      if (!best || worth > best.worth + 1e-12) best = { worth, next };
    }
    const { next } = best as { next: number[] };
    orders = orders.map((order, b) => [...order, next[b] as number]);
  }
  return orders;
};

/** What is left of an order when slices are deleted: everything before the first of them. */
export const survivingPrefix = (order: readonly number[], isDeleted: (slice: number) => boolean): number[] => {
  const first = order.findIndex(isDeleted);
  return order.slice(0, first < 0 ? order.length : first);
};

/** How many requests for one random slice each a system stands until no order of any shard serves any more. */
const requestsUntilStop = (shards: number, slices: number, orders: readonly number[][], key: Key): number => {
  const deleted = new Set<number>();
  const serves = (shard: number) =>
    orders.some((order) => survivingPrefix(order, (slice) => deleted.has(shard * slices + slice)).length > 0);
  for (let request = 1; ; request++) {
    deleted.add(integer(key, request, shards * slices));
    if (!Array.from({ length: shards }, (_, s) => s).some(serves)) return request;
  }
};

/** The mean of that over some draws. */
export const meanRequestsUntilStop = (
  shards: number,
  slices: number,
  orders: readonly number[][],
  key: Key,
  draws = 200,
): number => {
  let sum = 0;
  for (let draw = 0; draw < draws; draw++) sum += requestsUntilStop(shards, slices, orders, foldIn(key, draw));
  return sum / draws;
};
