import { offerOf } from '../../../src/scenario/format/catalogue.ts';
import type { Scenario } from '../../../src/scenario/format/scenario.ts';
import { pytorchScript, type ScriptSource } from '../../../src/scenario/pytorch/script.ts';
import { refusalOf, scriptSource } from '../../../src/scenario/pytorch/source.ts';
import { createArchive } from '../../../src/sim/archive.ts';
import { artifactsOf } from '../../../src/sim/artifacts.ts';
import { catalogue, catalogueInfo, withOwnRules } from '../../../src/sim/catalogue.ts';
import { collected } from '../../support/run.ts';

/** A scenario run to its end, and what the scripts of its runs are made of, by their labels; of those that have one. */
export const sourcesOf = async (scenario: Scenario): Promise<ReadonlyMap<string, ScriptSource>> => {
  const archive = createArchive();
  const collector = await collected(scenario, { archive });
  if (collector.error || collector.failures.size > 0) {
    throw new Error(JSON.stringify([collector.error, ...collector.failures.values()]));
  }
  const seed = scenario.seeds[0] as number;
  const sources = new Map<string, ScriptSource>();
  for (const variant of collector.variants) {
    const where = { scenario, catalogue: offerOf(catalogueInfo, scenario.family, scenario.own), variant };
    if (refusalOf(where)) continue;
    const artifacts = artifactsOf(scenario, withOwnRules(catalogue, scenario.own), archive, {
      kind: 'artifacts',
      model: variant.variant,
      seed,
    });
    const lane = collector.lane(variant.variant, seed);
    if (!lane) throw new Error(`${variant.label} has no numbers`);
    sources.set(variant.label, scriptSource(where, { seed, artifacts, lane, engine: 'kernels 0.1.0' }));
  }
  archive.dispose();
  return sources;
};

/** The same as scripts. */
export const scriptsOf = async (scenario: Scenario): Promise<ReadonlyMap<string, string>> =>
  new Map([...(await sourcesOf(scenario))].map(([label, source]) => [label, pytorchScript(source)]));
