import * as tf from '../base/tf.ts';
import type { RowObjective } from '../contracts/fused.ts';
import { CATEGORICAL, type RealHead, unitOf } from '../contracts/head.ts';
import type {
  AnyOutputTerm,
  AnyRowTerm,
  Batch,
  Columns,
  LaneOutputs,
  LaneTerm,
  Pull,
  Towards,
} from '../contracts/rows.ts';
import { areConstant, laneColumns, type RowLogs, rowLogs, type WeighedPull, weighed } from '../objective/columns.ts';
import { exampleOf, rowsIn } from '../objective/examples.ts';
import type { LaneRows } from '../objective/heads/lane-rows.ts';
import { addOutputTerm, hasOutputs, hasPulls, laneOf, outputsOf, realLane } from '../objective/row-gradient.ts';
import { missing, notUnder, weighRows } from '../objective/rows.ts';
import { residentOf } from './backend.ts';
import { backwardRows, copyIn, copyOut, enterRows, takeLane, zeroGradient } from './mlp-ops.ts';
import { BLOCK, type Plan, type Workspace } from './plan.ts';

/** The terms on one split, and where its batch is. Addresses of the first lane. */
export interface Part {
  readonly pulls: readonly LaneTerm<AnyRowTerm>[];
  /** Terms that look at the whole batch of a lane. */
  readonly outputs: readonly LaneTerm<AnyOutputTerm>[];
  readonly batch: Batch;
  readonly x: number;
  readonly y: number;
  readonly alternatives: number | undefined;
  readonly reference: number | undefined;
  /** The alternative examples of the batch. */
  readonly others: Part | undefined;
}

export const partOf = (batch: Batch, terms: readonly LaneTerm[]): Part => ({
  pulls: terms.filter(hasPulls),
  outputs: terms.filter(hasOutputs),
  batch,
  x: residentOf(batch.x),
  y: residentOf(batch.y),
  alternatives: batch.alternatives && residentOf(batch.alternatives),
  reference: batch.reference && residentOf(batch.reference),
  others: batch.alternativeExamples && partOf(batch.alternativeExamples, []),
});

export const partsOf = ({ terms, batch }: RowObjective): Part[] =>
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
  /** The first of them in the lane. */
  readonly begin: number;
  /** The first of them, counted over all lanes. */
  readonly row: number;
  readonly rows: number;
}

/** The rows of a lane that are no padding, a block at a time. */
const blocksOf = ({ batch }: Part, k: number): Block[] => {
  const rows = rowsIn(batch, k);
  return Array.from({ length: Math.ceil(rows / BLOCK) }, (_, i) => ({
    begin: i * BLOCK,
    row: k * batch.size + i * BLOCK,
    rows: Math.min(BLOCK, rows - i * BLOCK),
  }));
};

/** Where a block's rows are as they went into the first layer. */
const enteredAt = (plan: Plan, at: Workspace, part: Part, { row }: Block): number =>
  plan.embedding ? at.embedded : part.x + row * plan.inputs * 4;

/** Forward; the address of what went into the first layer. */
const forwardBlock = (plan: Plan, at: Workspace, part: Part, { row, rows }: Block): number => {
  const entered = enterRows(at, plan, part.x + row * plan.inputs * 4, rows);
  at.heap.call.forward(at.plan, entered, rows);
  return entered;
};

/** Forward and softmax. */
const runBlock = (plan: Plan, at: Workspace, part: Part, block: Block): number => {
  const entered = forwardBlock(plan, at, part, block);
  at.heap.call.softmax(at.logits, block.rows, plan.classes, at.logitStride, at.logProbs, at.probs);
  return entered;
};

const backBlock = (plan: Plan, at: Workspace, part: Part, { row, rows }: Block, entered: number): void =>
  backwardRows(at, plan, part.x + row * plan.inputs * 4, entered, rows, false);

/** Where the labels and outputs of a block's rows are. */
interface Addresses {
  readonly y: number;
  readonly alternatives: number | undefined;
  readonly reference: number | undefined;
}

