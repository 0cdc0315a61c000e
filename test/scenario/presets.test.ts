import { describe, expect, it } from 'vitest';
import { presets } from '../../src/scenario/format/presets.ts';
import { expandRuns } from '../../src/scenario/format/variants.ts';
import { decodeLink, encodeLink } from '../../src/scenario/links/link.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';

describe('the presets', () => {
  it('come in the order of the gallery, the one that opens first at its head', () => {
    expect(presets.slice(0, 6).map(({ id }) => id)).toEqual([
      'ga-vs-npo',
      'beta-dial',
      'spiral-retain',
      'random-10',
      'salun-mask',
      'too-confident',
    ]);
  });
});

describe('the lectures of the presets', () => {
  const own = presets.flatMap(({ id, input }) => {
    const { scenario } = parseScenario(input, catalogueInfo, 'strict');
    return scenario.view.reveal ? [{ id, reveal: scenario.view.reveal }] : [];
  });

  it('are there for at least ten: three views or more, each with a title, most with notes, ending with the claims', () => {
    expect(own.length).toBeGreaterThanOrEqual(10);
    for (const { id, reveal } of own) {
      expect(reveal.length, id).toBeGreaterThanOrEqual(3);
      for (const { title } of reveal) expect(title, id).toBeTruthy();
      expect(reveal.filter(({ notes }) => notes).length, id).toBeGreaterThanOrEqual(reveal.length - 2);
      expect(reveal.at(-1)?.show, id).toBe('claims');
    }
  });
});

describe.each(presets)('preset $id', ({ id, title, question, input }) => {
  const { scenario } = parseScenario(input, catalogueInfo, 'strict');

  it('is a valid scenario under the name of its file', () => {
    expect(scenario.id).toBe(id);
  });

  it('says what it asks and what it shows, and nominates a knob', () => {
    expect(title.length).toBeGreaterThan(3);
    expect(question.length).toBeGreaterThan(10);
    expect(scenario.claims.length).toBeGreaterThanOrEqual(2);
    expect(scenario.claims.length).toBeLessThanOrEqual(8); // more do not fit one view of a lecture
    expect(scenario.view.hero).toBeDefined();
  });

  it('can be told apart run by run', () => {
    const labels = expandRuns(scenario, catalogueInfo).map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
    for (const { name } of scenario.runs) expect(name).not.toContain(',');
  });

  it('fits into a link', () => {
    const link = encodeLink(scenario);
    expect(link.length).toBeLessThan(1500);
    expect(decodeLink(link, catalogueInfo)).toEqual({ scenario, repairs: [] });
  });
});
