import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../src/engine/base/tf.ts';
import type { Frame } from '../../src/families/points/shown.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import type { RunEvent } from '../../src/sim/events.ts';
import { startHost } from '../../src/worker/host.ts';
import type { Command, Message } from '../../src/worker/protocol.ts';
import { engineForTests } from '../support/engine.ts';
import { small } from '../support/run.ts';

beforeAll(engineForTests);

const scenario = small({ runs: [{ name: 'GA', method: 'ga', steps: 12 }], training: { steps: 8 }, seeds: [0, 1] });

/** A host on an in-memory port. Its clock advances with every look at it, so that slices end soon. */
const hostForTest = (msPerLook = 1) => {
  const messages: Message[] = [];
  const waiting: ((message: Message) => void)[] = [];
  let handler: (command: Command) => void = () => undefined;
  let time = 0;
  startHost({
    port: {
      post: (message) => {
        messages.push(message);
        for (const wake of waiting.splice(0)) wake(message);
      },
      listen: (own) => {
        handler = own;
        return () => undefined;
      },
    },
    catalogue,
    info: catalogueInfo,
    backend: 'wasm',
    now: () => {
      time += msPerLook;
      return time;
    },
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const events = (runId: string): RunEvent[] =>
    messages
      .flatMap((message) => (message.type === 'events' ? message.events : []))
      .filter((one) => one.runId === runId);
  const ended = (runId: string) => events(runId).some(({ type }) => ['finished', 'cancelled', 'failed'].includes(type));
  /** Resolves once a condition holds; it is looked at whenever a message arrives. */
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise((resolve) => waiting.push(resolve));
  };
  const pass = (ms: number) => {
    time += ms;
  };
  return { messages, events, ended, until, pass, send: (command: Command) => handler(command) };
};

describe('the host', () => {
  it('introduces itself with the catalogue as plain JSON', () => {
    const { messages } = hostForTest();
    const [ready] = messages;
    expect(ready?.type).toBe('ready');
    expect(structuredClone(ready)).toEqual(ready);
    expect(ready?.type === 'ready' && ready.catalogue.methods.map(({ id }) => id)).toContain('npo');
  });

  it('runs to the end and then answers queries', async () => {
    const host = hostForTest();
    host.send({ type: 'start', runId: 'a', scenario });
    await host.until(() => host.ended('a'));
    expect(host.events('a').map(({ seq }) => seq)).toEqual(host.events('a').map((_, i) => i));
    host.send({
      type: 'query',
      runId: 'a',
      requestId: 7,
      query: { kind: 'frame', model: 0, seed: 1, step: 12, size: 10 },
    });
    const reply = host.messages.at(-1);
    const result = reply?.type === 'reply' ? reply.result : undefined;
    expect(result?.kind === 'frame' && (result.frame as Frame).winner.length).toBe(100);
    host.send({ type: 'query', runId: 'a', requestId: 8, query: { kind: 'outputs', model: 0, seed: 1, step: 12 } });
    const outputs = host.messages.at(-1);
    expect(outputs).toMatchObject({ type: 'reply', requestId: 8, result: { kind: 'outputs', step: 12 } });
    host.send({
      type: 'query',
      runId: 'a',
      requestId: 9,
      query: { kind: 'pulls', model: 0, seed: 1, step: 12, on: 'forget' },
    });
    const pulls = host.messages.at(-1);
    expect(pulls?.type === 'reply' && pulls.result).toMatchObject({
      kind: 'pulls',
      step: 12,
      pulls: { size: new Float32Array(20).fill(1) },
    });
    host.send({ type: 'query', runId: 'a', requestId: 9, query: { kind: 'weights', model: 0, seed: 1, step: 7 } });
    expect(host.messages.at(-1)).toMatchObject({ type: 'reply', result: { kind: 'weights', step: 5 } });
    host.send({ type: 'query', runId: 'a', requestId: 10, query: { kind: 'artifacts', model: 0, seed: 1 } });
    const artifacts = host.messages.at(-1);
    expect(structuredClone(artifacts)).toEqual(artifacts);
    expect(artifacts).toMatchObject({ type: 'reply', result: { kind: 'artifacts', artifacts: { classes: 5 } } });
    host.send({ type: 'query', runId: 'a', requestId: 11, query: { kind: 'artifacts', model: 3, seed: 1 } });
    expect(host.messages.at(-1)).toMatchObject({ type: 'error', requestId: 11 });
    host.send({ type: 'start', runId: 'b', scenario });
    await host.until(() => host.ended('b'));
  });

  it('answers a query for a run that is gone with an error that carries its request', () => {
    const host = hostForTest();
    host.send({
      type: 'query',
      runId: 'nobody',
      requestId: 3,
      query: { kind: 'frame', model: 0, seed: 0, step: 0, size: 10 },
    });
    const reply = host.messages.at(-1);
    expect(reply).toMatchObject({ type: 'error', requestId: 3, error: { code: 'worker/unknown-query' } });
  });

  it('starting a run cancels the one before it, and nothing follows its end', async () => {
    const host = hostForTest();
    host.send({ type: 'start', runId: 'a', scenario });
    await host.until(() => host.events('a').length > 0);
    host.send({ type: 'start', runId: 'b', scenario });
    await host.until(() => host.ended('b'));
    expect(host.events('a').at(-1)?.type).toBe('cancelled');
    expect(host.events('b').at(-1)?.type).toBe('finished');
  });

  it('a pause holds the run, and resuming goes on to the same end', async () => {
    const steady = hostForTest();
    steady.send({ type: 'start', runId: 'a', scenario });
    await steady.until(() => steady.ended('a'));
    const paused = hostForTest();
    paused.send({ type: 'start', runId: 'a', scenario });
    await paused.until(() => paused.events('a').length > 0);
    paused.send({ type: 'pause', runId: 'a' });
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    const held = paused.events('a').length;
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(paused.events('a').length).toBe(held);
    expect(paused.ended('a')).toBe(false);
    paused.send({ type: 'resume', runId: 'a' });
    await paused.until(() => paused.ended('a'));
    const metrics = (host: typeof paused) =>
      host
        .events('a')
        .flatMap((event) => (event.type === 'metrics' ? [[event.model, event.step, ...event.values]] : []));
    expect(metrics(paused)).toEqual(metrics(steady));
  });

  it('a cancel takes effect within one step, wherever the run is', async () => {
    // Every step is longer than a slice, so that every one of them ends with a look at the mail.
    const length = await (async () => {
      const host = hostForTest(100);
      host.send({ type: 'start', runId: 'a', scenario });
      await host.until(() => host.ended('a'));
      return host.events('a').length;
    })();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: length - 2 }), async (after) => {
        const host = hostForTest(100);
        host.send({ type: 'start', runId: 'a', scenario });
        await host.until(() => host.events('a').length >= after);
        const before = host.events('a').filter(({ type }) => type === 'progress').length;
        host.send({ type: 'cancel', runId: 'a' });
        await host.until(() => host.ended('a'));
        const steps = host.events('a').filter(({ type }) => type === 'progress').length - before;
        expect(steps).toBeLessThanOrEqual(1);
        expect(host.events('a').at(-1)?.type).toBe('cancelled');
      }),
      { numRuns: 25 },
    );
  });

  it('tells what is to be done before the first step, which may be a long one', async () => {
    const host = hostForTest(0);
    host.send({ type: 'start', runId: 'a', scenario });
    await host.until(() => host.events('a').length > 0);
    await host.until(() => host.events('a').some(({ type }) => type === 'phase'));
    const told = host.events('a');
    expect(told.map(({ type }) => type)).toEqual(['started', 'data', 'progress', 'phase']);
    const progress = told.find(({ type }) => type === 'progress');
    expect(progress?.type === 'progress' && progress.done === 0 && progress.total > 0).toBe(true);
    host.send({ type: 'cancel', runId: 'a' });
    await host.until(() => host.ended('a'));
  });

  it('does not count a pause as time of work', async () => {
    const host = hostForTest();
    host.send({ type: 'start', runId: 'a', scenario });
    await host.until(() => host.events('a').length > 0);
    host.send({ type: 'pause', runId: 'a' });
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    host.pass(1e9);
    host.send({ type: 'resume', runId: 'a' });
    await host.until(() => host.ended('a'));
    const end = host.events('a').at(-1);
    expect(end?.type === 'finished' && end.milliseconds).toBeLessThan(1e6);
  });

  it('survives any sequence of commands: one end per run, no gaps, no leak', async () => {
    const before = tf.tensorCount();
    const command = fc.constantFrom('start', 'pause', 'resume', 'cancel', 'turn', 'turns');
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 14 }), async (commands) => {
        const host = hostForTest();
        let runs = 0;
        for (const type of commands) {
          const runId = `run ${runs}`;
          if (type === 'start') host.send({ type, runId: `run ${++runs}`, scenario });
          else if (type === 'turn') await new Promise((resolve) => setImmediate(resolve));
          else if (type === 'turns') for (let i = 0; i < 9; i++) await new Promise((resolve) => setImmediate(resolve));
          else host.send({ type, runId });
        }
        host.send({ type: 'start', runId: 'last', scenario });
        await host.until(() => host.ended('last'));
        for (let run = 1; run <= runs; run++) {
          const events = host.events(`run ${run}`);
          const ends = events.filter(({ type }) => ['finished', 'cancelled', 'failed'].includes(type));
          expect(ends).toHaveLength(1);
          expect(events.at(-1)).toBe(ends[0]);
          expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i));
        }
        host.send({ type: 'start', runId: 'end', scenario });
        host.send({ type: 'cancel', runId: 'end' });
        await host.until(() => host.ended('end'));
      }),
      { numRuns: 15 },
    );
    // Each host keeps its last run's evaluator for queries until the next start; those were cancelled before they began.
    expect(tf.tensorCount()).toBe(before);
  });
});
