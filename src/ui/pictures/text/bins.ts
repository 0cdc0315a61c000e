/** log10 R is counted in bars of half a power of ten; what lies beyond the ends counts to the outermost. */
const [FIRST, LAST, WIDTH] = [-3, 3, 0.5] as const;

/** What answers of one form differ in: each without the words that all begin and all end with. */
export const differing = (answers: readonly string[]): readonly string[] => {
  const all = answers.map((answer) => answer.split(' '));
  const shared = (wordAt: (words: readonly string[], i: number) => string | undefined): number => {
    const most = Math.min(...all.map(({ length }) => length)) - 1;
    let count = 0;
    while (count < most && all.every((words) => wordAt(words, count) === wordAt(all[0] ?? [], count))) count++;
    return count;
  };
  const start = shared((words, i) => words[i]);
  const end = Math.min(
    shared((words, i) => words.at(-1 - i)),
    Math.min(...all.map(({ length }) => length)) - 1 - start,
  );
  return all.map((words) => words.slice(start, words.length - end).join(' '));
};

export interface Bin {
  readonly from: number;
  readonly to: number;
  /** Shares of the model's and of the retrained model's values. */
  readonly own: number;
  readonly retrained: number;
}

const shares = (values: ArrayLike<number>, bars: number): readonly number[] => {
  const counts = new Array<number>(bars).fill(0);
  for (let i = 0; i < values.length; i++) {
    const bar = Math.min(bars - 1, Math.max(0, Math.floor(((values[i] as number) - FIRST) / WIDTH)));
    counts[bar] = (counts[bar] as number) + 1;
  }
  return counts.map((count) => (values.length === 0 ? 0 : count / values.length));
};

/** The truth ratios of two models side by side. */
export const binsOf = (own: ArrayLike<number>, retrained: ArrayLike<number>): readonly Bin[] => {
  const bars = (LAST - FIRST) / WIDTH;
  const [mine, other] = [shares(own, bars), shares(retrained, bars)];
  return mine.map((share, i) => ({
    from: FIRST + i * WIDTH,
    to: FIRST + (i + 1) * WIDTH,
    own: share,
    retrained: other[i] as number,
  }));
};

/** Where a value stands between the ends, 0 to 1. */
export const placeOf = (value: number): number => Math.min(1, Math.max(0, (value - FIRST) / (LAST - FIRST)));
