import { beforeAll, describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import type { NoPulls, Pulls } from '../../src/sim/events.ts';
import type { LabRun } from '../../src/store/contracts/state.ts';
import { createAnswerBook } from '../../src/store/received/answers.ts';
import { createFrameBook } from '../../src/store/received/frames.ts';
import {
  GROUPS,
  groupOf,
  isLikeRetrained,
  KEY_METRICS,
  sortedBy,
  tableOf,
} from '../../src/ui/rooms/measure/metric-table.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, SMALL } from '../support/run.ts';

beforeAll(engineForTests);

const runOf = async (fields: object): Promise<LabRun> => {
  const { scenario } = parseScenario({ ...SMALL, ...fields }, catalogueInfo, 'strict');
  const collector = await collected(scenario);
  const [frames, outputs] = [createFrameBook(), createAnswerBook<Float32Array>(1)];
  const pulls = { forget: createAnswerBook<Pulls | NoPulls>(1), retain: createAnswerBook<Pulls | NoPulls>(1) };
  return { runId: 'a', scenario, collector, frames, outputs, pulls, points: new Map(), elapsedMs: () => 0 };
};
const RUNS = [
  { name: 'GA', method: 'ga', steps: 10, learningRate: 0.1 },
  { name: 'again', method: 'retrain', steps: 10 },
];
const { metrics } = catalogueInfo;

describe('the metric table', () => {
  it('has a place for every metric, and no place for what is none', () => {
    const ids = metrics.map(({ id }) => id);
    const placed = Object.values(GROUPS).flat();
    expect(ids.filter((id) => !placed.includes(id))).toEqual([]);
    expect(placed.filter((id) => !ids.includes(id))).toEqual([]);
    expect(groupOf({ id: 'miaAuc' })).toBe('membership');
    expect(KEY_METRICS.filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(KEY_METRICS.map((id) => groupOf({ id }))).size).toBe(KEY_METRICS.length);
  });

  it('pairs gaps by seed: the retrained model has none, and the median gap is that of the pairs', async () => {
    const run = await runOf({ runs: RUNS, seeds: [0, 1, 2] });
    const rows = tableOf(run, metrics, 10);
    const row = rows.find(({ metric }) => metric.id === 'retainLoss');
    const gaps = [0, 1, 2].map(
      (seed) =>
        (run.collector.lane(0, seed)?.series('retainLoss').at(-1) as number) -
        run.collector.reference('retrained', seed, 'retainLoss'),
    );
    expect(row?.runs[0]?.gap?.median).toBe([...gaps].sort((a, b) => a - b)[1]);
    expect(row?.retrained.gap).toBeNull();
    const values = [0, 1, 2].map((seed) => run.collector.reference('retrained', seed, 'retainLoss'));
    const [a = 0, b = 0, c = 0] = values;
    const apart = [Math.abs(a - (b + c) / 2), Math.abs(b - (a + c) / 2), Math.abs(c - (a + b) / 2)];
    expect(row?.floor).toBeCloseTo([...apart].sort((x, y) => x - y)[1] as number, 12);
  });

  it('shows what is computed at the end at the end, and counts the seeds that have no value', async () => {
    const run = await runOf({ runs: RUNS, seeds: [0, 1] });
    const [early, late] = [tableOf(run, metrics, 0), tableOf(run, metrics, 10)];
    const find = (rows: typeof early, id: string) => rows.find(({ metric }) => metric.id === id);
    expect(find(early, 'miaEfficacy')?.runs[0]?.value).toEqual(find(late, 'miaEfficacy')?.runs[0]?.value);
    expect(find(early, 'retainLoss')?.runs[0]?.value).not.toEqual(find(late, 'retainLoss')?.runs[0]?.value);
    expect(find(late, 'retainLoss')?.floor).toBeNull();
    expect(find(late, 'retainLoss')?.runs[0]?.missing).toBe(0);
  });

  it('counts the parts that the average gap leaves out', async () => {
    const averageOf = async (fields: object) => {
      const rows = tableOf(await runOf({ runs: RUNS, seeds: [0], ...fields }), metrics, 10);
      return rows.find(({ metric }) => metric.id === 'averageGap')?.runs[0];
    };
    expect((await averageOf({}))?.partsLeftOut).toBeUndefined();
    // The forgotten class has no test points: there is nothing to compare its membership with.
    const side = [0, 1, 2, 3, 4, 5].map((i) => i / 3 - 1);
    const points = (classes: readonly number[]) => ({
      x: classes.flatMap((c) => side.map((v) => [v, c + v / 9])),
      y: classes.flatMap((c) => side.map(() => c)),
    });
    const bare = await averageOf({
      data: { generator: 'inline', seed: 0, params: { train: points([0, 1, 2]), test: points([0, 2]) } },
      forget: { kind: 'class', label: 1 },
    });
    expect(bare?.value).not.toBeNull();
    expect(bare?.partsLeftOut).toBe(1);
  });

  it('calls a gap within the floor no difference, and sorts by distance', () => {
    const band = (median: number) => ({ median, low: median, high: median, n: 3 });
    expect(isLikeRetrained({ value: band(1), gap: band(-0.1), missing: 0 }, 0.2)).toBe(true);
    for (const gap of [0.2, -0.2]) {
      expect(isLikeRetrained({ value: band(1), gap: band(gap), missing: 0 }, 0.2), 'as far as the floor').toBe(true);
    }
    expect(isLikeRetrained({ value: band(1), gap: band(0.3), missing: 0 }, 0.2)).toBe(false);
    expect(isLikeRetrained({ value: band(1), gap: band(0), missing: 0 }, null)).toBe(false);
    const row = (gap: number | null) => ({
      metric: metrics[0] as (typeof metrics)[number],
      retrained: { value: band(1), gap: null, missing: 0 },
      original: { value: band(1), gap: band(1), missing: 0 },
      runs: [{ value: band(1), gap: gap === null ? null : band(gap), missing: 0 }],
      floor: 0,
    });
    const sorted = sortedBy([row(0.1), row(null), row(-2)], 0);
    expect(sorted.map(({ runs }) => runs[0]?.gap?.median ?? null)).toEqual([-2, 0.1, null]);
  });
});
