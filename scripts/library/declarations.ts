import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type Plugin, parseSync } from 'vite';

const root = join(import.meta.dirname, '../..');
/** The entries of the package with their types, each with the report that a test compares. */
const ENTRIES = [
  { file: 'unlearn-lab.d.ts', source: 'src/library/unlearn-lab.ts', report: 'docs/library/api.d.ts' },
  {
    file: 'unlearn-lab-element.d.ts',
    source: 'src/element/unlearn-lab-element.ts',
    report: 'docs/library/element.d.ts',
  },
] as const;
/** What the package's types say of tensors, in place of the tensor library's own types. */
const TENSORS = join(import.meta.dirname, 'tensors.d.ts');
/** The modules that have them as a namespace. */
const IS_TENSORS = /^src\/(engine\/base\/tf|library\/tensors)\.d\.ts$/;

const headerOf = (source: string): string =>
  `// Types of the package unlearn-lab. Written by \`npm run library -- --report\` from ${source}: do not edit.\n`;

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

/** A name in a module: declared there, or taken from another one ('*' for all of it). */
type Origin = { readonly text: string; readonly node: Node } | { readonly from: string; readonly name: string };

interface Module {
  readonly text: string;
  readonly names: ReadonlyMap<string, Origin>;
  readonly exports: ReadonlyMap<string, string>;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

/** Every identifier below a node that can name something outside it. */
const identifiersIn = (node: Node, found: Set<string> = new Set()): Set<string> => {
  if (node.type === 'Identifier') found.add(String(node['name']));
  for (const [field, value] of Object.entries(node)) {
    // A property's name and what stands to the right of a dot name nothing here.
    if ((field === 'key' && node['computed'] !== true) || field === 'right') continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) identifiersIn(child, found);
  }
  return found;
};

const namesOf = (declaration: Node): readonly string[] =>
  declaration.type === 'VariableDeclaration'
    ? (declaration['declarations'] as readonly Node[]).map((one) => String((one['id'] as Node)['name']))
    : [String((declaration['id'] as Node)['name'])];

/** A declaration with the comment before it, without `export` and `declare`. */
const textOf = (text: string, statement: Node, declaration: Node, docStart: number | undefined): string => {
  const doc = docStart === undefined ? '' : text.slice(docStart, statement.start);
  return doc + text.slice(declaration.start, statement.end).replace(/^declare /, '');
};

