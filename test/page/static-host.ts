import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
};

/** The plainest of static hosts: files of a folder below a path, no headers but the type, 404.html for others. The folder can be changed. */
export const startHost = async (path: string, first: string) => {
  let folder = first;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const inside = normalize(decodeURIComponent(pathname.slice(path.length))) || '.';
    const found = join(folder, inside === '.' || inside === '/' ? 'index.html' : inside);
    if (!pathname.startsWith(path) || inside.startsWith('..') || !existsSync(found) || !statSync(found).isFile()) {
      const page = join(folder, '404.html');
      response.writeHead(404, { 'Content-Type': 'text/html; charset=utf-8' });
      response.end(existsSync(page) ? readFileSync(page) : 'Not found');
      return;
    }
    response.writeHead(200, { 'Content-Type': TYPES[extname(found)] ?? 'application/octet-stream' });
    createReadStream(found).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    /** A new version is deployed: the old files are gone. */
    deploy: (next: string) => {
      folder = next;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
