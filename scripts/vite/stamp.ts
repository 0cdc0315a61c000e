import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** What is built: its version and, in a clone, the commit ('-dirty' with changes of one's own). For `define` of a build. */
export const stamp = (): Readonly<Record<string, string>> => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const git = ['describe', '--always', '--dirty', '--abbrev=12', '--exclude=*'];
  const { status, stdout } = spawnSync('git', git, { cwd: root, encoding: 'utf8' });
  return {
    'import.meta.env.LAB_VERSION': JSON.stringify(version),
    'import.meta.env.LAB_COMMIT': JSON.stringify(status === 0 ? stdout.trim() : ''),
  };
};
