// L = E_forget[CE(t, p)] with an uninformed target t. A classifier has no token for "I don't know", so t is one of:
//   "drawn label"   e_ỹ, ỹ uniform over the classes, drawn once (licong-lin/negative-preference-optimization, synthetic/
//                   finetune.py draws a fair coin); ỹ may be the true label
//   "uniform"       1/C
//   "spare class"   the class that no training point carries (a generator's option)
// After Maini et al. 2024 (TOFU), IDK; uniform targets as in Golatkar et al. 2020. Where an answer has words, t is a refusal, and
// the loss is either a mean over its words beside the retain term's own, or one mean over the words of refusals and retained
// answers together (licong-lin/negative-preference-optimization, TOFU/dataloader.py, idk).

import { log } from '../engine/base/math.ts';
import type { Citation } from '../engine/base/schema.ts';
import * as tf from '../engine/base/tf.ts';
import { rowMethod } from '../engine/method-kinds.ts';
import { answersOf } from './shared/uninformed-answers.ts';

const citation: Citation = {
  authors: 'Maini, Feng, Schwarzschild, Lipton, Kolter',
  title: 'TOFU: A Task of Fictitious Unlearning for LLMs',
  year: 2024,
  url: 'https://arxiv.org/abs/2401.06121',
  where: 'IDK fine-tuning',
};

export default rowMethod({
  id: 'idk',
  title: 'I don’t know (IDK)',
  short: 'IDK',
  summary:
    'Trains the forget set towards an uninformed answer: a label drawn once, all classes alike, or a class kept free for it.',
  formula: 'L = E_forget[CE(t, p)], t uninformed',
  page: {
    idea: 'Teach the model to answer "I don’t know". What that means for a classifier has to be chosen: any label, all labels alike, or an extra class.',
    tex: String.raw`\mathcal L=\mathbb{E}_{f}\big[\mathrm{CE}(t,\,p)\big],\qquad t\in\{\,e_{\tilde y},\ \tfrac1C\mathbf 1,\ e_{\text{spare}}\,\}`,
    lookFor:
      'The change is large, quick and bounded. With the uniform target the entropy on the forget set rises far above that of a retrained model.',
    failsWhen:
      'A retrained model does not answer "I don’t know" either: it generalizes. Refusing what others get right tells everybody what was deleted.',
  },
  citation,
  needs: ['forget', 'alternativeLabels'],
  sequences: true,
  start: 'original',
  schedule: 'iterative',
  params: {
    target: {
      kind: 'choice',
      label: 'Uninformed answer',
      help: '"drawn label": one class per example, drawn once, perhaps the true one. "uniform": all classes alike. "spare class": needs data with a class that no point has.',
      default: 'drawn label',
      options: ['drawn label', 'uniform', 'spare class'],
    },
  },
  sequenceParams: {
    target: null,
    form: {
      kind: 'choice',
      label: 'Mean',
      help: '"one for each": the mean over refusals and α times that over retained answers. "one for both": the mean over all their words together, as in the code of NPO; with α = 1 each word counts alike.',
      default: 'one for each',
      options: ['one for each', 'one for both'],
    },
  },
  recipes: [
    {
      id: 'idk-rt',
      title: 'I don’t know with retain term (IDK+RT)',
      short: 'IDK+RT',
      summary: 'An uninformed answer on the forget set, true labels on the retain set.',
      citation,
      retain: { kind: 'ce' },
    },
  ],
  terms: [
    {
      on: 'forget',
      of: 'alternatives',
      pulls: [
        { towards: 'alternative', weight: (_, { target }) => (target === 'uniform' ? 0 : 1) },
        { towards: 'uniform', weight: (_, { target }) => (target === 'uniform' ? 1 : 0) },
      ],
      loss: (rows, { target }) =>
        target === 'uniform'
          ? tf.sub(tf.neg(tf.mean(rows.logProbs, -1)), log(rows.logProbs.shape[2] as number)) // KL(1/C ‖ p)
          : tf.neg(rows.rowLogPAlternative),
    },
  ],
  isPooled: ({ form }) => form === 'one for both',
  alternatives: ({ target }) => answersOf(target, 'target'),
});
