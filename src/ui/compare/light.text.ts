import { catalogue } from '../text/language.ts';
import { className } from '../theme/palette.ts';

/** The words of the lit point. */
export const lightText = catalogue('compare/light', {
  label: 'Point lit in every panel: arrow keys go from point to point',
  none: 'no point',
  /** A model's probability of the point's own class. */
  reading: (label: number, probability: string) => `P(${className(label)}) ${probability}`,
  point: (index: number, label: number, isForget: boolean) =>
    `Point ${index}, class ${className(label)}, ${isForget ? 'to be forgotten' : 'retained'}`,
  model: (name: string, probability: string) => `${name} ${probability}`,
});
