import { argmax, type Metric } from '../engine/contracts/metric.ts';
import { probabilities } from './shared/agreement.ts';

const BINS = 10;

const metric: Metric = {
  id: 'calibrationError',
  title: 'Calibration error (ECE)',
  summary: 'How far confidence and accuracy lie apart on the test set, in ten bins of confidence of equal width.',
  formula: 'Σ_b (n_b / n) |acc_b − conf_b| over 10 bins of equal width of max_k p_k on D_t',
  citation: {
    authors: 'Guo, Pleiss, Sun, Weinberger',
    title: 'On Calibration of Modern Neural Networks',
    year: 2017,
    url: 'https://arxiv.org/abs/1706.04599',
    where: 'equation 3',
  },
  unit: 'fraction',
  better: 'lower',
  when: 'last',
  undefinedWhen: 'Needs test points.',
  compute: (view) => {
    const labels = view.labels('test');
    const p = probabilities(view, 'test');
    const { data: logits } = view.logits('test');
    const [gap, C] = [new Float64Array(BINS), view.classes];
    labels.forEach((label, row) => {
      const winner = argmax(logits, row * C, C);
      const confidence = p[row * C + winner] as number;
      const bin = Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1));
      gap[bin] = (gap[bin] as number) + (winner === label ? 1 : 0) - confidence;
    });
    return labels.length === 0 ? Number.NaN : gap.reduce((sum, one) => sum + Math.abs(one), 0) / labels.length;
  },
};
export default metric;
