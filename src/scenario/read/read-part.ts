import type { CatalogueInfo } from '../format/catalogue.ts';
import type { Preset } from '../format/preset.ts';
import type { Scenario } from '../format/scenario.ts';
import { byId, fault, isObject, oneOf, type Spot } from './check.ts';
import { parseScenario } from './parse.ts';

/** An experiment inside another file: an object, or the name of a preset. What is wrong inside has the path that it has here. */
export const readScenarioPart = (spot: Spot, catalogue: CatalogueInfo, presets: readonly Preset[]): Scenario => {
  let input = spot.value;
  if (typeof input === 'string') {
    const ids = presets.map(({ id }) => id);
    input =
      byId(presets, input)?.input ??
      fault(spot, `an experiment, or a preset: ${oneOf(ids, input)}`, {}, 'the defaults');
  } else if (input !== undefined && !isObject(input)) {
    input = fault(spot, 'an experiment, which is an object, or the name of a preset', {}, 'the defaults');
  }
  // A part of a file says its version once.
  const whole = { version: 1, ...(isObject(input) ? input : {}) };
  const { scenario, repairs } = parseScenario(whole, catalogue, 'repair');
  for (const repair of repairs) spot.report.add({ ...repair, path: `${spot.path}${repair.path}` });
  return scenario;
};
