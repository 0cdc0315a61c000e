import * as tf from '../base/tf.ts';
import type { FusedRows, RowObjective } from '../network/model.ts';
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
import { addOutputTerm, laneOf, outputsOf } from '../objective/row-gradient.ts';
import {
  type AnyOutputTerm,
  type AnyRowTerm,
  type Batch,
  type Columns,
  isRowTerm,
  type LaneTerm,
  missing,
  type Pull,
  weighRows,
} from '../objective/rows.ts';
import { residentOf } from './backend.ts';
import { copyIn, copyOut, takeLane } from './mlp-ops.ts';
import { BLOCK, type Plan, type Workspace } from './plan.ts';

/** The terms on one split, and where its batch is. Addresses of the first lane. */
interface Part {
  readonly pulls: readonly LaneTerm<AnyRowTerm>[];
  /** Terms that look at the whole batch of a lane. */
  readonly outputs: readonly LaneTerm<AnyOutputTerm>[];
  readonly batch: Batch;
  readonly rows: number;
  readonly x: number;
  readonly y: number;
  readonly alternatives: number | undefined;
  readonly reference: number | undefined;
}

const hasPulls = (one: LaneTerm): one is LaneTerm<AnyRowTerm> => isRowTerm(one.term);
const hasOutputs = (one: LaneTerm): one is LaneTerm<AnyOutputTerm> => !isRowTerm(one.term);

const partOf = (batch: Batch, terms: readonly LaneTerm[]): Part => ({
  pulls: terms.filter(hasPulls),
  outputs: terms.filter(hasOutputs),
  batch,
  rows: batch.size,
  x: residentOf(batch.x),
  y: residentOf(batch.y),
  alternatives: batch.alternatives && residentOf(batch.alternatives),
  reference: batch.reference && residentOf(batch.reference),
});

const partsOf = ({ terms, batch }: RowObjective): Part[] =>
  (['forget', 'retain'] as const).flatMap((split) => {
    const own = terms.filter(({ term }) => term.on === split);
    return own.length > 0 ? partOf(batch(split), own) : [];
  });

/** The columns of a block as arrays. Made anew when the memory has moved or another network is at work. */
interface BlockViews {
  readonly workspace: Workspace;
  readonly memory: ArrayBufferLike;
  readonly logP: Float32Array;
  readonly logPAlternative: Float32Array;
  readonly logPReference: Float32Array;
  readonly logPReferenceAlternative: Float32Array;
  readonly rowWeights: Float32Array;
}

let views: BlockViews | undefined;

const viewsOf = (at: Workspace): BlockViews => {
  const { f32 } = at.heap;
  if (views?.workspace === at && views.memory === f32.buffer) return views;
  const view = (address: number): Float32Array => f32.subarray(address / 4, address / 4 + BLOCK);
  views = {
    workspace: at,
    memory: f32.buffer,
    logP: view(at.logP),
    logPAlternative: view(at.logPAlternative),
    logPReference: view(at.logPReference),
    logPReferenceAlternative: view(at.logPReferenceAlternative),
    rowWeights: view(at.rowWeights),
  };
  return views;
};

/** Some rows of a lane's batch: as many as go through the network at a time. */
interface Block {
  readonly k: number;
  readonly begin: number;
  readonly rows: number;
}

const blocksOf = ({ rows }: Part, k: number): Block[] =>
  Array.from({ length: Math.ceil(rows / BLOCK) }, (_, i) => ({
    k,
    begin: i * BLOCK,
    rows: Math.min(BLOCK, rows - i * BLOCK),
  }));

const pointsOf = (plan: Plan, part: Part, { k, begin }: Block): number =>
  part.x + (k * part.rows + begin) * plan.inputs * 4;

/** Forward and softmax. */
const runBlock = (plan: Plan, at: Workspace, part: Part, block: Block): void => {
  const { call } = at.heap;
  call.forward(at.plan, pointsOf(plan, part, block), block.rows);
  call.softmax(at.logits, block.rows, plan.classes, at.logitStride, at.logProbs, at.probs);
};

