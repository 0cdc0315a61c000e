import { describe, expect, it } from 'vitest';
import { languageTasks, measureLanguage } from '../../../src/cli/bench/language.ts';
import { TFJS_WASM } from '../../../src/cli/bench/peers.ts';
import { wasmDirectory as wasm } from '../../support/engine.ts';

describe('the language model of bench', () => {
  it('steps and is evaluated alike in our engine and composed of the tensor library, or nothing is measured', async () => {
    let hours = 0;
    // Every look at the clock is an hour later: each task is done once a turn.
    const now = () => {
      hours++;
      return hours * 3_600_000;
    };
    const bench = { wasm, torch: undefined, now, quick: true, repeat: 1, note: () => {} };
    const measured = await measureLanguage(bench, 1);
    expect(measured.map(({ task }) => task)).toEqual(languageTasks);
    for (const { ours, theirs } of measured) {
      expect(ours).toHaveLength(1);
      expect([...theirs.keys()]).toEqual([TFJS_WASM]);
      expect(theirs.get(TFJS_WASM)).toHaveLength(1);
    }
  });

  it('is not measured beside a peer that does another job', async () => {
    const torch = { version: '0', ask: async () => ({ outcome: [1, 2, 3] }), close: () => {} };
    const bench = { wasm, torch, now: () => 0, quick: true, repeat: 1, note: () => {} };
    await expect(measureLanguage(bench, 1)).rejects.toThrow('language model, train: PyTorch does another job');
  });
});
