import { counted } from '../format.ts';
import { catalogue } from '../text/language.ts';

/** The words of the trade-off plane's other face. */
export const words = catalogue('charts/face', {
  x: (title: string, n: string) => `${title}, n = ${n}`,
  counts: (n: number) => counted(n, 'question'),
  legend: (n: number) => (n === 1 ? '★ retrained, □ original' : '★ retrained, □ original; thin: single seeds'),
  help: 'The figure of the NPO paper: what a model is still good for against how little its truth ratios on the forget set differ from the retrained model’s, as the exponent of a p-value. Each path goes through the steps; dots stand at a tenth, a fifth, half and all of them. Right of the dashed line the paper speaks of success. With few questions p can hardly fall: look at n. Medians over the seeds.',
  summary: (ends: string, retrained: string) =>
    `At the last recorded step, exponent of forget quality and utility: ${ends}. The retrained model: 0 and ${retrained}.`,
  none: 'Nothing has been computed yet.',
  end: (label: string, x: string, y: string) => `${label} ${x} / ${y}`,
  point: (step: number, x: string, y: string) => `step ${step}, exponent ${x}, utility ${y}`,
  step: 'Step',
});
