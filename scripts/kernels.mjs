// Compiles src/engine/kernels/assembly to WebAssembly and writes it, as text, to src/engine/kernels/wasm.ts.
// Run it after a change there: node scripts/kernels.mjs. A test compiles again and compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const source = 'src/engine/kernels/assembly/index.ts';
const target = 'src/engine/kernels/wasm.ts';

/** Speed over size, SIMD, no run-time library, no shared memory; nothing that depends on the machine. */
const options = [
  '--optimizeLevel',
  '3',
  '--shrinkLevel',
  '0',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--initialMemory',
  '16',
  '--memoryBase',
  '16',
];
const features = ['--enable', 'simd', '--enable', 'bulk-memory', '--disable', 'threads'];

/** The compiler's programming interface, or undefined where it is not installed. */
export const findCompiler = () => {
  try {
    const script = createRequire(import.meta.url).resolve('assemblyscript/bin/asc.js');
    return pathToFileURL(join(dirname(script), '../dist/asc.js')).href;
  } catch {
    return undefined;
  }
};

/** The generated file's text. */
export const compileKernels = async () => {
  const compiler = findCompiler();
  if (!compiler) throw new Error('The package assemblyscript is not installed: npm install.');
  const { main } = await import(compiler);
  let binary;
  const { error, stderr } = await main([source, '--baseDir', root, '--outFile', 'out.wasm', ...options, ...features], {
    readFile: (name, base) => {
      try {
        return readFileSync(join(base, name), 'utf8');
      } catch {
        return null; // the compiler tries several names
      }
    },
    writeFile: (name, contents) => {
      if (name.endsWith('.wasm')) binary = Buffer.from(contents);
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${error.message}\n${stderr.toString()}`);
  return [
    '// Written by scripts/kernels.mjs from the files in assembly/. Do not edit.',
    `export const kernelsBase64 =\n  '${binary.toString('base64')}';`,
    '',
  ].join('\n');
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await compileKernels();
  writeFileSync(join(root, target), text);
  console.log(`${target}: ${Math.round((text.length * 3) / 4)} bytes of WebAssembly`);
}
