import { catalogue } from '../../text/language.ts';

export const words = catalogue('learn/gallery', {
  title: 'Experiments',
  hint: 'Every preset asks a question. Open one, watch it, then turn its knob.',
  knob: (label: string) => `Knob: ${label}`,
  size: (runs: number, seeds: number) =>
    `${runs} ${runs === 1 ? 'run' : 'runs'}, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`,
  more: (n: number) => `and ${n} more`,
} as const);
