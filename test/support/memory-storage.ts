/** A browser's storage in memory. It refuses what goes beyond a number of characters, as a full one does. */
export const memoryStorage = (most = Number.POSITIVE_INFINITY): Storage => {
  const items = new Map<string, string>();
  const size = (): number => [...items].reduce((sum, [key, value]) => sum + key.length + value.length, 0);
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => {
      const before = items.get(key);
      items.set(key, value);
      if (size() <= most) return;
      if (before === undefined) items.delete(key);
      else items.set(key, before);
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    },
    removeItem: (key) => {
      items.delete(key);
    },
    clear: () => items.clear(),
  };
};

/** Locks as all tabs of a browser share them; `close` lets go of those of one tab. */
export const memoryLocks = () => {
  const held = new Map<string, string>();
  const waiting: { readonly tab: string; readonly name: string; readonly grant: () => void }[] = [];
  const manager = (tab: string): LockManager => {
    const request = (
      name: string,
      options: LockOptions,
      callback: (lock: Lock | null) => unknown,
    ): Promise<unknown> => {
      if (!held.has(name)) {
        held.set(name, tab);
        return Promise.resolve(callback({ name, mode: 'exclusive' }));
      }
      return new Promise((resolve, reject) => {
        const entry = {
          tab,
          name,
          grant: () => {
            held.set(name, tab);
            resolve(callback({ name, mode: 'exclusive' }));
          },
        };
        waiting.push(entry);
        options.signal?.addEventListener('abort', () => {
          waiting.splice(waiting.indexOf(entry), 1);
          reject(options.signal?.reason);
        });
      });
    };
    return { request, query: () => Promise.resolve({}) } as unknown as LockManager;
  };
  const close = (tab: string): void => {
    for (const [name, owner] of held) {
      if (owner !== tab) continue;
      held.delete(name);
      const next = waiting.findIndex((entry) => entry.name === name);
      if (next >= 0) waiting.splice(next, 1)[0]?.grant();
    }
  };
  return { manager, close };
};
