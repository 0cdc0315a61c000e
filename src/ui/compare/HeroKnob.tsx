import type { ParamValue } from '../../engine/schema.ts';
import type { CatalogueInfo } from '../../scenario/catalogue.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { keysOf, valueAt } from '../../scenario/setting-path.ts';
import { optimizerSettings, runSettings, type SettingSpec } from '../../scenario/settings.ts';
import { setAt } from '../../store/edits.ts';
import { SettingField } from '../forms/SettingField.tsx';
import { useLab, useLabState } from '../hooks/lab.ts';
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
    return generator?.params[rest[0] ?? ''];
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

/** The one knob that a preset nominates: on a phone it is the only one outside the sheets. */
export const HeroKnob = () => {
  const lab = useLab();
  const scenario = useLabState((state) => state.draft.scenario);
  const catalogue = useLabState((state) => state.catalogue);
  const hero = scenario?.view.hero;
  const keys = scenario && hero ? keysOf(scenario, hero) : null;
  const spec = scenario && catalogue && keys ? specAt(scenario, catalogue, keys) : undefined;
  const value = scenario && keys ? valueAt(scenario, keys) : undefined;
  const isValue = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
  return (
    <div className="hero" data-testid="hero">
      {spec && keys && isValue ? (
        <SettingField
          spec={{
            ...spec,
            label: keys[0] === 'runs' ? `${scenario?.runs[Number(keys[1])]?.name}: ${term(spec.label)}` : spec.label,
          }}
          value={value}
          onChange={(next: ParamValue) => lab.edit(setAt(keys, next), keys.join('.'))}
          testId="hero-knob"
        />
      ) : null}
    </div>
  );
};
