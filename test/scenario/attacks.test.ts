import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateClaims } from '../../src/scenario/format/claims.ts';
import type { AttackResult } from '../../src/scenario/format/results.ts';
import type { Claim } from '../../src/scenario/format/scenario.ts';
import { decodeLink, encodeLink } from '../../src/scenario/links/link.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { smallCatalogue } from '../support/catalogue.ts';
import { faults } from '../support/faults.ts';

const runs = [
  { name: 'GA', method: 'ga' },
  { name: 'NPO', method: 'npo', sweep: { 'params.beta': [0.1, 1] } },
];
const relearn = { kind: 'relearn', run: 'NPO', at: 20, params: { examples: 5 } };
const claim = { text: 'It comes back', run: 'NPO', metric: 'relearnAccuracy', is: '>', value: 0.5 };
const strict = (fields: object) => parseScenario({ version: 1, runs, ...fields }, smallCatalogue, 'strict').scenario;

describe('attacks in a scenario', () => {
  it('are read with their defaults filled in', () => {
    const { attacks } = strict({ attacks: [{ kind: 'relearn', run: 'GA' }, relearn] });
    expect(attacks).toEqual([
      { kind: 'relearn', run: 'GA', at: 'last', params: { examples: 60 } },
      { kind: 'relearn', run: 'NPO', at: 20, params: { examples: 5 } },
    ]);
  });

  it('leave no trace where none is asked for: old links stay as they are', () => {
    expect(strict({})).not.toHaveProperty('attacks');
    expect(strict({ attacks: [] })).not.toHaveProperty('attacks');
    expect(encodeLink(strict({ attacks: [] }))).toBe(encodeLink(strict({})));
  });

  it('travel in links', () => {
    const scenario = strict({ attacks: [relearn], claims: [claim] });
    expect(decodeLink(encodeLink(scenario), smallCatalogue)).toEqual({ scenario, repairs: [] });
  });

  it.each([
    [{ ...relearn, kind: 'relern' }, '/attacks/0/kind'],
    [{ ...relearn, run: 'original' }, '/attacks/0/run'],
    [{ ...relearn, run: undefined }, '/attacks/0/run'],
    [{ ...relearn, at: 'first' }, '/attacks/0/at'],
    [{ ...relearn, at: -1 }, '/attacks/0/at'],
    [{ ...relearn, params: { examples: 0 } }, '/attacks/0/params/examples'],
    [{ ...relearn, params: { exmples: 5 } }, '/attacks/0/params/exmples'],
    [{ ...relearn, when: 5 }, '/attacks/0/when'],
    ['relearn', '/attacks/0'],
  ])('%j is refused at %s', (attack, path) => {
    const found = faults({ version: 1, runs, attacks: [attack] });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(path);
  });

  it('let claims speak of what they give, and only then', () => {
    expect(faults({ version: 1, runs, attacks: [relearn], claims: [claim] })).toEqual([]);
    expect(faults({ version: 1, runs, claims: [claim] })[0]).toContain('/claims/0/metric');
    const fresh = { ...claim, metric: 'relearnAccuracyFresh' };
    expect(faults({ version: 1, runs, attacks: [relearn], claims: [fresh] })).toEqual([]);
  });

  it('are repaired to something that passes the strict parse, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.record({
              kind: fc.constant('relearn'),
              run: fc.constantFrom('GA', 'x'),
              at: fc.jsonValue(),
              params: fc.jsonValue(),
            }),
          ),
        ),
        (attacks) => {
          const { scenario } = parseScenario({ version: 1, runs, attacks }, smallCatalogue, 'repair');
          expect(parseScenario(scenario, smallCatalogue, 'strict').scenario).toEqual(scenario);
        },
      ),
    );
  });
});

describe('claims about attacks', () => {
  const settings = (beta: number) => ({ 'params.beta': beta });
  const attack = (beta: number, end: number): AttackResult => ({
    kind: 'relearn',
    run: 'NPO',
    seed: 0,
    step: 20,
    settings: settings(beta),
    params: {},
    values: {
      unlearned: { relearnAccuracy: { steps: [0, 5, 10], values: [0, end / 2, end] } },
      retrained: { relearnAccuracy: { steps: [0, 5, 10], values: [0, 0, 0.25] } },
      fresh: { relearnAccuracy: { steps: [0, 5, 10], values: [null, 0, 0.125] } },
    },
    notes: [],
  });
  const data = {
    original: [],
    retrained: [{ seed: 0, metrics: {} }],
    runs: [0.1, 1].map((beta) => ({ name: 'NPO', seed: 0, settings: settings(beta), steps: [0, 20], metrics: {} })),
    attacks: [attack(0.1, 0.5), attack(1, 1)],
  };
  const base: Claim = {
    text: '',
    run: 'NPO',
    metric: 'relearnAccuracy',
    at: 'last',
    is: '>',
    value: 0.4,
    seeds: 'all',
  };
  const sides = (fields: Partial<Claim>) => evaluateClaims([{ ...base, ...fields }], data)[0]?.seeds[0];

  it('read the end, a step of the attack, and the first step that meets a condition', () => {
    const where = settings(1);
    expect(sides({ where })).toMatchObject({ left: 1, holds: true });
    expect(sides({ where, at: 5 })).toMatchObject({ left: 0.5 });
    expect(sides({ where, at: { when: { metric: 'relearnAccuracy', is: '>=', value: 0.4 } } })).toMatchObject({
      left: 0.5,
    });
    expect(sides({ where, at: 'argmax' })).toMatchObject({ left: 10 });
  });

  it('hold for every swept setting or not at all', () => {
    expect(sides({})).toMatchObject({ holds: true });
    expect(sides({ value: 0.6 })).toMatchObject({ left: 0.5, holds: false });
  });

  it('compare with the retrained model and with fresh weights', () => {
    const { value: _, ...rest } = base;
    const than = (other: object) => evaluateClaims([{ ...rest, where: settings(1), than: other }], data)[0]?.seeds[0];
    expect(than({ run: 'retrained' })).toMatchObject({ left: 1, right: 0.25 });
    expect(than({ metric: 'relearnAccuracyFresh' })).toMatchObject({ left: 1, right: 0.125 });
  });
});
