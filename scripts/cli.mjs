// npm run simulate (and the other commands of src/cli/main.ts): installs what is missing, bundles the command line
// when its sources are newer than the bundle, and runs it. Only the command itself writes to stdout.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureNode, Fault, isFresh, main, root } from './ensure.mjs';

const bundle = 'dist-cli/main.mjs';
const sources = ['src', 'seeds', 'vite.cli.config.ts', 'package-lock.json'];

/** Installs the packages in a process of its own, whose stdout is this one's stderr. */
const install = () => {
  const code = "import { ensureInstalled, main } from './scripts/ensure.mjs'; await main(ensureInstalled);";
  const { status } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Fault('The packages could not be installed: the message is above.');
};

const bundleCommandLine = async () => {
  const { build } = await import('vite');
  const configFile = join(root, 'vite.cli.config.ts');
  await build({ root, configFile, logLevel: 'error' });
};

// Exit codes are the command's own; whatever goes wrong before it can begin is an internal error.
let code = 3;
await main(async () => {
  ensureNode();
  install();
  if (!isFresh(bundle, sources)) await bundleCommandLine();
  const commandLine = await import(pathToFileURL(join(root, bundle)).href);
  code = await commandLine.main(process.argv.slice(2));
});
process.exitCode = code;
