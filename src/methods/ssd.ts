// Where F_forget > α F_all:  θ <- θ min(λ F_all / F_forget, 1), with F the mean squared gradient of the cross-entropy: weights
// that matter far more to the forget set than to all data are dampened, once, without training. Foster et al., AAAI 2024,
// eqs. 3, 4; if-loops/selective-synaptic-dampening, src/ssd.py. The paper's F is over single examples; the code squares the
// mean gradient of each batch, so that its result depends on the batch size; its data are the retain set and then the forget set.

import type { ParamSchema } from '../engine/base/schema.ts';
import type { LaneView } from '../engine/contracts/lane-view.ts';
import type { LaneValues } from '../engine/contracts/method.ts';
import type { Split } from '../engine/contracts/rows.ts';
import { editMethod } from '../engine/method-kinds.ts';
import { linearized } from '../engine/network/linearize.ts';
import { slopesFor } from '../engine/objective/slopes.ts';

const params = {
  selection: {
    kind: 'number',
    label: 'Selection weight',
    symbol: 'α',
    help: 'How many times more a weight must matter to the forget set than to all data to be dampened.',
    paperName: 'selection_weighting',
    default: 2,
    min: 0.1,
    max: 100,
    scale: 'log',
  },
  dampening: {
    kind: 'number',
    label: 'Dampening constant',
    symbol: 'λ',
    help: 'How much of a selected weight is left, times the ratio of its importances. 0 removes it.',
    paperName: 'dampening_constant',
    default: 1,
    min: 0,
    max: 10,
    scale: 'linear',
  },
  importance: {
    kind: 'choice',
    label: 'Importance',
    help: '"per example" squares the gradient of each example, as in the paper. "as in the authors’ code" squares the mean gradient of each batch, which depends on the batch size.',
    default: 'per example',
    options: ['per example', 'as in the authors’ code'],
  },
  batchSize: {
    kind: 'int',
    label: 'Batch size of the importance',
    help: 'Examples per gradient, where importance is as in the authors’ code; otherwise without effect.',
    default: 64,
    min: 1,
    max: 10_000,
  },
} as const satisfies ParamSchema;
type Values = LaneValues<typeof params>;

const slopesOn = (lane: LaneView, split: Split): Float32Array =>
  slopesFor(lane.logits(split), lane.rows(split).y, lane.model.classes);

/** The mean over batches of the squared mean gradient, over some splits one after the other. */
const ofBatches = (lane: LaneView, splits: readonly Split[], batchSize: number): Float64Array => {
  const { model } = lane;
  const x = Float32Array.from(splits.flatMap((split) => [...lane.rows(split).x]));
  const slopes = Float64Array.from(splits.flatMap((split) => [...slopesOn(lane, split)]));
  const rows = x.length / model.inputs;
  const sum = new Float64Array(model.size);
  for (let from = 0; from < rows; from += batchSize) {
    const to = Math.min(rows, from + batchSize);
    const at = linearized(model, lane.original(), x.slice(from * model.inputs, to * model.inputs));
    const own = slopes.slice(from * model.classes, to * model.classes).map((s) => s / (to - from));
    at.pull(own).forEach((g, i) => {
      sum[i] = (sum[i] as number) + g * g;
    });
  }
  return sum.map((square) => square / Math.ceil(rows / batchSize));
};

/** How much each weight matters to the forget set and to all data, [P] both. */
export const importances = (lane: LaneView, { importance, batchSize }: Pick<Values, 'importance' | 'batchSize'>) => {
  if (importance !== 'per example') {
    return {
      forget: ofBatches(lane, ['forget'], batchSize),
      all: ofBatches(lane, ['retain', 'forget'], batchSize),
    };
  }
  const [f, r] = [lane.rows('forget').count, lane.rows('retain').count];
  const forget = lane.meanSquares('forget', slopesOn(lane, 'forget'));
  const retain = lane.meanSquares('retain', slopesOn(lane, 'retain'));
  return { forget, all: forget.map((value, i) => (f * value + r * (retain[i] as number)) / (f + r)) };
};

/** What each weight is multiplied by, [P]; undefined where it is not selected. */
const factors = (lane: LaneView, settings: Values): (number | undefined)[] => {
  const { forget, all } = importances(lane, settings);
  return Array.from(forget, (f, i) => {
    const d = all[i] as number;
    return f > settings.selection * d ? Math.min((settings.dampening * d) / f, 1) : undefined;
  });
};

export default editMethod({
  id: 'ssd',
  title: 'Selective synaptic dampening (SSD)',
  short: 'SSD',
  summary: 'Shrinks, once, the weights that matter much more to the forget set than to all data.',
  formula: 'θ ← θ · min(λ F_D / F_f, 1) where F_f > α F_D',
  page: {
    idea: 'Measure how much each weight matters to the forget set and to everything. Where the first is much larger, turn the weight down in proportion. No training.',
    tex: String.raw`\theta_i\leftarrow\theta_i\cdot\min\Big(\lambda\frac{F_{D,i}}{F_{f,i}},\,1\Big)\quad\text{where}\quad F_{f,i}>\alpha\,F_{D,i}`,
    lookFor:
      'One step does it all. The results say how many weights were dampened; lower α and watch forgetting and damage grow together.',
    failsWhen:
      'All data contain the forget set, so F_D ≥ (n_f/n) F_f: from α = n/n_f on nothing is selected and nothing happens. Small networks share their weights, so the damage is large.',
  },
  citation: {
    authors: 'Foster, Schoepf, Brintrup',
    title: 'Fast Machine Unlearning Without Retraining Through Selective Synaptic Dampening',
    year: 2024,
    url: 'https://arxiv.org/abs/2308.07707',
    where: 'eqs. 3 and 4',
  },
  needs: ['forget', 'retain', 'original'],
  params,
  recipes: [],
  edit: (lane, settings) => {
    const kept = factors(lane, settings);
    return lane.original().map((weight, i) => weight * (kept[i] ?? 1));
  },
  /** How many weights were dampened. */
  account: (lane, _model, settings) => ({
    dampened: factors(lane, settings).filter((factor) => factor !== undefined).length,
  }),
});
