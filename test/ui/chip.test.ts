import { describe, expect, it } from 'vitest';
import { type ChipInput, diagnose } from '../../src/ui/compare/chip.ts';

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
