import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/scenario/document/document.ts';
import { labBibtex, madeBy, resultsFile } from '../../src/scenario/files/made-by.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { textOf } from '../architecture/sources.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';

describe('a results file', () => {
  it('names the version and the commit of the lab, and opens as before', () => {
    const { scenario } = parseScenario({ version: 2, runs: [] }, catalogue, 'strict');
    const text = resultsFile({
      version: 1,
      scenario,
      checksum: '0123abcd',
      engine: { backend: 'kernels', version: '0.1.0' },
    });
    expect(JSON.parse(text).lab).toEqual(madeBy);
    expect(madeBy.version).toBe(JSON.parse(textOf('package.json')).version);
    expect(readDocument(text, 'strict', { catalogue, presets: [] })).toMatchObject({
      kind: 'results',
      checksum: '0123abcd',
      engine: 'kernels 0.1.0',
    });
  });
});

describe('the citation of the lab', () => {
  it('has its version, its commit where that is known, and its address', () => {
    const entry = labBibtex('https://example.org/lab/', { version: '0.2.0', commit: '0123456789ab' });
    expect(entry).toMatch(/^@software\{unlearn-lab,\n[\s\S]*\n\}$/);
    expect(entry).toContain('version = {0.2.0, commit 0123456789ab}');
    expect(entry).toContain('url = {https://example.org/lab/}');
    expect(labBibtex('https://example.org/lab/', { version: '0.2.0' })).toContain('version = {0.2.0},');
  });

  it('stands in CITATION.cff with the version and the license of the package', () => {
    const { version, license } = JSON.parse(textOf('package.json')) as { version: string; license: string };
    const citation = textOf('CITATION.cff');
    expect(citation).toMatch(/^cff-version: 1\.2\.0$/m);
    for (const key of ['message', 'title', 'authors']) expect(citation).toMatch(new RegExp(`^${key}:`, 'm'));
    expect(citation).toContain(`\nversion: ${version}\n`);
    expect(citation).toContain(`\nlicense: ${license}\n`);
  });
});
