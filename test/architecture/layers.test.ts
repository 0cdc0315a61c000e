import { describe, expect, it } from 'vitest';
import { type Import, type Source, sourcesBelow } from './sources.ts';

const sources = sourcesBelow('src');
const byPath = new Map(sources.map((source) => [source.path, source]));
const starts = (...prefixes: readonly string[]) => prefixes.map((prefix) => `src/${prefix}`);

/** A layer: its files, and what they may import. The first rule that fits a file counts. */
interface Layer {
  readonly files: RegExp;
  /** Beginnings of paths that may be imported. */
  readonly may: readonly string[];
  /** Of those in addition: only their types. */
  readonly mayType?: readonly string[];
  readonly advice: string;
}

const familyFolders = [
  ...new Set(sources.flatMap(({ path }) => /^src\/families\/([^/]+)\//.exec(path)?.[1] ?? [])),
].filter((name) => name !== 'shared');

const LAYERS: readonly Layer[] = [
  {
    files: /^src\/engine\//,
    may: starts('engine/'),
    advice: 'The engine stands alone: move what it needs into src/engine, or hand it in as an argument.',
  },
  ...['methods', 'retain', 'masks', 'wrappers', 'metrics', 'attacks', 'selectors', 'data'].map((kind) => ({
    files: new RegExp(`^src/${kind}/`),
    may: starts('engine/', `${kind}/shared/`),
    advice: `A plug-in knows the engine and src/${kind}/shared; what kinds of plug-ins share moves into src/engine.`,
  })),
  {
    files: /^src\/scenario\//,
    may: starts('scenario/', 'engine/'),
    advice: 'Scenarios know themselves and the engine; the catalogue of plug-ins comes as an argument.',
  },
  {
    files: /^src\/families\/[^/]+\.ts$/,
    may: starts('families/', 'scenario/', 'engine/'),
    advice: 'What a family is knows scenarios and the engine; only the registry may import the first family.',
  },
  {
    files: /^src\/families\/shared\//,
    may: starts('families/family.ts', 'families/shared/', 'scenario/', 'engine/'),
    advice: 'What families share names none of them.',
  },
  ...familyFolders.map((id) => ({
    files: new RegExp(`^src/families/${id}/`),
    may: starts(
      ...['families/family.ts', 'families/shared/', `families/${id}/`, 'scenario/', 'engine/'],
      ...['methods', 'metrics', 'attacks', 'selectors', 'data'].map((kind) => `${kind}/registry.ts`),
    ),
    advice:
      'A family knows its own folder, what families share, registries, scenarios and the engine; no other family.',
  })),
  {
    files: /^src\/sim\/catalogue\.ts$/,
    may: starts(
      'sim/',
      'scenario/',
      'engine/',
      ...['methods', 'retain', 'masks', 'wrappers', 'metrics', 'attacks', 'selectors', 'data'].map(
        (f) => `${f}/registry.ts`,
      ),
      ...['families/registry.ts', 'families/family.ts'],
    ),
    advice: 'The catalogue reads the registries, not single plug-ins.',
  },
  {
    files: /^src\/sim\//,
    may: starts('sim/', 'scenario/', 'engine/', 'families/family.ts', 'families/shared/'),
    advice: 'Only src/sim/catalogue.ts may import the registries; elsewhere the catalogue is an argument.',
  },
  {
    files: /^src\/worker\//,
    may: starts('worker/', 'sim/', 'scenario/', 'engine/'),
    mayType: starts('families/'),
    advice: 'The worker drives the simulation; it knows nothing of the store and the page.',
  },
  {
    files: /^src\/cli\/fuzz\//,
    may: starts(
      'cli/',
      'sim/',
      'scenario/',
      'engine/',
      'browser/slots.ts',
      'store/contracts/',
      'store/draft/',
      'store/lesson/',
    ),
    advice: 'The fuzzer reads foreign input with every reader that there is, also with those of the page’s storage.',
  },
  {
    files: /^src\/cli\//,
    may: starts('cli/', 'sim/', 'scenario/', 'engine/', 'families/'),
    advice: 'The command line drives the simulation; it knows nothing of the worker, the store and the page.',
  },
  {
    files: /^src\/library\//,
    may: starts('library/', 'sim/', 'scenario/', 'engine/'),
    advice: 'The package is the simulation for other programs; it knows nothing of workers, the store and the page.',
  },
  {
    files: /^src\/element\//,
    may: starts('element/', 'scenario/links/embed.ts'),
    mayType: starts('store/'),
    advice: 'The element is a few kilobytes in a page of somebody else: it knows messages, and only types of the rest.',
  },
  {
    files: /^src\/store\//,
    may: starts(
      'store/',
      'scenario/',
      'sim/events.ts',
      'sim/collected.ts',
      'sim/collector.ts',
      'sim/tournament/',
      'worker/protocol.ts',
      'engine/base/schema.ts',
      'engine/base/errors.ts',
      'engine/base/random.ts',
      'engine/base/statistics.ts',
      'families/points/shown.ts',
    ),
    mayType: starts('engine/', 'families/'),
    advice:
      'The store knows events, scenarios, the protocol, parameter schemas, errors, and only types of the rest of the engine.',
  },
  {
    files: /^src\/ui\//,
    may: starts(
      ...[
        'ui/',
        'store/',
        'scenario/',
        'sim/collector.ts',
        'sim/tournament/',
        'engine/base/errors.ts',
        'engine/base/schema.ts',
      ],
      'engine/base/attack-statistics.ts',
      'families/text/shown.ts',
    ),
    mayType: starts('engine/', 'sim/events.ts', 'families/'),
    advice:
      'The page knows the store, scenarios, errors, schemas, what a threshold does to scores, and only types of the rest of the engine; put what it needs into the store.',
  },
  {
    files: /^src\/browser\//,
    may: starts('browser/'),
    mayType: starts('store/'),
    advice: 'What stands for a browser’s services knows only the types that the store asks for.',
  },
  {
    files: /^src\/main\.tsx$/,
    may: starts('ui/', 'store/', 'browser/', 'scenario/', 'worker/'),
    advice: 'main.tsx wires the worker, the store and the page, and does nothing else.',
  },
];

const layerOf = (path: string): Layer | undefined => LAYERS.find(({ files }) => files.test(path));
const isIn = (prefixes: readonly string[] | undefined, target: string): boolean =>
  (prefixes ?? []).some((prefix) => target.startsWith(prefix));
const isAllowed = (layer: Layer, { target, isType }: Import): boolean =>
  !target.startsWith('src/') || isIn(layer.may, target) || (isType && isIn(layer.mayType, target));

/** Every file that loads when `entry` loads, by the chain of imports that brings it in. */
const loadedBy = (entry: string): ReadonlyMap<string, readonly string[]> => {
  const chains = new Map<string, readonly string[]>([[entry, [entry]]]);
  for (const [path, chain] of chains) {
    for (const { target, isType, isLazy } of byPath.get(path)?.imports ?? []) {
      if (!isType && !isLazy && !chains.has(target)) chains.set(target, [...chain, target]);
    }
  }
  return chains;
};

const packagesOf = (source: Source): readonly string[] =>
  source.imports.map(({ target }) => target).filter((target) => !target.startsWith('src/'));

describe('the layers of src', () => {
  it('are the folders that exist', () => {
    const strays = sources.filter(({ path }) => !layerOf(path)).map(({ path }) => path);
    expect(strays, 'Put the file into a folder that has a layer, or give its folder one in this test.').toEqual([]);
  });

  it('import downwards only', () => {
    const faults = sources.flatMap((source) => {
      const layer = layerOf(source.path);
      return source.imports
        .filter((found) => layer && !isAllowed(layer, found))
        .map(({ target, isType }) => `${source.path} imports ${isType ? 'a type of ' : ''}${target}. ${layer?.advice}`);
    });
    expect(faults).toEqual([]);
  });

  it('resolve every import', () => {
    const missing = sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => /^src\/.*\.tsx?$/.test(target) && !byPath.has(target))
        .map(({ target }) => `${path} imports ${target}, which does not exist. Mend the path.`),
    );
    expect(missing).toEqual([]);
  });

  it('name the tensor library in engine/base/tf.ts only', () => {
    const faults = sources
      .filter(({ path }) => path !== 'src/engine/base/tf.ts')
      .flatMap((source) =>
        packagesOf(source)
          .filter((name) => name.startsWith('@tensorflow/') && !name.endsWith('.wasm'))
          .map((name) => `${source.path} imports ${name}. Import * as tf from src/engine/base/tf.ts.`),
      );
    expect(faults).toEqual([]);
  });

  it('keep React in the page', () => {
    const faults = sources
      .filter(({ path }) => !/^src\/(ui\/|main\.tsx)/.test(path))
      .flatMap((source) =>
        packagesOf(source)
          .filter((name) => /^(react|react-dom|recharts)(\/|$)/.test(name))
          .map((name) => `${source.path} imports ${name}. Only src/ui and main.tsx may.`),
      );
    expect(faults).toEqual([]);
  });

  it('keep Node out of everything but the command line', () => {
    const faults = sources
      .filter(({ path }) => !path.startsWith('src/cli/'))
      .flatMap((source) =>
        packagesOf(source)
          .filter((name) => name.startsWith('node:'))
          .map((name) => `${source.path} imports ${name}. It must run in a browser: hand the value in as an argument.`),
      );
    expect(faults).toEqual([]);
  });

  it('wire the worker, the store and the page in main.tsx only', () => {
    const faults = sources
      .filter(({ path }) => path !== 'src/main.tsx')
      .filter(({ imports }) => imports.some(({ target }) => target === 'src/worker/main.worker.ts'))
      .map(({ path }) => `${path} starts the worker. Do that in src/main.tsx and hand over a Port.`);
    expect(faults).toEqual([]);
  });

  it('load no tensor library with the page', () => {
    const chain = loadedBy('src/main.tsx').get('src/engine/base/tf.ts') ?? [];
    expect(
      chain,
      'Break this chain: import types only, or move the function out of the file that needs tensors.',
    ).toEqual([]);
  });

  it('have no barrels and no default exports but plug-ins', () => {
    const plugin =
      /^src\/(element\/unlearn-lab-widget\.ts$|(methods|retain|masks|metrics|attacks|selectors|data|wrappers)\/|families\/[^/]+\/family\.ts$|scenario\/[^/]+\/[^/]+\.kind\.ts$|ui\/(rooms\/[^/]+\/[^/]+\.section\.tsx|text\/[^/]+\/language\.ts)$)/;
    const faults = sources.flatMap(({ path, imports, exports }) => [
      ...(/\/index\.tsx?$/.test(path) ? [`${path} is a barrel. Import from the file that has the thing.`] : []),
      ...(exports.some(({ name }) => name === 'default') && !plugin.test(path)
        ? [`${path} has a default export. Give it a name.`]
        : []),
      ...imports
        .filter(({ target }) => target.startsWith('src/') && !/\.\w+$/.test(target))
        .map(({ target }) => `${path} imports ${target} without its extension. Add .ts or .tsx.`),
    ]);
    expect(faults).toEqual([]);
  });
});
