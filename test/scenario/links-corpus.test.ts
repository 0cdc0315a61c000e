import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { version } from '../../src/scenario/format/defaults.ts';
import { presets } from '../../src/scenario/format/presets.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { type DecodedLink, decodeLink, encodeLink } from '../../src/scenario/links/link.ts';
import { migrate } from '../../src/scenario/read/migrations.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

// Links that stand on slides. What they mean is recorded, and the records are never changed: if one of these tests
// fails, mend the code. Links of a new kind go into a file of their own, and a new version of the format brings one.
const corpora = [
  { file: 'links-v1.json', version: 1, sha256: 'c9e14e5a407fce42771759ca4893c80d86d8f10ab854c087b791ace52131be02' },
  { file: 'links-v2.json', version: 2, sha256: 'd097dd611d47e28da3720e5d418eb08dbeb2744b9080f1ca39e616e604f913ea' },
];

type Entry = { readonly name: string; readonly link: string } & Omit<DecodedLink, 'repairs'>;
interface Corpus {
  readonly presets: readonly string[];
  readonly links: readonly Entry[];
}

const read = (file: string): Buffer => readFileSync(join(import.meta.dirname, '../golden', file));

/** Objects that a later version may give new optional fields; what stands in a record is all that the link's author meant. */
const mayGrow =
  /^(\/runs\/\d+)?(\/(params|retain|mask|wrappers\/\d+))?$|^\/(data|data\/params|model|training|evaluate|view)$/;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value without the fields that objects have gained since it was recorded. */
const asRecorded = (value: unknown, recorded: unknown, path = ''): unknown => {
  if (Array.isArray(value) && Array.isArray(recorded)) {
    return value.map((member, i) => asRecorded(member, recorded[i], `${path}/${i}`));
  }
  if (!isObject(value) || !isObject(recorded) || !mayGrow.test(path)) return value;
  const fields = Object.entries(value).filter(([key]) => Object.hasOwn(recorded, key));
  return Object.fromEntries(fields.map(([key, field]) => [key, asRecorded(field, recorded[key], `${path}/${key}`)]));
};

describe('the corpus of links', () => {
  it('has links of every version', () => {
    const versions = new Set(corpora.map((corpus) => corpus.version));
    expect([...versions]).toEqual(Array.from({ length: version }, (_, i) => i + 1));
  });
});

describe.each(corpora)('$file', ({ file, version: of, sha256 }) => {
  const bytes = read(file);
  const { links, presets: ids } = JSON.parse(bytes.toString()) as Corpus;

  it('is as it was recorded', () => {
    expect(createHash('sha256').update(bytes).digest('hex'), `Restore ${file}: records are never changed.`).toBe(
      sha256,
    );
    expect(links.every(({ link }) => new RegExp(`^#?${of}\\.`).test(link))).toBe(true);
  });

  it.each(links)('$name opens to what it meant', ({ name: _, link, scenario, ...made }) => {
    const { scenario: opened, repairs, ...provenance } = decodeLink(link, catalogueInfo);
    expect(repairs).toEqual([]);
    expect(provenance).toEqual(made);
    const meant = migrate(scenario) as Scenario;
    expect(asRecorded(opened, meant)).toEqual({ ...meant, version });
    expect(decodeLink(encodeLink(opened), catalogueInfo).scenario).toEqual(opened);
  });

  it('names presets that can still be opened by ?p=', () => {
    expect(presets.map(({ id }) => id)).toEqual(expect.arrayContaining([...ids]));
  });

  it('would not do if a field meant something else: every change is noticed', () => {
    const { scenario } = links.find(({ name }) => name === 'every field of a run') as Entry;
    for (const [field, value] of Object.entries(scenario.runs[0] as object)) {
      if (isObject(value)) continue;
      const changed = { ...scenario, runs: [{ ...scenario.runs[0], [field]: 'other' }] };
      expect(asRecorded(changed, scenario), `${field}: ${value}`).not.toEqual(scenario);
      const { [field]: _, ...rest } = scenario.runs[0] as unknown as Record<string, unknown>;
      expect(asRecorded({ ...scenario, runs: [rest] }, scenario)).not.toEqual(scenario);
    }
  });
});
