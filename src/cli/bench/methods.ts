import type { ParamSchema } from '../../engine/base/schema.ts';
import { startEngine } from '../../engine/start.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { parseScenario } from '../../scenario/read/parse.ts';
import { catalogue, catalogueInfo } from '../../sim/catalogue.ts';
import { simulate } from '../../sim/simulate.ts';
import { ratios, type Summary, summarize } from './statistics.ts';
import type { Bench } from './steps.ts';

/** A method's rate of lane-steps as a fraction of gradient ascent's, in the same run. */
export interface MethodRate {
  readonly method: string;
  readonly ratio: Summary;
}

/** Job P1 as an experiment: two inputs, 16-16, 128 rows of each set, 5 lanes; one method beside gradient ascent. */
const scenarioOf = (pair: readonly [string, string], steps: number, own: readonly object[] = []): Scenario =>
  parseScenario(
    {
      version: 1,
      data: { generator: 'blobs', seed: 0, params: { classes: 3, perClass: 128 } },
      forget: { kind: 'class', label: 1 },
      model: { hidden: [16, 16] },
      training: { steps: 20 },
      own,
      runs: pair.map((id, i) => ({
        name: `${id} ${i}`,
        method: id,
        steps,
        learningRate: 1e-6,
        batchSize: 128,
        retain: { batchSize: 128 },
      })),
      seeds: [0, 1, 2, 3, 4],
      evaluate: { every: 20_000 },
    },
    catalogueInfo,
    'strict',
  ).scenario;

/** Milliseconds of stepping of both runs: their updates alone, without preparation and evaluation. */
const timesOf = async (scenario: Scenario, now: () => number): Promise<readonly [ascent: number, method: number]> => {
  const times = [0, 0];
  for await (const event of simulate({ runId: 'bench', scenario, catalogue, backend: 'kernels', now })) {
    if (event.type === 'lane') times[event.variant] = (times[event.variant] as number) + event.milliseconds;
  }
  return times as [number, number];
};

/** The rate of the second run of a scenario as a fraction of the first one's. */
const ratioOf = async (scenario: Scenario, { now, repeat }: Bench): Promise<Summary> => {
  await timesOf(scenario, now); // warm-up
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0; i < repeat; i++) pairs.push(await timesOf(scenario, now));
  return summarize(
    ratios(
      pairs.map(([first]) => first),
      pairs.map(([, second]) => second),
    ),
  );
};

/** Every method that says what it is as a formula: the formula against the method's own file. */
export const measureFormulas = async (bench: Bench): Promise<MethodRate[]> => {
  await startEngine(bench.wasm, ['kernels']);
  const rates: MethodRate[] = [];
  for (const { id, rule, params } of catalogue.methods.values()) {
    if (!rule) continue;
    bench.note(`${id}: as a formula`);
    const specs = Object.entries(params as ParamSchema).map(([name, spec]) => [
      name,
      { default: spec.default, min: -100 },
    ]);
    const own = [{ id: `typed-${id}`, params: Object.fromEntries(specs), terms: rule }];
    rates.push({
      method: id,
      ratio: await ratioOf(scenarioOf([id, `typed-${id}`], bench.quick ? 60 : 300, own), bench),
    });
  }
  return rates;
};

/** Every method that steps, against gradient ascent. */
export const measureMethods = async (bench: Bench): Promise<MethodRate[]> => {
  const { wasm, quick, note } = bench;
  await startEngine(wasm, ['kernels']);
  const rates: MethodRate[] = [];
  for (const { id, schedule } of catalogue.methods.values()) {
    if (schedule === 'one-shot' || id === 'ga') continue;
    note(`${id}: against gradient ascent`);
    rates.push({ method: id, ratio: await ratioOf(scenarioOf(['ga', id], quick ? 60 : 300), bench) });
  }
  return rates.sort((a, b) => b.ratio.median - a.ratio.median);
};

/** Why some cannot reach a quarter of gradient ascent's rate. */
const REASONS: Readonly<Record<string, string>> = {
  'bad-teacher': 'softmax at a temperature for teacher and student on both sets, row by row',
  'l1-ft': 'the penalty on every weight takes the tensor library’s operations',
  'negrad-plus': 'it visits both sets',
  'prune-ft': 'its masked steps are not fused',
  euk: 'its masked steps are not fused',
  laf: 'two autoencoders are differentiated through, and the original model runs beside',
  o3: 'its adapter is differentiated through the network, operation by operation',
  pdu: 'a second pass over a retain set twice as large, to follow its loss',
  rmu: 'the original model runs beside, on the retain set, and the loss is of hidden layers',
  s3t: 'each of its networks has rows of its own and is stepped by itself',
  sisa: 'each shard has rows of its own and is stepped by itself',
  uld: 'noisy copies of the forget set are drawn for every step',
  scrub: 'softmax at a temperature for teacher and student, row by row',
};

export const formulaLines = (rates: readonly MethodRate[]): string[] => [
  'Lane-steps of a method typed as a formula as a fraction of those of its file (P1, 5 lanes)',
  ...rates.map(
    ({ method, ratio: { median, low, high } }) =>
      `  ${method.padEnd(16)} ${median.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`,
  ),
  '',
];

export const methodLines = (rates: readonly MethodRate[]): string[] => [
  'Lane-steps of each method as a fraction of gradient ascent’s (P1, 5 lanes; defaults, no retain term of the run)',
  ...rates.map(({ method, ratio: { median, low, high } }) => {
    const reason = median < 0.25 ? `   ${REASONS[method] ?? 'no reason is known'}` : '';
    return `  ${method.padEnd(16)} ${median.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]${reason}`;
  }),
  '',
];
