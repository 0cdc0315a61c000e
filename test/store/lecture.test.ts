import { describe, expect, it } from 'vitest';
import { encodeLink } from '../../src/scenario/links/link.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { removeRun, renameRun } from '../../src/store/draft/edits.ts';
import { revealOf } from '../../src/store/present/lecture.ts';
import { small } from '../support/run.ts';
import { benchOf } from './lab-bench.ts';

const runs = [
  { name: 'GA', method: 'ga', steps: 10 },
  { name: 'NPO', method: 'npo', steps: 10 },
];
const reveal = [
  { title: 'Before', runs: [], retrained: false, step: 0, notes: 'Say hello.' },
  { runs: ['GA'], step: 'last' },
  { show: 'tradeoff' },
];

describe('the views of a lecture', () => {
  it('are those of the experiment, and travel as they are', () => {
    const scenario = small({ runs, view: { reveal } });
    expect(revealOf(scenario)).toEqual(reveal);
    expect(parseScenario(JSON.parse(JSON.stringify(scenario)), catalogueInfo, 'strict').scenario).toEqual(scenario);
  });

  it('are one run after the other, the aim and the claims, where the experiment has none', () => {
    const views = revealOf(small({ runs }));
    expect(views.map((view) => view.runs)).toEqual([[], ['GA'], ['GA', 'NPO'], undefined, undefined]);
    expect(views.map((view) => view.retrained)).toEqual([false, false, false, undefined, undefined]);
  });

  it('follow the names of runs', () => {
    const scenario = small({ runs, view: { reveal } });
    expect(renameRun(0, 'Ascent')(scenario).view.reveal?.[1]?.runs).toEqual(['Ascent']);
    expect(removeRun(0)(scenario).view.reveal?.[1]?.runs).toEqual([]);
  });

  it.each([
    [{ reveal: [{ runs: ['Nobody'] }] }, '/view/reveal/0/runs/0'],
    [{ reveal: [{ show: 'fireworks' }] }, '/view/reveal/0/show'],
    [{ reveal: [{ step: -1 }] }, '/view/reveal/0/step'],
    [{ reveal: ['x'] }, '/view/reveal/0'],
    [{ reveal: [{ notes: 'x'.repeat(2001) }] }, '/view/reveal/0/notes'],
    [{ reveal: Array.from({ length: 25 }, () => ({})) }, '/view/reveal'],
  ])('%j are refused, and repaired in a link', (view, path) => {
    const raw = { ...small({ runs }), view };
    expect(() => parseScenario(raw, catalogueInfo, 'strict')).toThrow(path);
    const { scenario, repairs } = parseScenario(raw, catalogueInfo, 'repair');
    expect(repairs.map((repair) => repair.path)).toContain(path);
    expect(parseScenario(scenario, catalogueInfo, 'strict').scenario).toEqual(scenario);
  });
});

describe('a lecture', () => {
  const opened = () => {
    const { lab, ready, state } = benchOf({
      hash: encodeLink(small({ runs, view: { reveal } })),
      isMotionReduced: true,
    });
    ready();
    return { lab, state };
  };

  it('shows what each view shows, and leaves the page as it was', () => {
    const { lab, state } = opened();
    lab.view.toggleHidden('NPO');
    lab.lecture.enter();
    expect(state().view.hidden).toEqual(['GA', 'NPO']);
    lab.lecture.go(1);
    expect(state().view.hidden).toEqual(['NPO']);
    lab.lecture.go(2);
    expect(state().view.hidden).toEqual([]);
    lab.lecture.go(3);
    expect(state().lecture.at).toBe(2);
    lab.lecture.leave();
    expect(state().view.hidden).toEqual(['NPO']);
    expect(state().lecture.isOn).toBe(false);
  });

  it('hides results until they are revealed, and remembers what was expected', () => {
    const { lab, state } = opened();
    lab.lecture.enter(true);
    expect(state().lecture.isVeiled).toBe(true);
    lab.lecture.vote(0, true);
    lab.lecture.vote(1, false);
    lab.lecture.vote(0, true);
    lab.lecture.reveal();
    expect(state().lecture).toMatchObject({ isVeiled: false, votes: { 1: false } });
  });

  it('puts another picture beside the panels, and takes it back; a new view has its own', () => {
    const { lab, state } = opened();
    lab.lecture.enter();
    lab.lecture.show('series');
    expect(state().lecture.show).toBe('series');
    lab.lecture.show('series');
    expect(state().lecture.show).toBe(null);
    lab.lecture.show('panels');
    lab.lecture.blank();
    expect(state().lecture.isBlank).toBe(true);
    lab.lecture.go(1);
    expect(state().lecture).toMatchObject({ show: null, isBlank: false });
  });
});
