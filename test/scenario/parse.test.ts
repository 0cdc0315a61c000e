import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SimError } from '../../src/engine/base/errors.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { smallCatalogue as catalogue } from '../support/catalogue.ts';
import { faults } from '../support/faults.ts';
import { rawScenarios } from '../support/raw-scenario.ts';

const base = {
  version: 1,
  runs: [
    { name: 'GA', method: 'ga' },
    { name: 'NPO', method: 'npo' },
  ],
};
const run = (fields: object) => ({ version: 1, runs: [{ name: 'NPO', method: 'npo', ...fields }] });
const repaired = (input: unknown): Scenario => parseScenario(input, catalogue, 'repair').scenario;

describe('points by seed', () => {
  it('that all have to be left out are no field any more', () => {
    const points = (n: number) => ({
      x: Array.from({ length: n }, (_, i) => [i, i % 3]),
      y: Array.from({ length: n }, (_, i) => i % 2),
    });
    const data = {
      generator: 'inline',
      params: { train: points(6), test: points(4) },
      bySeed: { 0: { train: points(8), test: points(4) } },
    };
    const { scenario } = parseScenario(
      { version: 2, data, forget: { kind: 'class', label: 0 } },
      catalogueInfo,
      'repair',
    );
    expect(scenario.data).not.toHaveProperty('bySeed');
    expect(parseScenario(scenario, catalogueInfo, 'strict').scenario).toEqual(scenario);
  });
});

