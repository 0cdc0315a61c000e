import { beforeAll, describe, expect, it } from 'vitest';
import { dealt } from '../../src/cli/deal.ts';
import { mergeCommand } from '../../src/cli/parts.ts';
import { type StartEngine, simulateCommand } from '../../src/cli/simulate.ts';
import type { Io } from '../../src/cli/terminal/io.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import { simulate } from '../../src/sim/simulate.ts';
import { engineForTests } from '../support/engine.ts';
import { SMALL } from '../support/run.ts';

beforeAll(engineForTests);

const study = {
  ...SMALL,
  title: 'A study',
  seeds: [0, 1, 2],
  evaluate: { every: 5 },
  runs: [
    { name: 'GA', method: 'ga', steps: 10, learningRate: 0.1 },
    { name: 'NPO', method: 'npo', steps: 10, learningRate: 0.1, sweep: { 'params.beta': [0.1, 1] }, batchSize: 8 },
  ],
  attacks: [{ kind: 'relearn', run: 'NPO', params: { steps: 5 } }],
  claims: [{ text: 'GA forgets', run: 'GA', metric: 'forgetAccuracy', at: 'last', is: '<', value: 0.9, seeds: 'all' }],
};

const offer = { catalogue: catalogueInfo, presets: [] };

const lab = (files: Map<string, string>, content: object = study) => {
  files.set('study.json', JSON.stringify(content));
  const [out, err] = [[] as string[], [] as string[]];
  const io: Io = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    isTerminal: false,
    read: (file) => files.get(file) as string,
    write: (file, text) => files.set(file, text),
    exists: (file) => files.has(file),
    now: () => 0,
  };
  let visits = 0;
  const start: StartEngine = async () =>
    async function* (scenario, metrics, archive, share) {
      const options = { runId: 'cli', scenario, catalogue, backend: 'kernels', now: () => 0 };
      for await (const event of simulate({
        ...options,
        ...(metrics && { metrics }),
        ...(archive && { archive }),
        ...share,
      })) {
        if (event.type === 'lane') visits++;
        yield event;
      }
    };
  const said = () => ({ out: out.splice(0).join(''), err: err.splice(0).join('') });
  return {
    simulate: async (...argv: string[]) => ({ code: await simulateCommand(argv, offer, start, io), ...said() }),
    merge: async (...argv: string[]) => ({ code: await mergeCommand(argv, offer, io), ...said() }),
    lanes: () => visits,
  };
};

/** The parts of a study of so many shards, and the study in one go. */
const sharded = async (of: number, content: object = study) => {
  const files = new Map<string, string>();
  const { simulate: run, merge, lanes } = lab(files, content);
  await run('study.json', '--quiet', '--out', 'whole.json');
  const whole = lanes();
  for (let index = 1; index <= of; index++) {
    const { code, err } = await run('study.json', '--quiet', '--shard', `${index}/${of}`, '--out', `part${index}.json`);
    expect([code, err]).toEqual([0, '']);
  }
  const names = Array.from({ length: of }, (_, i) => `part${i + 1}.json`);
  return { files, run, merge, names, whole, lanes: lanes() - whole };
};

