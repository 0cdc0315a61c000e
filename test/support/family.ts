import { uniform } from '../../src/engine/base/random.ts';
import { generator } from '../../src/engine/contracts/dataset.ts';
import { infoOf } from '../../src/engine/contracts/method.ts';
import { accuracy, type Metric } from '../../src/engine/contracts/metric.ts';
import type { Draw, Family, FamilyEntry } from '../../src/families/family.ts';
import { drawOf } from '../../src/families/points/draw.ts';
import points from '../../src/families/points/family.ts';
import type { FamilyInfo } from '../../src/scenario/format/catalogue.ts';
import type { NetworkSpec, RuleSpec } from '../../src/scenario/format/scenario.ts';

const citation = { authors: 'Nobody', title: 'Scales', year: 2026, url: 'https://example.org/' };

/** Weights in kilograms: heavy from 1 on. */
const weights = generator({
  id: 'weights',
  title: 'Weights',
  summary: 'One number, light or heavy.',
  params: { count: { kind: 'int', label: 'Things', help: '', default: 40, min: 10, max: 100 } },
  generate: ({ count }, key) => {
    const x = Float32Array.from({ length: count }, (_, i) => 2 * uniform(key, i));
    const set = { x, y: Int32Array.from(x, (kilograms) => (kilograms < 1 ? 0 : 1)) };
    return { inputs: 1, classes: 2, train: set, test: set };
  },
});

const share = (id: string, title: string, split: 'forget' | 'retain'): Metric => ({
  ...{ id, title, summary: title, formula: title, citation, unit: 'fraction', better: 'match-retrained' },
  compute: (view) => accuracy(view, split),
});
const metrics = [share('stillHeavy', 'Still heavy', 'forget'), share('othersRight', 'Others right', 'retain')];

/** Forgets the things above a limit. */
const heavier = {
  id: 'heavier',
  title: 'Heavier than',
  summary: 'Things above a limit.',
  params: { limit: { kind: 'number', label: 'Limit', help: '', default: 1.5, min: 0, max: 2, scale: 'linear' } },
} as const;
const balance = {
  id: 'balance',
  title: 'Balance',
  summary: 'One hidden layer.',
  params: { width: { kind: 'int', label: 'Width', help: '', default: 6, min: 1, max: 32 } },
} as const;

const info: FamilyInfo = {
  id: 'scales',
  title: 'Scales',
  summary: 'A thing is light or heavy.',
  headline: { forget: 'stillHeavy', keep: 'othersRight', others: [] },
  generators: [infoOf(weights)],
  metrics: metrics.map(infoOf),
  attacks: [],
  selectors: [],
  rules: [heavier],
  networks: [balance],
};

const family: Family = {
  ...points,
  id: 'scales',
  draw: ({ data, model }, seed, generators): Draw => {
    const dataset = generators.get(data.generator)?.generate(data.params as never, [0, seed]);
    const hidden = [Number((model as NetworkSpec).params['width'])];
    const draw = drawOf(dataset, { kind: 'mlp', hidden, activation: 'tanh', init: 'auto' }, seed);
    return {
      ...draw,
      shown: { kind: 'scales' },
      divide: (specs) => {
        const limit = Number((specs[0] as RuleSpec).params['limit']);
        const all = [...dataset.train.y.keys()];
        const isHeavy = (i: number) => (dataset.train.x[i] as number) > limit;
        const [forget, retain] = [all.filter(isHeavy), all.filter((i) => !isHeavy(i))].map((own) =>
          Int32Array.from(own),
        ) as [Int32Array, Int32Array];
        return [{ forget, after: { forget, retain, testForget: forget, testRetain: retain } }];
      },
    };
  },
  generators: new Map([[weights.id, weights]]),
  metrics: new Map(metrics.map((metric) => [metric.id, metric])),
};

/** A family that no program ships: it comes in through the registry alone. */
export const scales: FamilyEntry = { info, load: async () => family };
