import type { Results } from '../../src/scenario/format/results.ts';

/** The metrics of the first version; a metric that comes later does not change a digest. */
const KEYS = [
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
];

/** FNV-1a, 64 bits. */
const hash = (text: string): string => {
  let h = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) h = BigInt.asUintN(64, (h ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  return h.toString(16).padStart(16, '0');
};

/** Sixteen digits that differ if one bit of any weight does, whatever is measured of them: weights by model, seed and step. */
export const weightsDigest = (weights: ReadonlyMap<string, Float32Array>): string => {
  const bits = (values: Float32Array) =>
    Array.from(new Uint32Array(values.slice().buffer), (word) => word.toString(16)).join(' ');
  const rows = [...weights].map(([key, values]) => `${key} ${bits(values)}`);
  return hash(rows.sort().join('\n'));
};

/** Sixteen digits that differ if one bit of any number does: every metric of every model, seed and recorded step. */
export const metricsDigest = ({
  original,
  retrained,
  runs,
}: Pick<Results, 'original' | 'retrained' | 'runs'>): string => {
  const pick = (metrics: Readonly<Record<string, unknown>>) => KEYS.map((key) => metrics[key] ?? null);
  const models = [original, retrained].flatMap((list, kind) =>
    list.map(({ seed, metrics }) => ({ order: [kind, seed, ''], numbers: pick(metrics) })),
  );
  const lanes = runs.map(({ name, seed, steps, metrics, divergedAt, sampleVisits }) => ({
    order: [2, seed, name],
    numbers: [steps, divergedAt, sampleVisits, ...pick(metrics)],
  }));
  const rows = [...models, ...lanes].map((row) => JSON.stringify([row.order, row.numbers]));
  return hash(rows.sort().join('\n'));
};
