import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** One package that the page is built from, as its About dialog lists it. */
interface Entry {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  readonly text: string;
}

interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
}

const LICENSE_FILE = /^(licen[cs]e|copying)(\.(md|txt))?$/i;
const NOTICE_FILE = /^notice(\.(md|txt))?$/i;

/** The package that a module belongs to: the nearest package.json with a name and a version, below node_modules. */
const packageOf = (id: string): string | undefined => {
  const file = id.replace(/^\0/, '').replace(/\?.*$/, '');
  if (!/[\\/]node_modules[\\/]/.test(file)) return undefined;
  for (let folder = dirname(file); folder.includes('node_modules'); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (!existsSync(manifest)) continue;
    const { name, version } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
    if (name && version) return folder;
  }
  return undefined;
};

const standardText = (name: string, license: string | undefined, holder: string): string => {
  const standard = join(import.meta.dirname, 'licenses', `${license}.txt`);
  if (!existsSync(standard)) {
    throw new Error(`${name} has no license file, and scripts/vite/licenses has no text for its license (${license}).`);
  }
  return readFileSync(standard, 'utf8').replace('{author}', holder).trim();
};

/** The license's text: the package's own file, else the standard text of what its manifest names. */
const textOf = (folder: string, { name = '', license, author }: Manifest): string => {
  const files = readdirSync(folder);
  const own = files.filter((file) => LICENSE_FILE.test(file) || NOTICE_FILE.test(file)).sort();
  if (own.some((file) => LICENSE_FILE.test(file))) {
    return own.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  }
  const holder = typeof author === 'string' ? author : (author?.name ?? `the authors of ${name}`);
  return standardText(name, license, holder);
};

const entryOf = (folder: string): Entry => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name = '', version = '', license } = manifest;
  if (!license) throw new Error(`${name} ${version} does not say its license. It cannot be bundled.`);
  return { name, version, license, text: textOf(folder, manifest) };
};

/** What the makers of a package have compiled into its binaries, of which its manifest says nothing. */
const inside = ({ name, version }: Entry): readonly Entry[] =>
  name !== '@tensorflow/tfjs-backend-wasm'
    ? []
    : [
        { name: 'XNNPACK', license: 'BSD-3-Clause', holder: 'Facebook, Inc. and its affiliates; 2019 Google LLC' },
        { name: 'Emscripten', license: 'MIT', holder: '2010-2014 Emscripten authors' },
      ].map(({ name: part, license, holder }) => ({
        name: part,
        version: `(in ${name} ${version})`,
        license,
        text: standardText(part, license, holder),
      }));

/**
 * Writes licenses.json: every package of which code or a file went into the page or its workers, with the text of its
 * license. A package without a license stops the build. `collect` goes among the plugins of the workers.
 */
export const licenses = (): { readonly page: Plugin; readonly collect: Plugin } => {
  const folders = new Set<string>();
  let root = '';
  const add = (id: string): void => {
    const folder = packageOf(id);
    if (folder) folders.add(folder);
  };
  /** Modules that left something in a chunk; an asset's module leaves only its address there. */
  const collect: Plugin = {
    name: 'unlearn-lab:licenses-of-worker',
    generateBundle: (_, bundle) => {
      for (const output of Object.values(bundle)) {
        if (output.type === 'chunk') for (const id of output.moduleIds) add(id);
        else for (const file of output.originalFileNames) add(join(root, file));
      }
    },
  };
  const page: Plugin = {
    ...collect,
    name: 'unlearn-lab:licenses',
    apply: 'build',
    configResolved: (config) => {
      root = config.root;
    },
    generateBundle(options, bundle, isWrite) {
      (collect.generateBundle as (...args: unknown[]) => void).call(this, options, bundle, isWrite);
      const packages = [...folders].map(entryOf);
      const entries = packages.flatMap((entry) => [entry, ...inside(entry)]).sort((a, b) => (a.name < b.name ? -1 : 1));
      this.emitFile({ type: 'asset', fileName: 'licenses.json', source: `${JSON.stringify(entries, null, 1)}\n` });
    },
  };
  return { page, collect };
};
