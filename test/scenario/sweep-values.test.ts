import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { offerOf } from '../../src/scenario/format/catalogue.ts';
import { runSettings, type SettingSpec, settingsOf } from '../../src/scenario/format/settings.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import {
  fanValues,
  readSweepValues,
  respread,
  startingSweep,
  writeSweepValues,
} from '../../src/scenario/tournament/sweep-values.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

const settings = (method: string) =>
  runSettings(
    catalogueInfo.methods.find(({ id }) => id === method),
    catalogueInfo,
  );
const spec = (path: string, method = 'npo') => settings(method).get(path) as SettingSpec;

describe('a sweep', () => {
  it('begins around the value that there is, on the scale of the setting', () => {
    expect(startingSweep(spec('params.beta'), 1)).toEqual([0.1, 0.316, 1, 3.16, 10]);
    expect(startingSweep(spec('learningRate'), 0.05)).toEqual([0.005, 0.0158, 0.05, 0.158, 0.5]);
    expect(startingSweep(spec('steps'), 400)).toEqual([40, 126, 400, 1265, 4000]);
    expect(startingSweep(spec('optimizer'), 'sgd')).toEqual(['sgd', 'momentum', 'adam']);
    expect(startingSweep(spec('batchSize'), 'full')).toEqual([16, 64, 'full']);
  });

  it.each(catalogueInfo.families.map(({ id }) => id))(
    'of any setting of any method for %s begins with values that are valid and are read back as they are written',
    (family) => {
      const offer = offerOf(catalogueInfo, family);
      const parsed = (run: object) =>
        parseScenario({ version: 2, family, runs: [run], seeds: [0] }, catalogueInfo, 'strict').scenario.runs[0];
      for (const method of offer.methods) {
        const run = parsed({ method: method.id });
        if (!run) throw new Error(method.id);
        const own = settingsOf(run);
        for (const [path, one] of runSettings(method, offer)) {
          const values = startingSweep(one, own[path]);
          expect(() => parsed({ method: method.id, sweep: { [path]: values } }), `${method.id} ${path}`).not.toThrow();
          expect(readSweepValues(writeSweepValues(values), one), `${method.id} ${path}`).toEqual(values);
        }
      }
    },
  );

  it('takes typed values, and none where one of them is no value or stands there twice', () => {
    expect(readSweepValues(' 0.1, 1;5 ', spec('params.beta'))).toEqual([0.1, 1, 5]);
    expect(readSweepValues('16, full', spec('batchSize'))).toEqual([16, 'full']);
    for (const typed of ['', 'x', '0.1, -1', '1, 1', '0.1, NaN', '1e99']) {
      expect(readSweepValues(typed, spec('params.beta')), typed).toBeNull();
    }
    expect(readSweepValues('1.5', spec('steps'))).toBeNull();
  });

  it('is spread anew between its ends: evenly, or drawn from a seed', () => {
    const given = [0.1, 0.2, 0.3, 0.4, 10];
    expect(respread(given, 'grid', spec('params.beta'), 0)).toEqual([0.1, 0.316, 1, 3.16, 10]);
    const drawn = respread(given, 'draw', spec('params.beta'), 3) as readonly number[];
    expect(drawn).toEqual(respread(given, 'draw', spec('params.beta'), 3));
    expect(drawn).not.toEqual(respread(given, 'draw', spec('params.beta'), 4));
    expect([drawn[0], drawn.at(-1), drawn.length]).toEqual([0.1, 10, 5]);
    expect([...drawn].sort((a, b) => a - b)).toEqual(drawn);
    expect(respread(['sgd', 'adam'], 'grid', spec('optimizer'), 0)).toEqual(['sgd', 'adam']);
  });
});

describe('a fan', () => {
  it('has other values around the one that there is', () => {
    expect(fanValues(spec('params.beta'), 1)).toEqual([0.1, 0.316, 3.16, 10]);
    expect(fanValues(spec('optimizer'), 1)).toEqual([]);
  });

  it('has two to four values for any value of any number, ascending, within its bounds, none of them the own', () => {
    const numbers = catalogueInfo.methods.flatMap(({ id }) =>
      [...settings(id)].flatMap(([path, one]) => (one.kind === 'number' ? [{ id, path, one }] : [])),
    );
    fc.assert(
      fc.property(fc.constantFrom(...numbers), fc.double({ min: 0, max: 1, noNaN: true }), ({ one }, share) => {
        const isLog = one.scale === 'log' && one.min > 0;
        const own = Number(
          (isLog ? one.min * (one.max / one.min) ** share : one.min + share * (one.max - one.min)).toPrecision(3),
        );
        const values = fanValues(one, Math.min(one.max, Math.max(one.min, own)));
        expect(values.length).toBeGreaterThanOrEqual(2);
        expect(values.length).toBeLessThanOrEqual(4);
        expect(values).toEqual([...new Set(values)].sort((a, b) => a - b));
        expect(values).not.toContain(own);
        for (const value of values) {
          expect(value).toBeGreaterThanOrEqual(one.min);
          expect(value).toBeLessThanOrEqual(one.max);
        }
      }),
      { numRuns: 500 },
    );
  });
});
