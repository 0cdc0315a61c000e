import type { AttackSubject } from '../../../engine/contracts/attack.ts';
import { hiddenAt } from '../../../engine/network/serve.ts';
import { sidesOf, type TextAttackView } from './attacked.ts';

/** Mean activation of each hidden unit at the rows of some learned answers, [H]. */
const meanActivations = (
  { model, dataset }: TextAttackView,
  weights: Float32Array,
  items: readonly number[],
): number[] => {
  const windows = items.map((i) => dataset.library.windows(i, 'answer'));
  const rows = Int32Array.from(windows.flatMap(({ x }) => [...x]));
  const units = model.widths.at(-2) as number;
  const hidden = hiddenAt(model, weights, rows).at(-1) as Float32Array;
  const count = hidden.length / units;
  return Array.from({ length: units }, (_, unit) => {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += hidden[row * units + unit] as number;
    return sum / count;
  });
};

/** Hidden units by how much more active they are on the forget set than on the retain set, the most first. */
export const unitsByUse = (view: TextAttackView, subject: AttackSubject): readonly number[] => {
  const { forget, retain } = sidesOf(view);
  const weights = view.weights(subject);
  const [own, others] = [meanActivations(view, weights, forget), meanActivations(view, weights, retain)];
  const excess = own.map((activation, unit) => activation - (others[unit] as number));
  return excess.map((_, unit) => unit).sort((a, b) => (excess[b] as number) - (excess[a] as number) || a - b);
};

/** Where the value vector of a hidden unit stands in the weights: its row of the last kernel. */
export const valueVectorAt = (
  { model }: Pick<TextAttackView, 'model'>,
  unit: number,
): readonly [from: number, to: number] => {
  const kernel = model.layers.at(-1)?.kernel;
  const [, width = 0] = kernel?.shape ?? [];
  const from = (kernel?.offset ?? 0) + unit * width;
  return [from, from + width];
};
