import { describe, expect, it } from 'vitest';
import { type LabDocument, linkTo, readDocument } from '../../src/scenario/document/document.ts';
import { checkSize, fileCaps } from '../../src/scenario/document/unpack.ts';
import { presets } from '../../src/scenario/format/presets.ts';
import { packLink } from '../../src/scenario/links/link.ts';
import { catalogueInfo as catalogue } from '../../src/sim/catalogue.ts';
import { richLesson } from '../support/lesson.ts';
import { scaled } from '../support/pace.ts';

const library = { catalogue, presets };
const read = (content: unknown) => readDocument(JSON.stringify(content), 'strict', library);
const error = (code: string) => expect.objectContaining({ name: 'SimError', code });

const scenario = { version: 1, title: 'Mine', runs: [{ method: 'ga' }] };
const engine = { backend: 'kernels', version: '0.1.0' };
const results = { version: 1, scenario, checksum: '0123abcd', engine, original: [], retrained: [], runs: [] };
const weights = { kind: 'weights', version: 1, about: { model: 'GA', step: 7 }, bySeed: { 0: { original: {} } } };
const tournament = { kind: 'tournament', version: 1, scenario: 'ga-vs-npo' };

/** One file of each kind. */
const FILES: Readonly<Record<LabDocument['kind'], object>> = {
  scenario,
  results,
  tournament,
  lesson: richLesson,
  weights,
};

describe('a document', () => {
  it.each(Object.entries(FILES))(
    'of kind %s is known by what it says, and its link opens to the same',
    (kind, file) => {
      const document = read(file);
      expect(document.kind).toBe(kind);
      expect(document.repairs).toEqual([]);
      expect(readDocument(linkTo(document), 'repair', library)).toEqual(document);
      expect(readDocument(`#${linkTo(document)}`, 'strict', library)).toEqual(document);
    },
  );

  it('has what its author saw, where it holds results or is a link', () => {
    expect(read(results)).toMatchObject({ scenario: { title: 'Mine' }, checksum: '0123abcd', engine: 'kernels 0.1.0' });
    const link = packLink({ ...scenario, checksum: '0123abcd', engine: 'kernels 0.1.0' });
    expect(readDocument(link, 'repair', library)).toMatchObject({ checksum: '0123abcd', engine: 'kernels 0.1.0' });
  });

  it('with results that say something odd about themselves is still opened', () => {
    for (const odd of [null, 7, [], { backend: { toString: 1 }, version: [] }, { backend: '<b>', version: '1' }]) {
      expect(Object.keys(read({ scenario, checksum: {}, engine: odd })).sort()).toEqual([
        'kind',
        'repairs',
        'scenario',
      ]);
    }
  });

  it('may hold the results of a tournament: it is their tournament', () => {
    expect(read({ kind: 'tournament-results', tournament })).toEqual(read(tournament));
  });

  it('is read as text or as the bytes of a file, with a byte order mark or without, in UTF-8 or UTF-16', () => {
    const text = JSON.stringify({ ...scenario, title: 'Grüße' });
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    const inputs = [
      text,
      `\uFEFF${text}\n`,
      Buffer.from(text),
      Buffer.from(`\uFEFF${text}`),
      little,
      Buffer.from(little).swap16(),
    ];
    for (const input of inputs) {
      expect(readDocument(input, 'strict', library)).toMatchObject({ scenario: { title: 'Grüße' } });
    }
  });

  it('that is no JSON, or no object, says so', () => {
    for (const text of ['', '{', 'null', '7', '"x"', '[]', '['.repeat(100_000)]) {
      expect(() => readDocument(text, 'strict', library), text).toThrow(error('file/malformed'));
    }
  });

  it('that is deeper than any document, or larger, is refused before it is parsed', () => {
    const deep = (open: string) => readDocument(open.repeat(5_000_000 / open.length), 'strict', library);
    const begin = process.cpuUsage();
    for (const open of ['[', '{"a":', '[{"a":']) expect(() => deep(open)).toThrow(/^expected at most 200 lists/);
    // Of the processor's time: what else the machine does costs nothing.
    expect(process.cpuUsage(begin).user / 1000).toBeLessThan(scaled(1000));
    // Brackets in a text are none.
    expect(read({ ...scenario, title: '\\"[{'.repeat(300) }).kind).toBe('scenario');
    expect(() => checkSize(fileCaps.bytes + 1)).toThrow(error('file/too-large'));
    expect(() => checkSize(fileCaps.bytes)).not.toThrow();
  });

  it('that is a picture or a program is not shown with its bytes', () => {
    const bytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 7]);
    expect(() => readDocument(bytes, 'strict', library)).toThrow(/^expected JSON, or an \.npz file of weights$/);
  });

  it.each([
    ['weights', { version: 1, bySeed: { 0: { original: {} } } }],
    ['weights', { original: {} }],
    ['weights', { W1: [[1]], b1: [1] }],
    ['weights', { 'fc1.weight': [[1]], 'fc1.bias': [1] }],
    ['lesson', { version: 1, title: 'T', pages: [] }],
    ['tournament', { version: 1, scenario: 'ga-vs-npo', methods: [] }],
  ])('that looks like %s and does not say so is told what it lacks: %j', (kind, file) => {
    const expected = `/kind: expected "${kind}", which this looks like, and "version": 1 beside it, found nothing`;
    expect(() => read(file)).toThrow(expected);
  });

  it('with faults lists each of them', () => {
    expect(() => read({ ...scenario, seeds: ['x'] })).toThrow(error('scenario/invalid'));
    expect(() => read({ scenario: { ...scenario, nonsense: 1 } })).toThrow(/\/nonsense/);
  });

  it('of a kind that is not known here is refused in a file, and read as a scenario in a link, which is repaired', () => {
    expect(() => read({ ...scenario, kind: 'lessn' })).toThrow(
      /^\/kind: expected .*did you mean "lesson".*found "lessn"/,
    );
    const opened = readDocument(packLink({ ...scenario, kind: 'lessn' }), 'repair', library);
    expect(opened).toMatchObject({ kind: 'scenario', repairs: [{ path: '/kind' }] });
  });

  it.each(Object.entries(FILES))('of kind %s from a newer page says so, and nothing else', (kind, file) => {
    // The version of results is that of the scenario in them, which is what is read.
    const newer = { ...file, version: 9, nonsense: 1 };
    const input = kind === 'results' ? { ...results, version: 9 } : newer;
    expect(() => read(input)).toThrow(/^\/version: expected version .* newer page .*, found 9$/);
    expect(() => read(input)).toThrow(
      expect.objectContaining({
        code: 'scenario/newer-version',
        faults: [expect.objectContaining({ path: '/version' })],
      }),
    );
  });
});
