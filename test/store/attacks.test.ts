import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AttackOutcome } from '../../src/engine/contracts/attack.ts';
import { engineForTests } from '../support/engine.ts';
import { benchOf } from './lab-bench.ts';

beforeAll(engineForTests);
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Bench = ReturnType<typeof benchOf>;

const outcome: AttackOutcome = { values: { unlearned: { relearnSteps: { steps: [0], values: [3] } } }, notes: [] };
const request = { kind: 'relearn', variant: 0, step: 10, params: { examples: 5 }, seeds: [0, 1] };

const asksOf = (bench: Bench) => bench.sent.filter((command) => command.type === 'attack');
const idsOf = (bench: Bench) => asksOf(bench).map(({ requestId }) => requestId);

const opened = async () => {
  const bench = benchOf();
  bench.ready();
  vi.advanceTimersByTime(1000);
  await bench.run();
  bench.draw(2);
  return bench;
};

describe('attacks in the store', () => {
  it('ask the worker once for each seed, and gather what comes back in the order of the seeds', async () => {
    const bench = await opened();
    bench.lab.attacks.start(request);
    expect(asksOf(bench).map(({ ask }) => ask)).toEqual(
      [0, 1].map((seed) => ({ kind: 'relearn', variant: 0, step: 10, params: { examples: 5 }, seed })),
    );
    const [first, second] = idsOf(bench) as [number, number];
    bench.deliver({ type: 'attackDone', requestId: second, step: 8, outcome });
    bench.deliver({ type: 'attackProgress', requestId: first, done: 1, total: 4 });
    expect(bench.state().attacks).toMatchObject([{ label: 'GA', status: 'running', share: 0.625 }]);
    bench.deliver({ type: 'attackDone', requestId: first, step: 8, outcome });
    const [job] = bench.state().attacks;
    expect(job).toMatchObject({ status: 'done', share: 1, leftMs: null });
    expect(job?.findings).toEqual([
      { seed: 0, step: 8, outcome },
      { seed: 1, step: 8, outcome },
    ]);
  });

  it('keep what went wrong, and go on with the other seeds', async () => {
    const bench = await opened();
    bench.lab.attacks.start(request);
    const [first, second] = idsOf(bench) as [number, number];
    const error = { code: 'attack/refused', message: 'no', faults: [] } as const;
    bench.deliver({ type: 'error', requestId: first, error });
    expect(bench.state().attacks[0]?.status).toBe('running');
    bench.deliver({ type: 'attackDone', requestId: second, step: 8, outcome });
    expect(bench.state().attacks[0]).toMatchObject({ status: 'done', errors: [error] });
    expect(bench.state().run.status).not.toBe('failed');
  });

  it('pause, go on and stop; what comes back of a stopped one is passed over', async () => {
    const bench = await opened();
    bench.lab.attacks.start(request);
    const [first] = idsOf(bench) as [number, number];
    const id = bench.state().attacks[0]?.id as number;
    bench.lab.attacks.pause(id);
    expect(bench.state().attacks[0]?.status).toBe('paused');
    bench.lab.attacks.resume(id);
    expect(bench.state().attacks[0]?.status).toBe('running');
    bench.lab.attacks.drop(id);
    expect(bench.sent.slice(-6).map(({ type }) => type)).toEqual([
      ...['pauseAttack', 'pauseAttack', 'resumeAttack', 'resumeAttack'],
      ...['cancelAttack', 'cancelAttack'],
    ]);
    bench.deliver({ type: 'attackDone', requestId: first, step: 8, outcome });
    expect(bench.state().attacks).toEqual([]);
  });

  it('of one kind and run, the newest takes the place of the one before', async () => {
    const bench = await opened();
    bench.lab.attacks.start(request);
    bench.lab.attacks.start({ ...request, variant: 1 });
    bench.lab.attacks.start({ ...request, step: 5 });
    expect(bench.state().attacks.map(({ variant, step }) => [variant, step])).toEqual([
      [1, 10],
      [0, 5],
    ]);
  });
});
