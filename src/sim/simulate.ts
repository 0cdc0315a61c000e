import { toWire } from '../engine/base/errors.ts';
import { ENGINE_VERSION } from '../engine/base/version.ts';
import type { Draw, Outputs, Seed } from '../families/family.ts';
import { isSelected } from '../scenario/format/requests.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import { expandRuns } from '../scenario/format/variants.ts';
import { type Archive, createArchive } from './archive.ts';
import { attackAll, attacksWork } from './attack-runs.ts';
import type { Cache } from './cache.ts';
import { type Catalogue, catalogueFor } from './catalogue.ts';
import type { RunEvent, RunEventBody } from './events.ts';
import { prepareSeeds } from './lanes.ts';
import { estimateWork, type Run, servedOf } from './run.ts';
import { select, selectionWork } from './select.ts';
import { train } from './train.ts';
import { metricValues, trainingVisits, unlearn } from './unlearn.ts';

export interface SimulateOptions {
  readonly runId: string;
  readonly scenario: Scenario;
  /** The share of the scenario's seeds to compute; all if absent. Seeds share nothing: the numbers are the same. */
  readonly seeds?: readonly number[] | undefined;
  /** Which lanes of these seeds to compute; all if absent. A lane's numbers are the same whichever others there are. */
  readonly isChosen?: ((variant: number, seed: number) => boolean) | undefined;
  readonly catalogue: Catalogue;
  /** Only these metrics, in this order; all if absent. What is not asked for is not computed. */
  readonly metrics?: readonly string[] | undefined;
  /** Name of the engine that computes, for the results. */
  readonly backend: string;
  /** A clock in ms for the times that results report; it decides nothing. */
  readonly now: () => number;
  /** Whether to send pictures of the first seed's models. */
  readonly pictures?: boolean;
  /** Where to leave the weights of the recorded steps. Its owner frees it. */
  readonly archive?: Archive;
  /** What is known already, to reuse and to add to. */
  readonly cache?: Cache;
}

type Events = Generator<RunEventBody, void, void>;

/** The draws of some seeds, each once, with the seeds that use it. */
const drawsOf = (seeds: readonly Seed[]): Map<Draw, Seed[]> => {
  const draws = new Map<Draw, Seed[]>();
  for (const seed of seeds) draws.set(seed.draw, [...(draws.get(seed.draw) ?? []), seed]);
  return draws;
};

/** The data as the page draws them; seeds with one draw but their own forget sets get an event each. */
function* dataEvents(seeds: readonly Seed[]): Events {
  for (const [draw, users] of drawsOf(seeds)) {
    const bySplit = new Map<string, Seed[]>();
    for (const user of users) {
      const key = user.split.forget.join();
      bySplit.set(key, [...(bySplit.get(key) ?? []), user]);
    }
    for (const same of bySplit.values()) {
      yield {
        type: 'data',
        seeds: same.map(({ seed }) => seed),
        forget: (same[0] as Seed).split.forget,
        examples: draw.examples,
        shown: draw.shown,
      };
    }
  }
}

function* body(options: SimulateOptions, catalogue: Catalogue, archive: Archive): Events {
  const { scenario, backend, now } = options;
  const begin = now();
  const variants = expandRuns(scenario, {
    methods: [...catalogue.methods.values()],
    wrappers: [...catalogue.wrappers.values()],
  });
  const metrics = [...(options.metrics ?? catalogue.metrics.keys())].flatMap((id) => catalogue.metrics.get(id) ?? []);
  const shownSeed = scenario.seeds[0] as number;
  const headline = catalogue.families.get(scenario.family)?.info.headline;
  yield {
    type: 'started',
    variants,
    seeds: scenario.seeds,
    ...(headline && { headline }),
    metricIds: metrics.map(({ id }) => id),
    backend,
    engineVersion: ENGINE_VERSION,
    shownSeed,
  };
  const seeds = prepareSeeds(scenario, catalogue, options.seeds);
  const recorded = variants.reduce((sum, variant) => sum + variant.recorded.length, 0);
  const served = servedOf({ variants, scenario, catalogue });
  archive.open(seeds, seeds.length * (recorded + 2), served);
  yield* dataEvents(seeds);

  const partial = {
    scenario,
    catalogue,
    metrics,
    variants,
    archive,
    cache: options.cache,
    isChosen: options.isChosen ?? (() => true),
    now,
    shownSeed: options.pictures ? shownSeed : undefined,
  };
  const run: Run = {
    ...partial,
    served,
    work: {
      done: 0,
      total: estimateWork(partial, seeds) + selectionWork(partial, seeds) + attacksWork(partial, seeds),
    },
  };
  yield { type: 'progress', phase: 'training', step: 0, ...run.work };
  const failed = new Set<number>();
  // The seed on screen goes first and alone, so that its picture moves at once; the others follow stacked.
  for (const group of options.pictures ? [seeds.slice(0, 1), seeds.slice(1)] : [seeds]) {
    if (group.length === 0) continue;
    yield* train(run, group, 'original');
    yield* select(run, group);
    if (isSelected(scenario)) yield* dataEvents(group);
    yield* train(run, group, 'retrained');
    for (const seed of group) {
      for (const model of ['original', 'retrained'] as const) {
        const rows = model === 'original' ? seed.draw.examples : seed.split.retain.length;
        const visits = trainingVisits(scenario, rows);
        const values = metricValues(run, seed, seed[model] as Outputs, { visits });
        yield { type: 'metrics', model, seed: seed.seed, step: 0, values };
      }
    }
    yield* unlearn(run, group, failed);
    yield* attackAll(run, group, failed);
  }
  yield { type: 'finished', milliseconds: now() - begin };
}

/**
 * Runs a scenario and tells what happens as a stream of events. Pulling drives it: not pulling is a pause, and
 * `return()` cancels within one step and frees every tensor. It never throws for a scenario's sake: what goes
 * wrong is the last event (`failed`), or concerns one variant only (`variantFailed`).
 */
export async function* simulate(options: SimulateOptions): AsyncGenerator<RunEvent, void, void> {
  const archive = options.archive ?? createArchive();
  let seq = 0;
  const stamp = (event: RunEventBody): RunEvent => ({ ...event, runId: options.runId, seq: seq++ });
  try {
    const catalogue = await catalogueFor(options.catalogue, options.scenario);
    for (const event of body(options, catalogue, archive)) yield stamp(event);
  } catch (thrown) {
    yield stamp({ type: 'failed', error: toWire(thrown) });
  } finally {
    if (!options.archive) archive.dispose();
  }
}
