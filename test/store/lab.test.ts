import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Cause } from '../../src/scenario/format/provenance.ts';
import { decodeLink, encodeLink } from '../../src/scenario/links/link.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { setAt } from '../../src/store/draft/edits.ts';
import { engineForTests } from '../support/engine.ts';
import { SMALL } from '../support/run.ts';
import { benchOf } from './lab-bench.ts';

beforeAll(engineForTests);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** After this, changes are computed and written into the address. */
const settle = () => vi.advanceTimersByTime(2000);
const setBeta = (beta: number) => setAt(['runs', '1', 'params', 'beta'], beta);

/** A lab whose first preset has run to its end and played to its end. */
const finished = async (options = {}) => {
  const bench = benchOf(options);
  bench.ready();
  settle();
  await bench.run();
  bench.draw(600);
  return bench;
};

describe('opening the page', () => {
  it('starts the first preset as soon as the engine is there, and leaves the address alone', () => {
    const bench = benchOf();
    expect(bench.starts()).toHaveLength(0);
    bench.ready();
    settle();
    expect(bench.starts().map(({ scenario }) => scenario.id)).toEqual(['first']);
    expect(bench.history()).toEqual(['']);
  });

  it('plays through the steps while they arrive, never beyond what is computed, and holds at the end', async () => {
    const bench = benchOf();
    bench.ready();
    settle();
    await bench.run((type) => type === 'lane');
    let last = -1;
    for (let i = 0; i < 600; i++) {
      bench.draw();
      const { step, available } = bench.state().view;
      expect(step).toBeGreaterThanOrEqual(last);
      expect(step).toBeLessThanOrEqual(available);
      last = step;
    }
    const { view } = (await finished()).state();
    expect(view).toMatchObject({ step: 20, available: 20, isPlaying: false });
  });

  it('does not play by itself under reduced motion, and shows the last step', async () => {
    const bench = await finished({ isMotionReduced: true });
    expect(bench.state().view).toMatchObject({ step: 20, isPlaying: false });
  });

  it('plays to the end of an experiment that does not have seed 0', async () => {
    const { scenario } = parseScenario(
      { ...SMALL, runs: [{ name: 'GA', method: 'ga', steps: 10 }], seeds: [3, 4] },
      catalogueInfo,
      'strict',
    );
    const bench = benchOf({ hash: encodeLink(scenario), isMotionReduced: true });
    bench.ready();
    vi.advanceTimersByTime(1000);
    await bench.run();
    const { view, run } = bench.state();
    expect(run.status).toBe('finished');
    expect(view).toMatchObject({ available: 10, step: 10 });
  });

  it('opens a readable query', () => {
    const bench = benchOf({ search: '?p=second' });
    bench.ready();
    expect(bench.state().draft.scenario?.id).toBe('second');
  });

  it('opens the first preset for a malformed link, says why, and keeps the link', () => {
    const bench = benchOf({ hash: '1.notalink' });
    bench.ready();
    settle();
    expect(bench.state().draft.scenario?.id).toBe('first');
    expect(bench.state().notices.map(({ kind }) => kind)).toEqual(['bad-link']);
    expect(bench.address()).toBe('1.notalink');
  });

  it('opens the first preset where the others do not arrive, and says that something is missing', () => {
    const bench = benchOf({ presets: null });
    bench.ready();
    settle();
    expect(bench.state().draft.scenario?.id).toBe('first');
    expect(bench.state().presets.map(({ id }) => id)).toEqual(['first']);
    expect(bench.state().notices.map(({ kind }) => kind)).toEqual(['not-loaded']);
  });

  it('says so when the worker speaks another protocol', () => {
    const bench = benchOf();
    bench.deliver({
      type: 'ready',
      protocol: 99 as never,
      backend: '',
      catalogue: {
        families: [],
        methods: [],
        retain: [],
        masks: [],
        wrappers: [],
        generators: [],
        metrics: [],
        attacks: [],
        selectors: [],
      },
    });
    expect(bench.state().catalogue).toBeNull();
    expect(bench.state().notices).toHaveLength(1);
  });
});

