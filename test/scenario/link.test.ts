import fc from 'fast-check';
import { deflateSync, strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { SimError } from '../../src/engine/base/errors.ts';
import { fromBase64Url, toBase64Url } from '../../src/scenario/links/base64url.ts';
import { type DecodedLink, decodeLink, encodeLink } from '../../src/scenario/links/link.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';
import { rawScenarios } from '../support/raw-scenario.ts';

const scenario = parseScenario(
  { version: 1, title: 'Two', runs: [{ method: 'ga' }, { method: 'npo', params: { beta: 0.1 } }] },
  catalogue,
  'strict',
).scenario;

const linkOf = (payload: unknown): string => `1.${toBase64Url(deflateSync(strToU8(JSON.stringify(payload))))}`;
const codeOf = (hash: string): string => {
  try {
    decodeLink(hash, catalogue);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(SimError);
    expect((thrown as SimError).message).not.toBe('');
    return (thrown as SimError).code;
  }
  return 'none';
};
/** The scenario, which passes the strict parse, or undefined for a SimError; any other error fails the test. */
const decoded = (hash: string): DecodedLink | undefined => {
  try {
    const link = decodeLink(hash, catalogue);
    expect(parseScenario(link.scenario, catalogue, 'strict').scenario).toEqual(link.scenario);
    return link;
  } catch (thrown) {
    if (!(thrown instanceof SimError)) throw thrown;
    expect(thrown.code).toMatch(/^link\//);
    return undefined;
  }
};

const plain = {
  optimizer: 'sgd',
  learningRate: 0.05,
  momentum: 0.9,
  weightDecay: 0,
  clipNorm: 0,
  steps: 400,
  batchSize: 'full',
};
const plainRun = {
  ...plain,
  params: {},
  retain: { kind: 'none', weight: 1, batchSize: 'full' },
  mask: { kind: 'none', keep: 0.5 },
  wrappers: [],
  sweep: {},
};

describe('base64url', () => {
  it('agrees with Node', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const text = Buffer.from(bytes).toString('base64url');
        expect(toBase64Url(bytes)).toBe(text);
        expect(fromBase64Url(text)).toEqual(bytes);
      }),
    );
  });
});