/** Adds the pulls of a block to `at.delta`, which holds nothing yet if `isFresh`: weights row by row. */
const pullBlock = (plan: Plan, at: Workspace, part: Part, { k, begin, rows }: Block, isFresh: boolean): void => {
  const { call } = at.heap;
  const { classes } = plan;
  const stride = at.logitStride;
  const row = k * part.rows + begin;
  const y = part.y + row * 4;
  const alternatives = part.alternatives === undefined ? undefined : part.alternatives + row * 4;
  const reference = part.reference === undefined ? undefined : part.reference + row * classes * 4;

  const { logP, logPAlternative, logPReference, logPReferenceAlternative, rowWeights } = viewsOf(at);
  call.pick(at.logProbs, rows, stride, y, at.logP);
  if (alternatives !== undefined) call.pick(at.logProbs, rows, stride, alternatives, at.logPAlternative);
  if (reference !== undefined) call.pick(reference, rows, classes, y, at.logPReference);
  const hasBoth = reference !== undefined && alternatives !== undefined;
  if (hasBoth) call.pick(reference, rows, classes, alternatives, at.logPReferenceAlternative);
  const columns: Columns = {
    logP,
    logPAlternative: alternatives === undefined ? undefined : logPAlternative,
    logPReference: reference === undefined ? undefined : logPReference,
    logPReferenceAlternative: hasBoth ? logPReferenceAlternative : undefined,
  };
  let isFirst = Number(isFresh);
  for (const { term, settings, scale } of part.pulls) {
    for (const pull of term.pulls as readonly Pull<unknown>[]) {
      weighRows(pull, settings[k], (scale?.[k] ?? 1) / part.rows, columns, rows, rowWeights);
      if (pull.towards === 'reference' || pull.towards === 'uniform') {
        const target = pull.towards === 'uniform' ? at.uniform : (reference ?? missing('the original model'));
        call.pullToOutput(at.delta, at.probs, rows, classes, stride, target, at.rowWeights, isFirst);
      } else {
        const labels = pull.towards === 'label' ? y : (alternatives ?? missing('alternative labels'));
        call.pullToLabel(at.delta, at.probs, rows, stride, labels, at.rowWeights, isFirst);
      }
      isFirst = 0;
    }
  }
};

/** dLoss/dLogits of the terms that look at the whole batch, [B * C]. The last block stays as it has run. */
const outputDelta = (plan: Plan, at: Workspace, part: Part, blocks: readonly Block[], k: number): Float32Array => {
  const { classes } = plan;
  const { batch, rows } = part;
  const size = rows * classes;
  const [logits, logProbs, probs, delta] = [0, 1, 2, 3].map(() => new Float32Array(size)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (const block of blocks) {
    runBlock(plan, at, part, block);
    copyOut(at, at.logits, at.logitStride, block.rows, classes, logits, block.begin);
    copyOut(at, at.logProbs, at.logitStride, block.rows, classes, logProbs, block.begin);
    copyOut(at, at.probs, at.logitStride, block.rows, classes, probs, block.begin);
  }
  const share = <T extends Float32Array | Int32Array>(tensor: tf.Tensor | undefined, length: number): T | undefined =>
    laneOf(tensor && (tf.valuesOf(tensor) as T), k, length);
  const outputs = outputsOf(
    { rows, classes, logits, logProbs, probs, labels: share(batch.y, rows) as Int32Array },
    {
      alternatives: share(batch.alternatives, rows),
      reference: share(batch.reference, size),
      teacher: share(batch.teacher, size),
    },
  );
  for (const term of part.outputs) addOutputTerm(term, outputs, k, delta);
  return delta;
};

/** Adds the gradient of one lane's batch of a split. */
const addPart = (plan: Plan, at: Workspace, part: Part, k: number): void => {
  const blocks = blocksOf(part, k);
  const delta = part.outputs.length > 0 ? outputDelta(plan, at, part, blocks, k) : undefined;
  for (const block of blocks) {
    if (!delta || blocks.length > 1) runBlock(plan, at, part, block);
    if (delta) copyIn(at, delta, block.begin, block.rows, plan.classes, at.delta);
    if (part.pulls.length > 0) pullBlock(plan, at, part, block, !delta);
    at.heap.call.backward(at.plan, pointsOf(plan, part, block), block.rows, 0);
  }
};

/** The gradient of one lane, left at `at.gradient`; its weights stay at `at.weights`. */
const laneGradient = (plan: Plan, at: Workspace, parts: readonly Part[], weights: Float32Array, k: number): void => {
  const { call } = at.heap;
  takeLane(at, weights, k, plan.size, true);
  call.zeroGradient(at.plan);
  for (const part of parts) addPart(plan, at, part, k);
  call.giveGradient(at.plan, at.gradient);
};

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
    const anchor = descent.mask && residentOf(descent.anchor);
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
      if (mask !== undefined && anchor !== undefined) {
        call.restore(at.weights, mask + offset, anchor + offset, P);
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
      const { call } = at.heap;
      const part = partOf(batch, []);
      const theta = floats(weights);
      return Float32Array.from({ length: weights.shape[0] as number }, (_, k) => {
        takeLane(at, theta, k, P, false);
        let sum = 0;
        for (const block of blocksOf(part, k)) {
          runBlock(plan, at, part, block);
          call.pick(at.logProbs, block.rows, at.logitStride, part.y + (k * part.rows + block.begin) * 4, at.logP);
          const { logP } = viewsOf(at);
          for (let i = 0; i < block.rows; i++) sum -= logP[i] as number;
        }
        return sum / part.rows;
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