describe('events', () => {
  it('reach the store at most once a frame', async () => {
    const bench = benchOf();
    bench.ready();
    settle();
    const versions = new Set<number>();
    bench.lab.store.subscribe(({ run }) => versions.add(run.version));
    await bench.run();
    expect(versions.size).toBeLessThanOrEqual(2);
    expect(bench.state().run.status).toBe('finished');
  });

  it('of a run that is no longer the current one are left alone', async () => {
    const bench = await finished();
    const { version } = bench.state().run;
    bench.deliver({ type: 'events', events: [{ type: 'cancelled', runId: 'run-0', seq: 0 }] });
    bench.draw();
    expect(bench.state().run.version).toBe(version);
    expect(bench.state().run.status).toBe('finished');
  });
});

describe('an edit', () => {
  it('marks the result stale, keeps it on screen, and computes anew with the same seeds', async () => {
    const bench = await finished();
    const before = bench.state().run.shown;
    bench.lab.draft.edit(setBeta(0.1));
    expect(bench.state().run).toMatchObject({ isStale: true, shown: before });
    expect(bench.starts()).toHaveLength(1);
    settle();
    expect(bench.starts()).toHaveLength(2);
    expect(bench.starts()[1]?.scenario.seeds).toEqual(before?.scenario.seeds);
    expect(bench.state().run.shown).toBe(before);
    await bench.run();
    expect(bench.state().run.isStale).toBe(false);
    expect(bench.state().run.shown?.scenario.runs[1]?.params['beta']).toBe(0.1);
  });

  it('of one gesture is computed once and makes one entry of the history', async () => {
    const bench = await finished();
    for (const beta of [0.9, 0.8, 0.7, 0.6]) {
      bench.lab.draft.edit(setBeta(beta), 'beta');
      vi.advanceTimersByTime(100);
    }
    settle();
    expect(bench.starts()).toHaveLength(2);
    expect(bench.history()).toHaveLength(2);
    bench.lab.draft.undo();
    expect(bench.state().draft.scenario?.runs[1]?.params['beta']).toBe(1);
    bench.lab.draft.redo();
    expect(bench.state().draft.scenario?.runs[1]?.params['beta']).toBe(0.6);
  });

  it.each([
    ['1.1 s', 1100, 1],
    ['1.3 s', 1300, 2],
  ])('of one knob after %s of rest is that many entries of the history', async (_, rest, entries) => {
    const bench = await finished();
    bench.lab.draft.edit(setBeta(0.9), 'beta');
    bench.sleep(rest);
    bench.lab.draft.edit(setBeta(0.8), 'beta');
    expect(bench.state().draft.past).toHaveLength(entries);
    bench.lab.draft.undo();
    expect(bench.state().draft.scenario?.runs[1]?.params['beta']).toBe(entries === 1 ? 1 : 0.9);
  });

  it('of another knob, or of none, is an entry of its own however soon it comes', async () => {
    const bench = await finished();
    bench.lab.draft.edit(setBeta(0.9), 'beta');
    bench.lab.draft.edit(setBeta(0.8), 'other');
    bench.lab.draft.edit(setBeta(0.7));
    bench.lab.draft.edit(setBeta(0.6));
    expect(bench.state().draft.past).toHaveLength(4);
  });

  it('that is taken back before it is computed costs nothing', async () => {
    const bench = await finished();
    bench.lab.draft.edit(setBeta(0.5));
    bench.lab.draft.undo();
    settle();
    expect(bench.starts()).toHaveLength(1);
    expect(bench.state().run.isStale).toBe(false);
  });

  it('that makes other fields impossible repairs them and says so', async () => {
    const bench = await finished();
    bench.lab.draft.edit(setAt(['data', 'params', 'classes'], 2));
    bench.lab.draft.edit(setAt(['forget', 'label'], 7));
    expect(bench.state().draft.scenario?.forget).toEqual({ kind: 'class', label: 1 });
    expect(bench.state().notices[0]).toMatchObject({ kind: 'repairs', source: 'edit' });
  });

  it('keeps the step that the reader has paused at', async () => {
    const bench = await finished();
    bench.lab.clock.setStep(10);
    bench.lab.draft.edit(setBeta(0.1));
    settle();
    await bench.run();
    bench.draw(5);
    expect(bench.state().view).toMatchObject({ step: 10, isPlaying: false });
  });

  it('keeps that step when another edit comes before the computation has reached it', async () => {
    const bench = await finished();
    bench.lab.clock.setStep(15);
    bench.lab.draft.edit(setBeta(0.1));
    settle();
    await bench.run(() => {
      bench.draw();
      return bench.state().view.step < 15;
    });
    expect(bench.state().view.step).toBeLessThan(15);
    bench.lab.draft.edit(setBeta(0.2));
    settle();
    await bench.run();
    bench.draw(5);
    expect(bench.state().view).toMatchObject({ step: 15, isPlaying: false });
  });
});

