import { beforeAll, describe, expect, it } from 'vitest';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import { createCollector } from '../../src/sim/collector.ts';
import type { RunEvent } from '../../src/sim/events.ts';
import { startHost } from '../../src/worker/host.ts';
import { dealSeeds } from '../../src/worker/pool/dealt-run.ts';
import { createPool, type PoolWorker } from '../../src/worker/pool/pool.ts';
import type { Command, Message } from '../../src/worker/protocol.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, small } from '../support/run.ts';

beforeAll(engineForTests);

const scenario = small({
  runs: [
    { name: 'GA', method: 'ga', steps: 12 },
    { name: 'RL', method: 'rl', steps: 9, batchSize: 4, mask: { kind: 'none' }, retain: { kind: 'ce' } },
  ],
  training: { steps: 8 },
  seeds: [3, 0, 1, 7, 2],
});

/** A host in this thread that can be killed as a worker can. */
const workerForTest = () => {
  let toHost: (command: Command) => void = () => undefined;
  const toPage = new Set<(message: Message) => void>();
  const toDeath = new Set<(reason: string) => void>();
  let isAlive = true;
  let time = 0;
  queueMicrotask(() =>
    startHost({
      port: {
        post: (message) => {
          if (isAlive) for (const handler of toPage) handler(structuredClone(message));
        },
        listen: (handler) => {
          toHost = handler;
          return () => undefined;
        },
      },
      catalogue,
      info: catalogueInfo,
      backend: 'wasm',
      now: () => time++,
      breathe: () => new Promise((resolve) => setImmediate(resolve)),
    }),
  );
  let isStuck = false;
  const worker: PoolWorker = {
    post: (command) => queueMicrotask(() => isAlive && !isStuck && toHost(command)),
    listen: (handler) => {
      toPage.add(handler);
      return () => toPage.delete(handler);
    },
    onDeath: (handler) => toDeath.add(handler),
    terminate: () => {
      isAlive = false;
    },
  };
  const die = () => {
    isAlive = false;
    for (const handler of [...toDeath]) handler('killed');
  };
  /** As in the middle of a step that does not end: it hears nothing and says nothing. */
  const stick = () => {
    isStuck = true;
    toPage.clear();
  };
  return { worker, die, stick, isAlive: () => isAlive };
};

const ENDS = ['finished', 'cancelled', 'failed'];

/** A pool with its events per run; `watch` sees each message as it passes. */
const poolForTest = async (size: number) => {
  const timers: (() => void)[] = [];
  const spawned: ReturnType<typeof workerForTest>[] = [];
  const events = new Map<string, RunEvent[]>();
  const messages: Message[] = [];
  const watchers = new Set<() => void>();
  const pool = createPool(
    () => {
      const made = workerForTest();
      spawned.push(made);
      return made.worker;
    },
    size,
    (_, callback) => timers.push(callback),
  );
  pool.listen((message) => {
    messages.push(message);
    if (message.type === 'events') {
      for (const event of message.events) events.set(event.runId, [...(events.get(event.runId) ?? []), event]);
    }
    for (const watcher of [...watchers]) watcher();
  });
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const watcher = () => {
        if (!holds()) return;
        watchers.delete(watcher);
        resolve();
      };
      watchers.add(watcher);
      watcher();
    });
  await until(() => messages.some(({ type }) => type === 'ready'));
  const of = (runId: string) => events.get(runId) ?? [];
  const ended = (runId: string) => until(() => of(runId).some(({ type }) => ENDS.includes(type)));
  const start = (runId: string, what: Scenario = scenario) => pool.post({ type: 'start', runId, scenario: what });
  /** Lets all timers run down that are set now. */
  const ring = () => {
    for (const timer of timers.splice(0)) timer();
  };
  return { ring, pool, spawned, messages, of, ended, until, start };
};

const results = (events: readonly RunEvent[]) => {
  const collector = createCollector(scenario);
  for (const event of events) collector.take(event);
  const { runs, original, retrained, checksum } = collector.results();
  const bySeed = <T extends { readonly seed: number }>(rows: readonly T[]) => rows.toSorted((a, b) => a.seed - b.seed);
  const timeless = runs.map(({ milliseconds: _, ...run }) => run);
  return { runs: timeless, original: bySeed(original), retrained: bySeed(retrained), checksum };
};

const expectSound = (events: readonly RunEvent[]) => {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
  expect(events.filter(({ type }) => ENDS.includes(type))).toHaveLength(1);
  expect(ENDS).toContain(events.at(-1)?.type);
};

