import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './sources.ts';

const index = join(root, 'dist/index.html');

/** The scripts that the built page loads at once. */
const pageScripts = (): readonly string[] =>
  [...readFileSync(index, 'utf8').matchAll(/<(?:script|link)\b[^>]*\b(?:src|href)="\.\/([^"]+\.js)"/g)].map(
    (match) => match[1] as string,
  );

describe.skipIf(!existsSync(index))('the built page', () => {
  it('loads no tensor library: that is the worker’s', () => {
    const heavy = pageScripts().filter((file) =>
      /_tfengine|_tfGlobals/.test(readFileSync(join(root, 'dist', file), 'utf8')),
    );
    expect(heavy, 'Import only types of what reaches src/engine/base/tf.ts; the layers test shows the chain.').toEqual(
      [],
    );
  });

  it('has a script', () => {
    expect(pageScripts().length, 'dist/index.html loads no script: build again.').toBeGreaterThan(0);
  });
});
