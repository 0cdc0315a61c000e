import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { element } from './scripts/vite/element.ts';
import { licenses } from './scripts/vite/licenses.ts';
import { offline } from './scripts/vite/offline.ts';
import { policy } from './scripts/vite/policy.ts';
import { stamp } from './scripts/vite/stamp.ts';
import { launchOptions } from './test/support/browser-launch.ts';
import { scaled } from './test/support/pace.ts';

const tf = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-core/dist/register_all_gradients',
  '@tensorflow/tfjs-backend-cpu',
];

/** PUBLIC_BASE: the address under which others will reach this build; links that are shared begin with it. */
const publicBase = process.env['PUBLIC_BASE'] ?? '';
if (publicBase !== '' && !/^https?:\/\/[^?#\s]+\/$/.test(publicBase)) {
  throw new Error(`PUBLIC_BASE: expected an address such as https://example.org/lab/, found ${publicBase}`);
}

const listed = licenses();

export default defineConfig({
  base: './',
  define: stamp(),
  envPrefix: ['VITE_', 'PUBLIC_BASE'],
  plugins: [react(), policy(), listed.page, element(), offline()],
  worker: { format: 'es', plugins: () => [listed.collect] },
  build: { target: 'es2022', chunkSizeWarningLimit: 1000, assetsInlineLimit: 0 },
  test: {
    projects: [
      {
        // The module build, as in the page: the Node build would load a second copy of the core.
        resolve: {
          alias: [
            { find: /^@tensorflow\/tfjs-backend-wasm$/, replacement: '@tensorflow/tfjs-backend-wasm/dist/index.js' },
          ],
        },
        test: {
          name: 'unit',
          environment: 'node',
          maxWorkers: '100%',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', 'test/page/**'],
          testTimeout: scaled(60_000),
          deps: { optimizer: { ssr: { enabled: true, include: tf } } },
          server: { deps: { inline: [/tfjs-backend-wasm/] } },
        },
      },
      {
        test: {
          name: 'page',
          environment: 'node',
          include: ['test/page/**/*.test.ts'],
          globalSetup: ['test/support/serve.ts'],
          testTimeout: scaled(90_000),
          hookTimeout: scaled(30_000),
          expect: { poll: { timeout: scaled(20_000) } },
          maxWorkers: 2,
        },
      },
      {
        worker: { format: 'es' },
        optimizeDeps: { include: [...tf, '@tensorflow/tfjs-backend-wasm', 'fflate'] },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: scaled(60_000),
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
