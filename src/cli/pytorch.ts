import { type CatalogueInfo, offerOf } from '../scenario/format/catalogue.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import { expandRuns } from '../scenario/format/variants.ts';
import { refusalWords } from '../scenario/pytorch/refusal.ts';
import { pytorchScript } from '../scenario/pytorch/script.ts';
import { refusalOf, scriptSource } from '../scenario/pytorch/source.ts';
import { type Archive, createArchive } from '../sim/archive.ts';
import { artifactsOf } from '../sim/artifacts.ts';
import { catalogue, withOwnRules } from '../sim/catalogue.ts';
import type { Collector } from '../sim/collector.ts';
import { UsageError } from './terminal/io.ts';

/** A run on its way to a PyTorch script. */
export interface Script {
  /** For the simulation to leave its weights in. */
  readonly archive: Archive;
  /** The script, once the simulation has ended. @throws {SimError} if the run could not be carried out */
  readonly write: (collector: Collector) => string;
}

/** @throws {UsageError} for a run that there is not, or that cannot be written as a script */
export const createScript = (scenario: Scenario, name: string, info: CatalogueInfo): Script => {
  const variants = expandRuns(scenario, info);
  const variant = variants.find(({ label }) => label === name) ?? variants.find((one) => one.name === name);
  if (!variant) {
    const labels = variants.map(({ label }) => label).join(', ');
    throw new UsageError(`--pytorch: expected a run of the scenario (${labels}), found ${JSON.stringify(name)}`);
  }
  const where = { scenario, catalogue: offerOf(info, scenario.family, scenario.own), variant };
  const refusal = refusalOf(where);
  if (refusal) throw new UsageError(`--pytorch: ${variant.label}: ${refusalWords[refusal]}`);
  const archive = createArchive();
  return {
    archive,
    write: (collector) => {
      const seed = scenario.seeds[0] as number;
      const artifacts = artifactsOf(scenario, withOwnRules(catalogue, scenario.own), archive, {
        kind: 'artifacts',
        model: variant.variant,
        seed,
      });
      const lane = collector.lane(variant.variant, seed);
      archive.dispose();
      if (!lane) throw new Error(`nothing was computed for ${variant.label} under seed ${seed}`);
      const { backend, engineVersion } = collector;
      return pytorchScript(
        scriptSource(where, {
          seed,
          artifacts,
          lane,
          engine: `${backend} ${engineVersion}`,
          checksum: collector.results().checksum,
        }),
      );
    },
  };
};
