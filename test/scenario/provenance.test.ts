import { describe, expect, it } from 'vitest';
import { compareWith } from '../../src/scenario/format/provenance.ts';

const here = { checksum: '0123abcd', engine: 'kernels 0.1.0' };
const against = (engine: string | undefined, isRepaired = false, checksum = 'deadbeef') =>
  compareWith({ checksum, ...(engine === undefined ? {} : { engine }) }, here, isRepaired);

describe('a result against what its author saw', () => {
  it('is the same if the checksum is, whatever computed it', () => {
    expect(against('wasm 0.0.1', true, here.checksum)).toEqual({
      isSame: true,
      expected: here.checksum,
      found: here.checksum,
      engine: here.engine,
      madeBy: 'wasm 0.0.1',
    });
  });

  it.each([
    ['repaired', 'kernels 0.0.9', true],
    ['version', 'kernels 0.0.9', false],
    ['version', 'wasm 0.2.0', false],
    ['backend', 'wasm 0.1.0', false],
    ['unexplained', 'kernels 0.1.0', false],
    ['unknown', undefined, false],
  ])('differs by: %s, if made by %s (repaired: %s)', (cause, engine, isRepaired) => {
    expect(against(engine, isRepaired)).toMatchObject({ isSame: false, cause });
  });
});