const addressesOf = ({ classes }: Plan, part: Part, { row }: Block): Addresses => ({
  y: part.y + row * 4,
  alternatives: part.alternatives === undefined ? undefined : part.alternatives + row * 4,
  reference: part.reference === undefined ? undefined : part.reference + row * classes * 4,
});

/** log p of a block's targets, which has gone through softmax. */
const pickBlock = (plan: Plan, at: Workspace, { y, alternatives, reference }: Addresses, rows: number): Columns => {
  const { call } = at.heap;
  const { logP, logPAlternative, logPReference, logPReferenceAlternative } = viewsOf(at);
  call.pick(at.logProbs, rows, at.logitStride, y, at.logP);
  if (alternatives !== undefined) call.pick(at.logProbs, rows, at.logitStride, alternatives, at.logPAlternative);
  if (reference !== undefined) call.pick(reference, rows, plan.classes, y, at.logPReference);
  const hasBoth = reference !== undefined && alternatives !== undefined;
  if (hasBoth) call.pick(reference, rows, plan.classes, alternatives, at.logPReferenceAlternative);
  return {
    logP,
    logPAlternative: alternatives === undefined ? undefined : logPAlternative,
    logPReference: reference === undefined ? undefined : logPReference,
    logPReferenceAlternative: hasBoth ? logPReferenceAlternative : undefined,
  };
};

/** Adds one pull of a block, with its weights at `at.rowWeights`, to `at.delta`, which holds nothing yet if `isFirst`. */
const addPull = (
  plan: Plan,
  at: Workspace,
  { y, alternatives, reference }: Addresses,
  rows: number,
  towards: Towards,
  isFirst: boolean,
): void => {
  const { call } = at.heap;
  const fresh = Number(isFirst);
  if (towards === 'reference' || towards === 'uniform') {
    const target = towards === 'uniform' ? at.uniform : (reference ?? missing('the original model'));
    call.pullToOutput(at.delta, at.probs, rows, plan.classes, at.logitStride, target, at.rowWeights, fresh);
  } else {
    const labels = towards === 'label' ? y : (alternatives ?? missing('alternative labels'));
    call.pullToLabel(at.delta, at.probs, rows, at.logitStride, labels, at.rowWeights, fresh);
  }
};

/** Adds the pulls of a block of rows that are examples of their own to `at.delta`, which holds nothing yet if `isFresh`. */
const pullBlock = (plan: Plan, at: Workspace, part: Part, k: number, block: Block, isFresh: boolean): void => {
  const addresses = addressesOf(plan, part, block);
  const columns = pickBlock(plan, at, addresses, block.rows);
  const { rowWeights } = viewsOf(at);
  let isFirst = isFresh;
  for (const { term, settings, scale } of part.pulls) {
    for (const pull of term.pulls as readonly Pull<unknown>[]) {
      weighRows(pull, settings[k], (scale?.[k] ?? 1) / part.batch.size, columns, block.rows, rowWeights);
      addPull(plan, at, addresses, block.rows, pull.towards, isFirst);
      isFirst = false;
    }
  }
};

