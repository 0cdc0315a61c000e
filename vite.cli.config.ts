import { defineConfig } from 'vite';
import { stamp } from './scripts/vite/stamp.ts';

// The command line as one Node module. The tensor library is bundled too: as separate modules Node would load its
// CommonJS and its ES copies side by side, and each would have a backend of its own.
export default defineConfig({
  define: stamp(),
  publicDir: false,
  // fflate's build for Node declares a `require` of its own, which the banner below has declared already.
  resolve: { mainFields: ['module', 'main'], alias: [{ find: /^fflate$/, replacement: 'fflate/browser' }] },
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/main.ts',
    outDir: 'dist-cli',
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'main.mjs',
        // What the WebAssembly loader expects of CommonJS.
        banner: [
          "import { createRequire as __createRequire } from 'node:module';",
          "import { dirname as __dirnameOf } from 'node:path';",
          "import { fileURLToPath as __fileURLToPath } from 'node:url';",
          'const require = __createRequire(import.meta.url);',
          'const __filename = __fileURLToPath(import.meta.url);',
          'const __dirname = __dirnameOf(__filename);',
        ].join('\n'),
      },
    },
  },
});
