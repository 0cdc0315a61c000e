/** `32-32` to [32, 32]; null if it is not that. Commas, spaces and × separate too. */
export const readWidths = (typed: string): readonly number[] | null => {
  const words = typed.split(/[^0-9]+/).filter((word) => word !== '');
  if (/[^0-9\s,;×x-]/i.test(typed) || words.length === 0 || words.length > 6) return null;
  const widths = words.map(Number);
  return widths.every((width) => width >= 1 && width <= 512) ? widths : null;
};

export const writeWidths = (widths: readonly number[]): string => widths.join('-');

/** `0, 3, 5-9` to [0, 3, 5, 6, 7, 8, 9]; null if it is not that. */
export const readIndices = (typed: string): readonly number[] | null => {
  const indices = new Set<number>();
  for (const word of typed.split(/[\s,;]+/).filter((part) => part !== '')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(word);
    if (!match) return null;
    const [from, to] = [Number(match[1]), Number(match[2] ?? match[1])];
    if (to < from || to - from > 10_000) return null;
    for (let index = from; index <= to; index++) indices.add(index);
  }
  return indices.size === 0 ? null : [...indices].sort((a, b) => a - b);
};

/** The shortest such text: runs of three or more are joined. */
export const writeIndices = (indices: readonly number[]): string => {
  const words: string[] = [];
  for (let start = 0; start < indices.length; ) {
    let end = start;
    while (indices[end + 1] === (indices[end] as number) + 1) end++;
    if (end - start >= 2) words.push(`${indices[start]}-${indices[end]}`);
    else words.push(...indices.slice(start, end + 1).map(String));
    start = end + 1;
  }
  return words.join(', ');
};

/** One corner a line; null with fewer than three. */
export const readCorners = (typed: string): readonly (readonly [number, number])[] | null => {
  const corners: [number, number][] = [];
  for (const line of typed.split('\n').filter((one) => one.trim() !== '')) {
    const numbers = line
      .split(/[\s,;]+/)
      .filter((word) => word !== '')
      .map(Number);
    const [x, y] = numbers;
    if (numbers.length !== 2 || x === undefined || y === undefined || !numbers.every(Number.isFinite)) return null;
    corners.push([x, y]);
  }
  return corners.length >= 3 ? corners : null;
};

export const writeCorners = (corners: readonly (readonly [number, number])[]): string =>
  corners.map(([x, y]) => `${x}, ${y}`).join('\n');
