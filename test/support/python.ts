import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Python programs in the order in which they are tried, as the bench does. */
const PYTHONS = [process.env['BENCH_PYTHON'] ?? '', 'python3', '/usr/bin/python3'].filter((python) => python !== '');

/** The first Python that can import some modules; undefined if none can. */
export const pythonWith = (...modules: readonly string[]): string | undefined =>
  PYTHONS.find((python) => spawnSync(python, ['-c', `import ${['sys', ...modules].join(', ')}`]).status === 0);

const env = { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };

/** A Python program that answers each line that it gets with a line. */
export interface Answering {
  /** @throws {Error} with what it wrote to stderr if it has ended */
  readonly ask: (line: string) => Promise<string>;
  readonly close: () => void;
}

export const startPython = (python: string, args: readonly string[]): Answering => {
  const child = spawn(python, args, { env, stdio: 'pipe' });
  let complaint = '';
  child.stderr.on('data', (text) => {
    complaint += String(text);
  });
  const waiting: { take: (line: string) => void; fail: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.take(line));
  child.once('close', () => {
    for (const { fail } of waiting.splice(0)) fail(new Error(complaint));
  });
  return {
    ask: (line) =>
      new Promise((take, fail) => {
        waiting.push({ take, fail });
        child.stdin.write(`${line}\n`);
      }),
    close: () => child.stdin.end(),
  };
};

/** Runs a Python program to its end. */
export const runPython = (python: string, args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 });
  return { status, stdout, stderr };
};
