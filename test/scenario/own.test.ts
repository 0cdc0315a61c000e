import { describe, expect, it } from 'vitest';
import { differences } from '../../src/scenario/format/differences.ts';
import { decodeLink, encodeLink } from '../../src/scenario/links/link.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { parseTournament } from '../../src/scenario/tournament/parse.ts';
import { writeTournament } from '../../src/scenario/tournament/tournament.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { planOf } from '../../src/sim/tournament/plan.ts';

const RULE = {
  id: 'mine',
  title: 'Mine',
  params: { beta: { label: 'Power', symbol: 'β', default: 2, min: 0, max: 5, scale: 'linear' } },
  terms: [{ on: 'forget', mean: 'examples', pulls: [{ towards: 'label', weight: '-p^beta' }] }],
};
const RUNS = [
  { name: 'Mine', method: 'mine' },
  { name: 'GA', method: 'ga' },
];

const repaired = (fields: object) => parseScenario({ version: 2, runs: RUNS, ...fields }, catalogueInfo, 'repair');
const faultsOf = (fields: object) =>
  repaired(fields).repairs.map(({ path, expected, found }) => `${path}: ${expected} / ${found}`);
const withPull = (pull: object, on = 'forget') => ({ own: [{ ...RULE, terms: [{ on, pulls: [pull] }] }] });

describe('a scenario with a rule of its own', () => {
  it('is read as it is written, and goes through a link and back', () => {
    const { scenario } = parseScenario({ version: 2, own: [RULE], runs: RUNS }, catalogueInfo, 'strict');
    expect(scenario.own).toEqual([RULE]);
    expect(scenario.runs[0]).toMatchObject({ method: 'mine', params: { beta: 2 } });
    expect(decodeLink(encodeLink(scenario), catalogueInfo)).toMatchObject({ scenario, repairs: [] });
    expect(differences(scenario)['own']).toEqual([RULE]);
  });

  it('fills in what a rule leaves out', () => {
    const own = [{ id: 'mine', params: { beta: {} }, terms: [{ pulls: [{ weight: '-beta' }] }] }];
    const { scenario } = parseScenario({ version: 2, own, runs: RUNS }, catalogueInfo, 'strict');
    expect(scenario.own).toEqual([
      {
        id: 'mine',
        title: 'mine',
        params: { beta: { label: 'beta', default: 1, min: 0, max: 10, scale: 'linear' } },
        terms: [{ on: 'forget', mean: 'examples', pulls: [{ towards: 'label', weight: '-beta' }] }],
      },
    ]);
  });

  it('holds a setting of a rule to its range, and a sweep to its names', () => {
    const run = { method: 'mine', params: { beta: 9 }, sweep: { 'params.gamma': [1] } };
    expect(faultsOf({ own: [RULE], runs: [run] })).toEqual([
      '/runs/0/params/beta: a number in [0, 5] / 9',
      expect.stringMatching(/^\/runs\/0\/sweep\/params\.gamma: /),
    ]);
  });
});

