import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** What is held to the scales. Pictures measure in units of their own. */
const sheets = readdirSync('src/ui', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.css') && !path.startsWith('pictures/'))
  .map((path) => `src/ui/${path}`);

/** Declarations with a length in px that no scale has. A hairline is no distance, and what adapts to the window has no step. */
const offScale = (css: string): readonly string[] =>
  [
    ...css.matchAll(/^\s+(?<name>font-size|(?:row-|column-)?gap|(?:padding|margin)[a-z-]*): (?<value>[^;]+);/gm),
  ].flatMap(({ groups }) => {
    const { name = '', value = '' } = groups ?? {};
    if (/\b(clamp|max|calc)\(/.test(value)) return [];
    const lengths = [...value.matchAll(/(?<![\w.])-?(\d+(?:\.\d+)?)px/g)].map(([, number]) => Number(number));
    return lengths.some((length) => length > 1) ? [`${name}: ${value}`] : [];
  });

describe('the style sheets', () => {
  it('have one scale of distances and one of type', () => {
    const faults = sheets.flatMap((path) =>
      offScale(readFileSync(path, 'utf8')).map((line) => `${path}: ${line}. Use --space-1 to 7 or --type-1 to 8.`),
    );
    expect(sheets.length).toBeGreaterThan(20);
    expect(faults).toEqual([]);
  });

  it('are seen through where they leave it', () => {
    expect(offScale('a {\n  padding: 3px var(--space-1);\n  font-size: 13px;\n  gap: 1px;\n}')).toEqual([
      'padding: 3px var(--space-1)',
      'font-size: 13px',
    ]);
  });
});
