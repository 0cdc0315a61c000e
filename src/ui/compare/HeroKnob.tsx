import type { ParamValue } from '../../engine/base/schema.ts';
import { setAt } from '../../store/draft/edits.ts';
import { SettingField } from '../forms/SettingField.tsx';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useOffer } from '../hooks/offer.ts';
import { knobOf, knobValue } from './knob.ts';

/** The one knob that a preset nominates: on a phone it is the only one outside the sheets. */
export const HeroKnob = () => {
  const lab = useLab();
  const scenario = useLabState((state) => state.draft.scenario);
  const catalogue = useOffer();
  const knob = scenario && catalogue ? knobOf(scenario, catalogue) : null;
  const value = scenario && knob ? knobValue(scenario, knob) : undefined;
  return (
    <div className="hero" data-testid="hero">
      {knob && value !== undefined ? (
        <SettingField
          spec={knob.spec}
          value={value}
          onChange={(next: ParamValue) => lab.draft.edit(setAt(knob.keys, next), knob.keys.join('.'))}
          testId="hero-knob"
        />
      ) : null}
    </div>
  );
};
