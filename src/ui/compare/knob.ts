import { isOwnText } from '../../engine/base/schema.ts';
import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { keysOf, valueAt } from '../../scenario/format/setting-path.ts';
import { optimizerSettings, runSettings, type SettingSpec } from '../../scenario/format/settings.ts';
import { isolated } from '../text/isolate.ts';
import { term, text } from '../text.ts';

/** The declaration of the setting at a path of keys. */
const specAt = (scenario: Scenario, catalogue: CatalogueInfo, keys: readonly string[]): SettingSpec | undefined => {
  const [part, second = '', ...rest] = keys;
  if (part === 'runs') {
    const method = catalogue.methods.find(({ id }) => id === scenario.runs[Number(second)]?.method);
    return runSettings(method, catalogue).get(rest.join('.'));
  }
  if (part === 'data' && second === 'params') {
    const generator = catalogue.generators.find(({ id }) => id === scenario.data.generator);
    const spec = generator?.params[rest[0] ?? ''];
    return spec === undefined || isOwnText(spec) ? undefined : spec;
  }
  if (part === 'training') return optimizerSettings[second as keyof typeof optimizerSettings];
  if (part === 'forget' && second === 'fraction') {
    return {
      kind: 'number',
      label: text.forget.fraction,
      help: '',
      default: 0.1,
      min: 0.01,
      max: 0.99,
      scale: 'linear',
    };
  }
  return undefined;
};

/** A setting that can be turned, as a preset nominates it. */
export interface Knob {
  readonly keys: readonly string[];
  /** With the name of its run, where it belongs to one. */
  readonly spec: SettingSpec;
}

/** The knob of an experiment; null where it nominates none. */
export const knobOf = (scenario: Scenario, catalogue: CatalogueInfo): Knob | null => {
  const { hero } = scenario.view;
  const keys = hero === undefined ? null : keysOf(scenario, hero);
  const spec = keys ? specAt(scenario, catalogue, keys) : undefined;
  if (!keys || !spec) return null;
  const run = keys[0] === 'runs' ? scenario.runs[Number(keys[1])]?.name : undefined;
  const label = run === undefined ? spec.label : `${isolated(run)}: ${term(spec.label)}`;
  return { keys, spec: { ...spec, label } };
};

/** The value that a knob stands at; undefined where it has none. */
export const knobValue = (scenario: Scenario, { keys }: Knob): number | string | boolean | undefined => {
  const value = valueAt(scenario, keys);
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
};
