import type { Scenario } from '../scenario/format/scenario.ts';
import type { Catalogue } from './catalogue.ts';
import type { DataEvent } from './collector.ts';
import { simulate } from './simulate.ts';

/** The data of a scenario's first seed, drawn as its run draws them; nothing is trained. Undefined where they cannot be drawn. */
export const sketchOf = async (scenario: Scenario, catalogue: Catalogue): Promise<DataEvent | undefined> => {
  const seeds = scenario.seeds.slice(0, 1);
  const run = { runId: 'sketch', scenario, seeds, catalogue, metrics: [], backend: '', now: () => 0 };
  // Leaving the loop ends the run before its first step.
  for await (const event of simulate(run)) if (event.type === 'data') return event;
  return undefined;
};
