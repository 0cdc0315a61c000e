// npm start: installs and builds what is missing, then serves the page.
//   npm start -- --port 8080 --host 0.0.0.0      (or PORT=8080 npm start)
import { ensureBuilt, ensureInstalled, ensureNode, Fault, main, root } from './ensure.mjs';
import { onlyDist } from './only-dist.mjs';
import { HEADERS } from './policy.mjs';

const USAGE = 'Usage: npm start -- [--port NUMBER] [--host ADDRESS]';

const readOptions = (args) => {
  const options = { port: process.env.PORT, host: 'localhost' };
  for (let i = 0; i < args.length; i++) {
    const [, name, inline] = /^--(port|host)(?:=(.*))?$/.exec(args[i]) || [];
    const value = inline === undefined ? args[++i] : inline;
    if (!name || !value) throw new Fault(`Not understood: ${args.join(' ')}\n${USAGE}`);
    options[name] = value;
  }
  const port = options.port === undefined || options.port === '' ? 4173 : Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Fault(`The port must be a whole number from 0 to 65535, found ${options.port}.\n${USAGE}`);
  }
  return { port, host: options.host };
};

const addressesOf = (server) => {
  const { local = [], network = [] } = server.resolvedUrls || {};
  return [...local, ...network];
};

await main(async () => {
  ensureNode();
  const { port, host } = readOptions(process.argv.slice(2));
  await ensureInstalled();
  await ensureBuilt();
  const { preview } = await import('vite');
  const server = await preview({
    root,
    configFile: false,
    base: './',
    logLevel: 'warn',
    plugins: [onlyDist()],
    // A port that is taken is passed over. A host that was asked for may be reached under any name.
    preview: {
      headers: HEADERS,
      port,
      host,
      strictPort: false,
      ...(host === 'localhost' ? {} : { allowedHosts: true }),
    },
  });
  console.log(`\nUnlearn Lab is running:  ${addressesOf(server).join('  ')}\nPress Ctrl-C to stop.`);
  const stop = async () => {
    await server.close();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
});
