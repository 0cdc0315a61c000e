/** The words of the trade-off plane's front and of pinned results; a part of the catalogue in text.ts. */
export const plane = {
  pin: 'Pin result',
  pinRun: (name: string) => `Pin result of ${name}`,
  pinHint: 'Keeps this result in the charts as a gray line when the settings change',
  pinsFull: (most: number) => `At most ${most} results are pinned: remove one first`,
  fan: (symbol: string) => `Fan ${symbol}`,
  fanRun: (symbol: string, name: string, label: string) =>
    `Fan ${symbol}: copies of ${name} with other values of ${label}`,
  fanHint: (label: string, values: string) => `Adds a copy of the run for each of these values of ${label}: ${values}`,
  fanFull: 'No room for that many more runs: remove some, or take fewer seeds',
  keys: (title: string) => `${title}: arrow keys go from point to point and from line to line`,
  keysPick: (title: string) =>
    `${title}: arrow keys go from point to point and from line to line, Enter moves the clock there`,
  sound: 'Hear how much each run keeps: higher is more; the runs stand from left to right',
  keysNone: 'no point',
  point: (step: number, forget: string, keep: string) => `step ${step}, forget ${forget}, keep ${keep}`,
  pins: 'Pinned results',
  unpin: (name: string) => `Remove the pinned ${name}`,
  seeds: (n: number) => (n === 1 ? 'one seed' : `median of ${n} seeds`),
  fits: {
    'other-data': 'from other points or another forget set: not drawn',
    'other-training': 'from another network or training',
  },
  pinned: (name: string) => `${name} (pinned)`,
  frontHint:
    'The thin dashed line is the Pareto front at this step: of what lies under it, another result keeps more and is at least as near to the retrained model on the forget set. Forgetting more than the retrained model is no gain.',
  frontSummary: (names: string) => `Not beaten by any other at the end: ${names}.`,
};
