import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunEvent } from '../../src/sim/events.ts';
import { setAt } from '../../src/store/draft/edits.ts';
import { engineForTests } from '../support/engine.ts';
import { memoryStorage } from '../support/memory-storage.ts';
import { type BenchOptions, benchOf } from './lab-bench.ts';

beforeAll(engineForTests);
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** After this, changes are computed, written into the address and kept. */
const settle = () => vi.advanceTimersByTime(2000);
const setBeta = (beta: number) => setAt(['runs', '1', 'params', 'beta'], beta);

const opened = (options: BenchOptions = {}) => {
  const bench = benchOf(options);
  bench.ready();
  settle();
  return bench;
};
type Bench = ReturnType<typeof opened>;

const betaOf = (bench: Bench) => bench.state().draft.scenario?.runs[1]?.params['beta'];
const edit = (bench: Bench, beta: number) => {
  bench.lab.draft.edit(setBeta(beta));
  settle();
};
/** More points than a link holds. */
const manyPoints = setAt(['data'], {
  generator: 'inline',
  seed: 0,
  params: {
    train: {
      x: Array.from({ length: 8000 }, (_, i) =>
        Array.from({ length: 16 }, (__, j) => Math.sin((16 * i + j) * 12.9898)),
      ),
      y: Array.from({ length: 8000 }, (_, i) => i % 2),
    },
    test: { x: [Array.from({ length: 16 }, () => 0)], y: [0] },
  },
});
const kindsOf = (bench: Bench) => bench.state().notices.map(({ kind }) => kind);
const keptKeys = (storage: Storage) =>
  Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '').filter((key) => key.includes('kept'));

/** The same tab, loaded again: its storage and its history are still there. */
const reloaded = ({ local, session, address }: Bench): Bench =>
  opened({ local, session, hash: address() ?? '', isReload: true });

describe('a reload', () => {
  it('brings back the experiment and every step of its undo history', () => {
    const bench = opened();
    for (const beta of [2, 3, 4]) edit(bench, beta);
    bench.lab.draft.undo();
    settle();
    const after = reloaded(bench);
    expect(betaOf(after)).toBe(3);
    after.lab.draft.redo();
    expect(betaOf(after)).toBe(4);
    for (let i = 0; i < 3; i++) after.lab.draft.undo();
    expect(betaOf(after)).toBe(1);
    expect(after.lab.kept.list()).toEqual([]);
  });

  it('at another of the page’s own addresses brings back what the address says, not what was kept at the last', () => {
    const other = opened();
    edit(other, 5);
    const bench = opened();
    edit(bench, 2);
    const { local, session } = bench;
    const after = opened({ local, session, hash: other.address() ?? '', isReload: true });
    expect(betaOf(after)).toBe(5);
    expect(betaOf(reloaded(bench)), 'where it was kept it still is').toBe(2);
  });

  it('keeps what was changed in the last moment before the page was left', () => {
    const bench = opened();
    bench.lab.draft.edit(setBeta(2));
    bench.hide();
    expect(betaOf(reloaded(bench))).toBe(2);
  });

  it('after a crash, which gives no time to keep anything, has the last edit', () => {
    const bench = opened();
    bench.lab.draft.edit(setBeta(2));
    expect(betaOf(reloaded(bench))).toBe(2);
  });

  it('brings back an experiment with more points than a link holds', () => {
    const bench = opened();
    bench.lab.draft.edit(manyPoints);
    settle();
    const { data } = bench.state().draft.scenario ?? {};
    expect(JSON.stringify(data).length).toBeGreaterThan(100_000);
    expect(reloaded(bench).state().draft.scenario?.data).toEqual(data);
  });

  it('without an edit keeps nothing: a link is no one’s work', () => {
    const bench = opened();
    settle();
    bench.hide();
    expect(keptKeys(bench.local)).toEqual([]);
  });
});

