import { describe, expect, it } from 'vitest';
import { filesBelow, lineOf, type Node, type Source, sourcesBelow, textOf, walk } from './sources.ts';

const MAX_LINES = 400;
/** Of a function, with the functions inside it. */
const MAX_FUNCTION_LINES = 100;

/** Files outside the core: they may read the clock, draw ids, and do arithmetic that nothing depends on. */
const SHELL = /^src\/(ui|store|browser|cli|library|element)\/|^src\/main\.tsx$|^src\/worker\/main\.worker\.ts$/;

/** Files of the core that may use one of the forbidden things all the same, and why. */
const ALLOWED: Readonly<Record<string, { readonly what: RegExp; readonly why: string }>> = {
  'src/worker/life.ts': {
    what: /^crypto\./,
    why: 'The name of a worker’s lock must be no other’s; no number depends on it.',
  },
};

const MATH = /^(random|exp|expm1|log|log1p|log2|log10|pow|a?sin|a?cos|a?tan|atan2|a?sinh|a?cosh|a?tanh|cbrt)$/;

const nameOf = (node: unknown): string | undefined => {
  const { type, name } = (node ?? {}) as Node;
  return type === 'Identifier' ? String(name) : undefined;
};

/** What a node does that differs between machines or from one run to the next. */
const impurity = (node: Node): string | undefined => {
  if (node.type === 'MemberExpression') {
    const path = `${nameOf(node['object']) ?? ''}.${nameOf(node['property']) ?? ''}`;
    if (/^(Date\.now|performance\.now|crypto\.\w+)$/.test(path)) return path;
    if (path.startsWith('Math.') && MATH.test(path.slice(5))) return path;
  }
  if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Date') return 'new Date';
  if (node.type === 'BinaryExpression' && node['operator'] === '**') return '**';
  if (node.type === 'AssignmentExpression' && node['operator'] === '**=') return '**=';
  return undefined;
};

const adviceFor = (what: string): string => {
  if (what === 'Math.random' || what.startsWith('crypto')) return 'Draw from a key with src/engine/base/random.ts';
  if (/^(Math|\*\*)/.test(what)) {
    return 'Its last bit differs between browsers: use src/engine/base/math.ts, or products and Math.sqrt';
  }
  return 'Take the clock as an argument';
};

/** Files with a function that is still longer, and the most lines that it may have: it may shrink, not grow. */
const LONG: Readonly<Record<string, number>> = {
  'src/cli/fuzz/targets.ts': 227,
  'src/engine/kernels/mlp.ts': 133,
  'src/engine/kernels/plan.ts': 118,
  'src/engine/kernels/row-step.ts': 117,
  'src/engine/network/model.ts': 159,
  'src/sim/tournament/tournament.ts': 109,
  'src/store/door.ts': 136,
  'src/ui/csv/CsvDialog.tsx': 131,
  'src/ui/edit/EditorPlane.tsx': 157,
  'src/ui/edit/PointEditor.tsx': 150,
  'src/ui/learn/LessonCard.tsx': 105,
  'src/ui/rooms/attack/Scores.tsx': 112,
  'src/ui/rooms/measure/locality.section.tsx': 107,
  'src/ui/rooms/measure/pull-weights.section.tsx': 111,
  'src/ui/shell/FileMenu.tsx': 146,
};

/** The longest function of a source, with its first line. */
const longestIn = ({ text, tree }: Source): { readonly lines: number; readonly line: number } => {
  let longest = { lines: 0, line: 0 };
  walk(tree, ({ type, start, end }) => {
    if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type)) return;
    const line = lineOf(text, start);
    const lines = lineOf(text, Number(end)) - line + 1;
    if (lines > longest.lines) longest = { lines, line };
  });
  return longest;
};

