import { SimError } from '../engine/base/errors.ts';
import type { Served } from '../engine/contracts/network.ts';

import type { Draw, Seed } from '../families/family.ts';
import type {
  FamilyQuery,
  FrameQuery,
  ModelRef,
  OutputsQuery,
  ProfileQuery,
  QueryResult,
  WeightsQuery,
} from './events.ts';
import { createSnapshots, type Snapshots } from './snapshots.ts';

/** What a run leaves behind so that its pictures can be drawn again: weights by model, seed and step. */
export interface Archive {
  /**
   * Called once by the run, before its first snapshot. `served` tells what answers for a variant's weights, where that
   * is not the network.
   */
  readonly open: (seeds: readonly Seed[], expected: number, served?: ServedBy) => void;
  readonly put: Snapshots['put'];
  /** @throws {SimError} worker/unknown-query if nothing was kept for that model and seed (yet) */
  readonly frame: (query: FrameQuery) => Extract<QueryResult, { kind: 'frame' }>;
  /** @throws {SimError} worker/unknown-query, as above */
  readonly outputs: (query: OutputsQuery) => Extract<QueryResult, { kind: 'outputs' }>;
  /** @throws {SimError} worker/unknown-query, as above */
  readonly named: (query: WeightsQuery) => Extract<QueryResult, { kind: 'weights' }>;
  /** @throws {SimError} worker/unknown-query, as above, and before the original model is there */
  readonly profile: (query: ProfileQuery) => Extract<QueryResult, { kind: 'profile' }>;
  /** The family's own answer to a question of its own. @throws {SimError} worker/unknown-query, as above, or if it has none */
  readonly told: (query: FamilyQuery) => Extract<QueryResult, { kind: 'told' }>;
  /** A seed with its weights nearest to a step, at or before it. @throws {SimError} as `frame` does */
  readonly weights: (
    model: ModelRef,
    seed: number,
    step: number,
  ) => { owner: Seed; step: number; weights: Float32Array };
  /** Frees the tensors behind the pictures. */
  readonly dispose: () => void;
}

export type ServedBy = (model: ModelRef, draw: Draw) => Served | undefined;

const notHere = (what: string): SimError =>
  new SimError('worker/unknown-query', `Models of this family have no ${what}.`);

const unknown = (model: ModelRef, seed: number): SimError =>
  new SimError('worker/unknown-query', `Nothing has been computed yet for model ${model} under seed ${seed}.`);

export const createArchive = (): Archive => {
  let owners = new Map<number, Seed>();
  let servedBy: ServedBy | undefined;
  let snapshots: Snapshots | undefined;
  const recall: Archive['weights'] = (model, seed, step) => {
    const kept = snapshots?.at(model, seed, step);
    const owner = owners.get(seed);
    if (kept && owner) return { owner, ...kept };
    throw unknown(model, seed);
  };
  return {
    open: (seeds, expected, served) => {
      servedBy = served;
      owners = new Map(seeds.map((owner) => [owner.seed, owner]));
      snapshots = createSnapshots(expected, seeds[0]?.draw.model.size ?? 0);
    },
    put: (model: ModelRef, seed, step, weights) => snapshots?.put(model, seed, step, weights),
    frame: ({ model, seed, step, size }) => {
      const { owner, ...kept } = recall(model, seed, step);
      const { draw } = owner;
      return {
        kind: 'frame',
        step: kept.step,
        frame: draw.picture(kept.weights, size, servedBy?.(model, draw)),
      };
    },
    outputs: ({ model, seed, step }) => {
      const { owner, ...kept } = recall(model, seed, step);
      const { draw } = owner;
      if (!draw.probabilities) throw notHere('probabilities of classes');
      const probabilities = draw.probabilities(draw.outputs(kept.weights, servedBy?.(model, draw)));
      return { kind: 'outputs', step: kept.step, probabilities };
    },
    profile: ({ model, seed, step }) => {
      const { owner, ...kept } = recall(model, seed, step);
      const { draw, split, original } = owner;
      if (!original) throw unknown('original', seed);
      if (!draw.profile) throw notHere('profile');
      const own = draw.outputs(kept.weights, servedBy?.(model, draw));
      const subjects = { unlearned: own, original, retrained: owner.retrained ?? original, untrained: original };
      return { kind: 'profile', step: kept.step, profile: draw.profile(split, subjects) };
    },
    told: ({ model, seed, step, question }) => {
      const { owner, weights, ...kept } = recall(model, seed, step);
      if (!owner.draw.ask) throw notHere('answers to questions');
      return {
        kind: 'told',
        step: kept.step,
        answer: owner.draw.ask(question, weights, owner, servedBy?.(model, owner.draw)),
      };
    },
    named: ({ model, seed, step }) => {
      const { owner, weights, ...kept } = recall(model, seed, step);
      const { draw } = owner;
      if (servedBy?.(model, draw)) return { kind: 'weights', step: kept.step, arrays: null };
      return { kind: 'weights', step: kept.step, arrays: draw.named(weights) };
    },
    weights: recall,
    dispose: () => {
      for (const draw of new Set([...owners.values()].map((owner) => owner.draw))) draw.dispose();
      owners = new Map();
      snapshots = undefined;
    },
  };
};