describe('another experiment in the same tab', () => {
  it('by a link leaves the reader’s own reachable, and says so', () => {
    const other = opened();
    other.lab.draft.openPreset('second');
    settle();
    const bench = opened();
    edit(bench, 2);
    bench.visit(other.address() ?? '');
    expect(bench.state().draft.scenario?.id).toBe('second');
    expect(kindsOf(bench)).toEqual(['previous']);
    const [kept] = bench.lab.kept.list();
    expect(kept).toMatchObject({ title: 'First', runs: ['GA', 'NPO'] });
    const [notice] = bench.state().notices;
    expect(notice).toEqual({ kind: 'previous', id: kept?.id });
    bench.lab.kept.open(kept?.id ?? '');
    settle();
    expect(betaOf(bench)).toBe(2);
    bench.lab.draft.undo();
    expect(bench.state().draft.scenario?.id).toBe('second');
  });

  it('by a full load of another address does so too', () => {
    const other = opened();
    other.lab.draft.openPreset('second');
    settle();
    const bench = opened();
    edit(bench, 2);
    const after = opened({ local: bench.local, session: bench.session, hash: other.address() ?? '' });
    expect(after.state().draft.scenario?.id).toBe('second');
    expect(kindsOf(after)).toEqual(['previous']);
    after.lab.draft.edit(setAt(['runs', '0', 'steps'], 7));
    settle();
    expect(after.lab.kept.list().map(({ title }) => title)).toEqual(['First']);
  });

  it('by a preset leaves it in the list, and undo goes back to it', () => {
    const bench = opened();
    edit(bench, 2);
    bench.lab.draft.openPreset('second');
    settle();
    expect(bench.lab.kept.list().map(({ title }) => title)).toEqual(['First']);
    expect(kindsOf(bench)).toEqual([]);
    bench.lab.draft.undo();
    expect(betaOf(bench)).toBe(2);
  });

  it('is not what going back and forward is: that stays the same work', () => {
    const bench = opened();
    edit(bench, 2);
    edit(bench, 3);
    bench.travel(-2);
    expect(betaOf(bench)).toBe(1);
    settle();
    bench.travel(1);
    expect(betaOf(bench)).toBe(2);
    settle();
    expect(kindsOf(bench)).toEqual([]);
    expect(keptKeys(bench.local)).toHaveLength(1);
  });

  it('is not overwritten by an edit that had not reached the address yet', () => {
    const bench = opened();
    edit(bench, 2);
    bench.lab.draft.edit(setBeta(3));
    bench.travel(-1);
    settle();
    expect(betaOf(bench)).toBe(1);
    expect(bench.address()).toBe('');
  });
});

describe('two tabs', () => {
  it('keep their work apart, and each can open the other’s', () => {
    const local = memoryStorage();
    const [a, b] = [opened({ local }), opened({ local })];
    edit(a, 2);
    edit(b, 3);
    edit(a, 4);
    expect(keptKeys(local)).toHaveLength(2);
    const third = opened({ local });
    expect(third.lab.kept.list()).toHaveLength(2);
    third.lab.kept.open(third.lab.kept.list()[1]?.id ?? '');
    expect(betaOf(third)).toBe(3);
    settle();
    edit(third, 5);
    expect(betaOf(reloaded(a))).toBe(4);
    expect(betaOf(reloaded(b))).toBe(3);
  });
});

