import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MetricInfo } from '../../src/engine/contracts/metric.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { GROUPS, groupOf } from '../../src/ui/rooms/measure/metric-table.ts';
import { root, textOf } from './sources.ts';

const FILE = 'docs/metrics.md';
const UPDATE = 'UPDATE_METRICS=1 npm run unit -- test/architecture/metrics-table.test.ts';

const GROUP_NAMES: Readonly<Record<keyof typeof GROUPS, string>> = {
  forgetting: 'Forgetting',
  keeping: 'Keeping',
  membership: 'Membership',
  distance: 'Distances between answers',
  inside: 'Inside the network',
  summary: 'Summaries',
};
const BETTER: Readonly<Record<MetricInfo['better'], string>> = {
  higher: 'higher',
  lower: 'lower',
  'match-retrained': 'as retrained',
};
const UNITS: Readonly<Record<MetricInfo['unit'], string>> = {
  fraction: 'fraction, 0 to 1',
  nats: 'nats, from 0',
  count: 'count, from 0',
  weight: 'as the weights, from 0',
  flag: '0 or 1',
  percent: 'percent, from −100',
  exponent: 'power of ten, to 0',
  bits: 'bits, from 0',
  factor: 'factor, from 1',
};
/** Units whose range is another one for some metrics. */
const RANGES: Readonly<Record<string, string>> = {
  firstLayerDrift: 'ratio, from 0',
  lastLayerDrift: 'ratio, from 0',
  rte: 'ratio, from 0',
  averageGap: 'fraction, 0 (a match) to 1',
  activationDistance: 'distance, 0 to √2',
  ches: 'squared activation, any sign',
};

const cell = (words: string): string => words.replaceAll('|', '\\|');

const rowOf = ({ id, title, formula, unit, better, when, undefinedWhen, citation }: MetricInfo): string => {
  const { authors, year, url, where } = citation;
  const source = `[${authors.split(',')[0]}${authors.includes(',') ? ' et al.' : ''} ${year}](${url})${where ? `, ${where}` : ''}`;
  const name = `${title} (\`${id}\`)${when === 'last' ? '†' : ''}`;
  const cells = [
    name,
    formula,
    RANGES[id] ?? UNITS[unit],
    BETTER[better],
    undefinedWhen ?? 'Needs the points it names.',
  ];
  return `| ${[...cells, source].map(cell).join(' | ')} |`;
};

const page = (): string => {
  const sections = (Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => {
    const rows = catalogueInfo.metrics.filter((metric) => groupOf(metric) === group).map(rowOf);
    const head = '| Metric | Definition | Unit and range | Better | Undefined | Source |\n|---|---|---|---|---|---|';
    return `## ${GROUP_NAMES[group]}\n\n${head}\n${rows.join('\n')}`;
  });
  return `# Metrics

What each number is. Generated from the code; after a change:
\`${UPDATE}\`

p, z, h and θ are the probabilities, logits, last hidden layer and weights of the model, p̂ and θ̂ those of the original
one, p* and θ* those of the retrained one; ℓ = −log p_y; K classes. D_f is the forget set, D_r the retain set, D_t the
test points; fresh points are test points that come from the distribution of one of the two. Logarithms are natural.
What is undefined has no value, is left out of averages, and says why in the table of the page. † computed at the last
step only. "As retrained": neither more nor less is better, the retrained model's value is the goal.

${sections.join('\n\n')}
`;
};

describe(FILE, () => {
  it('lists every metric as the code has it', () => {
    if (process.env['UPDATE_METRICS']) writeFileSync(join(root, FILE), page());
    const found = existsSync(join(root, FILE)) ? textOf(FILE) : '';
    expect(found === page(), `${FILE} is out of date. Write it anew: ${UPDATE}`).toBe(true);
  });
});
