import { describe, expect, it } from 'vitest';
import type { Offer } from '../../src/cli/load.ts';
import { type StartEngine, simulateCommand } from '../../src/cli/simulate.ts';
import type { Io } from '../../src/cli/terminal/io.ts';
import { npz } from '../../src/scenario/files/npz.ts';
import type { Results } from '../../src/scenario/format/results.ts';
import { expandRuns } from '../../src/scenario/format/variants.ts';
import { encodeLink } from '../../src/scenario/links/link.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import type { RunEvent, RunEventBody } from '../../src/sim/events.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';

const demo = {
  version: 1,
  id: 'demo',
  title: 'A demo',
  runs: [
    { name: 'GA', method: 'ga', steps: 2 },
    { name: 'NPO', method: 'npo', steps: 2 },
  ],
  seeds: [0, 1],
  claims: [
    { text: 'good', run: 'GA', metric: 'testAccuracy', is: '==', value: 0 },
    { text: 'bad', run: 'NPO', metric: 'testAccuracy', is: '==', than: { run: 'GA' } },
  ],
};
const preset = (id: string, input: unknown) => ({ id, title: 'A demo', question: '', input });
const offer: Offer = {
  catalogue,
  presets: [preset('demo', demo), preset('good', { ...demo, claims: demo.claims.slice(0, 1) })],
};

/** An engine whose test accuracy is the number of the variant. */
const fakeEngine =
  (end: readonly RunEventBody[] = [{ type: 'finished', milliseconds: 1 }]): StartEngine =>
  async () =>
  (scenario) => {
    const variants = expandRuns(scenario, catalogue);
    const bodies: RunEventBody[] = [
      {
        type: 'started',
        variants,
        seeds: scenario.seeds,
        metricIds: ['testAccuracy'],
        backend: 'fake',
        engineVersion: '1',
        shownSeed: 0,
      },
      { type: 'progress', phase: 'unlearning', step: 1, done: 60, total: 100 },
      ...variants.flatMap(({ variant, recorded }) =>
        scenario.seeds.flatMap((seed) =>
          recorded.map((step): RunEventBody => {
            return { type: 'metrics', model: variant, seed, step, values: Float64Array.of(variant) };
          }),
        ),
      ),
      ...end,
    ];
    return (async function* () {
      yield* bodies.map((body, seq): RunEvent => ({ ...body, runId: 'cli', seq }));
    })();
  };

const call = async (argv: readonly string[], { files = {}, start = fakeEngine(), isTerminal = false } = {}) => {
  const out: string[] = [];
  const err: string[] = [];
  const written: Record<string, string> = {};
  const known: Readonly<Record<string, string | Uint8Array>> = files;
  const io: Io = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    isTerminal,
    read: (file) => {
      const text = known[file];
      if (text === undefined) throw new Error('no such file');
      return text;
    },
    write: (file, text) => {
      written[file] = text;
    },
    exists: (file) => known[file] !== undefined,
    now: () => 0,
  };
  const code = await simulateCommand(argv, offer, start, io);
  return { code, out: out.join(''), err: err.join(''), written };
};

