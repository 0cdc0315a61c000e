// Has the model been destroyed, rather than taught to forget? Any of:
// retain accuracy below max(1.2/C, half of the original's); more than 90 % of all fresh points in one class (C >= 3);
// mean largest |logit| above 50 while retain accuracy is below the original's. Non-finite numbers never reach a metric:
// the runner freezes such a lane and reports it as diverged.
import { accuracy, argmax, type EvalView, type Metric, meanOver } from '../engine/contracts/metric.ts';

/** Share of the most frequent prediction on the test set. */
const modeShare = (view: EvalView): number => {
  const { data, shape } = view.logits('test');
  const rows = shape[0] ?? 0;
  const counts = new Int32Array(view.classes);
  for (let row = 0; row < rows; row++) {
    const winner = argmax(data, row * view.classes, view.classes);
    counts[winner] = (counts[winner] as number) + 1;
  }
  return Math.max(...counts) / rows;
};

const meanLargestLogit = (view: EvalView): number => {
  const { data, shape } = view.logits('test');
  return meanOver(shape[0] ?? 0, (row) => {
    let largest = 0;
    for (let c = row * view.classes; c < (row + 1) * view.classes; c++) {
      largest = Math.max(largest, Math.abs(data[c] as number));
    }
    return largest;
  });
};

const metric: Metric = {
  id: 'collapsed',
  title: 'Collapsed',
  summary: '1 once the model is wrecked: it has lost half of what it should keep, or answers nearly everything alike.',
  formula:
    '1 if RA < max(1.2 / K, ½ RA_original), or one class takes more than 0.9 of D_t (K ≥ 3), or mean max_k |z_k| > 50 with RA below the original’s; else 0',
  citation: {
    authors: 'Zhang, Lin, Bai, Mei',
    title: 'Negative Preference Optimization: From Catastrophic Collapse to Effective Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2404.05868',
    where: 'section 3.2, catastrophic collapse',
  },
  unit: 'flag',
  better: 'lower',
  compute: (view) => {
    const now = accuracy(view, 'retain');
    const before = accuracy(view, 'retain', 'original');
    if (now < Math.max(1.2 / view.classes, 0.5 * before)) return 1;
    if (view.classes >= 3 && modeShare(view) > 0.9) return 1;
    return meanLargestLogit(view) > 50 && now < before ? 1 : 0;
  },
};
export default metric;
