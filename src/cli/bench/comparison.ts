import { type EngineName, startEngine } from '../../engine/start.ts';
import { initialWeights } from '../../families/shared/initial.ts';
import type { RunSpec, Scenario } from '../../scenario/format/scenario.ts';
import { parseScenario } from '../../scenario/read/parse.ts';
import { catalogue, catalogueInfo } from '../../sim/catalogue.ts';
import { prepareSeeds } from '../../sim/lanes.ts';
import { simulate } from '../../sim/simulate.ts';
import file from './comparison.json?raw';
import { PYTORCH } from './peers.ts';
import type { Bench } from './steps.ts';
import type { Torch } from './torch.ts';

/** Every part of the comparison that the bench runs; the scenario file is beside this one. */
export const comparisonScenario = (): Scenario =>
  parseScenario(JSON.parse(file) as unknown, catalogueInfo, 'strict').scenario;

export interface ComparisonTimes {
  readonly seeds: number;
  readonly runs: number;
  /** Seconds of each engine, one number per repetition. */
  readonly seconds: ReadonlyMap<string, readonly number[]>;
  /** Largest difference to PyTorch in a run's retain accuracy after the last step, mean over seeds; which run. */
  readonly apart: { readonly run: string; readonly by: number } | undefined;
}

/** Retain accuracy after the last step, by run, in the order of the seeds. */
type Outcome = ReadonlyMap<string, readonly number[]>;

/** Runs the scenario to its end on the engine that is running. */
const runThrough = async (scenario: Scenario, backend: EngineName, now: () => number): Promise<Outcome> => {
  const last = new Map<string, number>();
  let column = 0;
  for await (const event of simulate({ runId: 'bench', scenario, catalogue, backend, now })) {
    if (event.type === 'started') column = event.metricIds.indexOf('retainAccuracy');
    if (event.type === 'metrics' && typeof event.model === 'number') {
      last.set(`${event.model}/${event.seed}`, event.values[column] as number);
    }
    if (event.type === 'failed' || event.type === 'variantFailed') throw new Error(event.error.message);
  }
  return new Map(
    scenario.runs.map(({ name }, run) => [name, scenario.seeds.map((seed) => last.get(`${run}/${seed}`) as number)]),
  );
};

const runRequest = ({ name, method, params, retain, mask, optimizer, learningRate, steps }: RunSpec) => ({
  name,
  method,
  beta: params['beta'] ?? null,
  retain: retain.kind,
  weight: retain.weight,
  mask: mask.kind,
  keep: mask.keep,
  optimizer,
  learningRate,
  steps,
});

/** The experiment for PyTorch: points, splits and fresh weights as the engine draws them. */
export const comparisonRequest = (scenario: Scenario) => {
  const seeds = prepareSeeds(scenario, catalogue);
  const [first] = seeds;
  if (!first || seeds.some(({ draw }) => draw !== first.draw)) throw new Error('the comparison has one draw of data');
  const { points, model } = first.draw;
  if (!points) throw new Error('the comparison is one of labelled points');
  const { dataset } = points;
  const plain = ({ x, y }: typeof dataset.train) => ({ x: [...x], y: [...y] });
  const request = {
    do: 'comparison',
    widths: model.widths,
    train: plain(dataset.train),
    test: plain(dataset.test),
    training: scenario.training,
    every: scenario.evaluate.every,
    runs: scenario.runs.map(runRequest),
    seeds: seeds.map((seed) => ({
      weights: [...initialWeights(seed)],
      split: Object.fromEntries(Object.entries(seed.split).map(([name, indices]) => [name, [...indices]])),
    })),
  };
  first.draw.dispose();
  return request;
};

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The run in which two outcomes differ most. */
const apartOf = (ours: Outcome, theirs: Readonly<Record<string, readonly number[]>>): ComparisonTimes['apart'] =>
  [...ours]
    .map(([run, values]) => ({ run, by: Math.abs(mean(values) - mean(theirs[run] ?? [])) }))
    .reduce((a, b) => (b.by > a.by ? b : a));

/** Times the whole comparison on the engines and in PyTorch, in turns. */
export const measureComparison = async (bench: Bench): Promise<ComparisonTimes> => {
  const { wasm, torch, now, quick, note } = bench;
  const whole = comparisonScenario();
  const scenario = quick ? { ...whole, seeds: whole.seeds.slice(0, 1) } : whole;
  const engines: readonly EngineName[] = ['kernels', 'wasm'];
  const seconds = new Map<string, number[]>([...engines, ...(torch ? [PYTORCH] : [])].map((id) => [id, []]));
  let ours: Outcome = new Map();
  let apart: ComparisonTimes['apart'];
  const repetitions = quick ? 1 : Math.min(bench.repeat, 3);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const engine of engines) {
      note(`comparison on ${engine}: ${repetition + 1}/${repetitions}`);
      await startEngine(wasm, [engine]);
      const begin = now();
      const outcome = await runThrough(scenario, engine, now);
      seconds.get(engine)?.push((now() - begin) / 1000);
      if (engine === 'kernels') ours = outcome;
    }
    if (!torch) continue;
    note(`comparison in PyTorch: ${repetition + 1}/${repetitions}`);
    await startEngine(wasm, ['kernels']);
    const answer = await askTorch(torch, scenario);
    seconds.get(PYTORCH)?.push(answer.seconds);
    apart = apartOf(ours, answer.retainAccuracy);
  }
  return { seeds: scenario.seeds.length, runs: scenario.runs.length, seconds, apart };
};

const askTorch = async (torch: Torch, scenario: Scenario) =>
  (await torch.ask(comparisonRequest(scenario))) as {
    readonly seconds: number;
    readonly retainAccuracy: Readonly<Record<string, readonly number[]>>;
  };
