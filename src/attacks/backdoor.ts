// Stamps the trigger on clean points and counts how many of them change over to the attacker's class.
// Gu, Dolan-Gavitt, Garg, "BadNets", 2017, section 4; Goel et al., "Corrective Machine Unlearning", 2024.

import { SimError } from '../engine/base/errors.ts';
import { type AttackSubject, attack, single } from '../engine/contracts/attack.ts';
import { accuracyOn, pickPoints } from '../engine/contracts/attack-rows.ts';
import type { Dataset, Trigger } from '../engine/contracts/dataset.ts';

const SUBJECTS: readonly AttackSubject[] = ['unlearned', 'original', 'retrained', 'fresh'];

const triggerOf = ({ trigger }: Dataset): Trigger => {
  if (!trigger) throw new SimError('attack/refused', 'There is no trigger.');
  return trigger;
};

export default attack({
  id: 'backdoor',
  title: 'Backdoor',
  summary:
    'Stamps the trigger on clean test points and counts how many are given the attacker’s class. Retraining without the poisoned points that were found is not the aim here: those that were missed keep the door open.',
  citation: {
    authors: 'Goel, Prabhu, Torr, Kumaraguru, Sanyal',
    title: 'Corrective Machine Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2402.14015',
    where: 'poisoning',
  },
  params: {},
  values: [
    {
      id: 'backdoorSuccess',
      title: 'Attack success',
      summary: 'Share of clean test points of other classes that the trigger turns into the attacker’s class.',
      unit: 'fraction',
    },
    {
      id: 'cleanAccuracy',
      title: 'Clean accuracy',
      summary: 'Share of the test points without a trigger that the model gets right.',
      unit: 'fraction',
    },
  ],
  work: (_, { forget, retain }) => SUBJECTS.length * 2 * (forget + retain),
  refuses: ({ dataset }) =>
    dataset.trigger ? undefined : 'There is no trigger, or the network does not see the points themselves.',
  run: function* (view) {
    const { model, dataset } = view;
    const { coordinates, value, target, test: carried } = triggerOf(dataset);
    const D = dataset.inputs;
    const marked = new Set(carried);
    const everything = Int32Array.from(dataset.test.y, (_, i) => i);
    const clean = pickPoints(
      dataset.test,
      everything.filter((i) => !marked.has(i)),
      D,
    );
    const others = pickPoints(
      clean,
      Int32Array.from(clean.y, (_, i) => i).filter((i) => clean.y[i] !== target),
      D,
    );
    const x = others.x.slice();
    others.y.forEach((_, row) => {
      for (const d of coordinates) x[row * D + d] = value;
    });
    const stamped = { x, y: others.y.map(() => target) };
    const values = SUBJECTS.map((subject) => {
      const weights = view.weights(subject);
      const backdoorSuccess = single(accuracyOn(model, weights, stamped));
      return [subject, { backdoorSuccess, cleanAccuracy: single(accuracyOn(model, weights, clean)) }];
    });
    yield { done: 1, total: 1 };
    return {
      values: Object.fromEntries(values),
      notes: [`${others.y.length} clean test points with the trigger, ${clean.y.length} without.`],
    };
  },
});