describe('a strict parse', () => {
  it('lists every fault with its path, what was expected and what was found', () => {
    const input = {
      version: 1,
      data: { generator: 'blobs', params: { noise: -1, classes: 2.5 } },
      training: { learningRate: 'fast' },
      runs: [{ name: 'NPO', method: 'npo', params: { beta: -1 }, steps: 0 }],
      seeds: [],
    };
    expect(faults(input)).toEqual([
      '/data/params/classes: expected a whole number in [2, 8], found 2.5',
      '/data/params/noise: expected a number in [0, 2], found -1',
      '/runs/0/steps: expected a whole number in [1, 20000], found 0',
      '/runs/0/params/beta: expected a number in [0.01, 10], found -1',
      '/training/learningRate: expected a number in [0.000001, 10], found "fast"',
      '/seeds: expected at least one seed, found []',
    ]);
  });

  it.each([
    [
      { ...base, runs: [{ method: 'nop' }] },
      '/runs/0/method: expected one of retrain, ga, npo, rl (did you mean "npo"?), found "nop"',
    ],
    [
      { ...base, data: { generator: 'blob' } },
      '/data/generator: expected one of blobs, high-dim-blobs, inline (did you mean "blobs"?), found "blob"',
    ],
    [run({ lr: 0.1 }), '/runs/0/lr: expected a known field (did you mean "learningRate"?), found 0.1'],
    [run({ beta: 0.1 }), '/runs/0/beta: expected a known field (did you mean "params.beta"?), found 0.1'],
    [
      { ...base, family: 'number' },
      '/family: expected one of points, numbers (did you mean "numbers"?), found "number"',
    ],
    [
      { ...base, family: 'text' },
      '/family: expected one of points, numbers: this version has no models of that family, found "text"',
    ],
    [{ ...base, own: [{ id: 'mine' }] }, '/own/0/terms: expected at least one term, found nothing'],
    [{ ...base, sedes: [1] }, '/sedes: expected a known field (did you mean "seeds"?), found [1]'],
    [
      run({ retain: { kind: 'cee' } }),
      '/runs/0/retain/kind: expected one of none, ce, kl (did you mean "ce"?), found "cee"',
    ],
    [run({ sweep: { beta: [1] } }), '/runs/0/sweep/beta: expected one of params.beta'],
    [run({ sweep: { 'params.beta': [] } }), '/runs/0/sweep/params.beta: expected at least one value, found []'],
    [
      run({ sweep: { 'params.beta': [1, 99] } }),
      '/runs/0/sweep/params.beta/1: expected a number in [0.01, 10], found 99',
    ],
    [run({ name: 'retrained' }), '/runs/0/name: expected a name that is not reserved, found "retrained"'],
    [run({ batchSize: 'all' }), '/runs/0/batchSize: expected "full" or a whole number in [1, 10000], found "all"'],
    [
      run({ alternativeLabels: [0, 7] }),
      '/runs/0/alternativeLabels/1: expected a class, a whole number in [0, 4], found 7',
    ],
    [{ ...base, runs: {} }, '/runs: expected a list of runs, found an object'],
    [{ ...base, runs: [3] }, '/runs/0: expected an object with a method, found 3'],
    [{ runs: [] }, '/version: expected 1 or 2, found nothing'],
    [{ ...base, version: 0 }, '/version: expected 1 or 2, found 0'],
    [{ ...base, forget: { kind: 'class', label: 5 } }, '/forget/label: expected a whole number in [0, 4], found 5'],
    [{ ...base, forget: { kind: 'random', fraction: 1 } }, '/forget/fraction: expected a number in (0, 1), found 1'],
    [{ ...base, forget: { kind: 'indices', indices: [] } }, '/forget/indices: expected at least one index'],
    [{ ...base, forget: { kind: 'indices', indices: [1, 1] } }, '/forget/indices/1: expected different values'],
    [
      { ...base, forget: { kind: 'indices', indices: [0.5] } },
      '/forget/indices/0: expected an index of a training point',
    ],
    [
      {
        ...base,
        forget: {
          kind: 'region',
          polygon: [
            [0, 0],
            [1, 1],
          ],
        },
      },
      '/forget/polygon: expected at least three corners',
    ],
    [
      { ...base, forget: { kind: 'region', disc: { center: [0, 0], radius: 0 } } },
      '/forget/disc/radius: expected a number above 0',
    ],
    [{ ...base, forget: { kind: 'region' } }, '/forget: expected either a polygon or a disc'],
    [
      { ...base, data: { generator: 'high-dim-blobs' }, forget: { kind: 'region', polygon: [] } },
      '/forget/kind: expected a kind for points of 10 numbers',
    ],
    [
      { ...base, data: { generator: 'high-dim-blobs' }, forget: { kind: 'component', name: 'poison' } },
      '/forget/name: expected "poisoned" (did you mean "poisoned"?), found "poison"',
    ],
    [{ ...base, forget: { kind: 'component', name: 'x' } }, '/forget/name: expected another kind of forget set'],
    [
      { ...base, forget: { kind: 'class', fraction: 0.1 } },
      '/forget/fraction: expected a known field (one of kind, label)',
    ],
    [{ ...base, model: { hidden: [] } }, '/model/hidden: expected 1 to 6 hidden layers, found []'],
    [
      { ...base, model: { hidden: [32, 1e9] } },
      '/model/hidden/1: expected a whole number in [1, 512], found 1000000000',
    ],
    [run({ mask: { kind: 'random', side: 'left' } }), '/runs/0/mask/side: expected a known field (one of kind, keep)'],
    [run({ mask: { kind: 'weighed', share: 99 } }), '/runs/0/mask/share: expected a number in [0.1, 10], found 99'],
    [run({ sweep: { 'mask.share': [0] } }), '/runs/0/sweep/mask.share/0: expected a number in [0.1, 10], found 0'],
    [run({ anchor: { kind: 'l1' } }), '/runs/0/anchor/kind: expected one of none, l2, ewc, pcgrad, lat'],
    [
      { ...base, forget: { kind: 'selector', id: 'hard' } },
      '/forget/id: expected the id of a selector: "loss", found "hard"',
    ],
    [
      { ...base, forget: { kind: 'selector', id: 'loss', count: 0 } },
      '/forget/count: expected a whole number in [1, 9999], found 0',
    ],
    [
      { ...base, forget: { kind: 'selector', id: 'loss', params: { end: 'middle' } } },
      '/forget/params/end: expected one of lowest, highest',
    ],
    [{ ...base, seeds: [0, 0] }, '/seeds/1: expected different values, not 0 again, found 0'],
    [{ ...base, seeds: [-1] }, '/seeds/0: expected a whole number from 0 on, found -1'],
    [{ ...base, runs: [{ method: 'ga', steps: 20_000 }] }, '/evaluate/every: expected at least 10'],
    [{ ...base, id: 'Not Kebab' }, '/id: expected a name in kebab-case, found "Not Kebab"'],
    [{ ...base, title: 'x'.repeat(2001) }, '/title: expected a text of at most 2000 characters, found 2001 characters'],
    [
      { ...base, view: { hero: 'runs.NPO.params.gamma' } },
      '/view/hero: expected a knob such as "runs.NPO.params.beta"',
    ],
    ['GA', '/: expected a scenario, which is an object, found "GA"'],
    [[], '/: expected a scenario, which is an object, found []'],
  ])('%j says where and why', (input, line) => {
    expect(faults(input)).toContainEqual(expect.stringContaining(line));
  });

  it.each([
    [{ ...base, kind: 'tournament' }, '/kind'],
    [{ ...base, bySeed: {} }, '/bySeed'],
    [{ ...base, runs: [{ method: 'ga', bySeed: {} }] }, '/runs/0/bySeed'],
  ])('%j is known, and not supported by this version', (input, path) => {
    const [line = '', ...others] = faults(input);
    expect(others).toEqual([]);
    expect(line).toMatch(new RegExp(`^${path}: .*not supported by this version`));
  });

  it.each([
    [{ adversary: { epsilon: -1 } }, '/runs/0/adversary/epsilon'],
    [{ adversary: { layer: 0 } }, '/runs/0/adversary/layer'],
    [{ adversary: { kind: 'pgd' } }, '/runs/0/adversary/kind'],
    [{ adversary: { rate: 1 } }, '/runs/0/adversary/rate'],
    [{ adversary: 0.5 }, '/runs/0/adversary'],
    [{ surgery: 'pc-grad' }, '/runs/0/surgery'],
    [{ wrappers: { kind: 'lat' } }, '/runs/0/wrappers'],
    [{ wrappers: ['lat'] }, '/runs/0/wrappers/0'],
    [{ wrappers: [{ kind: 'l3' }] }, '/runs/0/wrappers/0/kind'],
    [{ wrappers: [{ kind: 'l2' }, { kind: 'ewc' }] }, '/runs/0/wrappers/1/kind'],
    [{ wrappers: [{ kind: 'pcgrad', weight: 1 }] }, '/runs/0/wrappers/0/weight'],
    [{ wrappers: [{ kind: 'lat', epsilon: 99 }] }, '/runs/0/wrappers/0/epsilon'],
    [{ wrappers: [{ kind: 'ewc' }], sweep: { 'wrappers.l2.weight': [1] } }, '/runs/0/sweep/wrappers.l2.weight'],
    [{ sweep: { 'adversary.steps': [0] } }, '/runs/0/sweep/adversary.steps/0'],
  ])('finds the fault in %j', (fields, path) => {
    expect(faults(run(fields)).join('\n')).toMatch(new RegExp(`^${path}:`));
  });

  it('does not complain about what follows from another fault', () => {
    const unknown = { ...base, data: { generator: 'moon' }, forget: { kind: 'class', label: 7 } };
    expect(faults(unknown)).toHaveLength(1);
    const claim = { text: 'x', run: 'NPO', metric: 'testAccuracy', is: '<', value: 1 };
    expect(faults({ version: 1, runs: [{ name: 'NPO', method: 'nop' }], claims: [claim] })).toHaveLength(1);
  });

  it('holds the number of lanes and of weights to the caps', () => {
    const betas = Array.from({ length: 60 }, (_, i) => 0.1 + i / 100);
    expect(faults(run({ sweep: { 'params.beta': betas } }))).toEqual([
      '/seeds: expected at most 256 lanes (seeds x swept settings), found 5 seeds x 60 settings = 300',
    ]);
    const wide = { ...base, model: { hidden: [512, 512, 512, 512, 512, 512] } };
    expect(faults(wide)[0]).toMatch(/^\/model\/hidden: expected a network of at most 1000000 weights for 20 lanes/);
    expect(faults({ ...wide, seeds: [0] })).toEqual([]);
  });

  it('names runs that have no name after their method, each differently', () => {
    const { scenario } = parseScenario({ version: 1, runs: [{ method: 'ga' }, { method: 'ga' }] }, catalogue, 'strict');
    expect(scenario.runs.map(({ name }) => name)).toEqual(['GA', 'GA 2']);
  });

  it('allows a scenario without runs: the two models that every experiment has are shown alone', () => {
    expect(faults({ version: 1 })).toEqual([]);
  });

  it('refuses a format that is not known yet, and looks at nothing else', () => {
    const newer = { version: 3, runs: 'as they will be' };
    const refusal = (() => {
      try {
        parseScenario(newer, catalogue, 'strict');
        return undefined;
      } catch (thrown) {
        return thrown as SimError;
      }
    })();
    expect(refusal?.code).toBe('scenario/newer-version');
    expect(refusal?.faults).toEqual([{ path: '/version', expected: '1 or 2', found: '3' }]);
    expect(refusal?.message).toContain('reads formats 1 or 2');
  });

  it('is about points where no family is named', () => {
    const familyOf = (fields: object) => parseScenario({ ...base, ...fields }, catalogue, 'strict').scenario.family;
    expect(familyOf({})).toBe('points');
    expect(familyOf({ family: 'numbers' })).toBe('numbers');
  });

  it('fills in the settings of wrappers, and adds those that a sweep names', () => {
    const wrappersOf = (fields: object) => parseScenario(run(fields), catalogue, 'strict').scenario.runs[0]?.wrappers;
    const lat = { kind: 'lat', layer: 1, epsilon: 0.5, steps: 8, learningRate: 0.25 };
    expect(wrappersOf({})).toEqual([]);
    expect(wrappersOf({ wrappers: [{ kind: 'none' }, { kind: 'lat', epsilon: 2 }] })).toEqual([{ ...lat, epsilon: 2 }]);
    expect(wrappersOf({ sweep: { 'wrappers.lat.epsilon': [1], 'wrappers.l2.kind': ['none', 'ewc'] } })).toEqual([
      lat,
      { kind: 'l2', weight: 0.1 },
    ]);
  });

  it('fills in the own settings of a mask, and of no other', () => {
    const maskOf = (mask: object) => parseScenario(run({ mask }), catalogue, 'strict').scenario.runs[0]?.mask;
    expect(maskOf({ kind: 'weighed', side: 'right' })).toEqual({ kind: 'weighed', keep: 0.5, share: 1, side: 'right' });
    expect(maskOf({ kind: 'random' })).toEqual({ kind: 'random', keep: 0.5 });
  });

  it('reads numbers as they are, and negative zero as zero', () => {
    const { scenario } = parseScenario(run({ weightDecay: -0, learningRate: 1e-6 }), catalogue, 'strict');
    expect(scenario.runs[0]).toMatchObject({ weightDecay: 0, learningRate: 1e-6 });
  });

  it('takes a spare class as an alternative label, but not as the class to forget', () => {
    const withSpare = {
      version: 1,
      data: { generator: 'blobs', params: { classes: 3, spareClass: true } },
      runs: [{ name: 'RL', method: 'rl', alternativeLabels: [3, 3] }],
    };
    const strict = (input: unknown) => () => parseScenario(input, catalogueInfo, 'strict');
    expect(strict(withSpare)).not.toThrow();
    expect(strict({ ...withSpare, forget: { kind: 'class', label: 3 } })).toThrow(
      '/forget/label: expected a whole number in [0, 2], found 3',
    );
    expect(strict({ ...withSpare, data: { generator: 'blobs', params: { classes: 3 } } })).toThrow(
      '/runs/0/alternativeLabels/0: expected a class, a whole number in [0, 2], found 3',
    );
  });

  it('has no fault to find in a valid scenario', () => {
    fc.assert(
      fc.property(rawScenarios, (raw) => {
        expect(faults(raw)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a repair', () => {
  it('moves numbers into range and says what it used', () => {
    const { scenario, repairs } = parseScenario(run({ learningRate: 99, steps: 2.4 }), catalogue, 'repair');
    expect(scenario.runs[0]).toMatchObject({ learningRate: 10, steps: 2 });
    expect(repairs).toEqual([
      { path: '/runs/0/learningRate', expected: 'a number in [0.000001, 10]', found: '99', used: '10' },
      { path: '/runs/0/steps', expected: 'a whole number in [1, 20000]', found: '2.4', used: '2' },
    ]);
  });

  it('drops what does not exist and keeps the rest', () => {
    const raw = { ...base, runs: [...base.runs, { name: 'X', method: 'unheard-of' }], nonsense: 1 };
    const { scenario, repairs } = parseScenario(raw, catalogue, 'repair');
    expect(scenario.runs.map(({ name }) => name)).toEqual(['GA', 'NPO']);
    expect(repairs.map(({ path, used }) => `${path} ${used}`)).toEqual([
      '/nonsense left out',
      '/runs/2/method run left out',
    ]);
  });

  it('makes names unique', () => {
    const raw = { version: 1, runs: ['A', 'A', 'original', 'A 2'].map((name) => ({ name, method: 'ga' })) };
    expect(repaired(raw).runs.map(({ name }) => name)).toEqual(['A', 'A 2', 'original 2', 'A 2 2']);
  });

  it('leaves out a claim with a fault rather than change what it states', () => {
    const good = { text: 'x', run: 'GA', metric: 'testAccuracy', is: '<', value: 1 };
    const claims = [good, { ...good, metric: 'testAcuracy' }, { ...good, than: {} }, { ...good, run: 'RL' }];
    const { scenario, repairs } = parseScenario({ ...base, claims }, catalogue, 'repair');
    expect(scenario.claims).toEqual([{ ...good, at: 'last', seeds: 'all' }]);
    expect(repairs.map(({ path }) => path)).toEqual(['/claims/1/metric', '/claims/2', '/claims/3/run']);
  });

  it('shrinks an experiment that is too large', () => {
    const betas = Array.from({ length: 60 }, (_, i) => 0.1 + i / 100);
    expect(repaired(run({ sweep: { 'params.beta': betas } })).seeds).toEqual([0, 1, 2, 3]);
    expect(repaired({ ...base, model: { hidden: [512, 512, 512, 512, 512, 512] } }).model).toMatchObject({
      hidden: Array.from({ length: 6 }, () => 256),
    });
  });

  it('never throws, and what it returns passes the strict parse', () => {
    const junk = fc.anything({ maxDepth: 4, withNullPrototype: true, withSparseArray: true });
    fc.assert(
      fc.property(junk, (input) => {
        const { scenario } = parseScenario(input, catalogue, 'repair');
        expect(parseScenario(scenario, catalogue, 'strict').scenario).toEqual(scenario);
      }),
      { numRuns: 500 },
    );
  });

  it('makes something valid of any scenario with some fields replaced by anything', () => {
    const junk = fc.oneof(
      fc.anything({ maxDepth: 2 }),
      fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 1e308, '\uD800', '__proto__', [], {}, null),
    );
    fc.assert(
      fc.property(rawScenarios, fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 4 }), (raw, changes) => {
        const input = structuredClone(raw) as Record<string, unknown>;
        for (const [seed, value] of changes) replaceSomewhere(input, seed, value);
        const { scenario } = parseScenario(input, catalogue, 'repair');
        expect(parseScenario(scenario, catalogue, 'strict').scenario).toEqual(scenario);
      }),
      { numRuns: 500 },
    );
  });

  it('is not led astray by names of built-in members, nor by depth', () => {
    const raw = JSON.parse(
      '{"version":1,"__proto__":{"seeds":[9]},"constructor":1,"runs":[{"method":"npo","params":{"__proto__":{"beta":5},"constructor":2},"sweep":{"__proto__":[1],"params.constructor":[1]}}]}',
    );
    const { scenario, repairs } = parseScenario(raw, catalogue, 'repair');
    expect(scenario.seeds).toEqual([0, 1, 2, 3, 4]);
    expect(scenario.runs[0]?.params).toEqual({ beta: 1 });
    expect(repairs).toHaveLength(6);
    expect(({} as Record<string, unknown>)['seeds']).toBeUndefined();

    let deep: unknown = [];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(
      parseScenario({ ...base, title: deep, seeds: deep, claims: deep }, catalogue, 'repair').repairs,
    ).toHaveLength(3);
  });

  it('counts faults beyond the first two hundred instead of listing them', () => {
    const fields = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`field${i}`, i]));
    const { repairs } = parseScenario({ ...base, ...fields }, catalogue, 'repair');
    expect(repairs).toHaveLength(201);
    expect(repairs.at(-1)).toMatchObject({ found: '800 more' });
  });

  it('shows names from the input short and in whole, visible characters', () => {
    const key = `${'x'.repeat(56)}\ud83e\udde0${'y'.repeat(9000)}`;
    const input = {
      version: 1,
      [key]: 1,
      'a/b~\u0000\u202e': 2,
      runs: [{ method: 'ga', sweep: { ['z'.repeat(9000)]: [1] } }],
    };
    const paths = parseScenario(input, catalogue, 'repair').repairs.map(({ path }) => path);
    expect(paths).toEqual([`/${'x'.repeat(56)}\uFFFD...`, '/a~1b~0\uFFFD\uFFFD', `/runs/0/sweep/${'z'.repeat(57)}...`]);
  });
});

