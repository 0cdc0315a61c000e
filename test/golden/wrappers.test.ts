import { beforeAll, describe, it } from 'vitest';
import { useEngine } from '../support/engine.ts';
import { recordOf } from '../support/golden.ts';

beforeAll(() => useEngine('kernels'));

describe('runs with everything that may be wrapped around a method, as version 1 wrote them', () => {
  it('come to every bit that they came to then', recordOf('wrappers.json').holds);
});
