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

/** Caches one file, or fails: a half-deployed version or a login page in its place is never kept. */
const keep = async (cache: Cache, file: string, integrity: string): Promise<void> => {
  const address = addressOf(file);
  const known = isNamedByContent(file) ? await caches.match(address) : undefined;
  const response = known ?? (await fetch(address, { integrity, cache: 'no-cache' }));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  await cache.put(address, await guarded(response));
};

const install = async (): Promise<void> => {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(Object.entries(FILES).map(([file, integrity]) => keep(cache, file, integrity)));
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
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
};

/** This version's file; else that of an older version whose tab is still open; else what the network says. */
const answer = async (request: Request, file: string): Promise<Response> => {
  const address = addressOf(file);
  const own = await (await caches.open(CACHE)).match(address);
  if (own) return own;
  if (isNamedByContent(file)) {
    for (const name of await caches.keys()) {
      const old = name.startsWith(PREFIX) ? await (await caches.open(name)).match(address) : undefined;
      if (old) return old;
    }
  }
  return fetch(request);
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
  if (file in FILES || isNamedByContent(file)) event.respondWith(answer(request, file));
});

export {};
