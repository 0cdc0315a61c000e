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

  it('install without running anything that a package brings', () => {
    const places = ['scripts/ensure.mjs', '.github/workflows/deploy.yml'].map((path) => ({
      path,
      installs: textOf(path).match(/npm (?:ci|install)\b.*|\[\s*'(?:ci|install)',[^\]]*\]/g) ?? [],
    }));
    for (const { path, installs } of places) {
      const isSaid = (line: string) => line.startsWith('npm ci)') || line.startsWith('npm ci failed');
      const actual = installs.filter((line) => !isSaid(line) && !line.endsWith("'chromium']"));
      expect(actual.length, path).toBeGreaterThan(0);
      for (const line of actual) expect(line, path).toContain('--ignore-scripts');
    }
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
