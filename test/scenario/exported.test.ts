import { describe, expect, it } from 'vitest';
import { bibtexOf } from '../../src/scenario/files/bibtex.ts';
import { csvOf, exportedText } from '../../src/scenario/files/exported.ts';

describe('an exported text', () => {
  it('is one line without controls, and nothing in it turns the line around', () => {
    expect(exportedText('\u202eAG\u202c \u2066b\u2069\u0007c\r\nd\u2028e\u0000')).toBe('AG b c d e');
    expect(exportedText('GA אב 👩‍🔬 é')).toBe('GA אב 👩‍🔬 é');
  });

  it('does so in BibTeX', () => {
    const citation = { authors: 'A \u202eB', year: 2024, title: 'On \u2067this\u0007', url: 'https://example.org' };
    expect(bibtexOf([{ citation, uses: ['GA \u202e69 %'] }] as never)).not.toMatch(/\p{Cf}|(?!\n)\p{Cc}/u);
  });
});

describe('comma-separated values', () => {
  it.each(['=1+2', '+1', '-cmd|x', '@SUM(A1)', '\t=1', ' =1', '\u202e=1', '＝1', '\r\n=1'])(
    'keep %j a text in a spreadsheet',
    (cell) => expect(csvOf([[cell]])).toMatch(/^'[^\s]/),
  );

  it('have numbers as they are, quotes where they are needed, and empty cells for what is not there', () => {
    expect(csvOf([[-1.5, 'a,"b"', null, undefined, Number.NaN, true]])).toBe('-1.5,"a,""b""",,,,true\n');
  });
});