describe('a rule that cannot run is left out with its runs, the others stay', () => {
  const leavesOut = 'one of '; // the methods that there are
  it.each<[string, object, string]>([
    [
      'divides by zero',
      withPull({ weight: '1/0' }),
      '/own/0/terms/0/pulls/0/weight: a number: this has no value / "1/0" in column 1',
    ],
    [
      'names itself',
      withPull({ weight: '2*mine(p)' }),
      '/own/0/terms/0/pulls/0/weight: a formula of its own: a rule cannot name a rule / "mine" in column 3',
    ],
    [
      'is a megabyte long',
      withPull({ weight: '-1'.repeat(500_000) }),
      '/own/0/terms/0/pulls/0/weight: a formula of at most 1000 characters / "-1-1-1-1-1-1-1-1-1-1-1-…" in column 1',
    ],
    [
      'calls a function that does not exist',
      withPull({ weight: '-sigmod(p)' }),
      '/own/0/terms/0/pulls/0/weight: a function that formulas know: exp, log, sqrt, tanh, sigmoid, softplus, min, max, abs, clamp, if (did you mean "sigmoid"?) / "sigmod" in column 2',
    ],
    ['has no term', { own: [{ ...RULE, terms: [] }] }, '/own/0/terms: at least one term / []'],
    [
      'has a term without a pull',
      { own: [{ ...RULE, terms: [{ pulls: [] }] }] },
      '/own/0/terms/0/pulls: at least one pull / []',
    ],
    ['is no formula', withPull({ weight: [1] }), '/own/0/terms/0/pulls/0/weight: a formula, which is a text / [1]'],
    [
      'pulls towards an alternative of the retain set',
      withPull({ towards: 'alternative', weight: '1' }, 'retain'),
      '/own/0/terms/0/pulls/0/towards: label, original or all: only examples of the forget set have an alternative / "alternative"',
    ],
    [
      'reads an alternative of the retain set',
      withPull({ weight: 'pAlt' }, 'retain'),
      '/own/0/terms/0/pulls/0/weight: a formula without the alternative, which there is not / "pAlt"',
    ],
    [
      'has the id of a method',
      { own: [{ ...RULE, id: 'npo' }] },
      '/own/0/id: a name that no method of the lab has / "npo"',
    ],
    [
      'has no id',
      { own: [{ ...RULE, id: 'My rule!' }] },
      '/own/0/id: a name in kebab-case, such as "my-rule" / "My rule!"',
    ],
    [
      'has an id that objects have',
      { own: [{ ...RULE, id: 'constructor' }] },
      '/own/0/id: a name in kebab-case, such as "my-rule" / "constructor"',
    ],
  ])('%s', (_, fields, expected) => {
    const { scenario, repairs } = repaired(fields);
    const [first, ...others] = faultsOf(fields);
    expect(first).toBe(expected);
    expect(others).toEqual([expect.stringContaining(`/runs/0/method: ${leavesOut}`)]);
    expect(repairs[0]?.used).toBe('rule left out');
    expect(scenario.runs.map(({ name }) => name)).toEqual(['GA']);
    expect(scenario.own).toBeUndefined();
    expect(() => parseScenario(scenario, catalogueInfo, 'strict')).not.toThrow();
    expect(() => parseScenario({ version: 2, runs: RUNS, ...fields }, catalogueInfo, 'strict')).toThrow(
      expected.split(': ')[0],
    );
  });

  it.each(['numbers', 'diffusion'])('pulls towards an alternative under a family without one: %s', (family) => {
    const fields = { ...withPull({ towards: 'alternative', weight: '1' }), family };
    expect(faultsOf(fields)[0]).toBe(
      '/own/0/terms/0/pulls/0/towards: label or original: examples of this family have no alternative and no classes / "alternative"',
    );
    expect(repaired(fields).scenario.runs.map(({ name }) => name)).toEqual(['GA']);
  });

  it('of two with one id the second, and of more than there may be the last ones', () => {
    const second = { ...RULE, title: 'Again' };
    expect(faultsOf({ own: [RULE, second] })).toEqual(['/own/1/id: a name that no other rule has / "mine"']);
    expect(repaired({ own: [RULE, second] }).scenario.own).toEqual([RULE]);
    const many = Array.from({ length: 20 }, (_, i) => ({ ...RULE, id: `mine-${i}` }));
    expect(repaired({ own: [RULE, ...many] }).scenario.own).toHaveLength(8);
  });

  it('a hyperparameter that is called as something else in formulas', () => {
    const own = [{ ...RULE, params: { ...RULE.params, step: {}, '1x': {}, exp: {}, toString: {} } }];
    expect(faultsOf({ own }).map((line) => line.split(': ')[0])).toEqual([
      '/own/0/params/step',
      '/own/0/params/1x',
      '/own/0/params/exp',
      '/own/0/params/toString',
    ]);
  });
});

describe('a tournament', () => {
  it('tunes a rule by its own hyperparameters, as any other method', () => {
    const scenario = { version: 2, own: [RULE], runs: RUNS };
    const input = {
      kind: 'tournament',
      version: 1,
      scenario,
      methods: [{ method: 'mine', search: { 'params.beta': { min: 0.5, max: 4, scale: 'log' } } }, { method: 'ga' }],
    };
    const { tournament, repairs } = parseTournament(input, catalogueInfo, [], 'repair');
    expect(repairs).toEqual([]);
    const mine = tournament.methods.findIndex(({ run }) => run.method === 'mine');
    const drawn = planOf(tournament, catalogueInfo).configurations[mine]?.flatMap(
      (one) => one['params.beta'] ?? [],
    ) as number[];
    expect(new Set(drawn).size).toBeGreaterThan(1);
    for (const beta of drawn) expect(beta >= 0.5 && beta <= 4).toBe(true);
    const again = parseTournament(writeTournament(tournament), catalogueInfo, [], 'strict').tournament;
    expect(again).toEqual(tournament);
  });
});