describe('the source', () => {
  it('computes the same everywhere: no chance, no clock, no platform mathematics in the core', () => {
    const faults: string[] = [];
    for (const { path, text, tree } of sourcesBelow('src').filter((source) => !SHELL.test(source.path))) {
      walk(tree, (node) => {
        const what = impurity(node);
        if (what && !ALLOWED[path]?.what.test(what)) {
          faults.push(`${path}:${lineOf(text, node.start)} uses ${what}. ${adviceFor(what)}.`);
        }
      });
    }
    expect(faults).toEqual([]);
  });

  it('never inserts text as HTML or runs it: what others wrote stays text', () => {
    const html =
      /^(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|srcdoc|srcDoc|createContextualFragment|setHTMLUnsafe|parseFromString|eval)$/;
    const faults = sourcesBelow('src').flatMap(({ path, text, tree }) => {
      const found: string[] = [];
      walk(tree, (node) => {
        const name =
          nameOf(node) ?? (/^(JSXIdentifier|Literal)$/.test(node.type) ? String(node['name'] ?? node['value']) : '');
        const isWrite =
          node.type === 'MemberExpression' &&
          nameOf(node['object']) === 'document' &&
          /^write(ln)?$/.test(nameOf(node['property']) ?? '');
        const isFunction = node.type === 'NewExpression' && nameOf(node['callee']) === 'Function';
        if (!html.test(name) && !isWrite && !isFunction) return;
        found.push(
          `${path}:${lineOf(text, node.start)} uses ${isWrite ? 'document.write' : isFunction ? 'new Function' : name}. Let React write text.`,
        );
      });
      return found;
    });
    expect(faults).toEqual([]);
  });

  it(`has no function above ${MAX_FUNCTION_LINES} lines`, () => {
    const faults = sourcesBelow('src').flatMap((source) => {
      const { lines, line } = longestIn(source);
      const most = LONG[source.path] ?? MAX_FUNCTION_LINES;
      if (lines > most)
        return [`${source.path}:${line} is a function of ${lines} lines. Take parts out that have names.`];
      const isMended = source.path in LONG && lines <= MAX_FUNCTION_LINES;
      return isMended ? [`${source.path} has no long function any more. Take it off the list.`] : [];
    });
    expect(faults).toEqual([]);
  });

  it(`has no file above ${MAX_LINES} lines`, () => {
    const long = filesBelow('src')
      .filter((path) => /\.(tsx?|css)$/.test(path))
      .map((path) => ({ path, lines: textOf(path).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ path, lines }) => `${path} has ${lines} lines. Split it where its parts have names of their own.`);
    expect(long).toEqual([]);
  });
});

const TEXT = /\.(tsx?|mjs|cjs|js|json|css|html|md|yml|yaml|svg|txt)$|(^|\/)(\.\w+|run|LICENSE)$/;
const textFiles = filesBelow('.').filter((path) => TEXT.test(path));

describe('the repository', () => {
  it('names no place on the machine it was written on', () => {
    const place = /(?<![\w.:/-])\/(?:home|root|Users|work)\/[\w.-]+|\b[A-Z]:\\\\?Users\b/;
    const faults = textFiles.flatMap((path) => {
      const found = place.exec(textOf(path));
      return found ? [`${path} names ${found[0]}. Use a path relative to the repository.`] : [];
    });
    expect(faults).toEqual([]);
  });

  it('names no package registry', () => {
    const own = process.env['npm_config_registry']?.replace(/^\w+:\/\/|\/.*$/g, '');
    const hosts = ['registry\\.npmjs', 'registry\\.yarnpkg', ...(own ? [own.replaceAll('.', '\\.')] : [])];
    const host = new RegExp(hosts.join('|'));
    const faults = textFiles
      .filter((path) => host.test(textOf(path)) || /\b_authToken\b/.test(textOf(path)))
      .filter((path) => path !== 'test/architecture/source.test.ts')
      .map((path) => `${path} names a package registry. Leave that to each machine's own npm settings.`);
    expect(faults).toEqual([]);
  });

  it('has a lockfile that says what, not from where', () => {
    const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, object> };
    const faults = Object.entries(packages)
      .filter(([, entry]) => 'resolved' in entry)
      .map(([path]) => `package-lock.json has "resolved" for ${path}. Run npm install with the settings of .npmrc.`);
    expect(faults).toEqual([]);
  });

  it('has a checksum for every package that it installs', () => {
    const { packages } = JSON.parse(textOf('package-lock.json')) as {
      packages: Record<string, { readonly integrity?: string }>;
    };
    const faults = Object.entries(packages)
      .filter(([path, { integrity }]) => path !== '' && !/^sha512-/.test(integrity ?? ''))
      .map(([path]) => `package-lock.json has no sha512 checksum for ${path}. Install it anew from a registry.`);
    expect(faults).toEqual([]);
    expect(Object.keys(packages).length).toBeGreaterThan(100);
  });

  it('pins every dependency exactly', () => {
    const { devDependencies = {} } = JSON.parse(textOf('package.json')) as Record<string, Record<string, string>>;
    const faults = Object.entries(devDependencies)
      .filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
      .map(([name, version]) => `package.json asks for ${name} ${version}. Write an exact version.`);
    expect(faults).toEqual([]);
  });
});
