import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultLine, SimError } from '../../src/engine/base/errors.ts';
import { readDocument } from '../../src/scenario/document/document.ts';
import { offerOf } from '../../src/scenario/format/catalogue.ts';
import { presets } from '../../src/scenario/format/presets.ts';
import { runSettings } from '../../src/scenario/format/settings.ts';
import { encodeLink } from '../../src/scenario/links/link.ts';
import { encodeTournament } from '../../src/scenario/tournament/link.ts';
import { parseTournament } from '../../src/scenario/tournament/parse.ts';
import { drawConfigurations } from '../../src/scenario/tournament/search-space.ts';
import {
  isRange,
  type SearchRange,
  type Tournament,
  withDraws,
  writeTournament,
} from '../../src/scenario/tournament/tournament.ts';
import { catalogueInfo as catalogue } from '../../src/sim/catalogue.ts';

const library = { catalogue, presets };
const start = { kind: 'tournament', version: 1, scenario: 'ga-vs-npo' };
const parsed = (input: unknown, mode: 'strict' | 'repair' = 'strict'): Tournament =>
  parseTournament(input, catalogue, presets, mode).tournament;
const faultsOf = (input: unknown): readonly string[] => {
  try {
    parsed(input);
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(SimError);
    return (thrown as SimError).faults.map(faultLine);
  }
  return [];
};
const names = ({ methods }: Tournament) => methods.map(({ run }) => run.name);
const settingsOf = (method: string) =>
  runSettings(
    catalogue.methods.find(({ id }) => id === method),
    catalogue,
  );

