import { catalogue } from '../../text/language.ts';

export const words = catalogue('learn/gallery', {
  title: 'Experiments',
  hint: 'Every experiment asks a question. Open one, watch it, then change its main setting.',
  knob: (label: string) => `Main setting: ${label}`,
  size: (runs: number, seeds: number) =>
    `${runs} ${runs === 1 ? 'run' : 'runs'}, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`,
  more: (n: number) => `and ${n} more`,
} as const);
