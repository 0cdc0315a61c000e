import type { Scenario } from '../../src/scenario/format/scenario.ts';
import { parseScenario } from '../../src/scenario/read/parse.ts';
import type { Archive } from '../../src/sim/archive.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import { type Collector, createCollector } from '../../src/sim/collector.ts';
import type { RunEvent } from '../../src/sim/events.ts';
import { type SimulateOptions, simulate } from '../../src/sim/simulate.ts';

/** A small problem that trains in milliseconds: 5 blobs of 20 points, one hidden layer of 16. */
export const SMALL = {
  version: 2,
  data: { generator: 'blobs', seed: 0, params: { classes: 5, perClass: 20, noise: 0.7 } },
  forget: { kind: 'class', label: 1 },
  model: { hidden: [16] },
  training: { steps: 60, learningRate: 0.05 },
  seeds: [0],
} as const;

/** The small problem with other fields, parsed strictly. */
export const small = (fields: Readonly<Record<string, unknown>>): Scenario =>
  parseScenario({ ...SMALL, ...fields }, catalogueInfo, 'strict').scenario;

type Extra = Partial<Pick<SimulateOptions, 'pictures' | 'archive' | 'cache' | 'catalogue' | 'metrics' | 'backend'>>;

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

/** What keeps weights and answers nothing. */
const keeper = (put: Archive['put']): Archive => {
  const refuse = () => {
    throw new Error('only weights are kept');
  };
  return {
    open: () => undefined,
    put,
    outputs: refuse,
    frame: refuse,
    named: refuse,
    profile: refuse,
    told: refuse,
    weights: refuse,
    dispose: () => undefined,
  };
};

/** The last weights of every variant under every seed, by `variant/seed`. */
export const lastWeights = async (scenario: Scenario): Promise<ReadonlyMap<string, Float32Array>> => {
  const last = new Map<string, Float32Array>();
  await eventsOf(scenario, { archive: keeper((model, seed, _, weights) => last.set(`${model}/${seed}`, weights)) });
  return last;
};

/** A scenario run to its end, and every model's weights under every seed at every recorded step, by `model/seed/step`. */
export const collectedWithWeights = async (
  scenario: Scenario,
): Promise<{ readonly collector: Collector; readonly weights: ReadonlyMap<string, Float32Array> }> => {
  const weights = new Map<string, Float32Array>();
  const archive = keeper((model, seed, step, own) => weights.set(`${model}/${seed}/${step}`, own.slice()));
  return { collector: await collected(scenario, { archive }), weights };
};
