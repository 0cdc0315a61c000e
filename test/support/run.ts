import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import type { Archive } from '../../src/sim/archive.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import { type Collector, createCollector } from '../../src/sim/collector.ts';
import type { RunEvent } from '../../src/sim/events.ts';
import { type SimulateOptions, simulate } from '../../src/sim/simulate.ts';

/** A small problem that trains in milliseconds: 5 blobs of 20 points, one hidden layer of 16. */
export const SMALL = {
  version: 1,
  data: { generator: 'blobs', seed: 0, params: { classes: 5, perClass: 20, noise: 0.7 } },
  forget: { kind: 'class', label: 1 },
  model: { hidden: [16] },
  training: { steps: 60, learningRate: 0.05 },
  seeds: [0],
} as const;

/** The small problem with other fields, parsed strictly. */
export const small = (fields: Readonly<Record<string, unknown>>): Scenario =>
  parseScenario({ ...SMALL, ...fields }, catalogueInfo, 'strict').scenario;

type Extra = Partial<Pick<SimulateOptions, 'pictures' | 'archive' | 'cache' | 'catalogue' | 'metrics'>>;

/** The stream of a scenario, with a clock that stands still. */
export const stream = (scenario: Scenario, extra: Extra = {}): AsyncGenerator<RunEvent, void, void> =>
  simulate({ runId: 'test', scenario, catalogue, backend: 'wasm', now: () => 0, ...extra });

/** All events of a scenario. */
export const eventsOf = async (scenario: Scenario, extra: Extra = {}): Promise<RunEvent[]> => {
  const events: RunEvent[] = [];
  for await (const event of stream(scenario, extra)) events.push(event);
  return events;
};

/** A scenario run to its end. */
export const collected = async (scenario: Scenario, extra: Extra = {}): Promise<Collector> => {
  const collector = createCollector(scenario);
  for await (const event of stream(scenario, extra)) collector.take(event);
  return collector;
};

/** The last weights of every variant under every seed, by `variant/seed`. */
export const lastWeights = async (scenario: Scenario): Promise<ReadonlyMap<string, Float32Array>> => {
  const last = new Map<string, Float32Array>();
  const archive: Archive = {
    open: () => undefined,
    put: (model, seed, _step, params) => {
      last.set(`${model}/${seed}`, params);
    },
    outputs: () => {
      throw new Error('only the last weights are kept');
    },
    frame: () => {
      throw new Error('only the last weights are kept');
    },
    named: () => {
      throw new Error('only the last weights are kept');
    },
    profile: () => {
      throw new Error('only the last weights are kept');
    },
    weights: () => {
      throw new Error('only the last weights are kept');
    },
    dispose: () => undefined,
  };
  await eventsOf(scenario, { archive });
  return last;
};
