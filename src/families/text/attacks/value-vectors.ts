// Value vectors: what each hidden unit adds to the logits of all words, its row of the last kernel. Those of the units that the
// forgotten facts use most are compared with the original's. Hong et al. 2024 (ConceptVectors), section 4.
import { attack, single } from '../../../engine/contracts/attack.ts';
import { bySubject, rowsOfAnswers, type TextAttackView } from './attacked.ts';
import { unitsByUse, valueVectorAt } from './units.ts';

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, one, i) => sum + one * (b[i] as number), 0);
const cosine = (a: Float32Array, b: Float32Array): number => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

export const valueVectors = attack({
  id: 'value-vectors',
  title: 'Value vectors',
  summary:
    'Looks into the weights instead of asking: are the vectors that the forgotten facts are said with still those of the original model?',
  citation: {
    authors: 'Hong, Yu, Ravfogel, Yang, Geva',
    title: 'Intrinsic Evaluation of Unlearning Using Parametric Knowledge Traces',
    year: 2024,
    url: 'https://arxiv.org/abs/2406.11614',
    where: 'ConceptVectors',
  },
  params: {
    units: {
      kind: 'int',
      label: 'Hidden units',
      help: 'Those that are more active on forgotten than on kept facts in the original model, so many of them.',
      default: 5,
      min: 1,
      max: 16,
    },
  },
  values: [
    {
      id: 'vectorCosine',
      title: 'Likeness of value vectors',
      summary: 'Mean cosine of the value vectors with the original model’s, over those units; 1 is untouched.',
      unit: 'fraction',
    },
    {
      id: 'weightsMoved',
      title: 'Weights moved',
      summary: 'Distance of all weights from the original model’s, divided by their length.',
      unit: 'fraction',
    },
  ],
  page: {
    lookFor:
      'Near 1: what the units say is where it was, and only the way to them has moved. The retrained model began at the same weights and ended elsewhere; fresh weights share nothing.',
  },
  work: (_, { forget }) => 2 * rowsOfAnswers(forget + 60),
  run: function* (view: TextAttackView, { units }) {
    const original = view.weights('original');
    const used = unitsByUse(view, 'original').slice(0, units);
    const size = Math.sqrt(dot(original, original));
    const values = bySubject((subject) => {
      const weights = view.weights(subject);
      const cosines = used.map((unit) => {
        const [from, to] = valueVectorAt(view, unit);
        return cosine(weights.subarray(from, to), original.subarray(from, to));
      });
      const way = weights.map((one, i) => one - (original[i] as number));
      return {
        vectorCosine: single(cosines.reduce((sum, one) => sum + Math.max(0, one), 0) / cosines.length),
        weightsMoved: single(Math.sqrt(dot(way, way)) / size),
      };
    });
    yield { done: 1, total: 1 };
    return { values, notes: [`The ${used.length} hidden units that are more active on forgotten than on kept facts.`] };
  },
});
