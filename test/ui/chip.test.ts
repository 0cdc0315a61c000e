import { describe, expect, it } from 'vitest';
import type { LabRun } from '../../src/store/contracts/state.ts';
import { type ChipInput, diagnose, panelNumbers } from '../../src/ui/compare/chip.ts';
import { verdictInput } from '../../src/ui/compare/verdict-input.ts';
import { engineForTests } from '../support/engine.ts';
import { collected, small } from '../support/run.ts';

const input = (extra: Partial<ChipInput>): ChipInput => ({
  forget: 0,
  keep: 0.94,
  forgetBefore: 0.95,
  keepBefore: 0.94,
  goal: 0,
  isCollapsed: false,
  collapsedAt: null,
  divergedAt: null,
  step: 100,
  ...extra,
});

describe('the state of a model whose training diverged', () => {
  it('is that it did, with its step, and the verdict is told of how many seeds', async () => {
    await engineForTests();
    const scenario = small({
      model: { hidden: [16, 16, 16], activation: 'relu' },
      training: { optimizer: 'momentum', learningRate: 10, steps: 40 },
      runs: [{ name: 'GA', method: 'ga', steps: 2 }],
      seeds: [0, 1],
    });
    const run = { scenario, collector: await collected(scenario) } as unknown as LabRun;
    for (const model of ['original', 'retrained'] as const) {
      const own = run.collector.trainingDiverged.filter((one) => one.model === model);
      expect(own.map(({ seed }) => seed)).toEqual([0, 1]);
      for (const { seed, step } of own) {
        expect(panelNumbers(run, model, seed, 0).chip).toEqual({ kind: 'diverged', step });
      }
      const step = Math.min(...own.map((one) => one.step));
      expect(verdictInput(run, 0).lostTrainings).toContainEqual({ model, step, seeds: 2, of: 2 });
    }
  });
});

describe('the state of a run', () => {
  it.each([
    ['waiting', { forget: null, keep: null }],
    ['forgot', {}],
    ['forgotLost', { keep: 0.8 }],
    ['notStarted', { forget: 0.94 }],
    ['forgetting', { forget: 0.5 }],
    ['overForgot', { forget: 0.2, goal: 0.9 }],
    ['underForgot', { forget: 1, goal: 0.9, forgetBefore: 1 }],
    ['matches', { forget: 0.9, goal: 0.9 }],
    ['matchesLost', { forget: 0.9, goal: 0.9, keep: 0.8 }],
    ['collapsed', { isCollapsed: true, collapsedAt: 30 }],
    ['diverged', { divergedAt: 30, isCollapsed: true, collapsedAt: 20 }],
    ['recovered', { collapsedAt: 30 }],
  ] as const)('is %s', (kind, extra) => {
    expect(diagnose(input(extra)).kind).toBe(kind);
  });

  it('carries what is left of the rest, or what the retrained model has', () => {
    expect(diagnose(input({ keep: 0.32 }))).toEqual({ kind: 'forgotLost', score: 0.32 });
    expect(diagnose(input({ forget: 0.9, goal: 0.9, keep: 0.8 }))).toEqual({ kind: 'matchesLost', score: 0.8 });
    expect(diagnose(input({ forget: 0.2, goal: 0.9 }))).toEqual({ kind: 'overForgot', score: 0.9 });
  });

  it('is not told before it happens', () => {
    expect(diagnose(input({ divergedAt: 300 })).kind).toBe('forgot');
  });
});
