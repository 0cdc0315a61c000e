/** One axis of a chart: values to CSS pixels, and where its ticks are. */
export interface Scale {
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
  readonly domain: readonly [number, number];
  readonly isLog: boolean;
}

/** Steps of 1, 2 or 5 times a power of ten, about `count` of them. */
const niceTicks = (low: number, high: number, count: number): number[] => {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // A product and a division give 0.3, where a sum of steps would give 0.30000000000000004.
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
};

/** Powers of ten; with 2 and 5 between them where there are few. */
const logTicks = (low: number, high: number, count: number): number[] => {
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const decades = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const inside = (value: number): boolean => value >= low * 0.999 && value <= high * 1.001;
  const factors = Math.log10(high / low) < 2 ? [1, 2, 5] : [1];
  const ticks = decades.flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`))).filter(inside);
  const every = Math.max(1, Math.ceil(ticks.length / Math.max(2, count)));
  return ticks.filter((_, i) => i % every === 0);
};

/** A scale over the finite values, the positive ones on a logarithmic axis. */
export const scaleOf = (
  values: Iterable<number>,
  from: number,
  to: number,
  { isLog, fromZero = false }: { readonly isLog: boolean; readonly fromZero?: boolean },
): Scale => {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (!Number.isFinite(value) || (isLog && value <= 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = isLog ? [0.1, 1] : [0, 1];
  if (fromZero && !isLog) low = Math.min(0, low);
  if (low === high) [low, high] = isLog ? [low / 2, high * 2] : [low, high + (Math.abs(high) || 1)];
  const share = (value: number): number =>
    isLog ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  const count = Math.max(2, Math.floor(Math.abs(to - from) / 60));
  return {
    at: (value) => from + Math.min(1, Math.max(0, isLog && value <= 0 ? 0 : share(value))) * (to - from),
    ticks: (isLog ? logTicks : niceTicks)(low, high, count),
    domain: [low, high],
    isLog,
  };
};
