import { describe, expect, it } from 'vitest';
import { experimentDigest } from '../../src/scenario/format/experiment.ts';
import { presets } from '../../src/scenario/format/presets.ts';
import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { scenarioFromQuery } from '../../src/scenario/links/query.ts';
import { shortQuery } from '../../src/scenario/links/short-query.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

const parsed = (input: unknown): Scenario => parseScenario(input, catalogueInfo, 'repair').scenario;
const flagship = parsed(presets[0]?.input);
const short = (scenario: Scenario, base: Scenario = flagship) => shortQuery(scenario, base, presets, catalogueInfo);
const changed = (change: Partial<Scenario>): Scenario => {
  const { id: _, ...rest } = flagship;
  return parsed({ ...rest, ...change });
};

describe('a short link', () => {
  it('names every preset in a line that can be read from the last row', () => {
    for (const { id, input } of presets) {
      const query = short(parsed(input), parsed(input));
      expect(query, id).toMatch(new RegExp(`^\\?p=${id}&v=[0-9a-f]{8}$`));
    }
  });

  it('says what was changed as far as that is a few settings, and opens to the same experiment', () => {
    const runs = flagship.runs.map((run) => (run.name === 'NPO' ? { ...run, params: { beta: 0.1 } } : run));
    const own = changed({ runs, seeds: [3, 4], view: { ...flagship.view, step: 40 } });
    const query = short(own) ?? '';
    expect(query).toMatch(/^\?p=ga-vs-npo&v=[0-9a-f]{8}&/);
    expect(new Set(query.split('&').slice(2))).toEqual(new Set(['beta=0.1', 'seeds=3,4', 'view.step=40']));
    const meant = scenarioFromQuery(query, presets, catalogueInfo);
    expect(meant?.scenario).toEqual(own);
    expect(meant?.isPresetChanged).toBe(false);
  });

  it('is not offered where it would not say it all', () => {
    expect(short(changed({ title: 'Mine' }))).toBeUndefined();
    expect(short(changed({ runs: flagship.runs.slice(0, 1) }))).toBeUndefined();
    const { id: _, ...anonymous } = flagship;
    expect(short(anonymous as Scenario, anonymous as Scenario)).toBeUndefined();
  });

  it('tells whether the preset computes something else than when the link was made, and not whether its words do', () => {
    const ask = (v: string) => scenarioFromQuery(`?p=ga-vs-npo&v=${v}`, presets, catalogueInfo);
    expect(ask(experimentDigest(flagship))?.isPresetChanged).toBe(false);
    expect(ask('00000000')?.isPresetChanged).toBe(true);
    expect(ask('00000000')?.repairs).toEqual([]);
    expect(experimentDigest({ ...flagship, title: 'Other words' })).toBe(experimentDigest(flagship));
    expect(experimentDigest({ ...flagship, seeds: [7] })).not.toBe(experimentDigest(flagship));
  });
});
