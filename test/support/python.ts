import { spawnSync } from 'node:child_process';

/** Python programs in the order in which they are tried, as the bench does. */
const PYTHONS = [process.env['BENCH_PYTHON'] ?? '', 'python3', '/usr/bin/python3'].filter((python) => python !== '');

/** The first Python that can import some modules; undefined if none can. */
export const pythonWith = (...modules: readonly string[]): string | undefined =>
  PYTHONS.find((python) => spawnSync(python, ['-c', `import ${['sys', ...modules].join(', ')}`]).status === 0);

/** Runs a Python program to its end. */
export const runPython = (python: string, args: readonly string[]) => {
  const env = { ...process.env, OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1', PYTHONDONTWRITEBYTECODE: '1' };
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8', env, maxBuffer: 64 * 1024 * 1024 });
  return { status, stdout, stderr };
};
