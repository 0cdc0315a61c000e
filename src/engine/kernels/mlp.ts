import * as tf from '../base/tf.ts';
import type { FusedNetwork } from '../contracts/fused.ts';
import type { Backward, ForwardPass, PerRow } from '../contracts/network.ts';
import { gradientsFor, type MlpSpec, mlpShape, uppersOf } from '../network/shape.ts';
import { residentOf } from './backend.ts';
import { BACKWARD, backwardRows, copyIn, copyOut, enterRows, FORWARD, takeLane, zeroGradient } from './mlp-ops.ts';
import { BLOCK, createPlan, type Workspace } from './plan.ts';
import { fusedRows } from './row-step.ts';

/** A multilayer perceptron on the kernels. Needs their backend. */
export const kernelMlp = (spec: MlpSpec): FusedNetwork => {
  const shape = mlpShape(spec);
  const { classes, size } = shape;
  const plan = createPlan(shape);

  /** Runs one network over points [1, N, D], block by block, up to its probabilities. */
  const infer = (weights: Float32Array, x: tf.Tensor, take: (at: Workspace, row: number, rows: number) => void) => {
    const N = x.shape[1] as number;
    const points = residentOf(x);
    const at = plan.enter();
    const { call } = at.heap;
    takeLane(at, weights, 0, size, false);
    for (let row = 0; row < N; row += BLOCK) {
      const rows = Math.min(BLOCK, N - row);
      call.forward(at.plan, enterRows(at, plan, points + row * plan.inputs * 4, rows), rows);
      call.softmax(at.logits, rows, classes, at.logitStride, at.logProbs, at.probs);
      take(at, row, rows);
    }
  };

  /** Blocks of rows with dLoss/dLogits in place, after their forward pass. */
  const walk = (
    weights: Float32Array,
    x: tf.Tensor,
    dLogits: Float32Array,
    step: number,
    visit: (at: Workspace, block: { points: number; entered: number; row: number; rows: number }) => void,
  ): void => {
    const N = x.shape[1] as number;
    const points = residentOf(x);
    const at = plan.enter();
    takeLane(at, weights, 0, size, true);
    for (let row = 0; row < N; row += step) {
      const rows = Math.min(step, N - row);
      const from = points + row * plan.inputs * 4;
      const entered = enterRows(at, plan, from, rows);
      at.heap.call.forward(at.plan, entered, rows);
      copyIn(at, dLogits, row, rows, classes, at.delta);
      visit(at, { points: from, entered, row, rows });
    }
  };
  const gradientOf = ({ heap, gradient }: Workspace): Float32Array =>
    heap.f32.subarray(gradient / 4, gradient / 4 + size);

  /** The gradient of each row by itself, one row after the other. */
  const rowByRow = (
    weights: Float32Array,
    x: tf.Tensor,
    dLogits: Float32Array,
    take: (own: Float32Array, row: number) => void,
  ) =>
    walk(weights, x, dLogits, 1, (at, { points, entered, row }) => {
      zeroGradient(at, plan);
      backwardRows(at, plan, points, entered, 1, false);
      at.heap.call.giveGradient(at.plan, at.gradient);
      take(gradientOf(at), row);
    });

  const perRow: PerRow = {
    gradients: (weights, x, dLogits) => {
      const out = gradientsFor(x.shape[1] as number, size);
      rowByRow(weights, x, dLogits, (own, row) => out.set(own, row * size));
      return out;
    },
    meanSquares: (weights, x, dLogits) => {
      const N = x.shape[1] as number;
      if (plan.embedding) {
        // Several slots may hold the same id, so that a row's gradient of the table is a sum before it is a square.
        const sums = new Float64Array(size);
        rowByRow(weights, x, dLogits, (own) => {
          for (let i = 0; i < size; i++) sums[i] = (sums[i] as number) + (own[i] as number) * (own[i] as number);
        });
        return Float32Array.from(sums, (sum) => sum / N);
      }
      let out: Float32Array | undefined;
      walk(weights, x, dLogits, BLOCK, (at, { points, row, rows }) => {
        const { call } = at.heap;
        if (row === 0) call.zeroGradient(at.plan);
        call.squaredBackward(at.plan, points, rows, at.dense);
        if (row + rows < N) return;
        call.giveGradient(at.plan, at.gradient);
        out = gradientOf(at).map((sum) => sum / N);
      });
      return out ?? new Float32Array(size);
    },
  };

  const back = ({ inputs, saved }: ForwardPass, dLogits: tf.Tensor): Backward => {
    const [x, own] = [inputs[0] as tf.Tensor, saved[0] as tf.Tensor];
    const [weights, entered] = tf.runKernel(BACKWARD, { weights: own, x, dLogits }, { plan }) as [tf.Tensor, tf.Tensor];
    return { weights, inputs: entered };
  };

  return {
    ...shape,
    perRow,

    forward: (weights, x) => {
      const [logits, ...hidden] = tf.runKernel(FORWARD, { weights, x }, { plan });
      return { logits: logits as tf.Tensor, inputs: [x, ...hidden], saved: [weights] };
    },

    above: uppersOf(spec, shape, kernelMlp),
    backward: (pass, dLogits) => back(pass, dLogits).weights,
    backwardToInputs: back,

    predict: (weights, x) => {
      const N = x.shape[1] as number;
      const logits = new Float32Array(N * classes);
      const logProbs = new Float32Array(N * classes);
      infer(weights, x, (at, row, rows) => {
        copyOut(at, at.logits, at.logitStride, rows, classes, logits, row);
        copyOut(at, at.logProbs, at.logitStride, rows, classes, logProbs, row);
      });
      return { logits, logProbs };
    },

    decide: (weights, x) => {
      const N = x.shape[1] as number;
      const winner = new Uint8Array(N);
      const confidence = new Uint8Array(N);
      infer(weights, x, (at, row, rows) => {
        const second = at.dense + BLOCK;
        at.heap.call.decide(at.probs, rows, classes, at.logitStride, at.dense, second);
        winner.set(at.heap.u8.subarray(at.dense, at.dense + rows), row);
        confidence.set(at.heap.u8.subarray(second, second + rows), row);
      });
      return { winner, confidence };
    },

    fused: fusedRows(plan),
  };
};
