import { preview } from 'vite';
import type { TestProject } from 'vitest/node';
import { onlyDist } from '../../scripts/only-dist.mjs';
import { HEADERS } from '../../scripts/policy.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    url: string;
  }
}

/** Serves the built page (dist) for the page tests as `npm start` does; `npm test` builds it before. */
export default async function serve(project: TestProject): Promise<() => Promise<void>> {
  const server = await preview({
    preview: { port: 0, host: '127.0.0.1', headers: HEADERS },
    configFile: false,
    base: './',
    plugins: [onlyDist()],
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the preview server has no address');
  project.provide('url', url);
  return () => server.close();
}
