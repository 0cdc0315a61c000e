/** Values by key, the least recently used of which are dropped beyond a cap in bytes. */
export interface ByteLru<T> {
  readonly get: (key: string) => T | undefined;
  readonly set: (key: string, value: T) => void;
}

/** @param bytesOf the size of a value; one that is larger than the cap by itself is not kept */
export const createByteLru = <T>(cap: number, bytesOf: (value: T) => number): ByteLru<T> => {
  const held = new Map<string, T>();
  let bytes = 0;
  return {
    get: (key) => {
      const value = held.get(key);
      if (value === undefined) return undefined;
      held.delete(key);
      held.set(key, value); // the most recently used comes last
      return value;
    },
    set: (key, value) => {
      if (held.has(key) || bytesOf(value) > cap) return;
      held.set(key, value);
      bytes += bytesOf(value);
      for (const [oldest, old] of held) {
        if (bytes <= cap) break;
        held.delete(oldest);
        bytes -= bytesOf(old);
      }
    },
  };
};
