import { startEngine } from '../../engine/start.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { parseScenario } from '../../scenario/read/parse.ts';
import { catalogue, catalogueInfo } from '../../sim/catalogue.ts';
import { simulate } from '../../sim/simulate.ts';
import { exponent, summarize } from './statistics.ts';
import type { Bench } from './steps.ts';

export const dimensions = ['lanes', 'methods', 'steps', 'rows'] as const;
export type Dimension = (typeof dimensions)[number];

/** Exponents p of cost ~ size^p. */
export type Growth = Readonly<Record<Dimension, number>>;

/** How often the base is taken. */
const FACTORS = [1, 2, 4, 8];

/** An experiment that has one dimension `factor` times as large as the base has. */
export const enlarged = (dimension: Dimension, factor: number): Scenario => {
  const times = (of: Dimension, base: number): number => base * (of === dimension ? factor : 1);
  const input = {
    version: 1,
    data: { params: { classes: 4, perClass: times('rows', 40) } },
    training: { steps: 10 },
    runs: Array.from({ length: times('methods', 2) }, (_, i) => ({
      name: `NPO ${i}`,
      method: 'npo',
      retain: { kind: 'ce' },
      steps: times('steps', 40),
    })),
    seeds: Array.from({ length: times('lanes', 2) }, (_, seed) => seed),
  };
  return parseScenario(input, catalogueInfo, 'strict').scenario;
};

/** Milliseconds that a scenario unlearns for, evaluations included; training does not depend on all dimensions. */
const unlearningTime = async (scenario: Scenario, now: () => number): Promise<number> => {
  let total = 0;
  let begin = 0;
  let isUnlearning = false;
  for await (const event of simulate({ runId: 'bench', scenario, catalogue, backend: 'kernels', now })) {
    if (event.type === 'failed' || event.type === 'variantFailed') throw new Error(event.error.message);
    if (event.type !== 'phase' && event.type !== 'finished') continue;
    if (isUnlearning) total += now() - begin;
    isUnlearning = event.type === 'phase' && event.phase === 'unlearning';
    begin = now();
  }
  return total;
};

/** Times experiments of growing size, in turns, and fits the exponents. */
export const measureGrowth = async ({ wasm, now, repeat, note }: Bench): Promise<Growth> => {
  await startEngine(wasm, ['kernels']);
  const cells = dimensions.flatMap((dimension) =>
    FACTORS.map((factor) => ({ dimension, factor, scenario: enlarged(dimension, factor), times: [] as number[] })),
  );
  await unlearningTime(enlarged('lanes', 4), now); // warm-up
  for (let repetition = 0; repetition < repeat; repetition++) {
    note(`growth: ${repetition + 1}/${repeat}`);
    for (const { scenario, times } of cells) times.push(await unlearningTime(scenario, now));
  }
  const exponentIn = (dimension: Dimension): number => {
    const own = cells.filter((cell) => cell.dimension === dimension);
    return exponent(
      own.map(({ factor }) => factor),
      own.map(({ times }) => summarize(times).median),
    );
  };
  return {
    lanes: exponentIn('lanes'),
    methods: exponentIn('methods'),
    steps: exponentIn('steps'),
    rows: exponentIn('rows'),
  };
};
