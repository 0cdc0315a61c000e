import type { WireError } from '../engine/base/errors.ts';
import type { Headline } from '../scenario/format/catalogue.ts';
import type { Results, TrainingDivergence } from '../scenario/format/results.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import {
  type AttackEvent,
  type AttackFailedEvent,
  createLaneTable,
  type LaneRecord,
  type LaneTable,
  type ReferenceModel,
  record,
  type Writable,
} from './collected.ts';
import type { Phase, RunEvent, RunEventBody, VariantInfo } from './events.ts';
import { resultsOf } from './results.ts';

export type CollectorStatus = 'idle' | 'running' | 'finished' | 'cancelled' | 'failed';
export type DataEvent = Extract<RunEventBody, { type: 'data' }>;
/** How far a run is. */
export interface RunProgress {
  readonly phase: Phase;
  readonly step: number;
  /** Row visits so far and, as estimated, in all. */
  readonly done: number;
  readonly total: number;
}

/** The one home of a run's results: fed with its events, read by the page, the command line and the tests. */
export interface Collector {
  readonly scenario: Scenario;
  /** Counts up with every event. */
  readonly version: number;
  readonly status: CollectorStatus;
  readonly phase: Phase | null;
  readonly progress: RunProgress | null;
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

/** What a collector holds. */
interface Holdings {
  readonly state: Writable<Collector>;
  readonly lanes: LaneTable;
  readonly models: Readonly<Record<ReferenceModel, Map<number, Float64Array>>>;
  readonly draws: Map<number, DataEvent>;
  readonly failures: Map<number, WireError>;
  readonly divergences: Map<string, TrainingDivergence>;
  readonly attacks: AttackEvent[];
  readonly attackFailures: AttackFailedEvent[];
}

const absorb = (holdings: Holdings, event: RunEvent): void => {
  const { state, lanes, models, draws, failures, divergences, attacks, attackFailures } = holdings;
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
      lanes.announce(event.variants, event.metricIds);
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
      if (typeof event.model === 'number') record(lanes.open(event.model, event.seed), event.step, event.values);
      else models[event.model].set(event.seed, event.values);
      break;
    case 'trainingDiverged': {
      const { model, seed, step } = event;
      const key = `${model}/${seed}`;
      if (!divergences.has(key)) divergences.set(key, { model, seed, step });
      break;
    }
    case 'diverged':
      lanes.open(event.variant, event.seed).divergedAt ??= event.step;
      break;
    case 'lane':
      Object.assign(lanes.open(event.variant, event.seed), {
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

/** An empty collector for a scenario. */
export const createCollector = (scenario: Scenario): Collector => {
  const lanes = createLaneTable();
  const models: Holdings['models'] = { original: new Map(), retrained: new Map() };
  const draws: Holdings['draws'] = new Map();
  const failures: Holdings['failures'] = new Map();
  const divergences: Holdings['divergences'] = new Map();
  const attacks: AttackEvent[] = [];
  const attackFailures: AttackFailedEvent[] = [];
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
      return (['original', 'retrained'] as const).flatMap((model) =>
        state.seeds.flatMap((seed) => divergences.get(`${model}/${seed}`) ?? []),
      );
    },
    take: (event) => absorb({ state, lanes, models, draws, failures, divergences, attacks, attackFailures }, event),
    lane: lanes.find,
    reference: (model, seed, metric) => models[model].get(seed)?.[lanes.indexOf(metric)] ?? Number.NaN,
    data: (seed) => draws.get(seed),
    results: () =>
      resultsOf({
        ...state,
        attackFailures,
        lane: lanes.find,
        modelValues: (model, seed) => models[model].get(seed),
        forgotten: (seed) => draws.get(seed)?.forget ?? [],
      }),
  };
  return state;
};
