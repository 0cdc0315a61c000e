import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rollUpDeclarations } from '../../scripts/library/declarations.ts';
import { version } from '../../src/scenario/format/defaults.ts';
import { root, textOf } from '../architecture/sources.ts';
import { scaled } from '../support/pace.ts';

describe('the types of the package', () => {
  it('are those of the reviewed reports', { timeout: scaled(120_000) }, () => {
    const entries = rollUpDeclarations();
    expect(entries).toHaveLength(2);
    for (const { report, text } of entries) {
      expect(
        text,
        'What the package gives has changed. If that is meant: npm run library -- --report, and read the difference.',
      ).toBe(textOf(report));
    }
  });

  it('say nothing of React, of the page, or of the tensor library’s own types', () => {
    expect(textOf('docs/library/api.d.ts')).not.toMatch(/\bimport\b|react|tensorflow\/|document\b.*HTMLElement/i);
  });
});

describe('the package', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;

  it('has the scenario format in its version', () => {
    const [first, second] = String(manifest['version']).split('.').map(Number);
    expect(first === 0 ? second : first).toBe(version);
  });

  it('installs nothing else', () => {
    for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies', 'bundleDependencies']) {
      expect(manifest[kind], `${kind}: what the library needs is bundled, what the page needs is for development`).toBe(
        undefined,
      );
    }
  });

  it('runs nothing when it is installed, and cannot be published by accident', () => {
    const scripts = Object.keys(manifest['scripts'] as object);
    expect(scripts.filter((name) => /^(pre|post)?(install|prepare|publish)/.test(name))).toEqual([]);
    expect(manifest['private']).toBe(true);
  });
});
