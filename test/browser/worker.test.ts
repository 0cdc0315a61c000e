import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
import { createCollector } from '../../src/sim/collector.ts';
import type { Command, Message } from '../../src/worker/protocol.ts';
import golden from '../golden/cross-engine.json';

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

describe('the worker in a real browser', () => {
  it('boots on the kernels and knows its catalogue', async () => {
    const { ready, worker } = await boot();
    expect(ready.backend).toBe('kernels');
    expect(ready.catalogue.methods.map(({ id }) => id)).toEqual(expect.arrayContaining(['ga', 'npo', 'rl']));
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

  it('draws a picture on request and cancels at once', async () => {
    const { ready, run, send, next, worker } = await boot();
    const { scenario } = parseScenario(golden.scenario, ready.catalogue, 'strict');
    await run('a', scenario);
    const reply = next('reply');
    const query = { kind: 'frame', model: 'retrained', seed: 0, step: 0, size: 96 } as const;
    send({ type: 'query', runId: 'a', requestId: 1, query });
    expect((await reply).result.frame.winner).toHaveLength(96 * 96);
    const long = { ...scenario, training: { ...scenario.training, steps: 20_000 } };
    const ended = run('b', long);
    await next('events');
    send({ type: 'cancel', runId: 'b' });
    expect((await ended).status).toBe('cancelled');
    worker.terminate();
  });
});
