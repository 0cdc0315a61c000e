import { beforeAll, describe, expect, it } from 'vitest';
import { leaderboardCommand } from '../../src/cli/leaderboard.ts';
import { presets } from '../../src/scenario/format/presets.ts';
import { leaderboardFiles } from '../../src/scenario/leaderboard/entries.ts';
import { createCache, modelsOnly } from '../../src/sim/cache.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { engineForTests } from '../support/engine.ts';
import { stream } from '../support/run.ts';

beforeAll(engineForTests);

type Fields = Readonly<Record<string, unknown>>;

const shipped = new Map(leaderboardFiles.map(({ id, input }) => [`seeds/leaderboard/${id}.json`, input as Fields]));
const one = shipped.get('seeds/leaderboard/npo.json') as Fields;

const run = async (argv: readonly string[], entries: ReadonlyMap<string, unknown> = shipped) => {
  const files = new Map([...entries].map(([file, content]) => [file, JSON.stringify(content)]));
  const [out, err] = [[] as string[], [] as string[]];
  const io = {
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
    isTerminal: false,
    read: (file: string) => files.get(file) as string,
    write: (file: string, text: string) => files.set(file, text),
    exists: (file: string) => files.has(file),
    list: () => [...entries.keys()].map((file) => file.replace(/^.*\//, '')),
    now: () => 0,
  };
  const cache = modelsOnly(createCache());
  const start: Parameters<typeof leaderboardCommand>[2] = async () => (scenario, metrics) =>
    stream(scenario, { cache, backend: 'kernels', ...(metrics && { metrics }) });
  const code = await leaderboardCommand(argv, { catalogue: catalogueInfo, presets }, start, io);
  return { code, out: out.join(''), err: err.join(''), files };
};

const withOne = (change: Fields) => new Map([['seeds/leaderboard/npo.json', { ...one, ...change }]]);

describe('the leaderboard', () => {
  it('has at least ten entries, each of which is as it claims', async () => {
    expect(shipped.size).toBeGreaterThanOrEqual(10);
    const { code, out, err } = await run([]);
    expect(err).toBe('');
    expect(out.match(/same result/g)).toHaveLength(shipped.size);
    expect(code).toBe(0);
  });

  it.each([
    ['gap', { gap: 0.001 }, /DIFFERS: it claims 0\.001/],
    ['checksum', { checksum: '00000000' }, /DIFFERS: it claims [\d.]+, 00000000 \(kernels/],
  ])('finds a claim with another %s, and says what was found', async (_, change, expected) => {
    const { code, out } = await run([], withOne({ claim: { ...(one['claim'] as Fields), ...change } }));
    expect(code).toBe(1);
    expect(out).toMatch(expected);
  });

  it('finds an entry with other settings than those that its claim was computed with', async () => {
    const { code, out } = await run([], withOne({ run: { ...(one['run'] as Fields), steps: 10 } }));
    expect([code, out]).toEqual([1, expect.stringContaining('DIFFERS')]);
  });

  it('writes what was found into an entry that claims nothing, and then it is as it claims', async () => {
    const { claim, ...rest } = one;
    const bare = new Map([['seeds/leaderboard/npo.json', rest]]);
    expect(await run([], bare)).toMatchObject({ code: 1, out: expect.stringContaining('CLAIMS NOTHING') });
    const { code, files } = await run(['npo', '--claim'], bare);
    expect(code).toBe(0);
    expect(JSON.parse(files.get('seeds/leaderboard/npo.json') as string)).toEqual({ ...rest, claim });
  });

  it.each([
    ['a problem that there is not', { problem: 'beta-dail' }, '/problem', 'did you mean "beta-dial"?'],
    ['a method that there is not', { run: { method: 'npoo' } }, '/run/method', 'did you mean "npo"?'],
    [
      'a sweep',
      { run: { method: 'npo', sweep: { 'params.beta': [0.1, 1] } } },
      '/run/sweep',
      'an entry is one setting',
    ],
    ['no author', { by: '' }, '/by', 'a text'],
    [
      'a claim without a checksum',
      { claim: { gap: 0.1, engine: 'kernels 0.1.0' } },
      '/claim/checksum',
      'eight hexadecimal',
    ],
    ['an unknown field', { standing: 1 }, '/standing', 'a known field'],
    ['another kind', { kind: 'lesson' }, '/kind', '"leaderboard"'],
    ['another version', { version: 2 }, '/version', 'expected 1'],
  ])(
    'refuses an entry with %s, names the file and the place, and computes nothing',
    async (_, change, path, expected) => {
      const { code, err, out } = await run([], new Map([...shipped, ...withOne(change)]));
      expect(code).toBe(2);
      expect(err).toContain(`seeds/leaderboard/npo.json: ${path}: expected`);
      expect(err).toContain(expected);
      expect(out).toBe('');
    },
  );

  it('says so where a file is no JSON, or is not there', async () => {
    expect((await run(['nobody'])).err).toContain('seeds/leaderboard/nobody.json: there is no such entry');
    expect((await run([], new Map([['seeds/leaderboard/npo.json', null]]))).code).toBe(2);
  });
});
