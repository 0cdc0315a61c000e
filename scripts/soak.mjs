// npm run soak: experiments in a row, in Node (src/cli/soak.ts) or, with --page, in a tab of a real browser.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureNode, main, root } from './ensure.mjs';
import { soakPage } from './soak-page.mjs';

await main(async () => {
  ensureNode();
  const argv = process.argv.slice(2);
  if (argv.includes('--page') && !argv.includes('--help')) return soakPage(argv);
  const command = ['--expose-gc', join(root, 'scripts/cli.mjs'), 'soak', ...argv];
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 3;
});
