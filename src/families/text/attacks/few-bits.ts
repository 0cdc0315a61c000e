// The weights as few bits would hold them: a small step away from the original that unlearning has taken may be rounded off.
// Zhang et al. 2024, section 4.
import { attack, single } from '../../../engine/contracts/attack.ts';
import { quantized } from '../quantize.ts';
import { valueShare } from '../view.ts';
import { bySubject, probabilityOf, rowsOfAnswers, SUBJECTS, sidesOf, type TextAttackView } from './attacked.ts';

/** Bits per weight, ascending; the last is as it is. */
const BITS = [3, 4, 8, 32] as const;
const FOUR = BITS.indexOf(4);

export const fewBits = attack({
  id: 'few-bits',
  title: 'Weights of few bits',
  summary: 'Rounds the weights to 8, 4 and 3 bits and asks again: does rounding bring back what was forgotten?',
  citation: {
    authors: 'Zhang, Wang, Li, Wu, Tang, Liu, He, Yin, Wang',
    title: 'Catastrophic Failure of LLM Unlearning via Quantization',
    year: 2024,
    url: 'https://arxiv.org/abs/2410.16454',
    where: 'section 4',
  },
  params: {},
  values: [
    {
      id: 'fourBitValue',
      title: 'Values at 4 bits',
      summary:
        'Share of the forgotten values that come out of 4-bit weights when the true words before them are given.',
      unit: 'fraction',
    },
    {
      id: 'fourBitRetain',
      title: 'Retain probability at 4 bits',
      summary: 'How likely the 4-bit model finds the answers that were to be kept, per word.',
      unit: 'fraction',
    },
    {
      id: 'bitsValue',
      title: 'Values as they are',
      summary: 'The first number by bits per weight; without rounding at the end.',
      unit: 'fraction',
    },
    {
      id: 'bitsRetain',
      title: 'Retain probability as it is',
      summary: 'The second number by bits per weight; without rounding at the end.',
      unit: 'fraction',
    },
  ],
  page: {
    lookFor:
      'In large models 4 bits bring much back (Zhang et al. 2024). Not here: this network suffers itself before anything returns. Compare what is forgotten with what was to be kept.',
    chart: { value: 'bitsValue', axis: 'Bits per weight; 32 is without rounding' },
  },
  work: (_, { forget }) => SUBJECTS.length * BITS.length * rowsOfAnswers(forget + 60),
  run: function* (view: TextAttackView) {
    const { dataset, model } = view;
    const { forget, retain } = sidesOf(view);
    let done = 0;
    const found = new Map<string, readonly { readonly value: number; readonly kept: number }[]>();
    for (const subject of SUBJECTS) {
      const each = [];
      for (const bits of BITS) {
        const whole = view.weights(subject);
        const readings = dataset.readings(bits === 32 ? whole : quantized(whole, model.layout, bits));
        each.push({
          value: valueShare(dataset, readings, forget, 'prefix'),
          kept: probabilityOf(readings, retain),
        });
        yield { done: ++done, total: SUBJECTS.length * BITS.length };
      }
      found.set(subject, each);
    }
    const values = bySubject((subject) => {
      const each = found.get(subject) ?? [];
      const over = (of: 'value' | 'kept') => ({ steps: [...BITS], values: each.map((one) => one[of]) });
      return {
        fourBitValue: single(each[FOUR]?.value ?? Number.NaN),
        fourBitRetain: single(each[FOUR]?.kept ?? Number.NaN),
        bitsValue: over('value'),
        bitsRetain: over('kept'),
      };
    });
    return { values, notes: ['Every table and kernel by its largest absolute weight, half to even; biases stay.'] };
  },
});
