import { describe, expect, it } from 'vitest';
import { sourcesBelow } from './sources.ts';

/** Files that are run, not imported; and plug-ins, which their registry finds. */
const ENTRY =
  /^src\/(main\.tsx|browser\/service-worker\.ts|worker\/(main|reader)\.worker\.ts|cli\/main\.ts|library\/unlearn-lab\.ts|element\/unlearn-lab-(element|widget)\.ts)$/;
const PLUGIN =
  /^src\/((methods|retain|masks|wrappers|metrics|attacks|selectors|data)\/[^/]+\.ts|scenario\/[^/]+\/[^/]+\.kind\.ts|ui\/(rooms\/[^/]+\/[^/]+\.section\.tsx|text\/[^/]+\/language\.ts))$/;
/** What a family's registries find by its name. */
const NAMED =
  /^src\/families\/[^/]+\/(family\.ts#default|info\.ts#info)$|^src\/ui\/pictures\/[^/]+\/picture\.tsx#picture$/;

/** Names that two files still give to types of their own. */
const TWICE: ReadonlySet<string> = new Set(['LaneRows']);

describe('exports', () => {
  it('are imported by something', () => {
    const sources = sourcesBelow('src');
    const taken = new Set(
      [...sources, ...sourcesBelow('test')].flatMap(({ imports }) =>
        imports.flatMap(({ target, names }) => names.map((name) => `${target}#${name}`)),
      ),
    );
    const isTaken = (path: string, name: string): boolean => taken.has(`${path}#${name}`) || taken.has(`${path}#*`);
    /** A type that stands in what its file exports: part of a signature. */
    const isNamedAgain = (text: string, name: string): boolean => text.split(new RegExp(`\\b${name}\\b`)).length > 2;
    const dead = sources
      .filter(({ path }) => !ENTRY.test(path))
      .flatMap(({ path, text, exports }) =>
        exports
          .filter(({ name }) => !(name === 'default' && PLUGIN.test(path)) && !NAMED.test(`${path}#${name}`))
          .filter(({ name, isType }) => !isTaken(path, name) && !(isType && isNamedAgain(text, name)))
          .map(
            ({ name }) => `${path} exports ${name}, which nothing imports. Drop the word export, or the thing itself.`,
          ),
      );
    expect(dead).toEqual([]);
  });

  it('have one name for one type', () => {
    const homes = new Map<string, string[]>();
    for (const { path, exports } of sourcesBelow('src')) {
      for (const { name, isType } of exports) if (isType) homes.set(name, [...(homes.get(name) ?? []), path]);
    }
    const faults = [...homes]
      .filter(([name, paths]) => paths.length > 1 && !TWICE.has(name))
      .map(([name, paths]) => `${paths.join(' and ')} export a type ${name}. Name one of them after what it is.`);
    expect(faults).toEqual([]);
  });
});
