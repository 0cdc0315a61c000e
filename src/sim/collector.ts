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
import type { Phase, RunEvent, RunEventBody, VariantInfo } from './events.ts';

export type CollectorStatus = 'idle' | 'running' | 'finished' | 'cancelled' | 'failed';
export type DataEvent = Extract<RunEventBody, { type: 'data' }>;
export type AttackEvent = Extract<RunEventBody, { type: 'attack' }>;
type AttackFailedEvent = Extract<RunEventBody, { type: 'attackFailed' }>;
/** The two models that every experiment has. */
export type ReferenceModel = 'original' | 'retrained';

export interface Progress {
  readonly phase: Phase;
  readonly step: number;
  /** Row visits so far and, as estimated, in all. */
  readonly done: number;
  readonly total: number;
}

/** What has arrived of one variant under one seed. The object and its arrays stay the same and grow in place. */
export interface LaneRecord {
  readonly variant: number;
  readonly seed: number;
  /** All steps that will be recorded. */
  readonly steps: readonly number[];
  /** How many of them have arrived. */
  readonly count: number;
  readonly divergedAt: number | null;
  /** First recorded step at which metric `collapsed` rises to 1; fresh weights, which count as collapsed from the start, have not fallen. */
  readonly collapsedAt: number | null;
  readonly isDone: boolean;
  readonly sampleVisits: number;
  readonly milliseconds: number;
  readonly account?: Readonly<Record<string, number>>;
  /** One value per step, NaN where undefined or not there yet. Empty for a metric that does not exist. */
  readonly series: (metric: string) => Float64Array;
}

/** The one home of a run's results: fed with its events, read by the page, the command line and the tests. */
export interface Collector {
  readonly scenario: Scenario;
  /** Counts up with every event. */
  readonly version: number;
  readonly status: CollectorStatus;
  readonly phase: Phase | null;
  readonly progress: Progress | null;
  readonly error: WireError | null;
  readonly variants: readonly VariantInfo[];
  readonly seeds: readonly number[];
  readonly metricIds: readonly string[];
  /** The family's two numbers, if it has some of its own. */
  readonly headline: Headline | null;
  readonly shownSeed: number | null;
  readonly backend: string;
  readonly engineVersion: string;
  /** Duration of a finished run. */
  readonly milliseconds: number;
  /** Variants that could not run. */
  readonly failures: ReadonlyMap<number, WireError>;
  /** What the attacks that the scenario asks for have found, as it arrived. */
  readonly attacks: readonly AttackEvent[];
  readonly take: (event: RunEvent) => void;
  readonly lane: (variant: number, seed: number) => LaneRecord | undefined;
  /** A metric of the original or the retrained model; NaN where undefined or not there yet. */
  readonly reference: (model: ReferenceModel, seed: number, metric: string) => number;
  /** Models whose training diverged, in the order of models and seeds. */
  readonly trainingDiverged: readonly TrainingDivergence[];
  /** The draw that a seed uses. */
  readonly data: (seed: number) => DataEvent | undefined;
  /** Everything so far, as `--out` writes it. */
  readonly results: () => Results;
}

type Writable<T> = { -readonly [P in keyof T]: T[P] };

interface Lane extends Writable<LaneRecord> {
  readonly values: readonly Float64Array[];
}

const none = new Float64Array(0);
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

