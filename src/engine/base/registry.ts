/** A plug-in that is found by its file. */
interface Identified {
  readonly id: string;
}

const kebab = (id: string): string => id.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/**
 * Plug-ins by id, from what `import.meta.glob(['../*.ts', '!./registry.ts'], { eager: true, import: 'default' })` finds in a folder.
 * `first` lists ids that come before the rest, which follow alphabetically.
 *
 * @throws {Error} if a file has no default export, or its name is not the id in kebab-case
 */
export const registryOf = <T extends Identified>(
  modules: Readonly<Record<string, unknown>>,
  first: readonly string[] = [],
): ReadonlyMap<string, T> => {
  const plugins = Object.entries(modules).map(([file, value]) => {
    const plugin = value as T | undefined;
    const name = file.replace(/^.*\//, '').replace(/\.ts$/, '');
    if (!plugin || kebab(plugin.id) !== name) {
      throw new Error(`${file}: the default export's id must be the file's name, found ${plugin?.id ?? 'nothing'}`);
    }
    return plugin;
  });
  const rank = (id: string) => (first.includes(id) ? first.indexOf(id) : first.length);
  plugins.sort((a, b) => rank(a.id) - rank(b.id) || (a.id < b.id ? -1 : 1));
  return new Map(plugins.map((plugin) => [plugin.id, plugin]));
};
