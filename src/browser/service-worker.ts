/**
 * Keeps the page independent of the network and of what is deployed next. It holds one version of the page, whole and
 * checked against checksums, and answers from it; a newer version waits until the reader asks for it or the last tab
 * is closed. `scripts/vite/offline.ts` compiles this file and writes the constants above it. Decision record 0010.
 */
declare const FILES: Readonly<Record<string, string>>;
declare const VERSION: string;
declare const POLICY: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const { scope } = worker.registration;

/** Other pages of the same origin have caches of their own: only names that begin like this are ours. */
const PREFIX = `unlearn-lab ${scope} `;
const CACHE = PREFIX + VERSION;
const PAGE = 'index.html';
/** Where a version's checksums stand in its cache: the next one needs them for tabs that are still open. */
const CHECKSUMS = `${scope}?checksums`;

/** Some hosts redirect from index.html to its folder, so the folder is asked for. */
const addressOf = (file: string): string => new URL(file === PAGE ? './' : file, scope).href;

/** The file with the policy in its headers: a worker of the page obeys its own headers only, not the page's <meta>. */
const guarded = async (response: Response): Promise<Response> => {
  const headers = new Headers(response.headers);
  headers.set('Content-Security-Policy', POLICY);
  // What was compressed on the way is not any more.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  return new Response(await response.blob(), { headers });
};

const isNamedByContent = (file: string): boolean => file.startsWith('assets/');

const digestOf = async (response: Response): Promise<string> => {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await response.clone().arrayBuffer()));
  return `sha256-${btoa(String.fromCharCode(...hash))}`;
};

/** What a cache of ours holds under an address, if it is what the checksum says: every page of the origin writes there. */
const read = async (name: string, address: string, integrity: string | undefined): Promise<Response | undefined> => {
  if (integrity === undefined || !(await caches.has(name))) return undefined;
  const found = await (await caches.open(name)).match(address);
  return found && (await digestOf(found)) === integrity ? guarded(found) : undefined;
};

const ownCaches = async (): Promise<readonly string[]> =>
  (await caches.keys()).filter((name) => name.startsWith(PREFIX));

const readAny = async (address: string, integrity: string): Promise<Response | undefined> => {
  for (const name of await ownCaches()) {
    const found = await read(name, address, integrity);
    if (found) return found;
  }
  return undefined;
};

/** Caches one file, or fails: a half-deployed version or a login page in its place is never kept. */
const keep = async (cache: Cache, file: string, integrity: string): Promise<void> => {
  const address = addressOf(file);
  const known = isNamedByContent(file) ? await readAny(address, integrity) : undefined;
  const response = known ?? (await fetch(address, { integrity, cache: 'no-cache' }));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  await cache.put(address, await guarded(response));
};

const install = async (): Promise<void> => {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.entries(FILES).map(([file, integrity]) => keep(cache, file, integrity)));
    await cache.put(CHECKSUMS, Response.json(FILES));
  } catch (thrown) {
    await caches.delete(CACHE);
    throw thrown;
  }
};

/** Forgets the files of older versions once no tab can ask for them. */
const prune = async (): Promise<void> => {
  const { installing, waiting } = worker.registration;
  if (installing || waiting) return;
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (tabs.some(({ url }) => url.startsWith(scope))) return;
  const names = await ownCaches();
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
};

/** A file of an older version whose tab is still open. */
const readOlder = async (file: string): Promise<Response | undefined> => {
  for (const name of await ownCaches()) {
    const list = await (await caches.open(name)).match(CHECKSUMS);
    const checksums: unknown = await list?.json().catch(() => undefined);
    const integrity = Object(checksums)[file];
    const found = await read(name, addressOf(file), typeof integrity === 'string' ? integrity : undefined);
    if (found) return found;
  }
  return undefined;
};

/** What the network says; kept in place of what was lost or is not what it was, if it is of this version. */
const fetchAgain = async (request: Request, file: string): Promise<Response> => {
  const response = await fetch(request);
  if (response.ok && (await digestOf(response)) === FILES[file]) {
    const copy = response.clone();
    await caches
      .open(CACHE)
      .then(async (cache) => cache.put(addressOf(file), await guarded(copy)))
      .catch(() => undefined);
  }
  return response;
};

/** This version's file; else that of an older version whose tab is still open; else what the network says. */
const answer = async (request: Request, file: string): Promise<Response> => {
  if (!Object.hasOwn(FILES, file)) return (await readOlder(file)) ?? fetch(request);
  return (await read(CACHE, addressOf(file), FILES[file])) ?? fetchAgain(request, file);
};

worker.addEventListener('install', (event) => event.waitUntil(install()));

worker.addEventListener('activate', (event) => event.waitUntil(Promise.all([worker.clients.claim(), prune()])));

worker.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void worker.skipWaiting();
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const path = url.origin + url.pathname;
  if (request.method !== 'GET' || !path.startsWith(scope)) return;
  const name = path.slice(scope.length);
  // A link whose '#' came as '%23': the page knows what to make of it.
  const file = name === '' || (request.mode === 'navigate' && name.startsWith('%23')) ? PAGE : name;
  if (request.mode === 'navigate') {
    if (file !== PAGE) return;
    event.waitUntil(prune());
  }
  if (Object.hasOwn(FILES, file) || isNamedByContent(file)) event.respondWith(answer(request, file));
});

export {};
