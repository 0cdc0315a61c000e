import { describe, expect, it } from 'vitest';
import { version } from '../../src/scenario/format/defaults.ts';
import { type Migration, migrate } from '../../src/scenario/read/migrations.ts';

// Version 1 is the only one that was ever shipped; these two steps are made up, to try the mechanism.
const renamed: Migration = ({ speed, ...rest }) => (speed === undefined ? rest : { ...rest, rate: speed });
const oldDefault: Migration = (older) => ('rate' in older ? older : { ...older, rate: 1 });
const steps = [renamed, oldDefault];

describe('migrations', () => {
  it('lead from each older version to the newest, one after another', () => {
    expect(migrate({ version: 1, speed: 5, title: 'x' }, steps)).toEqual({ version: 3, rate: 5, title: 'x' });
    expect(migrate({ version: 1 }, steps)).toEqual({ version: 3, rate: 1 });
    expect(migrate({ version: 2, speed: 5 }, steps)).toEqual({ version: 3, speed: 5, rate: 1 });
  });

  it('leave alone what is of the newest version, of none, or no scenario', () => {
    for (const input of [
      { version: 3 },
      { version: 9 },
      {},
      { version: 0 },
      { version: '1' },
      { version: 1.5 },
      [],
      null,
      7,
    ]) {
      expect(migrate(input, steps)).toBe(input);
    }
    expect(migrate(Object.create({ version: 1 }), steps)).toEqual({});
  });

  it('exist for every step from version 1 on, and none beyond', () => {
    for (let from = 1; from <= version; from++) {
      expect(migrate({ version: from })).toMatchObject({ version });
    }
    expect(migrate({ version: version + 1 })).toEqual({ version: version + 1 });
  });
});
