import type { CatalogueInfo } from '../../scenario/format/catalogue.ts';
import { parseFormula } from '../../scenario/formula/parse.ts';
import { parseScenario } from '../../scenario/read/parse.ts';
import { expect } from './expectations.ts';
import type { FuzzTarget } from './target.ts';

const pull = (weight: string, towards = 'label') => ({ towards, weight });

const rules: readonly object[] = [
  {
    id: 'mine',
    title: 'Mine',
    params: {
      beta: { label: 'Power', symbol: 'β', default: 1, min: 0.01, max: 10, scale: 'log' },
      gamma: { default: 0, min: -5, max: 5 },
    },
    terms: [
      { on: 'forget', pulls: [pull('-2*sigmoid(beta*(logP - logPRef)) + gamma'), pull('pAlt/2', 'alternative')] },
      { on: 'retain', mean: 'rows', pulls: [pull('1', 'original')] },
    ],
  },
  { id: 'other', terms: [{ pulls: [pull('if(step < steps/2, -clamp(p, 0, 1)^2, 0)', 'all')] }] },
];

const greedy: readonly object[] = [
  { id: 'mine', terms: new Array(20_000).fill({ pulls: new Array(100).fill(pull('-1')) }) },
  { id: 'mine', terms: [{ pulls: [pull('-1'.repeat(500_000))] }] },
  { id: 'mine', terms: [{ pulls: [pull('('.repeat(500) + ')'.repeat(500))] }] },
  { id: 'mine', params: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`a${i}`, {}])) },
];

/** Rules of somebody's own: in a scenario, and their formulas alone. */
export const ruleTargets = (
  catalogue: CatalogueInfo,
  expectRepaired: (parsed: ReturnType<typeof parseScenario>) => void,
): readonly FuzzTarget[] => [
  {
    name: 'rules',
    corpus: rules,
    extremes: [...greedy, rules],
    run: (rule) => {
      const runs = [{ method: 'mine' }, { method: 'other' }, { name: 'GA', method: 'ga' }];
      const parsed = parseScenario({ version: 2, own: [rule, ...rules], runs }, catalogue, 'repair');
      expectRepaired(parsed);
      expect(
        parsed.scenario.runs.some(({ name }) => name === 'GA'),
        'another run was lost',
      );
    },
  },
  {
    name: 'formula',
    corpus: [
      '-2*sigmoid(beta*(logP - logPRef))',
      '-rowP^beta * (1 - rowP)^0.5 / length',
      'if(p >= pRef, min(p, 0.3, beta), max(logPAlt, -1)) + clamp(step/steps, 0, 1e-3)',
    ],
    extremes: ['('.repeat(1000), '-'.repeat(1000), 'p^'.repeat(499), 'exp('.repeat(249), '9'.repeat(1000)],
    run: (input) => {
      const found = parseFormula(String(input), { params: { beta: {} } });
      if (!('fault' in found)) return;
      const { start, end, found: part } = found.fault;
      expect(start >= 0 && start <= end && end <= String(input).length, 'a fault outside the formula');
      expect(part.length <= 24, `${part.length} characters found`);
    },
  },
];
