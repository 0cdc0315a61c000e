const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

interface Pattern {
  readonly test: RegExp;
  readonly words: string;
}

/**
 * Looks English texts up in tables. A key may have gaps: what stands for a `{}` of the English text is put, itself
 * looked up, at the `{}` of the other one, or at `{2}` if it is the second.
 */
export const termsOf = (
  ...tables: readonly Readonly<Record<string, string>>[]
): ((english: string) => string | undefined) => {
  const exact = new Map(tables.flatMap((table) => Object.entries(table)));
  const patterns: readonly Pattern[] = [...exact]
    .filter(([english]) => english.includes('{}'))
    .sort(([a], [b]) => b.length - a.length)
    .map(([english, words]) => ({
      test: new RegExp(`^${english.split('{}').map(escaped).join('(.*?)')}$`, 's'),
      words,
    }));
  const filled = (english: string): string | undefined => {
    for (const { test, words } of patterns) {
      const gaps = test.exec(english)?.slice(1);
      if (!gaps) continue;
      let next = 0;
      return words.replace(/\{(\d?)\}/g, (_, place: string) => {
        const gap = gaps[place === '' ? next++ : Number(place) - 1] ?? '';
        return look(gap) ?? gap;
      });
    }
    return undefined;
  };
  const look = (english: string): string | undefined => exact.get(english) ?? filled(english);
  return look;
};
