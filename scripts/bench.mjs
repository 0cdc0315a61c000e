// npm run bench: the engine against its peers (src/cli/bench), and with --page the built page in a real browser
// (bench-page.mjs). npm run bench -- --help says more.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { benchPage } from './bench-page.mjs';
import { ensureNode, main, root } from './ensure.mjs';

await main(async () => {
  ensureNode();
  const argv = process.argv.slice(2);
  if (argv.includes('--page') && !argv.includes('--help')) return benchPage(argv);
  const command = [join(root, 'scripts/cli.mjs'), 'bench', ...argv];
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 3;
});
