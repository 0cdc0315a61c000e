import { defineConfig } from 'vite';
import { anywhere } from './scripts/library/anywhere.ts';
import { declarations } from './scripts/library/declarations.ts';
import { element } from './scripts/vite/element.ts';
import { licenses } from './scripts/vite/licenses.ts';

// The core as one module for other programs: Node, a worker, a page, a notebook's cell. Decision record 0014.
export default defineConfig({
  publicDir: false,
  resolve: { mainFields: ['module', 'main'] },
  plugins: [anywhere(), licenses().page, declarations(), element()],
  build: {
    outDir: 'dist-library',
    target: 'es2022',
    reportCompressedSize: false,
    lib: { entry: 'src/library/unlearn-lab.ts', formats: ['es'], fileName: () => 'unlearn-lab.js' },
    rolldownOptions: { output: { codeSplitting: false } },
  },
});
