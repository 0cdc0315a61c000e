/** A choice that is the reader's and not the experiment's: it stays on this device. Storage may be forbidden or full. */
export const keptChoice = <T extends string>(key: string, options: readonly T[]) => ({
  read: (): T | null => {
    try {
      const kept = localStorage.getItem(key);
      return options.find((option) => option === kept) ?? null;
    } catch {
      return null;
    }
  },
  write: (choice: T): void => {
    try {
      localStorage.setItem(key, choice);
    } catch {
      // Without storage the page follows the system again next time.
    }
  },
});