describe('simulate', () => {
  it('says of weights, as NumPy and as JSON, where they are for', async () => {
    const bytes = npz([
      { name: 'W1', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
      { name: 'b1', shape: [2], values: Float32Array.of(0, 1) },
    ]);
    const { code, err } = await call(['w.npz'], { files: { 'w.npz': bytes } });
    expect(code).toBe(2);
    expect(err).toMatch(/w\.npz: expected an experiment or a tournament, found a file of kind weights\. On the page/);
    const broken = await call(['w.npz'], { files: { 'w.npz': bytes.slice(0, 40) } });
    expect(broken.err).toMatch(/numpy\.savez|archive|\.npz/);
  });

  it('runs a preset and prints a table', async () => {
    const { code, out, err } = await call(['demo']);
    expect(code).toBe(0);
    expect(out).toContain('NPO');
    expect(out).toContain('holds on 2 of 2 seeds: good');
    expect(err).toBe('25 %\n50 %\n');
  });

  it('runs a file and a link to the same numbers', async () => {
    const { scenario } = parseScenario(demo, catalogue, 'strict');
    const file = await call(['my.json', '--format', 'json'], { files: { 'my.json': JSON.stringify(demo) } });
    const link = await call([`https://example.org/lab/#${encodeLink(scenario)}`, '--format', 'json']);
    const query = await call(['https://example.org/lab/?p=demo', '--format', 'json']);
    expect(file.code).toBe(0);
    expect(link.out).toBe(file.out);
    expect(query.out).toBe(file.out);
    expect((JSON.parse(file.out) as Results).checksum).toMatch(/^[0-9a-f]{8}$/);
  });

  it('says whether the results are those of a link or a results file, unless they are of other runs or seeds', async () => {
    const { scenario } = parseScenario(demo, catalogue, 'strict');
    const { out } = await call(['demo', '--format', 'json']);
    const { checksum } = JSON.parse(out) as Results;
    const link = (made: object) => `#${encodeLink(scenario, made)}`;
    expect((await call([link({ checksum })])).err).toContain(`Same result as where it was made (checksum ${checksum})`);
    const other = await call([link({ checksum: 'deadbeef', engine: 'wasm 0.0.1' })]);
    expect(other.err).toMatch(/differs .*, deadbeef on wasm 0\.0\.1/);
    expect((await call(['r.json'], { files: { 'r.json': out } })).err).toContain('Same result');
    expect((await call([link({ checksum: 'deadbeef' }), '--seeds', '7'])).err).not.toMatch(/result/);
    expect((await call([link({ checksum }), '--quiet'])).err).toBe('');
  });

  it('does not hand a name’s control characters to the terminal', async () => {
    const hostile = { ...demo, runs: [{ name: 'A\u001b[2J\u202eB', method: 'ga' }], claims: [] };
    const { out } = await call(['x.json'], { files: { 'x.json': JSON.stringify(hostile) } });
    expect(out).toContain('A\uFFFD[2J\uFFFDB');
    expect(out).not.toContain('\u001b');
  });

  it('takes other seeds and fewer runs, and only the claims about those', async () => {
    const { out } = await call(['demo', '--seeds', '7', '--runs', 'GA', '--format', 'json']);
    const results = JSON.parse(out) as Results;
    expect(results.runs.map(({ name, seed }) => [name, seed])).toEqual([['GA', 7]]);
    expect(results.claims.map(({ text }) => text)).toEqual(['good']);
  });

  it('writes the results to a file, as JSON or as CSV', async () => {
    const { written, out } = await call(['demo', '--out', 'r.json']);
    expect((JSON.parse(written['r.json'] ?? '') as Results).scenario.id).toBe('demo');
    expect(out).toContain('Claims');
    const csv = await call(['demo', '--out', 'r.csv']);
    expect(csv.written['r.csv']).toMatch(/^run,method,seed,step,testAccuracy\nGA,ga,0,0,0\n/);
  });

  it('exits with 1 if a claim fails and it was asked to check', async () => {
    expect((await call(['demo', '--check'])).code).toBe(1);
    expect((await call(['good', '--check'])).code).toBe(0);
  });

  it('draws a bar on a terminal and nothing if quiet', async () => {
    expect((await call(['demo'], { isTerminal: true })).err).toMatch(/█+░+ 60 % unlearning/);
    expect((await call(['demo', '--quiet'], { isTerminal: true })).err).toBe('');
  });

  it('lists the presets in its help', async () => {
    const { code, out } = await call(['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Usage: .*[\s\S]*demo +A demo/);
  });

  it.each([
    ['a preset that does not exist', ['dmeo'], 'no preset, file or link "dmeo" (did you mean demo?)'],
    ['a file that does not exist', ['x.json'], 'x.json: cannot be read (no such file)'],
    ['a file that is not JSON', ['bad.json'], 'bad.json: expected JSON'],
    ['a scenario with faults', ['faulty.json'], '/runs/0/method: expected one of retrain, ga, npo, rl'],
    ['a scenario with faults', ['faulty.json'], '/seeds/0: expected a whole number'],
    ['a scenario without runs', ['empty.json'], '/runs: expected at least one run, found []'],
    ['a link that is cut short', ['https://example.org/#1.abc'], 'This link cannot be read'],
    ['a link of the future', ['https://example.org/#9.abc'], 'a newer page has made this'],
    ['a link that would be repaired', ['https://example.org/?p=demo&beta=x'], '?beta: expected a number, found "x"'],
    ['a link without an experiment', ['https://example.org/'], 'this link holds no experiment'],
    ['a run that does not exist', ['demo', '--runs', 'NPP'], '--runs: expected some of GA, NPO (did you mean NPO?)'],
    ['seeds that are not allowed', ['demo', '--seeds', '1,1'], '/seeds/1: expected different values'],
    ['an unknown option', ['demo', '--quite'], 'unknown option --quite (did you mean --quiet?)'],
  ])('exits with 2 for %s and says where it is wrong', async (_, argv, message) => {
    const files = {
      'bad.json': '{',
      'faulty.json': JSON.stringify({ ...demo, runs: [{ method: 'x' }], seeds: [-1] }),
      'empty.json': JSON.stringify({ version: 1 }),
    };
    const { code, out, err } = await call(argv, { files });
    expect(err).toContain(message);
    expect(code).toBe(2);
    expect(out).toBe('');
  });

  it('exits with 2 if the engine finds the scenario impossible, with 3 if it breaks', async () => {
    const failing = (code: 'forget/invalid' | 'worker/internal') =>
      fakeEngine([{ type: 'failed', error: { code, message: 'the reason', faults: [] } }]);
    expect(await call(['demo'], { start: failing('forget/invalid') })).toMatchObject({ code: 2, out: '' });
    const broken = await call(['demo'], { start: failing('worker/internal') });
    expect(broken).toMatchObject({ code: 3 });
    expect(broken.err).toContain('the reason');
    const crash = await call(['demo'], { start: () => Promise.reject(new Error('no engine')) });
    expect(crash).toMatchObject({ code: 3 });
    expect(crash.err).toContain('no engine');
  });

  it('says that the training of a model diverged, in the table, in the JSON and beside them', async () => {
    const start = fakeEngine([
      { type: 'trainingDiverged', model: 'original', seed: 0, step: 4 },
      { type: 'trainingDiverged', model: 'retrained', seed: 0, step: 6 },
      { type: 'finished', milliseconds: 1 },
    ]);
    const { code, out, err } = await call(['demo'], { start });
    expect(code).toBe(0);
    expect(out).toMatch(/Original .*training diverged 1\/\d+ \(at step 4\)/);
    expect(out).toMatch(/Retrained .*training diverged 1\/\d+ \(at step 6\)/);
    expect(err).toContain('The training of the original model diverged at step 4 under seed 0');
    const json = JSON.parse((await call(['demo', '--format', 'json'], { start })).out);
    expect(json.trainingDiverged).toEqual([
      { model: 'original', seed: 0, step: 4 },
      { model: 'retrained', seed: 0, step: 6 },
    ]);
  });

  it('prints what there is if a run could not be carried out, and exits with 2', async () => {
    const error = { code: 'method/failed', message: 'the mask keeps nothing', faults: [] } as const;
    const start = fakeEngine([
      { type: 'variantFailed', variant: 1, error },
      { type: 'finished', milliseconds: 1 },
    ]);
    const { code, out, err } = await call(['demo'], { start });
    expect(code).toBe(2);
    expect(out).toContain('GA');
    expect(err).toContain('NPO could not run: the mask keeps nothing');
  });
});
