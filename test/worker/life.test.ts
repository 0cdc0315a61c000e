import { describe, expect, it } from 'vitest';
import { presets } from '../../src/scenario/format/presets.ts';
import { catalogueInfo as catalogue } from '../../src/sim/catalogue.ts';
import { type Alive, sayAlive, whenGone } from '../../src/worker/life.ts';
import { spawned } from '../../src/worker/pool/spawned.ts';
import { createReader } from '../../src/worker/reader.ts';
import { memoryLocks } from '../support/memory-storage.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));
const FORBIDDEN = { request: () => Promise.reject(new DOMException('no origin', 'SecurityError')) };

/** A browser's worker whose script is a function here; `close` ends it as `self.close()` or a crash does. */
const fakeWorker = (locks: ReturnType<typeof memoryLocks> | null) => {
  const target = new EventTarget();
  const posted: unknown[] = [];
  let isTerminated = false;
  const say = (data: unknown): void => {
    if (!isTerminated) target.dispatchEvent(new MessageEvent('message', { data }));
  };
  return {
    worker: {
      postMessage: (data: unknown) => void posted.push(data),
      addEventListener: target.addEventListener.bind(target),
      removeEventListener: target.removeEventListener.bind(target),
      terminate: () => {
        isTerminated = true;
        locks?.close('worker');
      },
    } as unknown as Worker,
    posted,
    say,
    begin: () => sayAlive(locks?.manager('worker'), say),
    close: () => locks?.close('worker'),
    fail: (message: string) => target.dispatchEvent(Object.assign(new Event('error'), { message })),
    isTerminated: () => isTerminated,
  };
};

describe('a worker', () => {
  it('says that it lives, and its lock tells when it does no more', async () => {
    const locks = memoryLocks();
    const said: Alive[] = [];
    await sayAlive(locks.manager('worker'), (message) => said.push(message));
    await sayAlive(locks.manager('another'), (message) => said.push(message));
    expect(said[0]?.lock).not.toBe(said[1]?.lock);
    const gone: string[] = [];
    for (const [i, { lock }] of said.entries()) {
      whenGone(locks.manager('page'), lock as string, new AbortController().signal, () => gone.push(`${i}`));
    }
    await turn();
    expect(gone).toEqual([]);
    locks.close('worker');
    await turn();
    expect(gone).toEqual(['0']);
  });

  it('says so too where there are no locks, or where they are forbidden', async () => {
    for (const none of [undefined, FORBIDDEN as never]) {
      const said: Alive[] = [];
      await sayAlive(none, (message) => said.push(message));
      expect(said).toEqual([{ type: 'alive', lock: null }]);
      expect(() => whenGone(none, 'x', new AbortController().signal, () => undefined)).not.toThrow();
    }
  });
});

describe('a worker as the pool sees it', () => {
  const seen = async () => {
    const locks = memoryLocks();
    const fake = fakeWorker(locks);
    const worker = spawned(fake.worker, locks.manager('page'));
    const [deaths, heard] = [[] as string[], [] as unknown[]];
    worker.onDeath((reason) => deaths.push(reason));
    worker.listen((message) => heard.push(message));
    await fake.begin();
    return { ...fake, pooled: worker, deaths, heard };
  };

  it('has died when it ends without a word', async () => {
    const { close, deaths, heard } = await seen();
    await turn();
    expect(deaths).toEqual([]);
    close();
    await turn();
    expect(deaths).toEqual(['The worker ended without a word.']);
    expect(heard, 'what it says of its life is not for the page').toEqual([]);
  });

  it('has died once where it fails with a word', async () => {
    const { fail, close, deaths } = await seen();
    fail('out of memory');
    close();
    await turn();
    expect(deaths).toEqual(['out of memory']);
  });

  it('has not died where the page itself ends it', async () => {
    const { pooled, deaths } = await seen();
    pooled.terminate();
    await turn();
    expect(deaths).toEqual([]);
  });
});

describe('the reader of large files', () => {
  const content = new TextEncoder().encode('{"version":1,"runs":[{"method":"ga"}]}');
  const reading = () => {
    const locks = memoryLocks();
    const fake = fakeWorker(locks);
    const timers: (() => void)[] = [];
    const read = createReader({
      spawn: () => fake.worker,
      locks: locks.manager('page'),
      after: (_, callback) => timers.push(callback),
    });
    const read_ = read(content, { catalogue, presets }, new AbortController().signal);
    const outcome = read_.then(
      ({ kind }) => kind,
      (thrown: Error) => thrown.message,
    );
    const ring = () => {
      for (const timer of timers.splice(0)) timer();
    };
    return { ...fake, outcome, ring };
  };

  it('that answers is believed, and ended', async () => {
    const { begin, say, outcome, isTerminated } = reading();
    await begin();
    say({ error: { code: 'file/malformed', message: 'expected JSON', faults: [] } });
    expect(await outcome).toBe('expected JSON');
    expect(isTerminated()).toBe(true);
  });

  it('that ends without a word is told of: the file may be too large for this device', async () => {
    const { begin, close, outcome } = reading();
    await begin();
    close();
    expect(await outcome).toMatch(/broke off/);
  });

  it('that never starts, or cannot, does not keep the file from being read', async () => {
    const [silent, broken] = [reading(), reading()];
    silent.ring();
    expect(await silent.outcome).toBe('scenario');
    broken.fail('not found');
    expect(await broken.outcome).toBe('scenario');
  });

  it('that cannot be watched and does not answer is told of', async () => {
    const { say, outcome, ring, isTerminated } = reading();
    say({ type: 'alive', lock: null });
    ring();
    expect(await outcome).toMatch(/broke off/);
    expect(isTerminated()).toBe(true);
  });
});
