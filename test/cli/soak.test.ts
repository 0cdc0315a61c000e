import { beforeAll, expect, it } from 'vitest';
import { soak } from '../../src/cli/soak.ts';
import { engineForTests } from '../support/engine.ts';

beforeAll(engineForTests);

it('experiments one after the other leave no tensor behind, and no more memory than the first ones', async () => {
  let clock = 0;
  const options = { now: () => clock++, heapBytes: () => 0, note: () => {} };
  const { runs, first, last } = await soak(14, options);
  expect(runs).toBe(14);
  expect(last.tensors).toBe(first.tensors);
  expect(last.wasmMegabytes).toBe(first.wasmMegabytes);
});
