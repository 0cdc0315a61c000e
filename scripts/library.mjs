// npm run library: installs what is missing and builds the core as a package for other programs. `npm pack` does it first.
//   npm run library -- --report     also writes its types down in docs/library, to be read before they are released
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildLibrary, ensureInstalled, ensureNode, Fault, main, root } from './ensure.mjs';

await main(async () => {
  ensureNode();
  await ensureInstalled();
  if ((await buildLibrary()) !== 0) throw new Fault('The library could not be built: the message is above.');
  if (!process.argv.includes('--report')) return;
  for (const [types, report] of [
    ['unlearn-lab', 'api'],
    ['unlearn-lab-element', 'element'],
  ]) {
    copyFileSync(join(root, `dist-library/${types}.d.ts`), join(root, `docs/library/${report}.d.ts`));
  }
});
