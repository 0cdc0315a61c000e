import { MAX_CLASSES, MAX_INPUTS, MAX_POINTS } from '../../engine/contracts/dataset.ts';
import type { Claim, DataSpec, ForgetSpec, MaskSpec, MlpModelSpec, OptimizerSpec, RetainSpec } from './scenario.ts';

/**
 * Version 2's defaults, which are those of version 1. Links store only what differs from them, so a value on this page
 * may never change: an old link would silently mean something else. Parameters of methods, masks, wrappers and generators are not here: their
 * defaults stand in their own schemas, and links always write them out.
 */
export const version = 2;

/** What a scenario is about where it does not say. */
export const familyDefault = 'points';
/** Names that the format has for families. A build need not have them all. */
export const familyNames = [familyDefault, 'text', 'numbers', 'diffusion', 'gan'] as const;

export const dataDefaults = { generator: 'blobs', seed: 0 } as const satisfies Omit<DataSpec, 'params'>;

export const forgetDefaults = { kind: 'class', label: 0 } as const satisfies ForgetSpec;
/** Defaults inside the other kinds of forget set. */
export const randomForgetDefaults = { fraction: 0.1, seed: 0 } as const;
export const componentForgetDefaults = { fraction: 1, seed: 0 } as const;
export const selectorForgetDefaults = { count: 40 } as const;

export const modelDefaults: MlpModelSpec = { kind: 'mlp', hidden: [32, 32], activation: 'tanh', init: 'auto' };
/** Of a model of random features; its kind is always written. */
export const featuresDefault = 128;

export const trainingDefaults: OptimizerSpec = {
  optimizer: 'adam',
  learningRate: 0.01,
  momentum: 0.9,
  weightDecay: 0,
  clipNorm: 0,
  steps: 600,
  batchSize: 'full',
};

export const runDefaults: OptimizerSpec = {
  optimizer: 'sgd',
  learningRate: 0.05,
  momentum: 0.9,
  weightDecay: 0,
  clipNorm: 0,
  steps: 400,
  batchSize: 'full',
};
export const retainDefaults: RetainSpec = { kind: 'none', weight: 1, batchSize: 'full' };
export const maskDefaults: MaskSpec = { kind: 'none', keep: 0.5 };

export const seedsDefault: readonly number[] = [0, 1, 2, 3, 4];
export const evaluateDefaults = { every: 5 } as const;
export const claimDefaults = { at: 'last', seeds: 'all' } as const satisfies Pick<Claim, 'at' | 'seeds'>;

/** How large an experiment may be. Caps may be raised, never lowered. */
export const caps = {
  points: MAX_POINTS,
  inputs: MAX_INPUTS,
  classes: MAX_CLASSES,
  seeds: 32,
  runs: 24,
  /** Deletion requests in a row. */
  requests: 32,
  /** Seeds times swept settings, over all runs. */
  lanes: 256,
  steps: 20_000,
  /** Recorded steps of one run, step 0 included. */
  recorded: 2001,
  layers: 6,
  width: 512,
  /** Random features. */
  features: 512,
  /** Size of an imported weight. */
  weight: 1_000_000,
  /** Weights of one network. */
  weights: 2_000_000,
  /** Weights of all lanes together. */
  laneWeights: 20_000_000,
  batch: 10_000,
  /** Size of an input coordinate: what single precision still resolves well. */
  coordinate: 1_000_000,
  corners: 500,
  text: 2000,
  name: 60,
  claims: 32,
  attacks: 16,
  sweepValues: 64,
  /** Views of a lecture. */
  reveal: 24,
} as const;
