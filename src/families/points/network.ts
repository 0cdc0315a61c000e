import { foldIn, keyOf } from '../../engine/base/random.ts';
import type { Dataset } from '../../engine/contracts/dataset.ts';
import type { Network } from '../../engine/contracts/network.ts';
import { drawFeatures, featuresOf } from '../../engine/network/features.ts';

import { network } from '../../engine/start.ts';
import type { GivenWeights, ModelSpec, NamedWeights } from '../../scenario/format/scenario.ts';

/** The trained part of a scenario's network, and what stands before it. */
export interface EncodedNetwork {
  readonly model: Network;
  /** What the trained part gets for points [N * D], [N * model.inputs]: the points themselves, or their random features. */
  readonly encode: (x: Float32Array) => Float32Array;
  /** W [features * D], where there are random features. */
  readonly features?: Float32Array | Float64Array;
}

/** The weights that a scenario gives for a run seed. */
const givenFor = ({ weights }: ModelSpec, seed: number): GivenWeights => weights?.bySeed?.[seed] ?? weights ?? {};

const flat = (values: NamedWeights[string] | undefined): number[] => (values ?? []).flat() as number[];

/** Whether two seeds may share a network: one that has no random part. */
export const hasOwnFeatures = ({ kind }: ModelSpec): boolean => kind === 'random-features';

/** The network of a scenario for data of some shape. Random features are the seed's own, unless they are given. */
export const networkOf = (spec: ModelSpec, { inputs, classes }: Dataset, seed: number): EncodedNetwork => {
  const pinned = (width: number) =>
    network({ inputs: width, hidden: [], classes, activation: 'relu', init: 'auto', pinned: true });
  switch (spec.kind) {
    case 'network':
      throw new Error(`${spec.id} is not a network of points`);
    case 'mlp': {
      const { hidden, activation, init } = spec;
      return { model: network({ inputs, hidden, classes, activation, init }), encode: (x) => x };
    }
    case 'linear':
      return { model: pinned(inputs), encode: (x) => x };
    case 'random-features': {
      const given = givenFor(spec, seed);
      const imported = given.original?.['W'] ?? given.retrained?.['W'];
      const W = imported
        ? Float64Array.from(flat(imported))
        : drawFeatures(foldIn(keyOf(seed), 'features'), spec.features, inputs);
      return { model: pinned(spec.features), encode: (x) => featuresOf(W, x, inputs), features: W };
    }
  }
};

/** The weight vector [P] of a model that the scenario gives; undefined if it is to be trained. */
export const importedWeights = (
  spec: ModelSpec,
  seed: number,
  which: 'original' | 'retrained',
  { layout, size }: Network,
): Float32Array | undefined => {
  const named = givenFor(spec, seed)[which];
  if (!named) return undefined;
  const weights = new Float32Array(size);
  for (const { name, offset } of layout) weights.set(flat(named[name]), offset);
  return weights;
};