const readModule = (folder: string, path: string): Module => {
  const text = readFileSync(join(folder, path), 'utf8');
  const { program, comments, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const names = new Map<string, Origin>();
  const exports = new Map<string, string>();
  const resolve = (request: string): string =>
    request.startsWith('.')
      ? relative(folder, join(folder, dirname(path), request.replace(/\.ts$/, '.d.ts'))).replaceAll('\\', '/')
      : request;
  const docBefore = ({ start }: Node): number | undefined =>
    comments.find((one) => one.value.startsWith('*') && text.slice(one.end, start).trim() === '')?.start;
  for (const statement of program.body as unknown as readonly Node[]) {
    const source = statement['source'] as Node | null | undefined;
    const from = source ? resolve(String(source['value'])) : '';
    const nameAt = (node: unknown): string => String((node as Node)['name'] ?? (node as Node)['value']);
    if (statement.type === 'ImportDeclaration') {
      for (const one of statement['specifiers'] as readonly Node[]) {
        names.set(nameAt(one['local']), { from, name: one['imported'] ? nameAt(one['imported']) : '*' });
      }
    } else if (statement.type === 'ExportAllDeclaration') {
      const name = nameAt(statement['exported']);
      names.set(name, { from, name: '*' });
      exports.set(name, name);
    } else if (statement.type === 'ExportNamedDeclaration' && !statement['declaration']) {
      for (const one of statement['specifiers'] as readonly Node[]) {
        const [local, exported] = [nameAt(one['local']), nameAt(one['exported'])];
        if (source) names.set(`export ${exported}`, { from, name: local });
        exports.set(exported, source ? `export ${exported}` : local);
      }
    } else {
      const isExport = statement.type === 'ExportNamedDeclaration';
      const declaration = (isExport ? statement['declaration'] : statement) as Node;
      for (const name of namesOf(declaration)) {
        names.set(name, { text: textOf(text, statement, declaration, docBefore(statement)), node: declaration });
        if (isExport) exports.set(name, name);
      }
    }
  }
  return { text, names, exports };
};

/** Every declaration that the entry's exports need, each once, in one file; no two may have one name. */
const rolledUp = (folder: string, source: string): string => {
  const entry = source.replace(/ts$/, 'd.ts');
  const modules = new Map<string, Module>();
  const moduleAt = (path: string): Module => {
    const known = modules.get(path) ?? readModule(folder, path);
    modules.set(path, known);
    return known;
  };
  /** Where a name is declared. */
  const homeOf = (path: string, name: string): readonly [path: string, name: string] => {
    if (IS_TENSORS.test(path)) return [path, '*'];
    const origin = moduleAt(path).names.get(name);
    if (!origin || 'node' in origin) return [path, name];
    if (origin.name === '*') return [origin.from, '*'];
    if (!existsSync(join(folder, origin.from))) throw new Error(`${path} takes ${origin.name} from ${origin.from}.`);
    return homeOf(origin.from, moduleAt(origin.from).exports.get(origin.name) ?? origin.name);
  };
  const homes = new Map<string, string>();
  const written: string[] = [];
  const add = (path: string, name: string): void => {
    if (homes.get(name) === path) return;
    const other = homes.get(name);
    if (other) throw new Error(`${other} and ${path} both declare ${name}: give one of them another name.`);
    const origin = moduleAt(path).names.get(name);
    if (!origin || !('node' in origin)) return;
    homes.set(name, path);
    const place = written.push('') - 1;
    const isType = /^TS(Interface|TypeAlias)/.test(origin.node.type);
    written[place] = isType ? origin.text : origin.text.replace(/(^|\*\/\s*)(?=[a-z])/, '$1declare ');
    for (const used of [...identifiersIn(origin.node)].filter((one) => one !== name)) {
      if (!moduleAt(path).names.has(used)) continue;
      const [home, own] = homeOf(path, used);
      if (own === '*' && !IS_TENSORS.test(home)) throw new Error(`${path} uses ${home} as a namespace.`);
      if (own === '*') continue;
      if (own !== used) throw new Error(`${path} calls ${own} by another name, ${used}.`);
      add(home, own);
    }
  };
  const exported: string[] = [];
  for (const [name, local] of moduleAt(entry).exports) {
    const [path, own] = homeOf(entry, local);
    exported.push(own === '*' || own === name ? name : `${own} as ${name}`);
    if (own !== '*') add(path, own);
  }
  const tensors = !exported.includes('tf') ? '' : readFileSync(TENSORS, 'utf8').replace(/^[\s\S]*?(?=\/\*\*)/, '');
  return `${[headerOf(source), tensors, ...written]
    .filter(Boolean)
    .map((part) => `${part.trim()}\n`)
    .join('\n')}\nexport { ${exported.sort().join(', ')} };\n`;
};

/**
 * The types of each entry of the package in one file, without those of the tensor library: what the compiler says of the entry, and
 * all that this needs.
 *
 * @throws {Error} if the compiler finds a fault, or two types have one name
 */
export const rollUpDeclarations = (): readonly {
  readonly file: string;
  readonly report: string;
  readonly text: string;
}[] => {
  const folder = mkdtempSync(join(tmpdir(), 'unlearn-lab-types-'));
  try {
    const compiler = join(root, 'node_modules/.bin/tsc');
    const args = ['-p', join(root, 'tsconfig.library.json'), '--outDir', folder];
    const { status, stdout } = spawnSync(compiler, args, {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    if (status !== 0) throw new Error(`The types of the package could not be written:\n${stdout}`);
    return ENTRIES.map(({ source, ...entry }) => ({ ...entry, text: rolledUp(folder, source) }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Puts the types beside the modules. */
export const declarations = (): Plugin => ({
  name: 'unlearn-lab:declarations',
  generateBundle() {
    for (const { file, text } of rollUpDeclarations()) this.emitFile({ type: 'asset', fileName: file, source: text });
  },
});
