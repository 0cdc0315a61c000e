import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Results } from '../../src/scenario/format/results.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'unlearn-lab-'));

const cli = (...argv: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/cli.mjs', 'simulate', ...argv], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};

const small = {
  version: 1,
  data: { params: { classes: 3, perClass: 20 } },
  model: { hidden: [4] },
  training: { steps: 20 },
  runs: [{ method: 'npo', steps: 4, sweep: { 'params.beta': [0.1, 1] } }],
  seeds: [0, 1],
  evaluate: { every: 2 },
  claims: [{ text: 'never', run: 'NPO', metric: 'forgetAccuracy', is: '>', value: 2 }],
};

describe('npm run simulate', () => {
  let path = '';
  beforeAll(() => {
    path = file('small.json', small);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('computes a file with the real engine and writes nothing but the results to stdout', () => {
    const out = join(folder, 'r.json');
    const { status, stdout } = cli(path, '--format', 'json', '--out', out, '--quiet');
    expect(status).toBe(0);
    const results = JSON.parse(stdout) as Results;
    expect(readFileSync(out, 'utf8')).toBe(stdout);
    expect(results.runs.map(({ name, seed, params, steps }) => [name, seed, params['beta'], steps])).toEqual([
      ['NPO', 0, 0.1, [0, 2, 4]],
      ['NPO', 1, 0.1, [0, 2, 4]],
      ['NPO', 0, 1, [0, 2, 4]],
      ['NPO', 1, 1, [0, 2, 4]],
    ]);
    for (const { metrics } of results.runs) expect(metrics['forgetAccuracy']).toHaveLength(3);
    expect(results.retrained).toHaveLength(2);
    expect(results.checksum).toBe((JSON.parse(cli(path, '--format', 'json').stdout) as Results).checksum);
  });

  it('writes a run as a PyTorch script, and says why where it cannot', () => {
    const { status, stdout } = cli(path, '--pytorch', 'NPO β=1', '--quiet');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^"""NPO β=1 of '', seed 0, in PyTorch\./);
    expect(stdout).toContain('BETA = 1  # How early it lets go');
    expect(stdout).toMatch(/checksum [0-9a-f]{8}/);

    const { stderr: unknown, status: second } = cli(path, '--pytorch', 'GA');
    expect(unknown).toContain('--pytorch: expected a run of the scenario (NPO β=0.1, NPO β=1), found "GA"');
    expect(second).toBe(2);
    const sisa = file('sisa.json', { ...small, runs: [{ name: 'SISA', method: 'sisa' }], claims: [] });
    expect(cli(sisa, '--pytorch', 'SISA').stderr).toContain(
      '--pytorch: SISA: this method works with more than the network itself',
    );
  });

  it('ends with the exit codes that scripts rely on', () => {
    expect(cli(path, '--check').status).toBe(1);
    const impossible = { ...small, forget: { kind: 'region', disc: { center: [900, 900], radius: 1 } } };
    const empty = cli(file('empty.json', impossible));
    expect(empty).toMatchObject({ status: 2, stdout: '' });
    expect(empty.stderr).toContain('/forget: expected at least one training point to forget');
    const invalid = cli(file('invalid.json', { ...small, seeds: ['x'] }));
    expect(invalid).toMatchObject({ status: 2, stdout: '' });
    expect(invalid.stderr).toContain('/seeds/0: expected a whole number from 0 on, found "x"');
  });
});
