import * as tf from '../base/tf.ts';
import type { FusedRows } from '../contracts/fused.ts';
import {
  BETA1,
  BETA2,
  biasCorrection,
  type Descent,
  EPSILON,
  type Moved,
  type OptimizerName,
  type OptimizerState,
} from '../objective/optim.ts';
import { residentOf } from './backend.ts';
import { laneGradient, laneLoss, partOf, partsOf } from './lane-gradient.ts';
import { takeLane } from './mlp-ops.ts';
import type { Plan, Workspace } from './plan.ts';

const RULES: Readonly<Record<OptimizerName, { readonly code: number; readonly moments: readonly string[] }>> = {
  sgd: { code: 0, moments: [] },
  momentum: { code: 1, moments: ['velocity'] },
  adam: { code: 2, moments: ['first', 'second'] },
};

const padded = (n: number): number => Math.ceil(n / 4) * 4;
const floats = (tensor: tf.Tensor): Float32Array => tf.valuesOf(tensor) as Float32Array;

/** Row objectives straight from weights to weights, lane by lane: tensors only at the two ends. */
export const fusedRows = (plan: Plan): FusedRows => {
  const P = plan.size;
  /** Copies a lane of [K, P] to or from the kernels' memory. */
  const load = (at: Workspace, from: Float32Array, k: number, address: number) =>
    at.heap.f32.set(from.subarray(k * P, (k + 1) * P), address / 4);
  const save = (at: Workspace, address: number, to: Float32Array, k: number) =>
    to.set(at.heap.f32.subarray(address / 4, address / 4 + P), k * P);

  const n = padded(P);

  /** One update of every lane; `prepare` leaves a lane's weights at `at.weights` and its gradient at `at.gradient`. */
  const move = (
    weights: Float32Array,
    descent: Descent,
    state: OptimizerState,
    step: number,
    prepare: (at: Workspace, k: number) => void,
  ): Moved => {
    const K = weights.length / P;
    const { code, moments } = RULES[descent.optimizer.name];
    const mask = descent.mask && residentOf(descent.mask);
    const start = descent.mask && residentOf(descent.start);
    const { learningRate, momentum, weightDecay, clipNorm } = descent.settings;
    const [rates, momenta, decays, limits] = [learningRate, momentum, weightDecay, clipNorm].map(
      (tensor) => tensor && floats(tensor),
    );
    const isAdam = code === 2;
    const correction = isAdam ? biasCorrection(BETA1, step + 1) : 1;
    const root = isAdam ? Math.sqrt(biasCorrection(BETA2, step + 1)) : 1;
    const before = moments.map((name) => floats(state[name] as tf.Tensor));
    const after = moments.map(() => new Float32Array(K * P));
    const out = new Float32Array(K * P);

    const at = plan.enter();
    const { call } = at.heap;
    const addresses = [at.first, at.second];
    for (let k = 0; k < K; k++) {
      prepare(at, k);
      const offset = k * P * 4;
      before.forEach((values, i) => {
        load(at, values, k, addresses[i] as number);
      });
      if (mask !== undefined) call.maskGradient(at.gradient, mask + offset, n);
      if (limits) call.clipGradient(at.gradient, n, limits[k] as number);
      call.update(
        code,
        n,
        at.weights,
        at.gradient,
        at.first,
        at.second,
        (rates?.[k] as number) / correction,
        momenta ? (momenta[k] as number) : 1,
        decays?.[k] ?? 0,
        BETA1,
        1 - BETA1,
        BETA2,
        1 - BETA2,
        root,
        EPSILON,
      );
      if (mask !== undefined && start !== undefined) {
        call.restore(at.weights, mask + offset, start + offset, P);
        for (let i = 0; i < moments.length; i++) call.restore(addresses[i] as number, mask + offset, 0, P);
      }
      save(at, at.weights, out, k);
      after.forEach((values, i) => {
        save(at, addresses[i] as number, values, k);
      });
    }
    return {
      weights: tf.tensorOf(out, [K, P]),
      state: Object.fromEntries(moments.map((name, i) => [name, tf.tensorOf(after[i] as Float32Array, [K, P])])),
    };
  };

  return {
    gradient: (objective) => {
      const parts = partsOf(objective);
      const weights = floats(objective.weights);
      const K = objective.weights.shape[0] as number;
      const out = new Float32Array(K * P);
      const at = plan.enter();
      for (let k = 0; k < K; k++) {
        laneGradient(plan, at, parts, weights, k);
        save(at, at.gradient, out, k);
      }
      return tf.tensorOf(out, [K, P]);
    },

    losses: (weights, batch) => {
      const at = plan.enter();
      const part = partOf(batch, []);
      const theta = floats(weights);
      return Float32Array.from({ length: weights.shape[0] as number }, (_, k) => {
        takeLane(at, theta, k, P, false);
        return laneLoss(plan, at, part, k);
      });
    },

    step: (objective, descent, state, step) => {
      const parts = partsOf(objective);
      const weights = floats(objective.weights);
      return move(weights, descent, state, step, (at, k) => laneGradient(plan, at, parts, weights, k));
    },

    descend: (descent, weights, gradient, state, step) => {
      const [theta, slopes] = [floats(weights), floats(gradient)];
      return move(theta, descent, state, step, (at, k) => {
        at.heap.f32.fill(0, at.weights / 4, at.weights / 4 + n);
        at.heap.f32.fill(0, at.gradient / 4, at.gradient / 4 + n);
        load(at, theta, k, at.weights);
        load(at, slopes, k, at.gradient);
      });
    },
  };
};
