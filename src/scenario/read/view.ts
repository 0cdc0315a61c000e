import { isOwnText } from '../../engine/base/schema.ts';
import type { CatalogueInfo } from '../format/catalogue.ts';
import { caps } from '../format/defaults.ts';
import type { RevealStep, Scenario, ViewSpec } from '../format/scenario.ts';
import { runSettings, type SettingSpec } from '../format/settings.ts';
import {
  at,
  byId,
  fault,
  field,
  isObject,
  oneOf,
  openList,
  openObject,
  readChoice,
  readFlag,
  readInt,
  readText,
  type Spot,
} from './check.ts';
import { readSet } from './read.ts';

/** What a path such as 'runs.NPO.params.beta' or 'data.params.noise' names: the run (if any), the setting and its spec. */
interface Knob {
  /** Index into scenario.runs; absent for a parameter of the data. */
  readonly run?: number;
  /** Dotted path within the run, or the name of a parameter of the data. */
  readonly setting: string;
  readonly spec: SettingSpec;
}

/** The knob that a path names, or undefined. */
const findKnob = (
  path: string,
  scenario: Pick<Scenario, 'runs' | 'data'>,
  catalogue: CatalogueInfo,
): Knob | undefined => {
  if (path.startsWith('data.params.')) {
    const setting = path.slice('data.params.'.length);
    const params = byId(catalogue.generators, scenario.data.generator)?.params ?? {};
    const spec = Object.hasOwn(params, setting) ? params[setting] : undefined;
    return spec === undefined || isOwnText(spec) ? undefined : { setting, spec };
  }
  for (const [run, { name, method }] of scenario.runs.entries()) {
    const prefix = `runs.${name}.`;
    if (!path.startsWith(prefix)) continue;
    const setting = path.slice(prefix.length);
    const spec = runSettings(byId(catalogue.methods, method), catalogue).get(setting);
    if (spec !== undefined) return { run, setting, spec };
  }
  return undefined;
};

const charts = ['tradeoff', 'series'] as const;

const shows = ['panels', 'tradeoff', 'series', 'claims'] as const;

const readRevealStep = (spot: Spot, { runs }: Pick<Scenario, 'runs'>): RevealStep | undefined => {
  if (!isObject(spot.value)) return fault(spot, 'an object: a view of a lecture', undefined, 'left out');
  openObject(spot, 'an object', { fields: ['title', 'runs', 'retrained', 'show', 'step', 'notes'] });
  const [title, shown, retrained] = [field(spot, 'title'), field(spot, 'runs'), field(spot, 'retrained')];
  const [show, step, notes] = [field(spot, 'show'), field(spot, 'step'), field(spot, 'notes')];
  const names = runs.map(({ name }) => name);
  const isName = (value: unknown): value is string => names.includes(value as string);
  const list = openList(shown, 'a list of names of runs');
  const where =
    typeof step.value === 'number'
      ? readInt(step, { min: 0, max: caps.steps }, 0)
      : (readChoice(step, ['last', 'a step'] as const, 'last') as 'last');
  return {
    ...(title.value === undefined ? {} : { title: readText(title, caps.text, '') }),
    ...(list && { runs: readSet(shown, list, isName, `the name of a run: ${oneOf(names, undefined)}`) }),
    ...(retrained.value === undefined ? {} : { retrained: readFlag(retrained, true) }),
    ...(show.value === undefined ? {} : { show: readChoice(show, shows, 'panels') }),
    ...(step.value === undefined ? {} : { step: where }),
    ...(notes.value === undefined ? {} : { notes: readText(notes, caps.text, '') }),
  };
};

/** `reveal`: the views of a lecture. */
const readReveal = (spot: Spot, scenario: Pick<Scenario, 'runs'>): readonly RevealStep[] => {
  const list = openList(spot, 'a list of views') ?? [];
  if (list.length > caps.reveal) {
    const [found, used] = [`${list.length}`, `the first ${caps.reveal}`];
    spot.report.add({ path: spot.path, expected: `at most ${caps.reveal} views`, found, used });
  }
  return list
    .slice(0, caps.reveal)
    .map((value, i) => readRevealStep(at(spot, i, value), scenario))
    .filter((step) => step !== undefined);
};

/** `view`: what the page shows first. */
export const readView = (spot: Spot, scenario: Scenario, catalogue: CatalogueInfo): ViewSpec => {
  openObject(spot, 'an object', { fields: ['hero', 'step', 'chart', 'reveal'] });
  if (!isObject(spot.value)) return {};
  const hero = field(spot, 'hero');
  const step = field(spot, 'step');
  const chart = field(spot, 'chart');
  const reveal = readReveal(field(spot, 'reveal'), scenario);
  const isKnob = typeof hero.value === 'string' && findKnob(hero.value, scenario, catalogue) !== undefined;
  if (hero.value !== undefined && !isKnob) {
    fault(hero, 'a knob such as "runs.NPO.params.beta" or "data.params.noise"', undefined, 'left out');
  }
  return {
    ...(isKnob ? { hero: hero.value as string } : {}),
    ...(chart.value === undefined ? {} : { chart: readChoice(chart, charts, 'tradeoff') }),
    ...(reveal.length > 0 && { reveal }),
    ...(step.value === undefined ? {} : { step: readInt(step, { min: 0, max: caps.steps }, 0) }),
  };
};
