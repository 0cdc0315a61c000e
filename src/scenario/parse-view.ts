import type { CatalogueInfo } from './catalogue.ts';
import { byId, fault, field, isObject, openObject, readChoice, readInt, type Spot } from './check.ts';
import { caps } from './defaults.ts';
import type { Scenario, ViewSpec } from './scenario.ts';
import { runSettings, type SettingSpec } from './settings.ts';

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
    return spec === undefined ? undefined : { setting, spec };
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

/** `view`: what the page shows first. */
export const readView = (spot: Spot, scenario: Scenario, catalogue: CatalogueInfo): ViewSpec => {
  openObject(spot, 'an object', { fields: ['hero', 'step', 'chart'] });
  if (!isObject(spot.value)) return {};
  const hero = field(spot, 'hero');
  const step = field(spot, 'step');
  const chart = field(spot, 'chart');
  const isKnob = typeof hero.value === 'string' && findKnob(hero.value, scenario, catalogue) !== undefined;
  if (hero.value !== undefined && !isKnob) {
    fault(hero, 'a knob such as "runs.NPO.params.beta" or "data.params.noise"', undefined, 'left out');
  }
  return {
    ...(isKnob ? { hero: hero.value as string } : {}),
    ...(step.value === undefined ? {} : { step: readInt(step, { min: 0, max: caps.steps }, 0) }),
    ...(chart.value === undefined ? {} : { chart: readChoice(chart, charts, 'tradeoff') }),
  };
};
