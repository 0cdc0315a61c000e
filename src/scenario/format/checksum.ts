import type { Headline } from './catalogue.ts';
import type { MetricValue, Results } from './results.ts';

/** The metrics that the checksum of classifiers reads: those of the first version. A new metric changes the checksum of no link. */
const metricKeys = [
  'forgetAccuracy',
  'retainAccuracy',
  'testAccuracy',
  'forgetTestAccuracy',
  'retainTestAccuracy',
  'forgetLoss',
  'retainLoss',
  'forgetDistance',
  'retainDistance',
  'weightDistance',
  'weightDistanceToRetrained',
  'forgetKl',
] as const;

/** The metrics that a checksum reads, in its order. */
export const metricsOfChecksum = (headline: Headline | undefined): readonly string[] =>
  headline ? [headline.forget, headline.keep, ...headline.others] : metricKeys;

/** Four decimals; above ten thousand, six digits, since the rest is noise there. */
const rounded = (value: MetricValue | undefined): string => {
  if (value === null || value === undefined) return 'x';
  if (Math.abs(value) >= 1e4) return value.toPrecision(6);
  return String(Math.round(value * 1e4) + 0);
};

/** FNV-1a, 32 bits, over UTF-16 code units. */
export const fnv = (text: string): string => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return (h >>> 0).toString(16).padStart(8, '0');
};

/** The first, the last and the three quarter points of n recorded steps. */
const sampled = (n: number): number[] => [0, 1, 2, 3, 4].map((quarter) => Math.round((quarter * (n - 1)) / 4));

/**
 * Eight hexadecimal digits that agree where two results agree to four decimals: over the metrics of the original and
 * the retrained models, and of every run and seed at five of its recorded steps. Names, texts and times do not count.
 */
export const checksum = (results: Pick<Results, 'headline' | 'original' | 'retrained' | 'runs'>): string => {
  const keys = metricsOfChecksum(results.headline);
  const lines: string[] = [];
  for (const kind of ['original', 'retrained'] as const) {
    for (const { seed, metrics } of results[kind]) {
      lines.push(`${kind} ${seed} ${keys.map((key) => rounded(metrics[key])).join(' ')}`);
    }
  }
  for (const { seed, steps, metrics } of results.runs) {
    for (const index of steps.length === 0 ? [] : sampled(steps.length)) {
      lines.push(`${seed} ${steps[index]} ${keys.map((key) => rounded(metrics[key]?.[index])).join(' ')}`);
    }
  }
  return fnv(lines.join('\n'));
};
