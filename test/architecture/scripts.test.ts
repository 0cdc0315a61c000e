import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { filesBelow, textOf } from './sources.ts';

const scripts = filesBelow('scripts').filter((path) => path.endsWith('.mjs'));

describe('the scripts', () => {
  it('start before anything is installed', () => {
    const faults = scripts.flatMap((path) =>
      parseSync(path, textOf(path))
        .module.staticImports.map(({ moduleRequest }) => moduleRequest.value)
        .filter((name) => !name.startsWith('node:') && !name.startsWith('./'))
        .map((name) => `${path} imports ${name} at once. Use await import() after ensureInstalled().`),
    );
    expect(faults).toEqual([]);
  });

  it('look for the browser where the tests do', () => {
    const names = ['scripts/ensure.mjs', 'test/support/browser-launch.ts'].map(
      (path) => /= (\['chromium', [^\]]*\])/.exec(textOf(path))?.[1],
    );
    expect(names[0], 'Keep the list of browsers in scripts/ensure.mjs and test/support/browser-launch.ts alike.').toBe(
      names[1],
    );
    expect(names[0]).toBeDefined();
  });
});
