import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/families/points/shown.ts';
import type { Results } from '../../src/scenario/format/results.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { createCollector } from '../../src/sim/collector.ts';
import { createPool, type PoolWorker } from '../../src/worker/pool/pool.ts';
import type { Command, Message } from '../../src/worker/protocol.ts';
import bits from '../golden/bits.json';
import golden from '../golden/cross-engine.json';
import { metricsDigest } from '../support/digest.ts';

type Ready = Extract<Message, { type: 'ready' }>;

/** The page's own worker, with its messages as promises. */
const boot = async () => {
  const worker = new Worker(new URL('../../src/worker/main.worker.ts', import.meta.url), { type: 'module' });
  const handlers = new Set<(message: Message) => void>();
  worker.onmessage = ({ data }: MessageEvent<Message>) => {
    for (const handler of [...handlers]) handler(data);
  };
  const next = <T extends Message['type']>(type: T) =>
    new Promise<Extract<Message, { type: T }>>((resolve) => {
      const handler = (message: Message) => {
        if (message.type !== type) return;
        handlers.delete(handler);
        resolve(message as Extract<Message, { type: T }>);
      };
      handlers.add(handler);
    });
  const ready: Ready = await next('ready');
  const send = (command: Command) => worker.postMessage(command);
  const run = (runId: string, scenario: Scenario) =>
    new Promise<ReturnType<typeof createCollector>>((resolve) => {
      const collector = createCollector(scenario);
      const handler = (message: Message) => {
        if (message.type !== 'events') return;
        for (const event of message.events) {
          if (event.runId !== runId) continue;
          collector.take(event);
          if (['finished', 'cancelled', 'failed'].includes(event.type)) {
            handlers.delete(handler);
            resolve(collector);
          }
        }
      };
      handlers.add(handler);
      send({ type: 'start', runId, scenario });
    });
  return { worker, ready, send, run, next };
};

interface PoolRun {
  readonly scenario: Scenario;
  readonly results: Results;
  readonly backend: string;
  readonly workers: number;
}

const alive = new Set<Worker>();
/** A worker as the page's pool sees it. */
const spawn = (): PoolWorker => {
  const worker = new Worker(new URL('../../src/worker/main.worker.ts', import.meta.url), { type: 'module' });
  alive.add(worker);
  return {
    post: (command) => worker.postMessage(command),
    listen: (handler) => {
      const listener = ({ data }: MessageEvent<Message>) => handler(data);
      worker.addEventListener('message', listener);
      return () => worker.removeEventListener('message', listener);
    },
    onDeath: (handler) => worker.addEventListener('error', ({ message }) => handler(message)),
    terminate: () => worker.terminate(),
  };
};

describe('the worker in a real browser', () => {
  it('boots on the kernels and knows its catalogue', async () => {
    const { ready, worker } = await boot();
    expect(ready.backend).toBe('kernels');
    expect(ready.catalogue.methods.map(({ id }) => id)).toEqual(expect.arrayContaining(['ga', 'npo', 'rl']));
    worker.terminate();
  });

  it('carries out an order that it is given before it has loaded', async () => {
    const { ready, worker: first } = await boot();
    first.terminate();
    const { scenario } = parseScenario(golden.scenario, ready.catalogue, 'strict');
    const worker = new Worker(new URL('../../src/worker/main.worker.ts', import.meta.url), { type: 'module' });
    const begun = new Promise<string>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<Message>) => {
        if (data.type === 'events') resolve(data.events[0]?.runId ?? '');
      };
    });
    worker.postMessage({ type: 'start', runId: 'early', scenario } satisfies Command);
    expect(await begun).toBe('early');
    worker.terminate();
  });

  it('computes the same numbers as Node, digit by digit', async () => {
    const { ready, run, worker } = await boot();
    const { scenario } = parseScenario(golden.scenario, ready.catalogue, 'strict');
    const results = (await run('a', scenario)).results();
    expect(results.checksum).toBe(golden.checksum);
    for (const [i, { metrics }] of results.runs.entries()) {
      expect(Object.fromEntries(Object.entries(metrics).map(([id, series]) => [id, series.at(-1)]))).toEqual(
        golden.last[i],
      );
    }
    worker.terminate();
  });

  it.each([1, 2])('as %i workers in a pool comes to the bits that Node came to, at every step', async (size) => {
    const pool = createPool(spawn, size, (ms, callback) => setTimeout(callback, ms));
    const { scenario, results, backend, workers } = await new Promise<PoolRun>((resolve, reject) => {
      let spawned: ReturnType<typeof createCollector> | undefined;
      pool.listen((message) => {
        if (message.type === 'error') reject(new Error(message.error.message));
        if (message.type === 'ready' && spawned === undefined) {
          const { scenario } = parseScenario(bits.scenario, message.catalogue, 'strict');
          spawned = createCollector(scenario);
          pool.post({ type: 'start', runId: 'a', scenario });
        }
        if (message.type !== 'events' || spawned === undefined) return;
        for (const event of message.events) spawned.take(event);
        if (spawned.status === 'failed') reject(new Error(spawned.error?.message));
        if (spawned.status !== 'finished') return;
        resolve({
          scenario: spawned.scenario,
          results: spawned.results(),
          backend: spawned.backend,
          workers: alive.size,
        });
      });
    });
    expect(scenario.seeds).toEqual(bits.scenario.seeds);
    expect(backend).toBe('kernels');
    expect(workers).toBe(size);
    expect(metricsDigest(results)).toBe(bits.metrics);
    for (const worker of alive) worker.terminate();
    alive.clear();
  });

  it('draws a picture on request and cancels at once', async () => {
    const { ready, run, send, next, worker } = await boot();
    const { scenario } = parseScenario(golden.scenario, ready.catalogue, 'strict');
    await run('a', scenario);
    const reply = next('reply');
    const query = { kind: 'frame', model: 'retrained', seed: 0, step: 0, size: 96 } as const;
    send({ type: 'query', runId: 'a', requestId: 1, query });
    const { result } = await reply;
    expect(result.kind === 'frame' && (result.frame as Frame).winner.length).toBe(96 * 96);
    const long = { ...scenario, training: { ...scenario.training, steps: 20_000 } };
    const ended = run('b', long);
    await next('events');
    send({ type: 'cancel', runId: 'b' });
    expect((await ended).status).toBe('cancelled');
    worker.terminate();
  });
});
