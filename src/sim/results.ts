import type { WireError } from '../engine/base/errors.ts';
import type { AttackOutcome } from '../engine/contracts/attack.ts';
import type { Headline } from '../scenario/format/catalogue.ts';
import { checksum } from '../scenario/format/checksum.ts';
import { evaluateClaims } from '../scenario/format/claims.ts';
import { isSelected } from '../scenario/format/requests.ts';
import type {
  AttackFailure,
  AttackResult,
  ForgetSet,
  MetricValue,
  ModelResult,
  Results,
  RunFailure,
  RunResult,
  TrainingDivergence,
} from '../scenario/format/results.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import type { AttackEvent, AttackFailedEvent, CollectedLane, ReferenceModel } from './collected.ts';
import type { VariantInfo } from './events.ts';

/** What results are made of. */
export interface Collected {
  readonly scenario: Scenario;
  readonly variants: readonly VariantInfo[];
  readonly seeds: readonly number[];
  readonly metricIds: readonly string[];
  /** The family's two numbers, if it has some of its own. */
  readonly headline: Headline | null;
  readonly backend: string;
  readonly engineVersion: string;
  /** Variants that could not run. */
  readonly failures: ReadonlyMap<number, WireError>;
  readonly attacks: readonly AttackEvent[];
  readonly attackFailures: readonly AttackFailedEvent[];
  readonly lane: (variant: number, seed: number) => CollectedLane | undefined;
  /** All metrics of the original or the retrained model under a seed. */
  readonly modelValues: (model: ReferenceModel, seed: number) => Float64Array | undefined;
  /** Models whose training diverged, in the order of models and seeds. */
  readonly trainingDiverged: readonly TrainingDivergence[];
  /** The forget set of a seed. */
  readonly forgotten: (seed: number) => ArrayLike<number>;
}

const orNull = (value: number): MetricValue => (Number.isFinite(value) ? value : null);

/** An attack's values with null in place of what does not exist. */
const finite = (values: AttackOutcome['values']): AttackResult['values'] =>
  Object.fromEntries(
    Object.entries(values).map(([subject, byId]) => [
      subject,
      Object.fromEntries(
        Object.entries(byId).map(([id, series]) => [id, { ...series, values: series.values.map(orNull) }]),
      ),
    ]),
  );

const modelResults = ({ seeds, metricIds, modelValues }: Collected, model: ReferenceModel): readonly ModelResult[] =>
  seeds.flatMap((seed) => {
    const values = modelValues(model, seed);
    if (values === undefined) return [];
    return [{ seed, metrics: Object.fromEntries(metricIds.map((id, i) => [id, orNull(values[i] as number)])) }];
  });

const runResult = (metricIds: readonly string[], info: VariantInfo, lane: CollectedLane): RunResult => {
  const { seed, count, divergedAt, collapsedAt, sampleVisits, milliseconds, account } = lane;
  const params = Object.entries(info.settings)
    .filter(([path]) => path.startsWith('params.'))
    .map(([path, value]) => [path.slice('params.'.length), value]);
  const metrics = metricIds.map((id, i) => [
    id,
    Array.from((lane.values[i] as Float64Array).subarray(0, count), orNull),
  ]);
  return {
    name: info.name,
    method: info.method,
    seed,
    params: Object.fromEntries(params),
    settings: info.settings,
    steps: lane.steps.slice(0, count),
    metrics: Object.fromEntries(metrics),
    divergedAt,
    collapsedAt,
    sampleVisits,
    milliseconds,
    ...(account && { account }),
  };
};

/** In the order of the scenario, whichever worker was first. */
const inOrder = <T extends AttackEvent | AttackFailedEvent>(
  seeds: readonly number[],
  events: readonly T[],
): readonly T[] =>
  [...events].sort(
    (a, b) => a.attack - b.attack || a.variant - b.variant || seeds.indexOf(a.seed) - seeds.indexOf(b.seed),
  );

const attackResult = (
  { scenario, variants }: Collected,
  { attack, variant, seed, step, outcome }: AttackEvent,
): AttackResult => {
  const spec = scenario.attacks?.[attack];
  const info = variants[variant];
  if (!spec || !info) throw new Error(`an event speaks of attack ${attack}, which the scenario does not ask for`);
  const { values, notes } = outcome;
  return {
    kind: spec.kind,
    run: spec.run,
    seed,
    step,
    settings: info.settings,
    params: spec.params,
    values: finite(values),
    notes,
  };
};

const attackFailure = (
  { scenario, variants }: Collected,
  { attack, variant, seed, error }: AttackFailedEvent,
): AttackFailure => ({
  kind: scenario.attacks?.[attack]?.kind ?? '',
  run: variants[variant]?.label ?? '',
  seed,
  error,
});

/** The forget sets that selectors have chosen so far. */
const forgetSets = ({ scenario, seeds, forgotten }: Collected): readonly ForgetSet[] =>
  isSelected(scenario)
    ? seeds.flatMap((seed) => {
        const indices = Array.from(forgotten(seed));
        return indices.length > 0 ? [{ seed, indices }] : [];
      })
    : [];

/** Everything that was collected so far, as `--out` writes it. */
export const resultsOf = (collected: Collected): Results => {
  const { scenario, variants, seeds, metricIds, backend, engineVersion, failures, lane, trainingDiverged, headline } =
    collected;
  const runs = variants.flatMap((info) =>
    seeds.flatMap((seed) => {
      const own = lane(info.variant, seed);
      return own === undefined || own.count === 0 ? [] : [runResult(metricIds, info, own)];
    }),
  );
  const attacks = inOrder(seeds, collected.attacks).map((event) => attackResult(collected, event));
  const attackFailures = inOrder(seeds, collected.attackFailures).map((event) => attackFailure(collected, event));
  const chosen = forgetSets(collected);
  const numbers = {
    ...(headline && { headline }),
    original: modelResults(collected, 'original'),
    retrained: modelResults(collected, 'retrained'),
    runs,
    ...(attacks.length > 0 && { attacks }),
  };
  const failed = [...failures].map(
    ([variant, error]): RunFailure => ({ label: variants[variant]?.label ?? '', error }),
  );
  return {
    version: 1,
    scenario,
    checksum: checksum(numbers),
    engine: { backend, version: engineVersion },
    ...(chosen.length > 0 && { forgetSets: chosen }),
    ...(trainingDiverged.length > 0 && { trainingDiverged }),
    ...numbers,
    ...(attackFailures.length > 0 && { attackFailures }),
    ...(failed.length > 0 ? { failures: failed } : {}),
    claims: evaluateClaims(scenario.claims, numbers),
  };
};
