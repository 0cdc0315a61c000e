import { describe, expect, it } from 'vitest';
import type { RunEvent, RunEventBody } from '../../src/sim/events.ts';
import { dealRun, endRun, takeEvents } from '../../src/worker/pool/dealt-run.ts';
import { small } from '../support/run.ts';

const dealt = () => {
  const run = dealRun({ runId: 'a', scenario: small({ seeds: [5, 6, 7] }), metrics: undefined }, ['left', 'right']);
  const take = (at: number, ...bodies: readonly RunEventBody[]): readonly RunEvent[] => {
    const share = run.shares[at];
    if (!share) throw new Error(`there is no share ${at}`);
    return takeEvents(
      run,
      share,
      bodies.map((body): RunEvent => ({ ...body, runId: 'a', seq: 0 })),
    );
  };
  return { run, take };
};

const metrics = (seed: number, step: number): RunEventBody => ({
  type: 'metrics',

  model: 0,
  seed,
  step,
  values: new Float64Array(1),
});

describe('a run that is dealt over workers', () => {
  it('numbers what its shares tell without gaps, and passes on what was told before only once', () => {
    const { take } = dealt();
    expect(take(0, metrics(5, 1), metrics(5, 2)).map(({ seq }) => seq)).toEqual([0, 1]);
    expect(take(1, metrics(6, 1)).map(({ seq }) => seq)).toEqual([2]);
    expect(take(0, metrics(5, 1), metrics(5, 2), metrics(5, 3)).map(({ seq }) => seq)).toEqual([3]);
  });

  it('tells the progress of all shares, when the first that still computes makes some', () => {
    const { take } = dealt();
    const progress = (done: number): RunEventBody => ({
      type: 'progress',
      phase: 'unlearning',
      step: 1,
      done,
      total: 10,
    });
    expect(take(1, progress(4))).toEqual([]);
    expect(take(0, progress(3))).toMatchObject([{ type: 'progress', done: 7, total: 20 }]);
    expect(take(0, { type: 'finished', milliseconds: 2 })).toEqual([]);
    expect(take(1, progress(6))).toMatchObject([{ done: 16, total: 20 }]);
  });

  it('is finished when the last share is, and took as long as the slowest', () => {
    const { run, take } = dealt();
    take(0, { type: 'finished', milliseconds: 9 });
    expect(run.isOver).toBe(false);
    expect(take(1, { type: 'finished', milliseconds: 4 })).toMatchObject([{ type: 'finished', milliseconds: 9 }]);
    expect(run.isOver).toBe(true);
  });

  it('ends with the first share that fails, and tells nothing after its end', () => {
    const { take, run } = dealt();
    const error = { code: 'worker/internal', message: 'no memory', faults: [] } as const;
    expect(take(0, { type: 'failed', error }, metrics(5, 1))).toMatchObject([{ type: 'failed', error }]);
    expect(take(1, metrics(6, 1))).toEqual([]);
    expect(endRun(run, { type: 'cancelled' })).toEqual([]);
  });

  it('does not hear events of another run', () => {
    const { run } = dealt();
    const [share] = run.shares;
    const other = [{ ...metrics(5, 1), runId: 'b', seq: 0 } as RunEvent];
    expect(share && takeEvents(run, share, other)).toEqual([]);
  });
});
