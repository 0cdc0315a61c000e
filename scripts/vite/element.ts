import { join } from 'node:path';
import { build, type Plugin } from 'vite';

const folder = join(import.meta.dirname, '../../src/element');
export const ELEMENT_FILES = ['unlearn-lab-element', 'unlearn-lab-widget'] as const;

/** One of the two as a module that needs nothing else. */
const moduleOf = async (name: string): Promise<string> => {
  const [output] = [
    await build({
      configFile: false,
      publicDir: false,
      logLevel: 'error',
      build: {
        write: false,
        target: 'es2022',
        minify: true,
        lib: { entry: join(folder, `${name}.ts`), formats: ['es'], fileName: () => `${name}.js` },
      },
    }),
  ].flat();
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error(`${name} could not be built.`);
  return chunk.code;
};

/** Puts the custom element and the notebook widget, each a module of its own, beside what is built. */
export const element = (): Plugin => ({
  name: 'unlearn-lab:element',
  apply: 'build',
  async generateBundle() {
    for (const name of ELEMENT_FILES) {
      this.emitFile({ type: 'asset', fileName: `${name}.js`, source: await moduleOf(name) });
    }
  },
});
