import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapped, xmlText } from '../../src/ui/take/picture.ts';

describe('a caption', () => {
  it('is cut into lines that fit and loses nothing but spaces, links without spaces included', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (words, most) => {
        const lines = wrapped(words, most);
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(most);
        expect(lines.join('').replaceAll(/\s/g, '')).toBe(words.replaceAll(/\s/g, ''));
      }),
    );
  });

  it('holds nothing that XML does not allow', () => {
    expect(xmlText('a\u0000\u0008b\tc\nd\ud800\uffff𝛃')).toBe('ab\tc\nd𝛃');
    expect(xmlText('\u202e69 % \u2066GA')).toBe('69 % GA');
  });
});
