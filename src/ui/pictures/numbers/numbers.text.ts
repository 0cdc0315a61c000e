import { catalogue } from '../../text/language.ts';

export const words = catalogue('pictures/numbers', {
  legend: 'Circles: pairs to keep. Crosses: pairs to forget; where they lie is shaded.',
  lines: 'Thin: the curve behind the data. Dashed: the retrained model.',
  bands: (seeds: number) =>
    `Bands: the lowest and the highest of ${seeds} seeds, of the model in its color, of the retrained one in gray.`,
  surface: 'Color: what the model says. Crosses: pairs to forget.',
  scale: (low: string, high: string) => `From ${low} (blue) to ${high} (orange).`,
  place: 'Place x',
  across: 'Place x₁',
  up: 'x₂',
  says: (value: string) => `says ${value}`,
  between: (low: string, high: string) => `${low} to ${high}`,
  at: (place: string) => `x = ${place}`,
  draw: 'Draw the forget set',
  drawHint:
    'Draw a line around the pairs that are to be forgotten, in any panel. The corners can be written in the form, too.',
  drawing: 'Draw around the pairs',
  table: 'What the models say, as a table',
  column: 'x',
  truth: 'Behind the data',
});