describe('the clock', () => {
  it('never trains', async () => {
    const bench = await finished();
    const sent = bench.sent.length;
    for (const step of [0, 13, 20, 5]) bench.lab.clock.setStep(step);
    bench.lab.clock.moveBy(1);
    bench.lab.clock.moveBy(-10);
    bench.lab.clock.play();
    bench.draw(20);
    bench.lab.clock.pause();
    expect(bench.sent).toHaveLength(sent);
  });

  it('stands on recorded steps only', async () => {
    const bench = await finished();
    bench.lab.clock.setStep(13);
    expect(bench.state().view.step).toBe(10);
    bench.lab.clock.moveBy(1);
    expect(bench.state().view.step).toBe(15);
  });

  it('starts over when it is played from the end', async () => {
    const bench = await finished();
    bench.lab.clock.play();
    expect(bench.state().view).toMatchObject({ step: 0, isPlaying: true });
  });
});

describe('a link', () => {
  it('opens the same experiment elsewhere, and the checksum tells that the numbers are the same', async () => {
    const bench = await finished();
    const hash = bench.lab.link.shareHash();
    const other = await finished({ hash });
    expect(other.state().notices[0]).toMatchObject({ kind: 'comparison', isSame: true });
    expect(other.lab.link.checksum()).toBe(bench.lab.link.checksum());
    expect(other.address()).toBe(hash);
  });

  it('at a step opens with the clock there, paused, and goes no further by itself', async () => {
    const bench = await finished();
    const other = await finished({ hash: bench.lab.link.shareHash(10) });
    expect(other.state().view).toMatchObject({ step: 10, available: 20, isPlaying: false });
    expect(other.state().notices).toMatchObject([{ kind: 'comparison', isSame: true }]);
    other.lab.draft.edit(setBeta(0.1));
    settle();
    await other.run();
    other.draw(600);
    expect(other.state().view).toMatchObject({ step: 10, isPlaying: false });
    const plain = decodeLink(other.lab.link.shareHash(), catalogueInfo).scenario.view;
    expect('step' in plain).toBe(false);
  });

  it('at another step of what is on screen goes there, and computes nothing', async () => {
    const bench = await finished();
    const starts = bench.starts().length;
    bench.history().push(bench.lab.link.shareHash(10), bench.lab.link.shareHash());
    bench.travel(1);
    settle();
    expect(bench.state().view).toMatchObject({ step: 10, isPlaying: false });
    bench.lab.clock.setStep(15);
    bench.travel(1);
    settle();
    expect(bench.state().view.step).toBe(15);
    expect(bench.starts()).toHaveLength(starts);
  });

  it('at a step that the run does not have rests at its end', async () => {
    const bench = await finished();
    const other = await finished({ hash: bench.lab.link.shareHash(9999) });
    expect(other.state().view).toMatchObject({ step: 20, isPlaying: false });
  });

  it('tells which engine made it', async () => {
    const bench = await finished();
    const { engine, checksum } = decodeLink(bench.lab.link.shareHash(), catalogueInfo);
    expect(engine).toMatch(/^wasm \d+\.\d+\.\d+$/);
    expect(checksum).toBe(bench.lab.link.checksum());
  });

  it.each<[Cause, string | undefined]>([
    ['machine', 'wasm %'],
    ['backend', 'kernels %'],
    ['version', 'wasm 0.0.1'],
    ['version', 'kernels 0.0.1'],
    ['unknown', undefined],
  ])('with another checksum says that the result differs: %s if made by %s', async (cause, madeBy) => {
    const bench = await finished();
    const { scenario, engine = '', checksum: found } = decodeLink(bench.lab.link.shareHash(), catalogueInfo);
    const expected = found === 'deadbeef' ? 'deadbee0' : 'deadbeef';
    const made = madeBy?.replace('%', engine.split(' ')[1] ?? '');
    const hash = encodeLink(scenario, { checksum: expected, ...(made === undefined ? {} : { engine: made }) });
    const other = await finished({ hash });
    const notice = { kind: 'comparison', isSame: false, expected, found, engine, cause };
    expect(other.state().notices).toEqual([{ ...notice, ...(made === undefined ? {} : { madeBy: made }) }]);
  });

  it('that had to be repaired says so where its result differs', async () => {
    const bench = await finished();
    const scenario = bench.state().draft.scenario;
    if (!scenario) throw new Error('no scenario');
    const broken = { ...scenario, training: { ...scenario.training, learningRate: 99 } };
    const other = await finished({ hash: encodeLink(broken, { checksum: 'deadbeef', engine: 'wasm 0.0.1' }) });
    expect(other.state().notices).toMatchObject([{ kind: 'repairs' }, { kind: 'comparison', cause: 'repaired' }]);
  });

  it('carries no checksum while the result is stale', async () => {
    const bench = await finished();
    bench.lab.draft.edit(setBeta(0.1));
    expect(bench.lab.link.checksum()).toBeNull();
  });

  it('is followed back and forward', async () => {
    const bench = await finished();
    bench.lab.draft.edit(setBeta(0.1));
    settle();
    expect(bench.history()).toHaveLength(2);
    bench.travel(-1);
    expect(bench.state().draft.scenario?.runs[1]?.params['beta']).toBe(1);
    bench.travel(1);
    expect(bench.state().draft.scenario?.runs[1]?.params['beta']).toBe(0.1);
    settle();
    expect(bench.history()).toHaveLength(2);
  });
});

