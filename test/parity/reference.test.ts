import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { excess } from './agreement.ts';
import { type Reference, referenceOf, SCHEMAS, type Schema, unexplained } from './reference.ts';

const folder = mkdtempSync(join(tmpdir(), 'reference-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const written = (name: string, content: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

const CONTENT = {
  schema: 'unlearn-parity/1',
  losses: [
    { id: 'ga', value: 1, grad: { W1: [[1, 2]] }, note: 'words' },
    { id: 'npo', value: 2, grad: { W1: [[3, 4]] } },
    { id: 'npo', value: 3 },
  ],
};
interface Content {
  readonly losses: readonly { readonly id: string; readonly value: number; readonly grad: { readonly W1: unknown } }[];
}
const opened = (content: unknown = CONTENT): Reference<Content> =>
  referenceOf<Content>('unlearn-parity/1', written('other.json', content));

describe('another file of reference numbers', () => {
  it('is read by the tests of its schema, and by no others', () => {
    const file = written('own.json', CONTENT);
    for (const [schema, name] of Object.entries(SCHEMAS)) {
      const found = referenceOf(schema as Schema, file).file;
      expect(found === file, schema).toBe(schema === CONTENT.schema);
      if (found !== file) expect(found.endsWith(join('fixtures', name))).toBe(true);
    }
  });

  it.each(Object.keys(SCHEMAS))(
    'that knows no schema stops the tests of %s, with the schemas that there are',
    (schema) => {
      const file = written('unknown.json', { schema: 'unlearn-parity/9' });
      const read = () => referenceOf(schema as Schema, file);
      expect(read).toThrow(/unknown\.json has the schema "unlearn-parity\/9".*unlearn-parity\/1.*unlearn-lm-parity\/1/);
      expect(() => referenceOf(schema as Schema, written('bare.json', {}))).toThrow(
        /bare\.json has the schema undefined/,
      );
    },
  );

  it('that is not there, or is not JSON, says so', () => {
    expect(() => referenceOf('unlearn-parity/1', join(folder, 'nowhere.json'))).toThrow(/nowhere\.json cannot be read/);
    expect(() => referenceOf('unlearn-parity/1', written('broken.json', '{"schema":'))).toThrow(
      /broken\.json is not JSON/,
    );
  });

  it('that lacks what a test asks for names it', () => {
    const { numbers } = opened();
    expect(() => numbers.losses[2]?.grad).toThrow(/other\.json has no losses\/npo#2\/grad/);
    expect(() => (numbers as unknown as { metrics: unknown }).metrics).toThrow(/other\.json has no metrics/);
  });

  it('whose numbers have another shape names them, what should be there and what is', () => {
    const reference = opened();
    expect(() => reference.requireShape('losses/ga/grad/W1', [1, 2])).not.toThrow();
    expect(() => reference.requireShape('losses/ga/grad/W1', [2, 2])).toThrow(
      /losses\/ga\/grad\/W1 should be numbers of shape \[2,2\], found \[1,2\]/,
    );
    expect(() => reference.requireShape('losses/ga/note', [])).toThrow(/losses\/ga\/note .* found "words"/);
    expect(() => reference.requireShape('losses/dpo/value', [])).toThrow(/has no losses\/dpo\/value/);
    const ragged = opened({ ...CONTENT, losses: [{ id: 'ga', grad: { W1: [[1, 2], [3]] } }] });
    expect(() => ragged.requireShape('losses/ga/grad/W1', [2, 2])).toThrow(/losses\/ga\/grad\/W1 should be/);
  });
});

describe('numbers that nobody compares', () => {
  it('are named: an entry, or what of it was not looked at', () => {
    const reference = opened();
    expect(unexplained(reference, ['losses'], {})).toEqual(['losses/ga', 'losses/npo', 'losses/npo#2']);
    expect(reference.numbers.losses[0]?.value).toBe(1);
    expect(reference.numbers.losses[2]?.value).toBe(3);
    expect(unexplained(reference, ['losses'], {})).toEqual(['losses/ga/grad', 'losses/npo']);
  });

  it('may be listed with a reason, of one place or of the same place in all', () => {
    const reference = opened();
    expect(unexplained(reference, ['losses'], { 'losses/npo': 'a reason' })).toEqual(['losses/ga']);
    expect(reference.numbers.losses[0]?.value).toBe(1);
    expect(unexplained(reference, ['losses'], { 'losses/*/grad': 'a reason' })).toEqual(['losses/npo', 'losses/npo#2']);
  });
});

describe('agreement', () => {
  const tolerance = { rtol: 0.01, atol: 0 };

  it('is measured against the largest number', () => {
    expect(excess([100, 1], [100, 0], tolerance)).toBeCloseTo(1, 12);
    expect(excess([100, 2.5], [100, 0], tolerance)).toBeCloseTo(2.5, 12);
  });

  it('is none with what is not a number, and an error with more or fewer numbers', () => {
    expect(excess([Number.NaN], [1], tolerance)).toBe(Number.POSITIVE_INFINITY);
    expect(() => excess([1, 2], [1], tolerance)).toThrow('2 numbers computed here, 1 in the file');
  });
});