describe('a pool of workers', () => {
  it('deals the seeds so that the one on screen comes first', () => {
    expect(dealSeeds([3, 0, 1, 7, 2], 2)).toEqual([
      [3, 1, 2],
      [0, 7],
    ]);
    expect(dealSeeds([5], 4)).toEqual([[5]]);
  });

  it('gives the same numbers for any number of workers, to the bit', async () => {
    const alone = await collected(scenario);
    for (const size of [1, 2, 3, 7]) {
      const pool = await poolForTest(size);
      pool.start('a');
      await pool.ended('a');
      expectSound(pool.of('a'));
      const found = results(pool.of('a'));
      expect(found.checksum, `${size} workers`).toBe(alone.results().checksum);
      expect(found.runs).toEqual(alone.results().runs.map(({ milliseconds: _, ...run }) => run));
    }
  });

  it('passes on what a selector has chosen, which is told after the points themselves', async () => {
    const data = { ...scenario.data, seed: 'lane' };
    const chosen = small({ ...scenario, data, forget: { kind: 'selector', id: 'loss', count: 7 }, runs: [] });
    const { pool, of, ended } = await poolForTest(2);
    pool.post({ type: 'start', runId: 'a', scenario: chosen });
    await ended('a');
    const collector = createCollector(chosen);
    for (const event of of('a')) collector.take(event);
    expect(collector.results().forgetSets).toEqual((await collected(chosen)).results().forgetSets);
    expect(collector.results().forgetSets).toHaveLength(5);
  });

  it('replaces a worker that dies, computes its share again and tells nothing twice', async () => {
    const steady = await poolForTest(2);
    steady.start('a');
    await steady.ended('a');
    const shaken = await poolForTest(2);
    shaken.start('a');
    await shaken.until(() => shaken.of('a').filter(({ type }) => type === 'metrics').length > 8);
    shaken.spawned[1]?.die();
    await shaken.until(() => shaken.of('a').filter(({ type }) => type === 'metrics').length > 20);
    shaken.spawned[0]?.die();
    await shaken.ended('a');
    expect(shaken.spawned.length).toBe(4);
    expectSound(shaken.of('a'));
    expect(results(shaken.of('a'))).toEqual(results(steady.of('a')));
    const metrics = shaken.of('a').filter(({ type }) => type === 'metrics').length;
    expect(metrics).toBe(steady.of('a').filter(({ type }) => type === 'metrics').length);
  });

  it('replaces a worker that dies when its share is done, so that it can still be asked', async () => {
    const pool = await poolForTest(2);
    pool.start('a');
    await pool.ended('a');
    const told = pool.of('a').length;
    const query = { kind: 'frame', model: 0, seed: 3, step: 12, size: 8 } as const;
    const answers = () => pool.messages.filter((message) => message.type === 'reply' || message.type === 'error');
    pool.pool.post({ type: 'query', runId: 'a', requestId: 1, query });
    pool.spawned[0]?.die();
    expect(answers()).toMatchObject([{ type: 'error', requestId: 1, error: { message: 'killed' } }]);
    expect(pool.spawned).toHaveLength(3);
    for (let requestId = 2; answers().at(-1)?.type !== 'reply'; requestId++) {
      pool.pool.post({ type: 'query', runId: 'a', requestId, query });
      await pool.until(() => answers().some((message) => message.requestId === requestId));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(pool.of('a')).toHaveLength(told);
  });

  it('goes on where one dies whose share is done while others compute', async () => {
    const pool = await poolForTest(2);
    pool.start('a', { ...scenario, seeds: [3, 0, 1] });
    const lanes = (seed: number) => pool.of('a').filter((event) => event.type === 'lane' && event.seed === seed).length;
    await pool.until(() => lanes(0) === 2);
    pool.spawned[1]?.die();
    await pool.ended('a');
    expectSound(pool.of('a'));
    expect([3, 0, 1].map(lanes)).toEqual([2, 2, 2]);
  });

  it('gives up, and says so, when workers keep dying', async () => {
    const pool = await poolForTest(1);
    pool.start('a');
    for (let death = 0; death < 4; death++) {
      await pool.until(() => pool.of('a').length > 0);
      pool.spawned.at(-1)?.die();
    }
    expectSound(pool.of('a'));
    expect(pool.of('a').at(-1)).toMatchObject({ type: 'failed', error: { code: 'worker/internal' } });
  });

  it('says so when no worker can start at all', () => {
    const told: Message[] = [];
    const pool = createPool(
      () => ({
        post: () => undefined,
        listen: () => () => undefined,
        onDeath: (handler) => queueMicrotask(() => handler('not found')),
        terminate: () => undefined,
      }),
      2,
      () => undefined,
    );
    return new Promise<void>((resolve) => {
      pool.listen((message) => {
        told.push(message);
        resolve();
      });
    }).then(() => expect(told).toMatchObject([{ type: 'error', error: { message: 'not found' } }]));
  });

  it('tries another worker where one does not answer, with more patience each time, and says so', () => {
    const told: Message[] = [];
    const timers: [ms: number, callback: () => void][] = [];
    let spawned = 0;
    const dumb = (): PoolWorker => {
      spawned++;
      return {
        post: () => undefined,
        listen: () => () => undefined,
        onDeath: () => undefined,
        terminate: () => undefined,
      };
    };
    const pool = createPool(dumb, 1, (ms, callback) => timers.push([ms, callback]));
    pool.listen((message) => told.push(message));
    const waited: number[] = [];
    for (let next = timers.shift(); next; next = timers.shift()) {
      waited.push(next[0]);
      next[1]();
    }
    expect(waited).toEqual([30_000, 30_000, 60_000, 60_000, 120_000, 120_000, 240_000, 240_000]);
    expect(spawned).toBe(4);
    expect(told.map(({ type }) => type)).toEqual(['quiet', 'quiet', 'quiet', 'quiet', 'error']);
  });

  it('tells of a worker that says nothing more about its share, once, and not of one that is paused', async () => {
    const pool = await poolForTest(1);
    const quiet = () => pool.messages.filter(({ type }) => type === 'quiet');
    pool.start('a');
    await pool.until(() => pool.of('a').some(({ type }) => type === 'metrics'));
    pool.spawned[0]?.stick();
    pool.pool.post({ type: 'pause', runId: 'a' });
    for (let i = 0; i < 5; i++) pool.ring();
    expect(quiet()).toEqual([]);
    pool.pool.post({ type: 'resume', runId: 'a' });
    for (let i = 0; i < 5; i++) pool.ring();
    expect(quiet()).toEqual([{ type: 'quiet', of: 'run' }]);
    pool.start('b');
    pool.ring();
    pool.ring();
    await pool.ended('b');
    expect(pool.of('b').at(-1)?.type).toBe('finished');
    expect(quiet()).toHaveLength(1);
  });

  it('one run ends when the next begins; a cancel ends it at once', async () => {
    const pool = await poolForTest(2);
    pool.start('a');
    await pool.until(() => pool.of('a').length > 0);
    pool.start('b');
    expect(pool.of('a').at(-1)?.type).toBe('cancelled');
    await pool.until(() => pool.of('b').length > 0);
    pool.pool.post({ type: 'cancel', runId: 'b' });
    expect(pool.of('b').at(-1)?.type).toBe('cancelled');
    pool.start('c');
    await pool.ended('c');
    for (const run of ['a', 'b', 'c']) expectSound(pool.of(run));
    expect(pool.of('c').at(-1)?.type).toBe('finished');
  });

  it('fails once where every share fails', async () => {
    const pool = await poolForTest(2);
    const region = { kind: 'region', disc: { center: [90, 90], radius: 0.1 } } as const;
    pool.start('a', { ...scenario, forget: region });
    await pool.ended('a');
    expectSound(pool.of('a'));
    expect(pool.of('a').at(-1)?.type).toBe('failed');
  });

  it('asks the worker that has the seed for its pictures', async () => {
    const pool = await poolForTest(2);
    pool.start('a');
    await pool.ended('a');
    for (const [i, seed] of scenario.seeds.entries()) {
      const query = { kind: 'frame', model: 0, seed, step: 12, size: 8 } as const;
      pool.pool.post({ type: 'query', runId: 'a', requestId: i, query });
      await pool.until(() => pool.messages.some((message) => message.type === 'reply' && message.requestId === i));
    }
  });

  it('a pause holds all shares', async () => {
    const pool = await poolForTest(2);
    pool.start('a');
    await pool.until(() => pool.of('a').length > 0);
    pool.pool.post({ type: 'pause', runId: 'a' });
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    const held = pool.of('a').length;
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(pool.of('a').length).toBe(held);
    pool.pool.post({ type: 'resume', runId: 'a' });
    await pool.ended('a');
    expectSound(pool.of('a'));
  });

  it('replaces a worker that is stuck in a step of a run that was cancelled, and only such a one', async () => {
    const pool = await poolForTest(2);
    pool.start('a');
    await pool.until(() => pool.of('a').some(({ type }) => type === 'metrics'));
    pool.spawned[1]?.stick();
    pool.start('b');
    await pool.until(() => pool.of('b').length > 0);
    pool.ring();
    expect(pool.spawned).toHaveLength(2);
    pool.ring();
    expect(pool.spawned).toHaveLength(3);
    expect(pool.spawned.map(({ isAlive }) => isAlive())).toEqual([true, false, true]);
    await pool.ended('b');
    expectSound(pool.of('b'));
    expect(pool.of('b').at(-1)?.type).toBe('finished');
    expect(results(pool.of('b')).checksum).toBe((await collected(scenario)).results().checksum);
    pool.ring();
    pool.ring();
    expect(pool.spawned).toHaveLength(3);
  });

  it('does not count it as a death of a worker, however often it happens', async () => {
    const pool = await poolForTest(1);
    for (let i = 0; i < 6; i++) {
      pool.start(`run ${i}`);
      await pool.until(() => pool.of(`run ${i}`).length > 0);
      pool.spawned.at(-1)?.stick();
      pool.pool.post({ type: 'cancel', runId: `run ${i}` });
      expect(pool.of(`run ${i}`).at(-1)?.type).toBe('cancelled');
      pool.ring();
      pool.ring();
    }
    expect(pool.spawned).toHaveLength(7);
    pool.start('last');
    await pool.ended('last');
    expect(pool.of('last').at(-1)?.type).toBe('finished');
  });
});
