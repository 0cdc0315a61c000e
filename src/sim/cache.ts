import type { Picture } from '../families/family.ts';
import type { RunSpec, Scenario } from '../scenario/format/scenario.ts';
import { createByteLru } from './lru.ts';

/** One recorded step of a lane. */
export interface RecordedStep {
  readonly step: number;
  readonly weights: Float32Array;
  /** In the order of the catalogue's metrics. */
  readonly values: Float64Array;
  /** Only if its seed was on screen. */
  readonly frame: Picture | undefined;
}

/** Everything that running a lane gave. */
export interface LaneHistory {
  readonly records: readonly RecordedStep[];
  readonly divergedAt: number | undefined;
  readonly sampleVisits: number;
  readonly milliseconds: number;
  readonly account?: Readonly<Record<string, number>>;
}

/**
 * What is known already, by what it depends on: changing one run computes that run again and nothing else, and
 * changing it back computes nothing.
 */
export interface Cache {
  /** `retrained` after which of several requests: the last one if `request` is absent. */
  readonly model: (scenario: Scenario, model: TrainedModel, seed: number, request?: number) => Float32Array | undefined;
  readonly keepModel: (
    scenario: Scenario,
    model: TrainedModel,
    seed: number,
    weights: Float32Array,
    request?: number,
  ) => void;
  /** What a selector has chosen for a seed, by its place among the requests. */
  readonly selection: (scenario: Scenario, seed: number, request: number) => Int32Array | undefined;
  readonly keepSelection: (scenario: Scenario, seed: number, request: number, chosen: Int32Array) => void;
  /** `run` has its swept settings in place. Its name does not matter. */
  readonly lane: (scenario: Scenario, run: RunSpec, seed: number) => LaneHistory | undefined;
  /** The most bytes of lanes that it holds. */
  readonly laneBytes: number;
  readonly keepLane: (scenario: Scenario, run: RunSpec, seed: number, history: LaneHistory) => void;
}

export type TrainedModel = 'original' | 'retrained';

const MODEL_BYTES = 64 * 1024 * 1024;
const SELECTION_BYTES = 1024 * 1024;
const LANE_BYTES = 192 * 1024 * 1024;

const bytesOf = (picture: Picture): number =>
  Object.values(picture).reduce((sum, part) => sum + (ArrayBuffer.isView(part) ? part.byteLength : 0), 0);

const historyBytes = ({ records }: LaneHistory): number =>
  records.reduce((sum, { weights, values, frame }) => {
    const picture = frame ? bytesOf(frame) : 0;
    return sum + weights.byteLength + values.byteLength + picture;
  }, 0);

/** The parts of a scenario's text that keys are made of. */
interface Parts {
  readonly original: string;
  readonly retrained: string;
}

/** Characters of scenarios whose names are remembered. */
const TEXT_LENGTH = 32 * 1024 * 1024;

/** Short names for long texts: a key that held megabytes of points would hold them once for every lane. */
const createNames = (): ((text: string) => number) => {
  const names = new Map<string, number>();
  let length = 0;
  let last = 0;
  return (text) => {
    const known = names.get(text);
    if (known !== undefined) return known;
    last++; // a name is never given twice: what was named by a forgotten one is not found again
    names.set(text, last);
    length += text.length;
    for (const oldest of names.keys()) {
      if (length <= TEXT_LENGTH || oldest === text) break;
      names.delete(oldest);
      length -= oldest.length;
    }
    return last;
  };
};

/** A cache within caps in bytes, for trained models and for lanes. */
export const createCache = (modelBytes = MODEL_BYTES, laneBytes = LANE_BYTES): Cache => {
  const models = createByteLru<Float32Array>(modelBytes, (weights) => weights.byteLength);
  const selections = createByteLru<Int32Array>(SELECTION_BYTES, (chosen) => chosen.byteLength);
  const lanes = createByteLru<LaneHistory>(laneBytes, historyBytes);
  const texts = new WeakMap<Scenario, Parts>();
  const nameOf = createNames();
  /** Written once per scenario: inline data can be long. */
  const partsOf = (scenario: Scenario): Parts => {
    let parts = texts.get(scenario);
    if (!parts) {
      const { family, data, model, training, forget, requests } = scenario;
      const original = `${nameOf(JSON.stringify([family, data, model, training]))}`;
      parts = { original, retrained: `${original}/${nameOf(JSON.stringify(requests ?? forget))}` };
      texts.set(scenario, parts);
    }
    return parts;
  };
  const modelKey = (scenario: Scenario, model: TrainedModel, seed: number, request?: number) =>
    `${model}/${seed}/${model === 'original' ? 0 : (request ?? (scenario.requests?.length ?? 1) - 1)}/${partsOf(scenario)[model]}`;
  const selectionKey = (scenario: Scenario, seed: number, request: number) =>
    `${seed}/${request}/${partsOf(scenario).retrained}`;
  const laneKey = (scenario: Scenario, { name: _, sweep: __, ...run }: RunSpec, seed: number) =>
    `${seed}/${scenario.evaluate.every}/${JSON.stringify([run, scenario.own?.find(({ id }) => id === run.method)?.terms])}${partsOf(scenario).retrained}`;
  return {
    model: (scenario, model, seed, request) => models.get(modelKey(scenario, model, seed, request)),
    keepModel: (scenario, model, seed, weights, request) =>
      models.set(modelKey(scenario, model, seed, request), weights),
    selection: (scenario, seed, request) => selections.get(selectionKey(scenario, seed, request)),
    keepSelection: (scenario, seed, request, chosen) => selections.set(selectionKey(scenario, seed, request), chosen),
    laneBytes,
    lane: (scenario, run, seed) => lanes.get(laneKey(scenario, run, seed)),
    keepLane: (scenario, run, seed, history) => lanes.set(laneKey(scenario, run, seed), history),
  };
};

/** The part of a cache that knows trained models and no lanes: for runs that nobody looks at step by step. */
export const modelsOnly = (cache: Cache): Cache => ({
  ...cache,
  laneBytes: 0,
  lane: () => undefined,
  keepLane: () => {},
});
