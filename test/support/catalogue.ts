import type { Citation, ParamSchema } from '../../src/engine/base/schema.ts';
import type { GeneratorInfo } from '../../src/engine/contracts/dataset.ts';
import type { MethodInfo, RetainInfo } from '../../src/engine/contracts/method.ts';
import type { MetricInfo } from '../../src/engine/contracts/metric.ts';
import type { CatalogueInfo, FamilyInfo, OfferedWrapper } from '../../src/scenario/format/catalogue.ts';

const citation: Citation = { authors: 'A. Author', title: 'A title', year: 2024, url: 'https://example.org' };

const method = (id: string, short: string, params: ParamSchema = {}): MethodInfo => ({
  id,
  title: short,
  short,
  summary: short,
  formula: 'L',
  citation,
  needs: ['forget'],
  start: 'original',
  schedule: 'iterative',
  params,
  recipes: [],
});

const generator = (
  id: string,
  params: ParamSchema,
  classes: number | string,
  inputs: number | string,
  components?: readonly string[],
): GeneratorInfo => ({ id, title: id, summary: id, params, classes, inputs, ...(components ? { components } : {}) });

const metric = (id: string): MetricInfo => ({
  id,
  title: id,
  summary: id,
  formula: id,
  citation,
  unit: 'fraction',
  better: 'match-retrained',
});

const metrics = [
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
  'collapsed',
].map(metric);

const range: ParamSchema = {
  from: { kind: 'number', label: 'From', help: '', default: 0.6, min: 0, max: 1, scale: 'linear' },
};
const width: ParamSchema = { width: { kind: 'int', label: 'Width', help: '', default: 8, min: 1, max: 64 } };

const family = (id: string): FamilyInfo => ({
  id,
  title: id,
  summary: id,
  generators: [{ id: 'curve', title: 'curve', summary: 'curve', params: range }],
  metrics,
  attacks: [],
  selectors: [],
  rules: ['range', 'every-other'].map((rule) => ({ id: rule, title: rule, summary: rule, params: range })),
  networks: [{ id: 'curve-net', title: 'curve-net', summary: 'curve-net', params: width }],
});

const wrapper = (id: string, slot: string, params: ParamSchema = {}): OfferedWrapper => ({
  id,
  title: id,
  short: id,
  summary: id,
  citation,
  slot: { id: slot, label: slot, help: '', none: 'none' },
  params,
  asks: 'terms',
  methods: ['ga', 'npo', 'rl'],
});

const strength: ParamSchema = {
  weight: {
    kind: 'number',
    label: 'Strength',
    help: '',
    symbol: 'κ',
    default: 0.1,
    min: 0,
    max: 1000,
    scale: 'linear',
  },
};

/** A small catalogue that has every kind of parameter; it does not move when plug-ins do. */
export const smallCatalogue: CatalogueInfo = {
  families: [family('points'), family('numbers')],
  methods: [
    method('retrain', 'Retrain'),
    method('ga', 'GA'),
    method('npo', 'NPO', {
      beta: { kind: 'number', label: 'β', help: '', symbol: 'β', default: 1, min: 0.01, max: 10, scale: 'log' },
    }),
    method('rl', 'RL', {
      labels: { kind: 'choice', label: 'Labels', help: '', default: 'other', options: ['other', 'all'] },
      redraw: { kind: 'flag', label: 'Redraw', help: '', default: true },
      passes: { kind: 'int', label: 'Passes', help: '', default: 3, min: 1, max: 9 },
    }),
  ],
  retain: ['ce', 'kl'].map(
    (id): RetainInfo => ({ id, title: id, short: id, summary: id, formula: id, citation, needs: ['retain'] }),
  ),
  masks: [
    ...['salun', 'random', 'magnitude'].map((id) => ({ id, title: id, summary: id, citation })),
    {
      id: 'weighed',
      title: 'weighed',
      summary: 'weighed',
      citation,
      params: {
        share: { kind: 'number', label: 'Share', help: '', default: 1, min: 0.1, max: 10, scale: 'log' },
        side: { kind: 'choice', label: 'Side', help: '', default: 'left', options: ['left', 'right'] },
      },
    },
  ],
  wrappers: [
    wrapper('l2', 'anchor', strength),
    wrapper('ewc', 'anchor', strength),
    wrapper('pcgrad', 'surgery'),
    wrapper('lat', 'adversary', {
      layer: { kind: 'int', label: 'Layer', help: '', default: 1, min: 1, max: 6 },
      epsilon: {
        kind: 'number',
        label: 'Radius',
        help: '',
        symbol: 'ε',
        default: 0.5,
        min: 0,
        max: 10,
        scale: 'linear',
      },
      steps: { kind: 'int', label: 'Steps', help: '', default: 8, min: 1, max: 64 },
      learningRate: { kind: 'number', label: 'Step', help: '', default: 0.25, min: 0.001, max: 2, scale: 'log' },
    }),
  ],
  generators: [
    generator(
      'blobs',
      {
        classes: { kind: 'int', label: 'Classes', help: '', default: 5, min: 2, max: 8 },
        perClass: { kind: 'int', label: 'Points per class', help: '', default: 100, min: 10, max: 1000 },
        noise: { kind: 'number', label: 'Noise', help: '', default: 0.6, min: 0, max: 2, scale: 'linear' },
      },
      'classes',
      2,
    ),
    generator(
      'high-dim-blobs',
      { inputs: { kind: 'int', label: 'Inputs', help: '', default: 10, min: 2, max: 64 } },
      6,
      'inputs',
      ['poisoned'],
    ),
    generator('inline', {}, 0, 0),
  ],
  metrics,
  attacks: [
    {
      id: 'relearn',
      title: 'Relearning',
      summary: 'relearn',
      citation,
      params: { examples: { kind: 'int', label: 'Examples', help: '', default: 60, min: 1, max: 1000 } },
      values: [{ id: 'relearnAccuracy', title: 'Accuracy', summary: '', unit: 'fraction' }],
    },
  ],
  selectors: [
    {
      id: 'loss',
      title: 'Loss',
      summary: 'loss',
      citation,
      params: { end: { kind: 'choice', label: 'End', help: '', default: 'lowest', options: ['lowest', 'highest'] } },
    },
  ],
};