describe('a study in shards', () => {
  it.each([1, 2, 4, 16])('of %i parts, merged in any order, gives to the bit what it gives in one go', async (of) => {
    const { files, merge, names, whole, lanes } = await sharded(of);
    const { code, out, err } = await merge(...[...names].reverse(), '--out', 'all.json');
    expect([code, err]).toEqual([0, '']);
    expect(files.get('all.json')).toBe(files.get('whole.json'));
    expect(out).toContain('GA forgets');
    expect(lanes, 'no lane is computed twice').toBe(whole);
  });

  it('of another family, or with a selector, is put together as well', async () => {
    const others = [
      { version: 2, family: 'numbers', training: { steps: 20 }, seeds: [0, 1], runs: [{ method: 'npo', steps: 5 }] },
      { ...study, attacks: [], forget: { kind: 'selector', id: 'loss', count: 5 } },
    ];
    for (const content of others) {
      const { files, merge, names } = await sharded(3, content);
      expect(await merge(...names, '--out', 'all.json')).toMatchObject({ code: 0, err: '' });
      expect(files.get('all.json')).toBe(files.get('whole.json'));
    }
  });

  it('keeps a run that cannot be carried out, and the others go on', async () => {
    const masked = { name: 'Masked', method: 'ga', steps: 5, mask: { kind: 'salun', keep: 0.001 } };
    const { files, merge, names } = await sharded(2, { ...study, attacks: [], runs: [...study.runs, masked] });
    expect((await merge(...names, '--out', 'all.json')).code).toBe(0);
    expect(files.get('all.json')).toBe(files.get('whole.json'));
    expect(JSON.parse(files.get('all.json') as string).failures).toMatchObject([{ label: 'Masked' }]);
  });

  it('names what is missing, doubled, of another study, of another deal, or cut short', async () => {
    const { files, merge, names, run } = await sharded(3);
    expect((await merge('part1.json')).err).toMatch(/^shards are missing: 2\/3, 3\/3\n/);
    files.set('again.json', files.get('part2.json') as string);
    expect((await merge(...names, 'again.json')).err).toMatch(
      /^shard 2\/3 is there twice: part2.json and again.json\n/,
    );
    await run('study.json', '--quiet', '--seeds', '0,1', '--shard', '3/3', '--out', 'other.json');
    expect((await merge('part1.json', 'part2.json', 'other.json')).err).toMatch(
      /^other.json is a part of another scenario than part1.json\n/,
    );
    await run('study.json', '--quiet', '--shard', '3/4', '--out', 'deal.json');
    expect((await merge('part1.json', 'deal.json')).err).toMatch(/^deal.json is shard 3\/4, part1.json is 1\/3/);
    const part = JSON.parse(files.get('part3.json') as string);
    const altered = (name: string, change: object) => files.set(name, JSON.stringify({ ...part, ...change }));
    altered('engine.json', { engine: { backend: 'kernels', version: '9.0.0' } });
    expect((await merge('part1.json', 'part2.json', 'engine.json')).err).toMatch(
      /^engine.json was computed by kernels 9.0.0, part1.json by kernels 0/,
    );
    altered('short.json', { events: part.events.slice(0, -4) });
    expect((await merge('part1.json', 'part2.json', 'short.json')).err).toMatch(
      /^short.json is cut short: it lacks run 2 under seed 2, run 3 under seed 2/,
    );
    altered('newer.json', { version: 2 });
    expect((await merge('newer.json')).err).toMatch(/^newer.json: this version reads parts of version 1, found 2/);
    files.set('torn.json', (files.get('part3.json') as string).slice(0, 500));
    expect((await merge('torn.json')).err).toMatch(/^torn.json: expected a part.*cut short/);
    expect((await merge('whole.json')).err).toMatch(/^whole.json: expected a part/);
    expect((await merge('nowhere.json')).err).toMatch(/^nowhere.json: there is no such file/);
    expect(await merge()).toMatchObject({ code: 2, err: expect.stringContaining('expected the files of all parts') });
  });

  it('names machines that give a model other numbers', async () => {
    const { files, merge } = await sharded(2);
    const part = JSON.parse(files.get('part2.json') as string);
    const events = part.events.map((event: { type: string; model?: unknown; values?: number[] }) =>
      event.type === 'metrics' && event.model === 'retrained'
        ? { ...event, values: event.values?.map(() => 0.5) }
        : event,
    );
    files.set('odd.json', JSON.stringify({ ...part, events }));
    expect((await merge('part1.json', 'odd.json')).err).toMatch(
      /^part1.json and odd.json have other numbers of the retrained model under seed 1/,
    );
  });

  it('refuses a shard that there is not, and what a shard cannot do', async () => {
    const { simulate: run } = lab(new Map());
    for (const shard of ['17/16', '0/4', '1/0', '-1/4', 'one/two', '3', '1.5/2', '1/99999999']) {
      const { code, err } = await run('study.json', '--shard', shard, '--out', 'p.json');
      expect([shard, code]).toEqual([shard, 2]);
      expect(err).toContain(`--shard: expected`);
    }
    expect((await run('study.json', '--shard', '17/16', '--out', 'p.json')).err).toContain(
      'one of the shards 1/16 to 16/16',
    );
    expect((await run('study.json', '--shard', '1/2')).err).toContain(
      '--shard: expected --out with a file that ends in .json',
    );
    expect((await run('study.json', '--shard', '1/2', '--out', 'p.json', '--check')).err).toContain(
      '--check: not of a shard',
    );
  });
});

describe('the deal', () => {
  it('gives every lane to one shard, shards of nearly the same size, and keeps seeds together', () => {
    for (const of of [1, 3, 7, 16, 100]) {
      const shards = Array.from({ length: of }, (_, i) => dealt({ seeds: [3, 1, 4, 15] }, 5, { index: i + 1, of }));
      const lanes = shards.flatMap((shard) => shard.lanes.map(({ variant, seed }) => `${variant}/${seed}`));
      expect(lanes).toHaveLength(20);
      expect(new Set(lanes).size).toBe(20);
      const sizes = shards.map((shard) => shard.lanes.length);
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      for (const { seeds, lanes: own } of shards) expect(seeds).toEqual([...new Set(own.map(({ seed }) => seed))]);
    }
  });
});
