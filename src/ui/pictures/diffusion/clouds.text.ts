import { catalogue } from '../../text/language.ts';

/** The words around clouds of samples. */
export const words = catalogue('pictures/clouds', {
  large: 'Large',
  condition: (label: number, isErased: boolean) => (isErased ? `class ${label}, to be erased` : `class ${label}`),
  none: 'no class',
  legend:
    'Grey: where each class truly lies, up to three standard deviations; darker, the class asked for. Dots: samples of the model, always from the same noise.',
  arrows: 'Lines: from the original’s sample to this model’s from the same noise.',
  summary: (erased: string, nowhere: string, kept: string) =>
    `Asked for the erased class, ${erased} of the samples lie where it was and ${nowhere} in no class. Asked for another, ${kept} lie where they should.`,
  table: 'Samples that lie where they should',
  model: 'Model',
  nowhere: 'erased: in no class',
  waiting: 'no samples yet',
});