/** What the network says of a lane's rows. The last block stays as it has run. */
const laneOutputs = (plan: Plan, at: Workspace, part: Part, k: number, others?: LaneOutputs): LaneOutputs => {
  const { classes } = plan;
  const { batch } = part;
  const rows = rowsIn(batch, k);
  const size = rows * classes;
  const [logits, logProbs, probs] = [0, 1, 2].map(() => new Float32Array(size)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (const block of blocksOf(part, k)) {
    runBlock(plan, at, part, block);
    copyOut(at, at.logits, at.logitStride, block.rows, classes, logits, block.begin);
    copyOut(at, at.logProbs, at.logitStride, block.rows, classes, logProbs, block.begin);
    copyOut(at, at.probs, at.logitStride, block.rows, classes, probs, block.begin);
  }
  const share = <T extends Float32Array | Int32Array>(tensor: tf.Tensor | undefined, width: number): T | undefined =>
    laneOf(tensor && (tf.valuesOf(tensor) as T), k, batch.size * width)?.subarray(0, rows * width) as T | undefined;
  return outputsOf(
    { rows, classes, logits, logProbs, probs, labels: share(batch.y, 1) as Int32Array },
    {
      alternatives: share(batch.alternatives, 1),
      reference: share(batch.reference, classes),
      teacher: share(batch.teacher, classes),
    },
    { exampleOf: exampleOf(batch, k), others },
  );
};

/** dLoss/dLogits of the terms that look at the whole batch, [rows * C], and of its alternative examples. */
interface OutputDelta {
  readonly own: Float32Array;
  readonly others?: Float32Array;
}

/** The last block of the lane's own rows stays as it has run. */
const outputDelta = (plan: Plan, at: Workspace, part: Part, k: number): OutputDelta => {
  const others = part.others && laneOutputs(plan, at, part.others, k);
  const outputs = laneOutputs(plan, at, part, k, others);
  const own = new Float32Array(outputs.rows * plan.classes);
  const ofOthers = others && new Float32Array(others.rows * plan.classes);
  for (const term of part.outputs) addOutputTerm(term, outputs, k, own, ofOthers);
  return { own, ...(ofOthers && { others: ofOthers }) };
};

/** log p of every row of a lane, [rows] each. The last block stays as it has run. */
const laneLogs = (plan: Plan, at: Workspace, part: Part, k: number): RowLogs => {
  const rows = rowsIn(part.batch, k);
  const out: Record<string, Float32Array> = {};
  for (const block of blocksOf(part, k)) {
    runBlock(plan, at, part, block);
    for (const [name, values] of Object.entries(pickBlock(plan, at, addressesOf(plan, part, block), block.rows))) {
      if (!values) continue;
      out[name] ??= new Float32Array(rows);
      out[name].set(values.subarray(0, block.rows), block.begin);
    }
  }
  return out as unknown as RowLogs;
};

/** Adds the gradient of pulls whose weights are known. `isRun`: the last thing that went forward is the lane's only block. */
const followPulls = (
  plan: Plan,
  at: Workspace,
  part: Part,
  k: number,
  pulls: readonly WeighedPull[],
  { delta, isRun }: { readonly delta: Float32Array | undefined; readonly isRun: boolean },
): void => {
  for (const block of blocksOf(part, k)) {
    const entered = isRun ? enteredAt(plan, at, part, block) : runBlock(plan, at, part, block);
    if (delta) copyIn(at, delta, block.begin, block.rows, plan.classes, at.delta);
    const addresses = addressesOf(plan, part, block);
    pulls.forEach(({ towards, weights }, i) => {
      viewsOf(at).rowWeights.set(weights.subarray(block.begin, block.begin + block.rows));
      addPull(plan, at, addresses, block.rows, towards, i === 0 && !delta);
    });
    backBlock(plan, at, part, block, entered);
  }
};

/** The gradient of a lane whose examples have several rows: each one's log p is known before the first row is pulled. */
const addExamples = (plan: Plan, at: Workspace, part: Part, k: number): void => {
  const { batch, others, pulls, outputs } = part;
  const delta = outputs.length > 0 ? outputDelta(plan, at, part, k) : undefined;
  const isKnown = areConstant(pulls) && (pulls.length === 0 || !others);
  const nothing = { logP: new Float32Array(rowsIn(batch, k)) };
  const own = isKnown ? nothing : laneLogs(plan, at, part, k);
  const columns = laneColumns(batch, k, own, isKnown || !others ? undefined : laneLogs(plan, at, others, k));
  const found = weighed(pulls, batch, k, columns);
  const isRun = !isKnown && !others && blocksOf(part, k).length === 1;
  if (delta || found.own.length > 0) followPulls(plan, at, part, k, found.own, { delta: delta?.own, isRun });
  const ofOthers = delta?.others?.some((slope) => slope !== 0) ? delta.others : undefined;
  if (others && (ofOthers || found.others.length > 0))
    followPulls(plan, at, others, k, found.others, { delta: ofOthers, isRun: false });
};

/** What the network says of a lane's rows, [rows * O]. The last block stays as it has run. */
const outputsAt = (plan: Plan, at: Workspace, part: Part, k: number): Float32Array => {
  const out = new Float32Array(rowsIn(part.batch, k) * plan.classes);
  for (const block of blocksOf(part, k)) {
    forwardBlock(plan, at, part, block);
    copyOut(at, at.logits, at.logitStride, block.rows, plan.classes, out, block.begin);
  }
  return out;
};

/** Adds the gradient of pulls under a real head whose weights are known. */
const followReal = (
  plan: Plan,
  at: Workspace,
  part: Part,
  k: number,
  own: LaneRows,
  { pulls, isRun }: { readonly pulls: readonly WeighedPull[]; readonly isRun: boolean },
): void => {
  const delta = new Float32Array(own.rows * own.width);
  for (const { towards, weights } of pulls) own.pull(towards, weights, delta);
  for (const block of blocksOf(part, k)) {
    const entered = isRun ? enteredAt(plan, at, part, block) : forwardBlock(plan, at, part, block);
    copyIn(at, delta, block.begin, block.rows, plan.classes, at.delta);
    backBlock(plan, at, part, block, entered);
  }
};

/** The gradient of a lane under a real head. */
const addReal = (plan: Plan, at: Workspace, part: Part, k: number, head: RealHead): void => {
  const { batch, others, pulls } = part;
  if (part.outputs.length > 0) notUnder('real', 'probabilities of classes');
  const own = realLane(head, outputsAt(plan, at, part, k), batch, k);
  const other = others && realLane(head, outputsAt(plan, at, others, k), others.batch, k);
  const columns = laneColumns(batch, k, rowLogs(own, batch), other && others && rowLogs(other, others.batch));
  const found = weighed(pulls, batch, k, columns);
  const isRun = !others && blocksOf(part, k).length === 1;
  if (found.own.length > 0) followReal(plan, at, part, k, own, { pulls: found.own, isRun });
  if (others && other && found.others.length > 0) {
    followReal(plan, at, others, k, other, { pulls: found.others, isRun: false });
  }
};

/** The gradient of a lane whose rows are examples of their own. */
const addRows = (plan: Plan, at: Workspace, part: Part, k: number): void => {
  const blocks = blocksOf(part, k);
  const delta = part.outputs.length > 0 ? outputDelta(plan, at, part, k).own : undefined;
  for (const block of blocks) {
    const entered = !delta || blocks.length > 1 ? runBlock(plan, at, part, block) : enteredAt(plan, at, part, block);
    if (delta) copyIn(at, delta, block.begin, block.rows, plan.classes, at.delta);
    if (part.pulls.length > 0) pullBlock(plan, at, part, k, block, !delta);
    backBlock(plan, at, part, block, entered);
  }
};

/** Adds the gradient of one lane's batch of a split. */
const addPart = (plan: Plan, at: Workspace, part: Part, k: number): void => {
  const { head, examples, alternativeExamples } = part.batch;
  if (head?.kind === 'real') addReal(plan, at, part, k, head);
  else if (examples || alternativeExamples) addExamples(plan, at, part, k);
  else addRows(plan, at, part, k);
};

/** The gradient of one lane, left at `at.gradient`; its weights stay at `at.weights`. */
export const laneGradient = (
  plan: Plan,
  at: Workspace,
  parts: readonly Part[],
  weights: Float32Array,
  k: number,
): void => {
  const { call } = at.heap;
  takeLane(at, weights, k, plan.size, true);
  zeroGradient(at, plan);
  for (const part of parts) addPart(plan, at, part, k);
  call.giveGradient(at.plan, at.gradient);
};

/** The mean -log p of a lane's rows, in the units of its head. Its weights must be there. */
export const laneLoss = (plan: Plan, at: Workspace, part: Part, k: number): number => {
  const { batch } = part;
  const { head } = batch;
  const isReal = head?.kind === 'real';
  const { logP } = isReal
    ? rowLogs(realLane(head, outputsAt(plan, at, part, k), batch, k), batch)
    : laneLogs(plan, at, part, k);
  let sum = 0;
  for (const own of logP) sum -= own;
  return (unitOf(head ?? CATEGORICAL) * sum) / rowsIn(batch, k);
};
