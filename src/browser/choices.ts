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

/** A text that stays on this device, as far as the browser lets it. */
export const keptText = (key: string, storage: () => Storage = () => localStorage) => ({
  read: (): string | null => {
    try {
      return storage().getItem(key);
    } catch {
      return null;
    }
  },
  write: (text: string): void => {
    try {
      storage().setItem(key, text);
    } catch {
      // Without storage it is forgotten with the page.
    }
  },
});
