import type { CatalogueInfo } from '../format/catalogue.ts';
import type { RunSpec, Scenario } from '../format/scenario.ts';
import { settingsAt, type VariantInfo } from '../format/variants.ts';
import type { RunArtifacts } from './artifacts.ts';
import type { LabNumbers } from './lab-numbers.ts';
import { type PytorchRefusal, pytorchRefusal } from './refusal.ts';
import type { ScriptSource } from './script.ts';
import { pythonWrappers } from './wrappers.ts';

interface Where {
  readonly scenario: Scenario;
  readonly catalogue: CatalogueInfo;
  readonly variant: VariantInfo;
}

/** The numbers of a run under one seed, as they have been collected. */
interface Lane {
  readonly steps: readonly number[];
  /** How many of them have arrived. */
  readonly count: number;
  readonly series: (metric: string) => ArrayLike<number>;
}

interface Found {
  readonly seed: number;
  readonly artifacts: RunArtifacts;
  readonly lane: Lane;
  readonly engine: string;
  readonly link?: string | undefined;
  readonly checksum?: string | undefined;
}

const runOf = ({ scenario, variant }: Where): RunSpec =>
  settingsAt(scenario.runs[variant.run] as RunSpec, variant.swept);

/** Why a variant cannot be written as a script; undefined if it can. */
export const refusalOf = (where: Where): PytorchRefusal | undefined => {
  const method = where.catalogue.methods.find(({ id }) => id === where.variant.method);
  return method ? pytorchRefusal(where.scenario, runOf(where), method, where.catalogue) : 'method';
};

const numbersOf = ({ steps, count, series }: Lane, { metrics }: CatalogueInfo): LabNumbers => ({
  steps: steps.slice(0, count),
  metrics: Object.fromEntries(
    metrics.map(({ id }) => {
      const values = Array.from(series(id)).slice(0, count);
      return [id, values.map((value) => (Number.isFinite(value) ? value : null))];
    }),
  ),
});

/** What the script of a variant is made of. */
export const scriptSource = (where: Where, found: Found): ScriptSource => {
  const { scenario, catalogue, variant } = where;
  const run = runOf(where);
  const method = catalogue.methods.find(({ id }) => id === run.method);
  if (!method) throw new Error(`there is no method ${run.method}`);
  const { original, start } = found.artifacts;
  const isElsewhere = original.some((value, i) => value !== start[i]);
  return {
    title: scenario.title,
    label: variant.label,
    seed: found.seed,
    run,
    method,
    retain: catalogue.retain.find(({ id }) => id === run.retain.kind),
    mask: catalogue.masks.find(({ id }) => id === run.mask.kind),
    wrapped: pythonWrappers(run, catalogue.wrappers, isElsewhere ? 'original' : 'start'),
    artifacts: found.artifacts,
    lab: numbersOf(found.lane, catalogue),
    engine: found.engine,
    link: found.link,
    checksum: found.checksum,
  };
};
