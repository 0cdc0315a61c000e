import { beforeAll, describe, expect, it } from 'vitest';
import { sweepSetting, takeSetting } from '../../src/store/draft/edits.ts';
import { bandAt } from '../../src/store/numbers/series.ts';
import { cellAt, combinations, sweepTable, sweptRuns } from '../../src/store/numbers/sweep.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, small } from '../support/run.ts';

beforeAll(engineForTests);

const scenario = small({
  runs: [
    { name: 'GA', method: 'ga', steps: 4 },
    { name: 'NPO', method: 'npo', steps: 4, sweep: { 'params.beta': [0.1, 1, 5], learningRate: [0.01, 1] } },
  ],
  seeds: [0, 1, 2],
});

describe('the table of a sweep', () => {
  it('has a cell for each setting, with the median over seeds and its distance from the retrained models', async () => {
    const collector = await collected(scenario);
    expect(sweptRuns(scenario)).toEqual([1]);
    const table = sweepTable(collector, 1, 'forgetAccuracy', 4);
    expect(table.axes.map(({ path }) => path)).toEqual(['params.beta', 'learningRate']);
    expect(table.cells).toHaveLength(6);
    const cell = cellAt(table, { 'params.beta': 5, learningRate: 1 });
    expect(cell?.band).toEqual(bandAt(collector, cell?.variant ?? -1, 'forgetAccuracy', 4));
    expect(cell?.gap).toBe(Math.abs((cell?.band?.median ?? 0) - (table.retrained?.median ?? 0)));
    expect(table.mostGap).toBe(Math.max(...table.cells.map(({ gap }) => gap)));
    expect(cellAt(table, { 'params.beta': 7 })).toBeUndefined();
  });

  it('has the band that the reader chose, and each seed', async () => {
    const collector = await collected(scenario);
    const [cell] = sweepTable(collector, 1, 'forgetLoss', 4, 'iqr').cells;
    const [low, middle, high] = [...(cell?.each ?? [])].sort((a, b) => a - b) as [number, number, number];
    expect(cell?.band?.median).toBe(middle);
    expect(cell?.band?.low).toBeCloseTo((low + middle) / 2, 9);
    expect(cell?.band?.high).toBeCloseTo((middle + high) / 2, 9);
  });

  it('is that of the step asked for, and empty where nothing has arrived', async () => {
    const collector = await collected(scenario);
    const [before, after] = [0, 4].map((step) => sweepTable(collector, 1, 'forgetLoss', step));
    const medians = (table = before) => table?.cells.map(({ band }) => band?.median);
    expect(new Set(medians(before)).size).toBe(1);
    expect(new Set(medians(after)).size).toBeGreaterThan(1);
    const nothing = sweepTable(collector, 1, 'noSuchMetric', 4);
    expect(nothing.cells.map(({ band, gap }) => [band, gap])).toEqual(nothing.cells.map(() => [null, Number.NaN]));
    expect(nothing.mostGap).toBe(0);
  });

  it('has further settings as maps of their own', () => {
    const axes = [
      { path: 'a', values: [1, 2] },
      { path: 'b', values: ['x', 'y', 'z'] },
    ];
    expect(combinations([])).toEqual([{}]);
    expect(combinations(axes)).toHaveLength(6);
    expect(combinations(axes)[4]).toEqual({ a: 2, b: 'y' });
  });
});

describe('a run', () => {
  it('is made to sweep over one more setting, or over none', () => {
    const swept = sweepSetting(0, 'learningRate', [0.1, 1])(scenario);
    expect(swept.runs[0]?.sweep).toEqual({ learningRate: [0.1, 1] });
    expect(sweepSetting(0, 'learningRate', [])(swept).runs[0]).toEqual(scenario.runs[0]);
    expect(sweepSetting(9, 'learningRate', [1])(scenario)).toBe(scenario);
  });

  it('takes one of its settings, and sweeps no more', () => {
    const { runs } = takeSetting(1, { 'params.beta': 5, learningRate: 0.01 })(scenario);
    expect(runs[1]).toMatchObject({ name: 'NPO', params: { beta: 5 }, learningRate: 0.01, sweep: {} });
    expect(runs[0]).toBe(scenario.runs[0]);
  });
});