describe('names of methods', () => {
  it.each(['GA\u200b', 'G\u2060A', '\u202eGA'])('that only look like another’s are no others: %j', (name) => {
    const methods = [{ name: 'GA', method: 'ga' }, { name, method: 'npo' }]; // biome-ignore format: two methods
    const input = { kind: 'tournament', version: 1, methods };
    expect(() => parseTournament(input, catalogue, presets, 'strict')).toThrow(/\/methods\/1\/name/);
    const names = parseTournament(input, catalogue, presets, 'repair').tournament.methods.map(({ run }) => run.name);
    expect(names.slice(0, 2)).toEqual(['GA', 'GA 2']);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('a tournament', () => {
  it('takes the runs of its experiment if it names no methods, and the baselines always', () => {
    const tournament = parsed(start);
    expect(names(tournament)).toEqual(['GA', 'NPO', 'None', 'FT', 'EU-k']);
    expect(tournament.methods.map(({ isBaseline }) => isBaseline)).toEqual([false, false, true, true, true]);
    expect(tournament.methods[4]?.run.params['k']).toBe(1);
    expect(tournament.methods[4]?.search).not.toHaveProperty('params.k');
    expect(tournament.scenario).toMatchObject({ runs: [], claims: [], forget: { kind: 'class', label: 2 } });
  });

  it('knows a baseline that is there already, and not one that has been changed', () => {
    const own = (method: object) => names(parsed({ ...start, methods: [method] }));
    expect(own({ name: 'mine', method: 'ft' })).toEqual(['mine', 'None', 'EU-k']);
    expect(own({ name: 'mine', method: 'euk', params: { k: 2 } })).toEqual(['mine', 'None', 'FT', 'EU-k']);
    expect(own({ name: 'FT', method: 'ga' })).toEqual(['FT', 'None', 'FT 2', 'EU-k']);
  });

  it('tunes learning rate, steps and one knob of a method around its own settings, and nothing of doing nothing', () => {
    const methods = [{ method: 'npo', learningRate: 0.1, steps: 200, params: { beta: 1 } }];
    const [npo, none] = parsed({ ...start, methods }).methods;
    expect(npo?.search).toEqual({
      learningRate: { min: 0.01, max: 1, scale: 'log' },
      steps: { min: 50, max: 200, scale: 'log' },
      'params.beta': { min: 0.1, max: 10, scale: 'log' },
    });
    expect(none?.search).toEqual({});
  });

  it('names every fault with its path, what was expected and what was found', () => {
    const input = {
      ...start,
      version: 2,
      scenario: { forget: { kind: 'clas' }, data: { seed: -1 } },
      methods: [
        { method: 'nop' },
        { method: 'npo', search: { beta: [1], 'params.beta': { min: 5, max: 1 }, learningRate: { min: 0.1 } } },
        { method: 'ga', sweep: { learningRate: [1] } },
        7,
      ],
      budget: { configurations: 0, visits: 1 },
      tuningSeeds: [1, 2],
      reportingSeeds: [2, 3],
      selection: ['accuracy', 'forgetAcuracy'],
      test: 'z',
      confidence: 95,
      resample: 5,
    };
    expect(faultsOf(input)).toEqual([
      '/resample: expected a known field (did you mean "resamples"?), found 5',
      '/version: expected 1, found 2',
      expect.stringMatching(/^\/scenario\/data\/seed: expected "lane" or a whole number/),
      expect.stringMatching(/^\/scenario\/forget\/kind: expected one of .*did you mean "class"/),
      expect.stringMatching(/^\/methods\/0\/method: expected one of .*did you mean "npo"/),
      expect.stringMatching(/^\/methods\/1\/search\/beta: expected one of params\.beta/),
      '/methods/1/search/params.beta/max: expected a number above 5, found 1',
      '/methods/1/search/learningRate/max: expected a number in [0.000001, 10], found nothing',
      '/methods/2/sweep: expected no sweep: say what to tune under "search", found an object',
      '/methods/3: expected an object with a method, found 7',
      '/budget/visits: expected a known field (one of configurations, sampleVisits), found 1',
      '/budget/configurations: expected a whole number in [1, 64], found 0',
      '/reportingSeeds/0: expected a whole number from 0 on that is not a tuning seed, found 2',
      expect.stringMatching(/^\/selection\/0: expected one of forgetAccuracy/),
      expect.stringMatching(/^\/selection\/1: expected one of .*did you mean "forgetAccuracy"/),
      expect.stringMatching(/^\/selection: expected at least one metric/),
      '/test: expected one of t, sign-flip, found "z"',
      '/confidence: expected a number in [0.5, 0.999], found 95',
    ]);
  });

  it('says which presets there are', () => {
    expect(faultsOf({ ...start, scenario: 'ga-vs-nop' })).toEqual([
      expect.stringMatching(/^\/scenario: expected an experiment, or a preset: one of .*did you mean "ga-vs-npo"/),
    ]);
  });

  it('gives every seed its own data and random forget set, unless it says otherwise or the points are given', () => {
    const { scenario } = parsed({ ...start, scenario: { forget: { kind: 'random', fraction: 0.2 } } });
    expect(withDraws(scenario, true)).toMatchObject({ data: { seed: 'lane' }, forget: { seed: 'lane' } });
    expect(withDraws(scenario, false)).toBe(scenario);
  });

  it('reads back what it writes, by file and by link', () => {
    const inline = {
      generator: 'inline',
      params: {
        train: {
          x: [
            [0, 1],
            [1, 0],
            [2, 1],
          ],
          y: [0, 1, 1],
        },
        test: { x: [[0, 0]], y: [0] },
      },
    };
    const inputs = [start, { ...start, scenario: { data: inline, forget: { kind: 'indices', indices: [1] } } }];
    for (const input of inputs) {
      const tournament = parsed(input);
      expect(parsed(writeTournament(tournament))).toEqual(tournament);
      const document = { kind: 'tournament', tournament, repairs: [] };
      expect(readDocument(JSON.stringify(writeTournament(tournament)), 'strict', library)).toEqual(document);
      const results = { kind: 'tournament-results', tournament: writeTournament(tournament), outcomes: [] };
      expect(readDocument(JSON.stringify(results), 'strict', library)).toEqual(document);
      expect(readDocument(encodeTournament(tournament), 'repair', library)).toEqual(document);
    }
  });

  it('is no scenario, and a scenario is no tournament', () => {
    const scenario = { version: 1, runs: [{ method: 'ga' }] };
    expect(readDocument(JSON.stringify(scenario), 'strict', library).kind).toBe('scenario');
    expect(readDocument(encodeLink(parsed(start).scenario), 'repair', library).kind).toBe('scenario');
  });

  it('is repaired to a valid one whatever a link says', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(writeTournament(parsed(start)))), (value, key) => {
        const tournament = parsed({ ...start, [key]: value, kind: 'tournament' }, 'repair');
        expect(parsed(writeTournament(tournament))).toEqual(tournament);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the configurations of a method', () => {
  const run = parsed({ ...start, methods: [{ method: 'npo', steps: 200 }] }).methods[0]?.run;
  const draw = (search: Tournament['methods'][number]['search'], count: number, seed = 0) =>
    drawConfigurations({ run: run as NonNullable<typeof run>, search }, count, seed, settingsOf('npo'));
  const rates: SearchRange = { min: 0.01, max: 1, scale: 'log' };

  it('begin with the run as it is given and stay within the space', () => {
    const [given, ...drawn] = draw({ learningRate: rates, steps: { min: 50, max: 200, scale: 'log' } }, 12);
    expect(given).toEqual({});
    expect(drawn).toHaveLength(11);
    for (const { learningRate, steps } of drawn) {
      expect(learningRate).toBeGreaterThanOrEqual(0.01);
      expect(learningRate).toBeLessThanOrEqual(1);
      expect(Number.isInteger(steps)).toBe(true);
      expect(steps).toBeGreaterThanOrEqual(50);
    }
  });

  it('fill each dimension evenly on its own scale: one draw in each stratum', () => {
    const drawn = draw({ learningRate: rates }, 11).slice(1);
    const strata = drawn.map(({ learningRate }) => Math.floor(((Math.log10(Number(learningRate)) + 2) / 2) * 10));
    expect(strata.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('are the same for the same seed, and share the places of a dimension with other methods', () => {
    const search = { learningRate: rates, 'params.beta': { min: 0.1, max: 10, scale: 'log' } } as const;
    expect(draw(search, 6)).toEqual(draw(search, 6));
    expect(draw(search, 6, 1)).not.toEqual(draw(search, 6));
    const alone = draw({ learningRate: rates }, 6).map(({ learningRate }) => learningRate);
    expect(draw(search, 6).map(({ learningRate }) => learningRate)).toEqual(alone);
  });

  it('are different from each other, so that a short list gives as many as it has', () => {
    expect(draw({ optimizer: ['sgd', 'adam'] }, 12)).toEqual([{}, { optimizer: 'adam' }]);
    expect(draw({}, 12)).toEqual([{}]);
  });

  it('of every method for points are valid settings', () => {
    for (const { id } of offerOf(catalogue, 'points').methods) {
      const [entrant] = parsed({ ...start, methods: [{ method: id }] }).methods;
      if (!entrant) throw new Error(id);
      for (const [path, dimension] of Object.entries(entrant.search)) {
        if (isRange(dimension)) expect(dimension.max, `${id} ${path}`).toBeGreaterThan(dimension.min);
      }
      const configurations = drawConfigurations(entrant, 5, 0, settingsOf(id));
      for (const configuration of configurations) {
        const sweep = Object.fromEntries(Object.entries(configuration).map(([path, value]) => [path, [value]]));
        const scenario = { version: 1, runs: [{ method: id, sweep }] };
        expect(() => parsed({ ...start, scenario }), id).not.toThrow();
      }
    }
  });
});