describe('what goes wrong', () => {
  it('leaves the last result on screen and says where the fault is', async () => {
    const bench = await finished();
    const before = bench.state().run.shown;
    bench.lab.draft.edit(setBeta(0.1));
    settle();
    const runId = bench.starts().at(-1)?.runId ?? '';
    const error = {
      code: 'forget/invalid',
      message: 'empty',
      faults: [{ path: '/forget', expected: 'points', found: 'none' }],
    } as const;
    bench.deliver({ type: 'events', events: [{ type: 'failed', error, runId, seq: 0 }] });
    bench.draw();
    expect(bench.state().run).toMatchObject({ status: 'failed', error, shown: before });
  });

  it('is told where a worker says nothing, until it says something or the run is started again', async () => {
    const bench = await finished();
    const kinds = () => bench.state().notices.map(({ kind }) => kind);
    bench.deliver({ type: 'quiet', of: 'run' });
    bench.deliver({ type: 'quiet', of: 'run' });
    expect(kinds()).toEqual(['quiet']);
    bench.deliver({ type: 'events', events: [] });
    expect(kinds()).toEqual([]);
    bench.deliver({ type: 'quiet', of: 'loading' });
    bench.ready();
    expect(kinds()).not.toContain('quiet');
  });

  it('in a file changes nothing', async () => {
    const bench = await finished();
    const before = bench.state().draft.scenario;
    bench.lab.draft.openText('{ not json');
    bench.lab.draft.openText('[1, 2]');
    expect(bench.state().draft.scenario).toBe(before);
    expect(bench.state().notices[0]?.kind).toBe('bad-file');
  });

  it('with a picture that is asked for is no word worth', async () => {
    const bench = await finished();
    bench.lab.run.ask({ kind: 'frame', model: 0, seed: 0, step: 10, size: 96 });
    const query = bench.sent.at(-1);
    if (query?.type !== 'query') throw new Error('nothing was asked');
    const error = { code: 'worker/unknown-query', message: 'gone', faults: [] } as const;
    bench.deliver({ type: 'error', requestId: query.requestId, error });
    expect(bench.state().run.status).toBe('finished');
  });
});