describe('storage', () => {
  it('that is full makes room from the oldest first, and keeps the newest work', () => {
    const local = memoryStorage(20_000);
    for (let tab = 0; tab < 20; tab++) edit(opened({ local }), 2 + tab / 10);
    const bench = opened({ local });
    expect(bench.state().notices).toEqual([]);
    const [newest] = bench.lab.kept.list();
    bench.lab.kept.open(newest?.id ?? '');
    expect(betaOf(bench)).toBe(3.9);
    expect(bench.lab.kept.list().length).toBeGreaterThan(2);
  });

  it('that takes nothing is said once, and the page goes on', () => {
    const bench = opened({ local: memoryStorage(10) });
    edit(bench, 2);
    edit(bench, 3);
    expect(kindsOf(bench)).toEqual(['unkept']);
    expect(bench.lab.kept.isAtRisk()).toBe(false);
    expect(betaOf(reloaded(bench))).toBe(3);
    edit(bench, 4);
    expect(kindsOf(bench)).toEqual(['unkept']);
  });

  it('that is forbidden, or throws at every touch, is survived', () => {
    const forbidden = new Proxy({} as Storage, {
      get: () => {
        throw new DOMException('Access is denied.', 'SecurityError');
      },
    });
    const bench = opened({ local: forbidden, session: forbidden });
    edit(bench, 2);
    expect(betaOf(bench)).toBe(2);
    expect(kindsOf(bench)).toEqual(['unkept']);
    expect(bench.lab.kept.list()).toEqual([]);
  });

  it('that takes nothing, and a link that is too long, make leaving a risk', () => {
    const bench = opened({ local: memoryStorage(10) });
    bench.lab.draft.edit(manyPoints);
    settle();
    expect(bench.lab.kept.isAtRisk()).toBe(true);
  });

  it('is as hostile as a file: damaged, foreign and newer entries are passed over', () => {
    const local = memoryStorage();
    edit(opened({ local }), 2);
    const foreign = ['', 'no time', '5 {', '6 null', '7 {"version":99}', '8 {"version":1,"scenario":[]}', '9 []'];
    const odd = '{"version":1,"address":"","isEdited":true,"past":[],"future":[],"scenario":{"version":77,"runs":"x"}}';
    for (const [i, text] of [...foreign, `10 ${odd}`].entries()) local.setItem(`unlearn-lab/kept/odd${i}`, text);
    const bench = opened({ local });
    expect(bench.lab.kept.list().map(({ title }) => title)).toEqual(expect.arrayContaining(['First', '']));
    expect(bench.lab.kept.list()).toHaveLength(2);
    for (const { id } of bench.lab.kept.list()) bench.lab.kept.open(id);
    expect(bench.state().draft.scenario).not.toBeNull();
  });

  /** A slot of an edited experiment, whatever the experiment is. */
  const slotOf = (scenario: string, rest = '"past":[],"future":[]') =>
    `5 {"version":1,"address":"","isEdited":true,${rest},"scenario":${scenario}}`;

  /** Lists and opens all that is kept, as the menu does. */
  const usesAll = (local: Storage): void => {
    const bench = opened({ local });
    for (const { id, title, runs, savedMs } of bench.lab.kept.list()) {
      expect([typeof title, ...runs.map((name) => typeof name)]).toEqual(['string', ...runs.map(() => 'string')]);
      expect(() => new Date(savedMs).toISOString()).not.toThrow();
      bench.lab.kept.open(id);
    }
    settle();
    expect(bench.state().draft.scenario).not.toBeNull();
  };

  it.each([
    ['a name that is an object', slotOf('{"runs":[{"name":{}}]}')],
    ['a name that cannot become a text', slotOf('{"runs":[{"name":{"toString":1,"valueOf":1}}]}')],
    ['a title that is a list', slotOf('{"title":[{}],"runs":[]}')],
    ['runs that are a number', slotOf('{"runs":7}')],
    ['runs that are null', slotOf('{"runs":[null,[],7,"x"]}')],
    ['a thousand runs', slotOf(`{"runs":[${Array.from({ length: 1000 }, () => '{"name":"x"}').join()}]}`)],
    ['something nested very deeply', slotOf(`{"title":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)],
    ['members of every object', slotOf('{"__proto__":{"runs":1},"constructor":1,"runs":[{"__proto__":{}}]}')],
    ['a history of other things', slotOf('{"runs":[]}', '"past":[1,null,"x"],"future":[[]]')],
    ['an impossible time', slotOf('{"runs":[]}').replace('5', '1e300')],
  ])('may hold %s, and the page goes on', (_, text) => {
    const local = memoryStorage();
    local.setItem('unlearn-lab/kept/odd', text);
    usesAll(local);
  });

  it('is not parsed where it goes deeper than any document: some parsers need minutes to say so', () => {
    const local = memoryStorage();
    for (const text of [`5 ${'['.repeat(500_000)}`, slotOf(`{"title":${'['.repeat(300)}${']'.repeat(300)}}`)]) {
      local.setItem('unlearn-lab/kept/odd', text);
      expect(opened({ local }).lab.kept.list()).toEqual([]);
    }
  });

  it('brings back no more of a history than could be undone, the newest of it', () => {
    const bench = opened();
    edit(bench, 2);
    const { local, session } = bench;
    const key = keptKeys(local).find((one) => one.endsWith(session.getItem('unlearn-lab/tab') as string)) as string;
    const text = local.getItem(key) as string;
    const kept = JSON.parse(text.slice(text.indexOf(' ')));
    const past = [...Array.from({ length: 20_000 }, () => ({})), ...kept.past];
    local.setItem(key, `5 ${JSON.stringify({ ...kept, past, future: past })}`);
    const { draft } = reloaded(bench).state();
    expect(draft.past).toHaveLength(100);
    expect(draft.past.at(-1)).toEqual(bench.state().draft.past.at(-1));
    expect(draft.future).toHaveLength(100);
  });

  it('may hold anything under any field, and the page goes on', () => {
    const shapes = fc.record(
      {
        title: fc.jsonValue(),
        runs: fc.oneof(fc.jsonValue(), fc.array(fc.record({ name: fc.jsonValue() }))),
        data: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const slots = fc.tuple(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), shapes);
    fc.assert(
      fc.property(fc.array(slots, { maxLength: 4 }), (list) => {
        const local = memoryStorage();
        for (const [i, [time, scenario]] of list.entries())
          local.setItem(
            `unlearn-lab/kept/${i}`,
            slotOf(JSON.stringify(scenario)).replace('5', () => time),
          );
        usesAll(local);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a newer version of the page', () => {
  it('is offered, outlives other notices, and is loaded with the work kept', () => {
    const bench = opened();
    bench.announceUpdate();
    bench.announceUpdate();
    bench.lab.draft.edit(setBeta(2));
    expect(kindsOf(bench)).toEqual(['update']);
    expect(bench.updates()).toBe(0);
    bench.lab.update();
    expect(bench.updates()).toBe(1);
    expect(betaOf(reloaded(bench))).toBe(2);
  });
});

describe('a page that nobody sees', () => {
  it('does not compute, and goes on when it is shown', () => {
    const bench = opened();
    const commands = () => bench.sent.slice(-1).map(({ type }) => type);
    bench.hide();
    expect(commands()).toEqual(['pause']);
    bench.hide();
    expect(bench.sent.filter(({ type }) => type === 'pause')).toHaveLength(1);
    edit(bench, 2);
    expect(bench.sent.slice(-2).map(({ type }) => type)).toEqual(['start', 'pause']);
    bench.hide(false);
    expect(commands()).toEqual(['resume']);
  });

  it('that is opened in the background waits', () => {
    const bench = opened({ isHidden: true });
    expect(bench.sent.map(({ type }) => type)).toEqual(['start', 'pause']);
  });
});

describe('a run', () => {
  it('can be stopped: what there is stays, and it can be run again', async () => {
    const bench = opened();
    await bench.run((type) => type === 'lane');
    const { runId } = bench.starts().at(-1) as { runId: string };
    bench.lab.run.stop();
    expect(bench.sent.at(-1)).toEqual({ type: 'cancel', runId });
    bench.deliver({ type: 'events', events: [{ type: 'cancelled', runId, seq: 999 }] });
    bench.draw();
    expect(bench.state().run.status).toBe('idle');
    expect(bench.state().run.shown?.runId).toBe(runId);
    bench.lab.run.stop();
    expect(bench.sent.filter(({ type }) => type === 'cancel')).toHaveLength(1);
    bench.lab.run.start();
    expect(bench.starts()).toHaveLength(2);
  });

  it('does not count the computer’s sleep, or a pause, as work', async () => {
    const bench = opened();
    await bench.run((type) => type === 'frame');
    const elapsed = () => bench.state().run.current?.elapsedMs() ?? 0;
    const before = elapsed();
    bench.hide();
    bench.sleep(10 * 3_600_000);
    bench.hide(false);
    expect(elapsed()).toBe(before);
    bench.sleep(10 * 3_600_000);
    expect(elapsed() - before).toBeLessThanOrEqual(60_000);
  });

  it('that is large says how long it will take before its first step, then by its own pace, until it ends', async () => {
    const bench = opened();
    await bench.run((type) => type === 'data');
    const { runId } = bench.starts().at(-1) as { runId: string };
    const longMs = () => bench.state().run.longMs ?? 0;
    const tell = (event: object) => {
      bench.deliver({ type: 'events', events: [{ runId, seq: 9, ...event } as RunEvent] });
      bench.draw();
    };
    const progress = (done: number) => tell({ type: 'progress', phase: 'training', step: 1, done, total: 1e10 });
    expect(bench.state().run.longMs).toBeNull();
    progress(0);
    const first = longMs();
    expect(first).toBeGreaterThan(60_000);
    bench.sleep(10_000);
    progress(1e8);
    expect(longMs()).toBeGreaterThan(900_000);
    expect(longMs()).toBeLessThan(1_100_000);
    bench.sleep(10_000);
    progress(0.99e10);
    expect(bench.state().run.longMs).not.toBeNull();
    tell({ type: 'cancelled' });
    expect(bench.state().run.longMs).toBeNull();
  });
});