/** An empty collector for a scenario. */
export const createCollector = (scenario: Scenario): Collector => {
  const lanes = new Map<string, Lane>();
  const models: Record<ReferenceModel, Map<number, Float64Array>> = { original: new Map(), retrained: new Map() };
  const draws = new Map<number, DataEvent>();
  const failures = new Map<number, WireError>();
  const divergences = new Map<string, TrainingDivergence>();
  const attacks: AttackEvent[] = [];
  const attackFailures: AttackFailedEvent[] = [];
  const metricIndex = new Map<string, number>();
  const keyOf = (variant: number, seed: number) => `${variant}/${seed}`;

  const createLane = ({ variant, recorded }: VariantInfo, seed: number): Lane => {
    const values = state.metricIds.map(() => new Float64Array(recorded.length).fill(Number.NaN));
    return {
      variant,
      seed,
      steps: recorded,
      count: 0,
      divergedAt: null,
      collapsedAt: null,
      isDone: false,
      sampleVisits: 0,
      milliseconds: 0,
      values,
      series: (metric) => values[metricIndex.get(metric) ?? -1] ?? none,
    };
  };

  const laneOf = (variant: number, seed: number): Lane => {
    const key = keyOf(variant, seed);
    const known = lanes.get(key);
    if (known !== undefined) return known;
    const info = state.variants[variant];
    if (info === undefined) throw new Error(`an event speaks of variant ${variant}, which the run has not announced`);
    const lane = createLane(info, seed);
    lanes.set(key, lane);
    return lane;
  };

  const record = (lane: Lane, step: number, values: Float64Array): void => {
    const index = lane.steps[lane.count] === step ? lane.count : lane.steps.indexOf(step);
    if (index < 0) throw new Error(`step ${step} is not a recorded step`);
    lane.values.forEach((series, metric) => {
      series[index] = values[metric] ?? Number.NaN;
    });
    lane.count = Math.max(lane.count, index + 1);
    const collapsed = lane.series('collapsed');
    const hasFallen = index > 0 && collapsed[index] === 1 && collapsed[index - 1] !== 1;
    if (lane.collapsedAt === null && hasFallen) lane.collapsedAt = step;
  };

  const take = (event: RunEvent): void => {
    state.version++;
    switch (event.type) {
      case 'started':
        state.status = 'running';
        state.variants = event.variants;
        state.seeds = event.seeds;
        state.metricIds = event.metricIds;
        state.headline = event.headline ?? null;
        state.shownSeed = event.shownSeed;
        state.backend = event.backend;
        state.engineVersion = event.engineVersion;
        event.metricIds.forEach((id, index) => {
          metricIndex.set(id, index);
        });
        break;
      case 'data':
        for (const seed of event.seeds) draws.set(seed, event);
        break;
      case 'phase':
        state.phase = event.phase;
        break;
      case 'progress': {
        const { phase, step, done, total } = event;
        state.progress = { phase, step, done, total };
        break;
      }
      case 'metrics':
        if (typeof event.model === 'number') record(laneOf(event.model, event.seed), event.step, event.values);
        else models[event.model].set(event.seed, event.values);
        break;
      case 'trainingDiverged': {
        const { model, seed, step } = event;
        const key = `${model}/${seed}`;
        if (!divergences.has(key)) divergences.set(key, { model, seed, step });
        break;
      }
      case 'diverged':
        laneOf(event.variant, event.seed).divergedAt ??= event.step;
        break;
      case 'lane':
        Object.assign(laneOf(event.variant, event.seed), {
          isDone: true,
          sampleVisits: event.sampleVisits,
          milliseconds: event.milliseconds,
          ...(event.account && { account: event.account }),
        });
        break;
      case 'variantFailed':
        failures.set(event.variant, event.error);
        break;
      case 'attack':
        attacks.push(event);
        break;
      case 'attackFailed':
        attackFailures.push(event);
        break;
      case 'finished':
        state.status = 'finished';
        state.milliseconds = event.milliseconds;
        break;
      case 'cancelled':
        state.status = 'cancelled';
        break;
      case 'failed':
        state.status = 'failed';
        state.error = event.error;
        break;
      case 'frame': // pictures have a home of their own
        break;
    }
  };

  const modelResults = (model: ReferenceModel): ModelResult[] =>
    state.seeds.flatMap((seed) => {
      const values = models[model].get(seed);
      if (values === undefined) return [];
      const metrics = Object.fromEntries(state.metricIds.map((id, i) => [id, orNull(values[i] as number)]));
      return [{ seed, metrics }];
    });

  const runResult = (info: VariantInfo, lane: Lane): RunResult => {
    const { seed, count, divergedAt, collapsedAt, sampleVisits, milliseconds, account } = lane;
    const params = Object.entries(info.settings)
      .filter(([path]) => path.startsWith('params.'))
      .map(([path, value]) => [path.slice('params.'.length), value]);
    const metrics = state.metricIds.map((id, i) => [
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
  const inOrder = <T extends AttackEvent | AttackFailedEvent>(events: readonly T[]): T[] =>
    [...events].sort(
      (a, b) =>
        a.attack - b.attack || a.variant - b.variant || state.seeds.indexOf(a.seed) - state.seeds.indexOf(b.seed),
    );

  const attackResults = (): AttackResult[] =>
    inOrder(attacks).map(({ attack, variant, seed, step, outcome }) => {
      const spec = scenario.attacks?.[attack];
      const info = state.variants[variant];
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
    });

  const attackFailure = ({ attack, variant, seed, error }: AttackFailedEvent): AttackFailure => ({
    kind: scenario.attacks?.[attack]?.kind ?? '',
    run: state.variants[variant]?.label ?? '',
    seed,
    error,
  });

  const trainingDiverged = (): TrainingDivergence[] =>
    (['original', 'retrained'] as const).flatMap((model) =>
      state.seeds.flatMap((seed) => divergences.get(`${model}/${seed}`) ?? []),
    );

  /** The forget sets that selectors have chosen so far. */
  const forgetSets = (): ForgetSet[] =>
    isSelected(scenario)
      ? state.seeds.flatMap((seed) => {
          const indices = Array.from(draws.get(seed)?.forget ?? []);
          return indices.length > 0 ? [{ seed, indices }] : [];
        })
      : [];

  const results = (): Results => {
    const runs = state.variants.flatMap((info) =>
      state.seeds.flatMap((seed) => {
        const lane = lanes.get(keyOf(info.variant, seed));
        return lane === undefined || lane.count === 0 ? [] : [runResult(info, lane)];
      }),
    );
    const found = attackResults();
    const chosen = forgetSets();
    const lost = trainingDiverged();
    const numbers = {
      ...(state.headline && { headline: state.headline }),
      original: modelResults('original'),
      retrained: modelResults('retrained'),
      runs,
      ...(found.length > 0 && { attacks: found }),
    };
    const failed = [...failures].map(
      ([variant, error]): RunFailure => ({ label: state.variants[variant]?.label ?? '', error }),
    );
    return {
      version: 1,
      scenario,
      checksum: checksum(numbers),
      engine: { backend: state.backend, version: state.engineVersion },
      ...(chosen.length > 0 && { forgetSets: chosen }),
      ...(lost.length > 0 && { trainingDiverged: lost }),
      ...numbers,
      ...(attackFailures.length > 0 && { attackFailures: inOrder(attackFailures).map(attackFailure) }),
      ...(failed.length > 0 ? { failures: failed } : {}),
      claims: evaluateClaims(scenario.claims, numbers),
    };
  };

  const state: Writable<Collector> = {
    scenario,
    version: 0,
    status: 'idle',
    phase: null,
    progress: null,
    error: null,
    variants: [],
    seeds: [],
    metricIds: [],
    headline: null,
    shownSeed: null,
    backend: '',
    engineVersion: '',
    milliseconds: 0,
    failures,
    attacks,
    get trainingDiverged() {
      return trainingDiverged();
    },
    take,
    lane: (variant, seed) => lanes.get(keyOf(variant, seed)),
    reference: (model, seed, metric) => models[model].get(seed)?.[metricIndex.get(metric) ?? -1] ?? Number.NaN,
    data: (seed) => draws.get(seed),
    results,
  };
  return state;
};
