import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../architecture/sources.ts';

/** What a child must not take over from the test runner. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(VITEST|VITE_|NODE_ENV|NODE_OPTIONS|TEST|MODE|npm_)/.test(name)),
);

/** What a clone holds of the project. */
const CLONED = /^(src|seeds|scripts|docs|public|test|[\w.-]+\.(json|ts|md|html)|LICENSE|\.npmrc)$/;

/** Runs a program; its output. @throws {Error} with what it said, if it fails */
export const run = (cwd: string, command: string, args: readonly string[]): string => {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd,
    env: environment,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${error?.message ?? ''}\n${stdout}\n${stderr}`);
  return stdout;
};

/**
 * Packs the project as it stands in a copy without any build, and installs the result into an empty project: offline, and without
 * running anything. Nothing is published.
 */
export const packAndInstall = (): { readonly project: string; readonly remove: () => void } => {
  const folder = mkdtempSync(join(tmpdir(), 'unlearn-lab-packed-'));
  const [clone, project] = [join(folder, 'clone'), join(folder, 'project')];
  mkdirSync(clone);
  mkdirSync(project);
  for (const name of readdirSync(root).filter((one) => CLONED.test(one))) {
    cpSync(join(root, name), join(clone, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'), 'junction');
  run(clone, 'npm', ['pack', '--pack-destination', folder]);
  const archives = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const quietly = ['--ignore-scripts', '--offline', '--no-audit', '--no-fund'];
  run(project, 'npm', ['install', ...archives.map((name) => join(folder, name)), ...quietly]);
  return { project, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
