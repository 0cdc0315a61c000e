import { catalogue } from '../../text/language.ts';

const seconds = (ms: number): string => {
  const s = Math.max(1, Math.round(ms / 1000));
  return s >= 90 ? `${Math.round(s / 60)} min` : `${s} s`;
};

/** The words that all sections of the Attack room share. */
export const words = catalogue('attack/attack', {
  settings: 'Settings of the attack',
  target: (step: number) => `Attack at step ${step}:`,
  targetHint: 'Each button attacks the weights that the run has at the step on the clock.',
  seeds: (n: number) => (n === 1 ? '1 seed' : `${n} seeds`),
  shownSeed: (seed: number) => `seed ${seed} only, because it trains many models`,
  at: (label: string, step: number) => `${label} at step ${step}`,
  progress: (label: string) => `Attack on ${label}`,
  left: (ms: number | null) => (ms === null ? 'starting …' : `about ${seconds(ms)} left`),
  pause: 'Pause',
  resume: 'Continue',
  stop: 'Stop',
  clear: 'Clear',
  paused: 'paused',
  wait: 'There is nothing to attack yet: the run is still being computed.',
  subjects: {
    unlearned: 'unlearned',
    original: 'original',
    retrained: 'retrained',
    fresh: 'fresh weights',
  },
  table: 'What the attacks found',
  model: 'Model',
  none: '–',
  above: (most: number) => `> ${most}`,
  failed: (message: string) => `The attack could not run: ${message}`,
  empty: 'Choose a run above to attack it.',
  all: 'All runs',
  found: (what: string, runs: string) => `${what}: ${runs}.`,
  goal: (value: string) => `The retrained model: ${value}.`,
  nearest: (run: string) => `${run} comes closest to it.`,
});
