import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'vite';

export const root = join(import.meta.dirname, '../..');

const SKIPPED = /^(node_modules|dist|dist-.*|coverage|test-results|\.git|\.vite)$/;

/** Every file below a folder, as paths from the root with forward slashes; what git ignores is left out. */
export const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => !SKIPPED.test(entry.name))
    .flatMap((entry) => {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(path) : [path];
    })
    .sort();

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** One import of a file, one re-export, one `import()` or one `new URL('./file', import.meta.url)`. */
export interface Import {
  /** A path from the root ('src/engine/base/tf.ts'), or a package ('react'). */
  readonly target: string;
  /** Whether it leaves nothing behind when it is compiled: `import type`, `export type`. */
  readonly isType: boolean;
  /** Whether it loads later, or in another thread. */
  readonly isLazy: boolean;
  /** Exported names it takes; '*' for all of them. */
  readonly names: readonly string[];
}

/** A node of the syntax tree: its kind, where it stands, and fields that depend on the kind. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

export interface Export {
  readonly name: string;
  /** An interface or a type alias. */
  readonly isType: boolean;
}

export interface Comment {
  readonly text: string;
  readonly start: number;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: Node;
  readonly imports: readonly Import[];
  readonly comments: readonly Comment[];
  /** Names it exports itself (not those it passes on), 'default' among them. */
  readonly exports: readonly Export[];
}

const resolve = (from: string, request: string): string => {
  const bare = request.replace(/\?.*$/, '');
  return bare.startsWith('.') ? relative(root, join(root, dirname(from), bare)).replaceAll('\\', '/') : bare;
};

const quoted = (code: string): string | undefined => /^\s*['"`]([^'"`$]+)['"`]\s*$/.exec(code)?.[1];

const readSource = (path: string): Source => {
  const text = textOf(path);
  const { module, program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const statically = module.staticImports.map((found) => ({
    target: resolve(path, found.moduleRequest.value),
    isType: /^import\s+type\b/.test(text.slice(found.start, found.end)),
    isLazy: false,
    names: found.entries.map(({ importName }) =>
      importName.kind === 'Name' ? String(importName.name) : importName.kind === 'Default' ? 'default' : '*',
    ),
  }));
  const passedOn = module.staticExports.flatMap((found) =>
    found.entries
      .filter((entry) => entry.moduleRequest)
      .map((entry) => ({
        target: resolve(path, entry.moduleRequest?.value ?? ''),
        isType: entry.isType || /^export\s+type\b/.test(text.slice(found.start, found.end)),
        isLazy: false,
        names: [entry.importName.kind === 'Name' ? String(entry.importName.name) : '*'],
      })),
  );
  const dynamic = module.dynamicImports
    .map(({ moduleRequest }) => quoted(text.slice(moduleRequest.start, moduleRequest.end)))
    .filter((request) => request !== undefined);
  const addressed = [...text.matchAll(/new URL\(\s*'(\.[^']+\.tsx?)'/g)].map((match) => match[1] as string);
  const lazily = [...dynamic, ...addressed].map((request) => ({
    target: resolve(path, request),
    isType: false,
    isLazy: true,
    names: ['*'],
  }));
  const exports = module.staticExports.flatMap((found) =>
    found.entries
      .filter((entry) => !entry.moduleRequest)
      .map(({ exportName, isType }) => ({
        name: exportName.kind === 'Default' ? 'default' : String(exportName.name),
        isType,
      })),
  );
  return {
    path,
    text,
    tree: program as unknown as Node,
    comments: comments.map(({ value, start }) => ({ text: value, start })),
    imports: [...statically, ...passedOn, ...lazily],
    exports,
  };
};

/** AssemblyScript: it has TypeScript's looks but types, globals and decorators of its own. */
const ASSEMBLY = /^src\/engine\/kernels\/assembly\//;

/** The parsed TypeScript files below a folder. */
export const sourcesBelow = (folder: string): readonly Source[] =>
  filesBelow(folder)
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && !ASSEMBLY.test(path))
    .map(readSource);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Calls `visit` for a node and all below it. */
export const walk = (node: Node, visit: (node: Node) => void): void => {
  visit(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit);
  }
};

export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;
