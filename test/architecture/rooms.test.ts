import { describe, expect, it } from 'vitest';
import { sourcesBelow } from './sources.ts';

type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Each file with what it imports, types included; what loads later or in another thread is not part of reading it. */
const files: Graph = (() => {
  const sources = sourcesBelow('src');
  const known = new Set(sources.map(({ path }) => path));
  return new Map(
    sources.map(({ path, imports }) => {
      const targets = imports.filter(({ target, isLazy }) => !isLazy && known.has(target));
      return [path, new Set(targets.map(({ target }) => target))];
    }),
  );
})();

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** Each folder with the folders that its own files import from. */
const foldersOf = (graph: Graph): Graph => {
  const folders = new Map<string, Set<string>>();
  for (const [path, targets] of graph) {
    const own = folders.get(folderOf(path)) ?? new Set();
    for (const target of targets) if (folderOf(target) !== folderOf(path)) own.add(folderOf(target));
    folders.set(folderOf(path), own);
  }
  return folders;
};

/** A shortest way along the arrows from a place back to itself; undefined if there is none. */
const circleAt = (graph: Graph, start: string): readonly string[] | undefined => {
  const ways: (readonly string[])[] = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way; way = ways.shift()) {
    for (const target of graph.get(way.at(-1) as string) ?? []) {
      if (target === start) return [...way, start];
      if (seen.has(target)) continue;
      seen.add(target);
      ways.push([...way, target]);
    }
  }
  return undefined;
};

/** Every circle once: of those through the same places only a shortest one. */
const circlesIn = (graph: Graph): readonly string[] => {
  const found = new Map<string, string>();
  for (const start of graph.keys()) {
    const circle = circleAt(graph, start);
    if (circle) found.set([...new Set(circle)].sort().join(), circle.join(' → '));
  }
  return [...found.values()];
};

const without = (graph: Graph, isLeftOut: (place: string) => boolean): Graph =>
  new Map([...graph].filter(([place]) => !isLeftOut(place)));

/** Folders whose files know each other both ways, and why. */
const OPEN_PLAN: readonly { readonly files: RegExp; readonly why: string }[] = [
  { files: /^src\/engine(\/|$)/, why: 'Contracts name optimizers and networks, which keep to contracts.' },
  { files: /^src\/families(\/|$)/, why: 'The contract of a family stands beside the registry that names them.' },
  { files: /^src\/ui(\/|$)/, why: 'Forms, charts and panels hand each other fields, markers and looks.' },
];

describe('imports', () => {
  it('make no circle, types included: every file can be read after those that it needs', () => {
    expect(
      circlesIn(files),
      'Move what both sides need into a file of its own (store/contracts holds such), and import that.',
    ).toEqual([]);
  });

  it('go one way between folders: what is lower does not know what is higher', () => {
    const isOpen = (path: string): boolean => OPEN_PLAN.some((plan) => plan.files.test(path));
    expect(
      circlesIn(foldersOf(without(files, isOpen))),
      'Move the file to where it is needed first, or what it needs into the lower folder.',
    ).toEqual([]);
  });

  it.each(OPEN_PLAN)('still need the exception for $files', ({ files: exempt }) => {
    const kept = without(files, (path) => !exempt.test(path));
    expect(circlesIn(foldersOf(kept))).not.toEqual([]);
  });

  it('that make a circle are found, and the shortest way round is told', () => {
    const graph: Graph = new Map([
      ['a/x.ts', new Set(['b/y.ts', 'a/z.ts'])],
      ['a/z.ts', new Set(['b/y.ts'])],
      ['b/y.ts', new Set(['a/x.ts'])],
      ['c/w.ts', new Set(['a/x.ts'])],
    ]);
    expect(circlesIn(graph)).toEqual(['b/y.ts → a/x.ts → b/y.ts', 'a/z.ts → b/y.ts → a/x.ts → a/z.ts']);
    expect(circlesIn(foldersOf(graph))).toEqual(['b → a → b']);
  });
});
