import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { version } from '../../src/scenario/format/defaults.ts';
import type { RunSpec } from '../../src/scenario/format/scenario.ts';
import { expandRuns, settingsAt } from '../../src/scenario/format/variants.ts';
import { type Migration, migrate } from '../../src/scenario/read/migrations.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue } from '../support/catalogue.ts';

// Made-up steps, to try the mechanism.
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

describe('version 1 as version 2', () => {
  const run = (fields: object, more: object = {}) => ({
    version: 1,
    runs: [{ name: 'A', method: 'npo', ...fields }],
    ...more,
  });
  const opened = (input: object) => parseScenario(input, smallCatalogue, 'strict').scenario;
  const wrappersOf = (fields: object) => opened(run(fields)).runs[0]?.wrappers;
  const lat = { kind: 'lat', layer: 1, epsilon: 0.5, steps: 8, learningRate: 0.25 };

  it('writes what was wrapped around a method as wrappers, with the defaults of version 1', () => {
    expect(wrappersOf({})).toEqual([]);
    expect(wrappersOf({ adversary: {}, surgery: 'pcgrad', anchor: { kind: 'ewc' } })).toEqual([
      lat,
      { kind: 'pcgrad' },
      { kind: 'ewc', weight: 0.1 },
    ]);
    expect(wrappersOf({ adversary: { kind: 'none', epsilon: 2 }, surgery: 'none', anchor: { weight: 3 } })).toEqual([]);
    expect(wrappersOf({ adversary: { kind: 'lat', layer: 2, epsilon: 1, steps: 3, learningRate: 0.1 } })).toEqual([
      { kind: 'lat', layer: 2, epsilon: 1, steps: 3, learningRate: 0.1 },
    ]);
  });

  it('does not depend on what the plug-ins’ own defaults become', () => {
    const lists = migrate(run({ adversary: {}, anchor: { kind: 'l2' } })) as { runs: { wrappers: unknown }[] };
    expect(lists.runs[0]?.wrappers).toEqual([lat, { kind: 'l2', weight: 0.1 }]);
  });

  it('makes as many lanes of a sweep, each what it was', () => {
    const lanes = (fields: object) => {
      const scenario = opened(run(fields));
      return expandRuns(scenario, smallCatalogue).map(
        ({ swept }) => settingsAt(scenario.runs[0] as RunSpec, swept).wrappers,
      );
    };
    expect(lanes({ sweep: { 'anchor.kind': ['none', 'ewc', 'l2'], surgery: ['none', 'pcgrad'] } })).toEqual([
      [],
      [{ kind: 'pcgrad' }],
      [{ kind: 'ewc', weight: 0.1 }],
      [{ kind: 'ewc', weight: 0.1 }, { kind: 'pcgrad' }],
      [{ kind: 'l2', weight: 0.1 }],
      [{ kind: 'l2', weight: 0.1 }, { kind: 'pcgrad' }],
    ]);
    expect(lanes({ sweep: { 'adversary.epsilon': [1, 2] } })).toEqual([
      [{ ...lat, epsilon: 1 }],
      [{ ...lat, epsilon: 2 }],
    ]);
    expect(lanes({ adversary: { kind: 'none', steps: 3 }, sweep: { 'adversary.kind': ['none', 'lat'] } })).toEqual([
      [],
      [lat],
    ]);
    expect(lanes({ sweep: { 'anchor.weight': [1, 2] } })).toEqual([[], []]);
    expect(lanes({ anchor: { kind: 'ewc' }, sweep: { 'anchor.weight': [1, 2] } })).toEqual([
      [{ kind: 'ewc', weight: 1 }],
      [{ kind: 'ewc', weight: 2 }],
    ]);
  });

  it('keeps what speaks of a setting: claims about a lane and the knob', () => {
    const compared = { text: 'x', run: 'A', metric: 'testAccuracy', is: '<' };
    const claim = { ...compared, value: 1 };
    const { claims, view } = opened(
      run(
        { anchor: { kind: 'l2' }, sweep: { 'anchor.weight': [1, 2], surgery: ['none', 'pcgrad'] } },
        {
          claims: [
            { ...claim, where: { 'anchor.weight': 2, surgery: 'none', 'adversary.kind': 'none' } },
            { ...compared, than: { where: { surgery: 'pcgrad' } } },
          ],
          view: { hero: 'runs.A.anchor.weight' },
        },
      ),
    );
    expect(claims[0]?.where).toEqual({ 'wrappers.l2.weight': 2, 'wrappers.pcgrad.kind': 'none' });
    expect(claims[1]?.than?.where).toEqual({ 'wrappers.pcgrad.kind': 'pcgrad' });
    expect(view.hero).toBe('runs.A.wrappers.l2.weight');
  });

  it('is not troubled by anything where an object or a list should be', () => {
    const junk = fc.anything({ maxDepth: 3, withNullPrototype: true, withSparseArray: true });
    const fields = fc.dictionary(
      fc.constantFrom('name', 'adversary', 'surgery', 'anchor', 'sweep', 'wrappers', 'where'),
      junk,
    );
    fc.assert(
      fc.property(fc.oneof(junk, fc.array(fields)), fc.oneof(junk, fc.array(fields)), junk, (runs, claims, view) => {
        expect(() => migrate({ version: 1, runs, claims, view })).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