/** Replaces a value somewhere inside an object, chosen by a number. */
const replaceSomewhere = (root: Record<string, unknown>, seed: number, value: unknown): void => {
  let node = root;
  let choice = seed;
  for (;;) {
    const keys = Object.keys(node);
    if (keys.length === 0) return;
    const key = keys[choice % keys.length] as string;
    choice = Math.floor(choice / keys.length);
    const child = node[key];
    if (typeof child !== 'object' || child === null || choice % 3 === 0) {
      node[key] = value;
      return;
    }
    node = child as Record<string, unknown>;
  }
};

describe('names of runs that look alike', () => {
  const namesOf = (...names: readonly string[]): readonly string[] =>
    repaired({ version: 1, runs: names.map((name) => ({ name, method: 'npo' })) }).runs.map(({ name }) => name);

  it.each([
    ['a space of no width', 'GA\u200b'],
    ['a mark of direction', '\u200eGA'],
    ['an override', 'G\u202eA'],
    ['an end of an isolate', 'GA\u2069'],
    ['a soft hyphen', 'G\u00adA'],
    ['a joiner', 'G\u2060A'],
    ['a filler', 'GA\u3164'],
    ['a byte-order mark within', 'G\ufeffA'],
  ])('because one has %s are told apart', (_, name) => {
    expect(namesOf('GA', name)).toEqual(['GA', 'GA 2']);
    const runs = ['GA', name].map((one) => ({ name: one, method: 'npo' }));
    expect(faults({ version: 1, runs }).join()).toContain('a name that looks different from all others');
  });

  it('to each other, to what would be given instead, or to the models that every experiment has', () => {
    expect(namesOf('café', 'cafe\u0301')).toEqual(['café', 'café 2']);
    expect(namesOf('GA', 'GA 2\u200b', 'GA\u200b')).toEqual(['GA', 'GA 2\u200b', 'GA 3']);
    expect(namesOf('retrained\u200b', '\u2060\u200b')).toEqual(['retrained 2', 'NPO']);
  });

  it('stay what they are where they can be told apart', () => {
    const names = ['👩‍🔬', 'β\u202e', 'אב', 'GA', 'Ga'];
    expect(namesOf(...names)).toEqual(names);
  });
});
