// Takes away what the hidden units add that the forgotten facts use most, one unit after the other, beside as many drawn by lot: does
// what was forgotten go with them, or come back? After Hong et al. 2024 (ConceptVectors), which does so to single value vectors.
import { foldIn, permutation } from '../../../engine/base/random.ts';
import { type AttackSubject, attack } from '../../../engine/contracts/attack.ts';
import { valueShare } from '../view.ts';
import { bySubject, rowsOfAnswers, SUBJECTS, sidesOf, type TextAttackView, truthOf } from './attacked.ts';
import { unitsByUse, valueVectorAt } from './units.ts';

const without = (view: TextAttackView, subject: AttackSubject, units: readonly number[]): Float32Array => {
  const weights = view.weights(subject).slice();
  for (const unit of units) weights.fill(0, ...valueVectorAt(view, unit));
  return weights;
};

export const zeroedUnits = attack({
  id: 'zeroed-units',
  title: 'Hidden units taken away',
  summary:
    'Silences the hidden units that the forgotten facts use most, and as many others by lot: does a unit carry an author, or does one hide them?',
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
      help: 'How many are silenced in the end.',
      default: 4,
      min: 1,
      max: 12,
    },
  },
  values: [
    {
      id: 'zeroedValue',
      title: 'Forgotten values left',
      summary:
        'Share of the forgotten values that come out when the true words before them are given, by units silenced.',
      unit: 'fraction',
    },
    {
      id: 'zeroedByLot',
      title: 'The same by lot',
      summary: 'The same where the silenced units are drawn by lot.',
      unit: 'fraction',
    },
    {
      id: 'zeroedRetain',
      title: 'Kept facts left',
      summary: 'Share of kept facts that are still answered truly, by units silenced.',
      unit: 'fraction',
    },
  ],
  page: {
    lookFor:
      'In the original model no single unit carries an author: chosen ones cost the forgotten facts more than units by lot, and the others hardly less. In an unlearned model a rise would be a unit that hides something.',
    chart: { value: 'zeroedValue', axis: 'Units silenced' },
  },
  work: ({ units }, { forget }) => SUBJECTS.length * (units + 1) * rowsOfAnswers(2 * forget + 60),
  run: function* (view: TextAttackView, { units }) {
    const { dataset, model, key } = view;
    const { forget, retain } = sidesOf(view);
    const width = model.widths.at(-2) as number;
    const counts = Array.from({ length: Math.min(units, width) + 1 }, (_, n) => n);
    const lot = [...permutation(foldIn(key, 'units'), width)];
    const total = SUBJECTS.length * counts.length;
    const found = new Map<AttackSubject, Record<'chosen' | 'byLot' | 'kept', number[]>>();
    for (const subject of SUBJECTS) {
      const used = unitsByUse(view, subject);
      const own: Record<'chosen' | 'byLot' | 'kept', number[]> = { chosen: [], byLot: [], kept: [] };
      found.set(subject, own);
      for (const n of counts) {
        const [chosen, drawn] = [used, lot].map((order) => dataset.readings(without(view, subject, order.slice(0, n))));
        if (!chosen || !drawn) continue;
        own.chosen.push(valueShare(dataset, chosen, forget, 'prefix'));
        own.byLot.push(valueShare(dataset, drawn, forget, 'prefix'));
        own.kept.push(truthOf(dataset, chosen, retain));
        yield { done: SUBJECTS.indexOf(subject) * counts.length + n + 1, total };
      }
    }
    const values = bySubject((subject) => {
      const own = found.get(subject);
      const over = (numbers: readonly number[] = []) => ({ steps: counts, values: numbers });
      return { zeroedValue: over(own?.chosen), zeroedByLot: over(own?.byLot), zeroedRetain: over(own?.kept) };
    });
    return {
      values,
      notes: ['Each model’s own units, those first that are more active on forgotten than on kept facts.'],
    };
  },
});
