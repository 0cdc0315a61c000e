import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const bench = (...argv: readonly string[]) =>
  spawnSync(process.execPath, ['scripts/bench.mjs', ...argv], {
    cwd: join(import.meta.dirname, '../../..'),
    encoding: 'utf8',
  });

describe('npm run bench', () => {
  it('measures with the real engine and writes nothing but JSON to stdout', () => {
    const { status, stdout } = bench('growth', '--quick', '--repeat', '1', '--json');
    expect(status).toBe(0);
    const { ratios, growth, machine } = JSON.parse(stdout) as {
      ratios: Record<string, unknown>;
      growth: Record<string, unknown>;
      machine: Record<string, unknown>;
    };
    expect(new Set(Object.values(ratios))).toEqual(new Set([null]));
    expect(Object.keys(growth)).toEqual(['lanes', 'methods', 'steps', 'rows']);
    for (const exponent of Object.values(growth)) expect(Number.isFinite(exponent)).toBe(true);
    expect(machine['pytorch']).toBe('not asked for');
  });

  it.each([
    [['--fast'], 2, 'unknown option --fast\nTry npm run bench -- --help'],
    [['P9'], 2, 'expected some of P1, P2, P3, numbers, diffusion, lm, comparison, growth, found "P9"'],
    [['--page', '--seeds', '1'], 1, 'Unknown option --seeds. Usage: npm run bench -- --page'],
    [['--page', '--repeat', 'x'], 1, '--repeat: expected a whole number from 1 to 999, found "x"'],
  ])('answers %j with what is wrong', (argv, code, message) => {
    const { status, stdout, stderr } = bench(...argv);
    expect({ status, stdout }).toEqual({ status: code, stdout: '' });
    expect(stderr).toContain(message);
  });
});
