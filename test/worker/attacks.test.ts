import { beforeAll, describe, expect, it } from 'vitest';
import { defaultsOf } from '../../src/engine/base/schema.ts';
import * as tf from '../../src/engine/base/tf.ts';
import { expandRuns } from '../../src/scenario/format/variants.ts';
import { createArchive } from '../../src/sim/archive.ts';
import { startAttack } from '../../src/sim/attack.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import { startHost } from '../../src/worker/host.ts';
import type { AttackAsk, Command, Message } from '../../src/worker/protocol.ts';
import { engineForTests } from '../support/engine.ts';
import { eventsOf, small } from '../support/run.ts';

beforeAll(engineForTests);

const scenario = small({ runs: [{ name: 'GA', method: 'ga', steps: 12 }], training: { steps: 8 } });
const ask: AttackAsk = {
  kind: 'relearn',
  params: { ...defaultsOf(catalogue.attacks.get('relearn')?.params ?? {}), examples: 5, steps: 40 },
  variant: 0,
  seed: 0,
  step: 12,
};

/** A host on an in-memory port whose clock advances with every look at it; `turn` lets it go on for a while. */
const hostForTest = () => {
  const messages: Message[] = [];
  let handler: (command: Command) => void = () => undefined;
  let time = 0;
  startHost({
    port: {
      post: (message) => void messages.push(structuredClone(message)),
      listen: (own) => {
        handler = own;
        return () => undefined;
      },
    },
    catalogue,
    info: catalogueInfo,
    backend: 'wasm',
    now: () => {
      time += 5;
      return time;
    },
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const until = async (holds: () => boolean) => {
    for (let turns = 0; !holds(); turns++) {
      if (turns > 20_000) throw new Error('it never came to that');
      await turn();
    }
  };
  const rest = async () => {
    for (let turns = 0; turns < 50; turns++) await turn();
  };
  const of = (requestId: number) => messages.filter((one) => 'requestId' in one && one.requestId === requestId);
  const isDone = (requestId: number) => of(requestId).some(({ type }) => type === 'attackDone');
  const ended = (runId: string) =>
    messages.some(
      (message) =>
        message.type === 'events' && message.events.some((one) => one.type === 'finished' && one.runId === runId),
    );
  return { until, rest, of, isDone, ended, send: (command: Command) => handler(command) };
};

const opened = async () => {
  const host = hostForTest();
  host.send({ type: 'start', runId: 'a', scenario });
  await host.until(() => host.ended('a'));
  return host;
};

describe('attacks in the worker', () => {
  it('find what they find anywhere else, and tell their progress', async () => {
    const host = await opened();
    host.send({ type: 'attack', runId: 'a', requestId: 1, ask });
    await host.until(() => host.isDone(1));
    const archive = createArchive();
    await eventsOf(scenario, { archive });
    const variant = expandRuns(scenario)[0] as ReturnType<typeof expandRuns>[number];
    const { events } = startAttack('relearn', ask.params, { scenario, catalogue, archive, variant, seed: 0, step: 12 });
    let next = events.next();
    while (!next.done) next = events.next();
    archive.dispose();
    expect(host.of(1).at(-1)).toEqual({ type: 'attackDone', requestId: 1, step: 12, outcome: next.value });
    expect(host.of(1).filter(({ type }) => type === 'attackProgress').length).toBeGreaterThan(1);
  });

  it('rest while they are paused, or their run is, and take turns', async () => {
    const host = await opened();
    host.send({ type: 'attack', runId: 'a', requestId: 1, ask });
    host.send({ type: 'pauseAttack', runId: 'a', requestId: 1 });
    host.send({ type: 'attack', runId: 'a', requestId: 2, ask });
    await host.until(() => host.isDone(2));
    expect(host.isDone(1)).toBe(false);
    host.send({ type: 'pause', runId: 'a' });
    host.send({ type: 'resumeAttack', runId: 'a', requestId: 1 });
    await host.rest();
    expect(host.isDone(1)).toBe(false);
    host.send({ type: 'resume', runId: 'a' });
    await host.until(() => host.isDone(1));
  });

  it('end without a word and without a tensor when they are cancelled or another run starts', async () => {
    const host = await opened();
    const before = tf.tensorCount();
    host.send({ type: 'attack', runId: 'a', requestId: 1, ask });
    await host.until(() => host.of(1).length > 0);
    host.send({ type: 'cancelAttack', runId: 'a', requestId: 1 });
    await host.rest();
    expect(tf.tensorCount()).toBe(before);
    host.send({ type: 'attack', runId: 'a', requestId: 2, ask });
    host.send({ type: 'start', runId: 'b', scenario });
    await host.until(() => host.ended('b'));
    await host.rest();
    expect(host.isDone(1) || host.isDone(2)).toBe(false);
    expect(tf.tensorCount()).toBe(before);
  });

  it.each([
    ['a run that is over', { runId: 'z', ask }, 'no longer the current one'],
    ['a variant that is not there', { runId: 'a', ask: { ...ask, variant: 9 } }, 'no variant 9'],
    ['data without a trigger', { runId: 'a', ask: { ...ask, kind: 'backdoor' } }, 'no trigger, or'],
    ['a seed of another worker', { runId: 'a', ask: { ...ask, seed: 5 } }, 'Nothing has been computed'],
  ])('on %s are an error that says so', async (_, command, words) => {
    const host = await opened();
    host.send({ type: 'attack', requestId: 3, ...command });
    await host.until(() => host.of(3).length > 0);
    expect(host.of(3)).toEqual([
      { type: 'error', requestId: 3, error: expect.objectContaining({ message: expect.stringContaining(words) }) },
    ]);
  });
});
