/** The words of the trade-off plane's front and of pinned results; a part of the catalogue in text.ts. */
export const plane = {
  pin: 'Pin this result',
  pinRun: (name: string) => `Pin this result: ${name}`,
  pinHint: 'Keeps this result in the charts as a gray line while you change the settings',
  pinsFull: (most: number) => `${most} results are pinned, which is the most: remove one first`,
  fan: (symbol: string) => `Compare several ${symbol}`,
  fanRun: (symbol: string, name: string, label: string) =>
    `Compare several ${symbol}: copies of ${name} with other values of ${label}`,
  fanHint: (label: string, values: string) => `Adds a copy of the run for each of these values of ${label}: ${values}`,
  fanFull: 'There is no room for that many more runs: remove some, or use fewer seeds',
  keys: (title: string) => `${title}: arrow keys go from point to point and from line to line`,
  keysPick: (title: string) =>
    `${title}: arrow keys go from point to point and from line to line, Enter moves the clock there`,
  sound: 'Hear how much each run keeps: the higher, the more; the runs sound from left to right',
  keysNone: 'no point',
  point: (step: number, forget: string, keep: string) => `step ${step}, forget ${forget}, keep ${keep}`,
  pins: 'Pinned results',
  unpin: (name: string) => `Remove the pinned ${name}`,
  seeds: (n: number) => (n === 1 ? 'one seed' : `median of ${n} seeds`),
  fits: {
    'other-data': 'of different points or another forget set: not drawn',
    'other-training': 'of a different network or training',
  },
  pinned: (name: string) => `${name} (pinned)`,
  frontHint:
    'The thin dashed line is the Pareto front at this step. For everything below it, some other result keeps more and is at least as close to the retrained model on the forget set. Forgetting more than the retrained model does is no gain.',
  frontSummary: (names: string) => `Not beaten by any other result at the end: ${names}.`,
};
