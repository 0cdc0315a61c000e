/**
 * Moves labels apart: the nearest positions to the wanted ones, at least `gap` apart and inside [low, high], in the
 * same order. Where there is no room for that gap, they are spread evenly.
 */
export const dodged = (wanted: readonly number[], gap: number, low: number, high: number): readonly number[] => {
  const order = wanted.map((_, i) => i).sort((a, b) => (wanted[a] as number) - (wanted[b] as number) || a - b);
  const room = wanted.length > 1 ? Math.min(gap, (high - low) / (wanted.length - 1)) : gap;
  // Pools of labels that touch: each sits where the mean of what its members want puts it.
  const pools: { members: number[]; sum: number }[] = [];
  const startOf = (pool: { members: number[]; sum: number }): number => {
    const size = (pool.members.length - 1) * room;
    return Math.min(high - size, Math.max(low, pool.sum / pool.members.length));
  };
  for (const index of order) {
    let pool = { members: [index], sum: wanted[index] as number };
    for (let before = pools.at(-1); before; before = pools.at(-1)) {
      if (startOf(before) + before.members.length * room <= startOf(pool)) break;
      pools.pop();
      pool = {
        members: [...before.members, ...pool.members],
        sum: before.sum + pool.sum - pool.members.length * before.members.length * room,
      };
    }
    pools.push(pool);
  }
  const placed = [...wanted];
  for (const pool of pools) {
    const start = startOf(pool);
    pool.members.forEach((index, nth) => {
      placed[index] = start + nth * room;
    });
  }
  return placed;
};

/**
 * The indices of the labels that have room at `least` apart: all of them, or only the outermost ones. The others can
 * be read in the table.
 */
export const labelled = (wanted: readonly number[], least: number, room: number): readonly number[] => {
  const all = wanted.map((_, i) => i);
  if (wanted.length * least <= room) return all;
  const order = [...all].sort((a, b) => (wanted[a] as number) - (wanted[b] as number) || a - b);
  const most = Math.max(2, Math.floor(room / least));
  const first = Math.ceil(most / 2);
  return [...order.slice(0, first), ...order.slice(order.length - (most - first))];
};
