/** Edits (insert, delete, replace, swap neighbors) between two short words. */
const editDistance = (a: string, b: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(
        (last[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (last[j - 1] as number) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] as number) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] as number;
};

/** The first letters of a camelCase or kebab-case name: 'lr' for learningRate. */
const initials = (name: string): string => name.replace(/(?<=[A-Za-z0-9])[a-z0-9]+|[^A-Za-z0-9]/g, '').toLowerCase();

/** The one of `options` that was probably meant by `word`. */
export const closest = (word: string, options: readonly string[]): string | undefined => {
  if (word.length === 0 || word.length > 40) return undefined;
  const lower = word.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const option of options) {
    const distance = editDistance(lower, option.toLowerCase());
    if (distance < least && distance < option.length) {
      least = distance;
      best = option;
    }
  }
  return best ?? options.find((option) => option.length > 3 && initials(option) === lower);
};

// Half of a surrogate pair, which no encoding can write.
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
/** A text with each half of a surrogate pair replaced by U+FFFD. */
export const wellFormed = (text: string): string => text.replace(loneSurrogate, '\uFFFD');