describe('a link', () => {
  it('gives back the scenario that it was made from', () => {
    fc.assert(
      fc.property(rawScenarios, (raw) => {
        const { scenario } = parseScenario(raw, catalogue, 'strict');
        const link = decodeLink(`#${encodeLink(scenario)}`, catalogue);
        expect(link).toEqual({ scenario, repairs: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('carries the checksum of the results that its author saw, and which engine computed them', () => {
    const made = { checksum: '0123abcd', engine: 'kernels 0.1.0' };
    expect(decodeLink(encodeLink(scenario, made), catalogue)).toEqual({ scenario, repairs: [], ...made });
    const odd = decodeLink(linkOf({ checksum: 'no checksum', engine: '<b>kernels</b>' }), catalogue);
    expect([odd.checksum, odd.engine]).toEqual([undefined, undefined]);
  });

  it('is short, and may stand in an address as it is', () => {
    const link = encodeLink(scenario);
    expect(link).toMatch(/^2\.[A-Za-z0-9_-]+$/);
    expect(link.length).toBeLessThan(220);
  });

  it('means today what it meant when it was first shared', () => {
    // As version 1 wrote it. If this fails, old links break: mend the code, not the test.
    const shared =
      '1.TZExb4MwEIX_SnQzQiZRhjJUijp0S6uuUYbDXBMrxiDbNI0Q_73vqNQy4fO7e-87M1F22QvVdOxdemwa3zeJCvpycqd6oqvEHmIcQyqP72_lwJG7VDaSmeaCWsYXbb_XerKeUxIc9wUNEl-0pLoypqCABCSZ8mnG6GcfL5J15OZCi4xlEtGeG_FUb9GTI7vgwkW7UpYBTjtjICgP1aeJAncK_3rAYCf52qvTRdn-NGCvxTD0KP-Bl1UAVaktzi6smUS3THeRQW-9cFSeD85wPpnSVAUmz_N8RpdIq1CmqFBhG6cBYMzyjT2VY3ODUdq4DAKssIaLzuo7LwAHa8fI9gHFwYKe9YewH5fH22uWvYq9pbGDaKrtjhvb0vwD';
    const { scenario: old, repairs, checksum } = decodeLink(shared, catalogue);
    expect(repairs).toEqual([]);
    expect(checksum).toBe('0123abcd');
    const meant = {
      version: 2,
      family: 'points',
      title: 'Noisy blobs',
      question: '',
      data: { generator: 'blobs', seed: 0, params: { classes: 5, perClass: 100, noise: 0.9 } },
      forget: { kind: 'class', label: 2 },
      model: { kind: 'mlp', hidden: [32, 32], activation: 'tanh', init: 'auto' },
      training: { ...plain, optimizer: 'adam', learningRate: 0.01, steps: 300 },
      runs: [
        { ...plainRun, name: 'GA', method: 'ga' },
        {
          ...plainRun,
          name: 'NPO',
          method: 'npo',
          params: { beta: 0.1 },
          retain: { kind: 'ce', weight: 1, batchSize: 'full' },
          sweep: { learningRate: [0.01, 0.1] },
        },
      ],
      seeds: [0, 1],
      evaluate: { every: 5 },
      claims: [
        {
          text: 'NPO keeps it',
          run: 'NPO',
          metric: 'retainAccuracy',
          at: 'last',
          is: '>',
          value: 0.5,
          seeds: 'all',
        },
      ],
      view: { hero: 'runs.NPO.params.beta' },
    };
    expect(old).toEqual(meant);
  });

  it('is answered with the nearest valid experiment and a list of repairs', () => {
    const { scenario: nearest, repairs } = decodeLink(
      linkOf({ training: { learningRate: 'xyz' }, model: { hidden: [1e9] }, runs: [{ method: 'ga', fun: 1 }] }),
      catalogue,
    );
    expect(nearest.training.learningRate).toBe(0.01);
    expect(nearest.model).toMatchObject({ hidden: [512] });
    expect(repairs.map(({ path, found, used }) => `${path}: ${found} -> ${used}`)).toEqual([
      '/runs/0/fun: 1 -> left out',
      '/model/hidden/0: 1000000000 -> 512',
      '/training/learningRate: "xyz" -> 0.01',
    ]);
  });

  it('of a newer version says so', () => {
    expect(codeOf('#3.abc')).toBe('link/newer-version');
    expect(codeOf('17.')).toBe('link/newer-version');
    expect(() => decodeLink('#9.abc', catalogue)).toThrow(
      expect.objectContaining({
        faults: [
          { path: '/version', expected: expect.stringMatching(/^version 2 or older: a newer page/), found: '9' },
        ],
      }),
    );
  });

  it('that is cut short or not a link at all says so', () => {
    const link = encodeLink(scenario);
    for (const length of [3, 10, link.length - 2]) expect(codeOf(link.slice(0, length))).toBe('link/malformed');
    for (const hash of [
      '',
      '#',
      '1',
      '1.',
      '0.abc',
      '1.a',
      '1.%%%',
      'section-2',
      '1.AAAA',
      linkOf([1]),
      linkOf(null),
    ]) {
      expect(codeOf(hash)).toBe('link/malformed');
    }
  });

  it('that unpacks to more than 256 kB is refused, both ways', () => {
    expect(codeOf(linkOf({ title: 'x'.repeat(5_000_000) }))).toBe('link/too-large');
    const x = Array.from({ length: 10_000 }, (_, i) => [Math.sqrt(i), Math.sqrt(i + 0.5)]);
    const points = { x, y: x.map((_, i) => i % 2) };
    const raw = { version: 1, data: { generator: 'inline', params: { train: points, test: points } } };
    const { scenario: large } = parseScenario(raw, catalogue, 'strict');
    expect(() => encodeLink(large)).toThrow(expect.objectContaining({ code: 'link/too-large' }));
  });

  it('of a hostile length is refused before any work', () => {
    expect(codeOf(`#1.${'A'.repeat(5_000_000)}`)).toBe('link/too-large');
    expect(codeOf(`#1.${'='.repeat(300_000)}A`)).toBe('link/malformed');
    expect(fromBase64Url(`${'='.repeat(3_000_000)}A`)).toBeUndefined();
  });

  it('of any text gives a valid scenario or a typed error', () => {
    fc.assert(
      fc.property(fc.string(), (text) => void decoded(text)),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void decoded(`#1.${text}`)),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.json(), (json) => void decoded(linkOf(JSON.parse(json)))),
      { numRuns: 300 },
    );
  });

  it('with some characters changed gives a valid scenario or a typed error', () => {
    const link = encodeLink(scenario, { checksum: '0123abcd' });
    const change = fc.tuple(fc.nat(link.length - 1), fc.constantFrom(...'AZaz09-_.#% '), fc.nat(2));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        let text = link;
        for (const [at, character, removed] of changes) text = text.slice(0, at) + character + text.slice(at + removed);
        decoded(text);
      }),
      { numRuns: 1000 },
    );
  });
});
