// Where F_forget > α F_all:  θ <- θ min(λ F_all / F_forget, 1), with F the mean squared gradient of the cross-entropy: weights
// that matter far more to the forget set than to all data are dampened, once, without training. Foster et al., AAAI 2024,
// eqs. 3, 4; if-loops/selective-synaptic-dampening, src/ssd.py. The paper's F is over single examples; the code squares the
// mean gradient of a batch, so that its result depends on the batch size.
import { editMethod } from '../engine/doors.ts';
import type { LaneView } from '../engine/lane-view.ts';
import type { Split } from '../engine/method.ts';
import { slopesFor } from '../engine/slopes.ts';

/** The importance of every weight to a split at θ_o, [P]. */
const importanceOf = (lane: LaneView, split: Split): Float32Array =>
  lane.meanSquares(split, slopesFor(lane.logits(split), lane.rows(split).y, lane.model.classes));

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
      'One step does it all. The results tell how many weights were dampened; move α and watch forgetting and damage grow together.',
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
  params: {
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
      help: '"per example" squares the gradient of each example, as in the paper. "as in the authors’ code" squares the mean gradient of a whole set, which depends on its size.',
      default: 'per example',
      options: ['per example', 'as in the authors’ code'],
    },
  },
  recipes: [],
  edit: (lane, { selection, dampening, importance }) => {
    const counts = [lane.rows('forget').count, lane.rows('retain').count] as const;
    const share = counts[0] / (counts[0] + counts[1]);
    const of = (forget: Float32Array, retain: Float32Array) =>
      forget.map((f, i) => share * f + (1 - share) * (retain[i] as number));
    let [forget, all]: Float32Array[] = [];
    if (importance === 'per example') {
      forget = importanceOf(lane, 'forget');
      all = of(forget, importanceOf(lane, 'retain'));
    } else {
      const gradient = lane.gradient('forget');
      all = of(gradient, lane.gradient('retain')).map((g) => g * g);
      forget = gradient.map((g) => g * g);
    }
    return lane.original().map((weight, i) => {
      const [f, d] = [forget[i] as number, all[i] as number];
      return f > selection * d ? weight * Math.min((dampening * d) / f, 1) : weight;
    });
  },
});