describe('a scenario file', () => {
  it('opens when it is right', async () => {
    const bench = await finished();
    bench.lab.draft.openText(JSON.stringify({ version: 1, title: 'Mine', training: { steps: 5 } }));
    expect(bench.state().draft.scenario?.title).toBe('Mine');
    expect(bench.state().notices).toEqual([]);
  });

  it('with faults is not opened: each is listed with its path, and what was there stays', async () => {
    const bench = await finished();
    const before = bench.state().draft.scenario;
    bench.lab.draft.openText(JSON.stringify({ version: 1, title: 'Mine', training: { steps: -5 }, seeds: ['x'] }));
    expect(bench.state().draft.scenario).toBe(before);
    expect(bench.state().notices[0]).toMatchObject({
      kind: 'bad-file',
      faults: [{ path: '/training/steps' }, { path: '/seeds/0' }],
    });
  });

  it('of weights puts them into the experiment on screen; weights of another network or seed are refused', async () => {
    const bench = benchOf();
    bench.ready();
    const before = bench.state().draft.scenario;
    const zeros = (rows: number, columns: number) => Array.from({ length: rows }, () => Array(columns).fill(0));
    const original = { W1: zeros(2, 16), b1: zeros(1, 16)[0], W2: zeros(16, 5), b2: zeros(1, 5)[0] };
    const file = (bySeed: object) =>
      JSON.stringify({ kind: 'weights', version: 1, about: { model: 'GA', step: 7 }, bySeed });

    bench.lab.draft.openText(file({ 7: { original } }));
    expect(bench.state().notices).toEqual([
      expect.objectContaining({ kind: 'bad-file', faults: [expect.objectContaining({ path: '/bySeed', found: '7' })] }),
    ]);
    bench.lab.draft.openText(file({ 0: { original: { ...original, b1: [0] } } }));
    expect(bench.state().notices).toMatchObject([
      { kind: 'bad-file', faults: [{ path: '/model/weights/bySeed/0/original/b1' }] },
    ]);
    expect(bench.state().draft.scenario).toBe(before);

    bench.lab.draft.openText(file({ 0: { original } }));
    expect(bench.state().notices).toEqual([{ kind: 'weights', of: 'GA', step: 7, seeds: [0] }]);
    expect(bench.state().draft.scenario).toEqual({
      ...before,
      model: { ...before?.model, weights: { bySeed: { 0: { original } } } },
    });
    bench.lab.draft.undo();
    expect(bench.state().draft.scenario).toBe(before);
  });

  it('may be a results file: its scenario is opened, and its results compared with those here', async () => {
    const bench = await finished();
    const results = bench.state().run.shown?.collector.results();
    bench.lab.draft.openPreset('second');
    settle();
    await bench.run();
    bench.lab.draft.openText(JSON.stringify(results));
    expect(bench.state().draft.scenario?.id).toBe('first');
    expect(bench.state().notices).toEqual([]);
    settle();
    await bench.run();
    expect(bench.state().notices).toMatchObject([{ kind: 'comparison', isSame: true, found: results?.checksum }]);
    const starts = bench.starts().length;
    bench.lab.draft.openText(JSON.stringify({ ...results, checksum: 'deadbeef' }));
    settle();
    expect(bench.starts()).toHaveLength(starts);
    expect(bench.state().notices).toMatchObject([{ kind: 'comparison', isSame: false, cause: 'machine' }]);
  });
});
