import * as tf from '../../engine/base/tf.ts';
import type { AnyMethod, RetainTerm } from '../../engine/contracts/method.ts';
import type { Network } from '../../engine/contracts/network.ts';
import type { AnyRowTerm } from '../../engine/contracts/rows.ts';

import { crossEntropy, rowsOf, termLoss } from '../../engine/objective/rows.ts';
import { type EngineName, network } from '../../engine/start.ts';
import { createBatches, type PointRows } from '../../families/points/batches.ts';
import { firstFamily } from '../../families/registry.ts';
import { runDefaults } from '../../scenario/format/defaults.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { catalogue } from '../../sim/catalogue.ts';
import { createCohort, type Lane } from '../../sim/cohort.ts';
import { BETA, type BenchJob, LEARNING_RATE, networkOf, type Objective, type Stepper, startOf } from './jobs.ts';
import { playgroundStepper } from './playground.ts';

/** An engine that does the jobs, with a number of lanes. */
export interface Peer {
  readonly id: string;
  readonly lanes: number;
  /** The engine that must be running while it steps; absent: none. */
  readonly engine?: EngineName;
  readonly create: (job: BenchJob, objective: Objective) => Stepper;
}

const runOf = (objective: Objective): RunSpec => ({
  ...runDefaults,
  name: objective,
  method: objective === 'NPO + retain' ? 'npo' : 'ft',
  params: objective === 'NPO + retain' ? { beta: BETA } : {},
  steps: Number.MAX_SAFE_INTEGER,
  learningRate: LEARNING_RATE,
  retain: { kind: objective === 'NPO + retain' ? 'ce' : 'none', weight: 1, batchSize: 'full' },
  mask: { kind: 'none', keep: 1 },
  wrappers: [],
  sweep: {},
});

const laneOf = (job: BenchJob, objective: Objective, model: Network, seed: number): Lane => {
  const start = startOf(job, seed);
  const rows = (split: 'forget' | 'retain'): PointRows => ({
    ...start.rows[split],
    seed,
    indices: Int32Array.from({ length: job.rows }, (_, i) => i),
    reference: new Float32Array(job.rows * model.classes).fill(start.logReference),
  });
  return {
    seed,
    run: runOf(objective),
    start: start.weights,
    rows: { forget: rows('forget'), retain: rows('retain') },
  };
};

const lanesOf = (job: BenchJob, objective: Objective, model: Network, lanes: number): Lane[] =>
  Array.from({ length: lanes }, (_, k) => laneOf(job, objective, model, k));

const retainTerm = catalogue.retainTerms.get('ce') as RetainTerm;

/** The engine's own step: fused on the kernels, composed of tensor operations elsewhere. */
const ownStepper = (job: BenchJob, objective: Objective, lanes: number): Stepper => {
  const model = network(networkOf(job));
  const own = lanesOf(job, objective, model, lanes);
  const method = catalogue.methods.get((own[0] as Lane).run.method) as AnyMethod;
  const cohort = createCohort(
    { model, batches: firstFamily.batches },
    method,
    objective === 'NPO + retain' ? retainTerm : undefined,
    own,
  );
  return {
    step: () => {
      if (cohort.advance().length > 0) throw new Error(`${job.id}: a lane of the bench diverged`);
    },
    weights: () => cohort.weights(own[0] as Lane),
    dispose: cohort.dispose,
  };
};

/** What one writes with the tensor library alone: the loss in its operations, differentiated by it. */
const gradientStepper = (job: BenchJob, objective: Objective, lanes: number): Stepper => {
  const model = network(networkOf(job));
  const own = lanesOf(job, objective, model, lanes);
  const npo = (catalogue.methods.get('npo') as AnyMethod).terms?.[0] as AnyRowTerm;
  const terms = objective === 'NPO + retain' ? [npo, retainTerm.term] : [crossEntropy('retain')];
  const sources = terms.map(({ on }) => {
    const rows = own.map((lane) => lane.rows[on] as PointRows);
    return createBatches(rows, on, 'full', model.inputs, model.classes);
  });
  const settings = { beta: tf.tensor2d(own.map(() => [BETA])) };
  let weights = tf.tensorOf(Float32Array.from(own.flatMap(({ start }) => [...start])), [lanes, model.size]);
  const loss = (at: tf.Tensor): tf.Tensor =>
    tf.addN(
      terms.map((term, i) => {
        const batch = (sources[i] as (typeof sources)[number]).at(0);
        return tf.sum(termLoss(term, rowsOf(model.forward(at, batch.x).logits, batch), settings));
      }),
    );
  return {
    step: () => {
      const next = tf.tidy(() => tf.sub(weights, tf.mul(LEARNING_RATE, tf.grad(loss)(tf.clone(weights)))));
      next.dataSync();
      weights.dispose();
      weights = next;
    },
    weights: () => (weights.dataSync() as Float32Array).slice(0, model.size),
    dispose: () => {
      weights.dispose();
      settings.beta.dispose();
      for (const source of sources) source.dispose();
    },
  };
};

const own = (id: string, engine: EngineName, lanes: number): Peer => ({
  id,
  engine,
  lanes,
  create: (job, objective) => ownStepper(job, objective, lanes),
});

const composed = (id: string, engine: EngineName, lanes: number): Peer => ({
  id,
  engine,
  lanes,
  create: (job, objective) => gradientStepper(job, objective, lanes),
});

/** What the ratios compare. */
export const OURS = 'kernels, 5 lanes';
export const TFJS_WASM = 'tfjs wasm, 5 lanes';
export const PLAYGROUND = 'Playground style';
export const PYTORCH = 'PyTorch';

/** Every engine that runs in this process. */
export const peers: readonly Peer[] = [
  own('kernels, 1 lane', 'kernels', 1),
  own(OURS, 'kernels', 5),
  own('kernels, 16 lanes', 'kernels', 16),
  composed('tfjs wasm, 1 lane', 'wasm', 1),
  composed(TFJS_WASM, 'wasm', 5),
  own('our fallback on tfjs wasm, 5 lanes', 'wasm', 5),
  composed('tfjs cpu, 1 lane', 'cpu', 1),
  {
    id: PLAYGROUND,
    lanes: 1,
    create: (job, objective) => playgroundStepper(job, objective, startOf(job, 0)),
  },
];
