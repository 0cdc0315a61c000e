import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bibtexOf, citedIn, latexOf } from '../../src/scenario/files/bibtex.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

const scenarioOf = (runs: readonly object[]) =>
  parseScenario({ version: 1, title: 'T', runs }, catalogueInfo, 'strict').scenario;

/** Depth of braces after a text, as TeX counts them. */
const depthOf = (text: string): number => {
  let depth = 0;
  for (const [token] of text.matchAll(/\\.|[{}]/gs)) depth += token === '{' ? 1 : token === '}' ? -1 : 0;
  return depth;
};

describe('the citations of an experiment', () => {
  it('name the paper of each method, mask and retain term once, with what uses it', () => {
    const cited = citedIn(
      scenarioOf([
        { name: 'a', method: 'npo' },
        { name: 'b', method: 'npo', mask: { kind: 'salun' } },
      ]),
      catalogueInfo,
    );
    const urls = cited.map(({ citation }) => citation.url);
    expect(new Set(urls).size).toBe(urls.length);
    expect(urls).toContain('https://arxiv.org/abs/2404.05868');
    expect(urls).toContain(catalogueInfo.masks.find(({ id }) => id === 'salun')?.citation?.url);
  });

  it('are BibTeX, with arXiv’s number and capitals kept', () => {
    const bibtex = bibtexOf(citedIn(scenarioOf([{ name: 'a', method: 'npo' }]), catalogueInfo));
    expect(bibtex).toContain('@misc{zhang2024negative,');
    expect(bibtex).toContain('author = {Zhang and Lin and Bai and Mei},');
    expect(bibtex).toContain(
      'title = {{Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning}},',
    );
    expect(bibtex).toContain('eprint = {2404.05868},\n  archivePrefix = {arXiv},');
  });

  it('of the whole catalogue have balanced braces, plain letters, and a key each', () => {
    const all = [...catalogueInfo.methods, ...catalogueInfo.masks, ...catalogueInfo.retain, ...catalogueInfo.metrics]
      .flatMap(({ citation }) => (citation ? [citation] : []))
      .filter((one, index, list) => list.findIndex(({ url }) => url === one.url) === index);
    const bibtex = bibtexOf(all.map((citation) => ({ citation, uses: ['x'] })));
    expect(depthOf(bibtex)).toBe(0);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what old BibTeX reads
    expect(bibtex).toMatch(/^[\x00-\x7f]*$/);
    const keys = [...bibtex.matchAll(/^@misc\{(.*),$/gm)].map(([, key]) => key);
    expect(keys).toHaveLength(all.length);
    expect(new Set(keys).size).toBe(all.length);
  });

  it('set apart papers whose keys would be the same, and keep “and others”', () => {
    const citation = { authors: 'Li, Pan and others', title: 'The Same', year: 2024 };
    const bibtex = bibtexOf(
      ['a', 'b'].map((path) => ({ citation: { ...citation, url: `https://x.org/${path}` }, uses: [] })),
    );
    expect(bibtex).toContain('@misc{li2024same,');
    expect(bibtex).toContain('@misc{li2024sameb,');
    expect(bibtex).toContain('author = {Li and Pan and others},');
  });
});

describe('a text for LaTeX', () => {
  it('has its special letters and accents as commands', () => {
    expect(latexOf('50% of A&B_c, Vulić, Bărbulescu: don’t')).toBe(
      "50\\% of A\\&B\\_c, Vuli{\\'{c}}, B{\\u{a}}rbulescu: don't",
    );
  });

  it('never opens or closes a brace that it does not match', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(depthOf(latexOf(text))).toBe(0);
      }),
    );
  });
});
