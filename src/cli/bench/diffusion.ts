import { keyOf } from '../../engine/base/random.ts';
import * as tf from '../../engine/base/tf.ts';
import type { AnyMethod, RetainTerm } from '../../engine/contracts/method.ts';
import { classCodes, FEATURES, inputsOf, linearSchedule, processOf } from '../../engine/diffusion/process.ts';
import { network, startEngine } from '../../engine/start.ts';
import { type CloudData, ring } from '../../families/diffusion/clouds.ts';
import { type CloudRows, cloudBatches } from '../../families/diffusion/rows.ts';
import { runDefaults } from '../../scenario/format/defaults.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { catalogue } from '../../sim/catalogue.ts';
import { createCohort, type Lane } from '../../sim/cohort.ts';
import { FIRST_STEPS, type FlatRates, measureFlat } from './flat.ts';
import type { Bench } from './steps.ts';

/** A ring of five clouds as the family unlearns one: 16-64-64-2, NPO, 64 points of each set a step, Adam, five lanes. */
const JOB = {
  classes: 5,
  times: 50,
  hidden: [64, 64],
  batch: 64,
  lanes: 5,
  rate: 0.001,
  beta: 1,
  dropped: 0.1,
} as const;
const process = processOf(linearSchedule(JOB.times), classCodes(JOB.classes), JOB.classes);

const laneOf = (seed: number, weights: Float32Array): Lane => {
  const params = { classes: JOB.classes, perClass: 200, radius: 2, deviation: 0.3 };
  const { train: cloud } = ring.generate(params as never, keyOf(seed)) as CloudData;
  const rows = (isForget: boolean, dropped: number): CloudRows => ({
    ...{ seed, process, purpose: 'unlearning', cloud, dropped, original: weights },
    indices: Int32Array.from([...cloud.y.keys()].filter((i) => (cloud.y[i] === 0) === isForget)),
  });
  const run: RunSpec = {
    ...runDefaults,
    ...{ name: 'bench', method: 'npo', params: { beta: JOB.beta }, optimizer: 'adam', learningRate: JOB.rate },
    steps: Number.MAX_SAFE_INTEGER,
    batchSize: JOB.batch,
    retain: { kind: 'ce', weight: 1, batchSize: JOB.batch },
    mask: { kind: 'none', keep: 1 },
    wrappers: [],
    sweep: {},
  };
  return { seed, run, start: weights, rows: { forget: rows(true, 0), retain: rows(false, JOB.dropped) } };
};

/** A lane's points and labels of a set, for PyTorch. */
const plain = (lane: Lane, split: 'forget' | 'retain') => {
  const { cloud, indices } = lane.rows[split] as CloudRows;
  return {
    x: [...indices].flatMap((i) => [cloud.x[2 * i], cloud.x[2 * i + 1]]),
    y: [...indices].map((i) => cloud.y[i]),
  };
};

/**
 * Steps of the family of diffusion models against the same in PyTorch, both with all lanes in flat parameters; both draw points,
 * times and noise at each step.
 *
 * @throws {Error} if the two do not do the same on the rows of the first steps
 */
export const measureDiffusion = async (bench: Bench): Promise<FlatRates> => {
  await startEngine(bench.wasm, ['kernels']);
  const widths = [inputsOf(process), ...JOB.hidden, 2];
  const model = network({ inputs: inputsOf(process), hidden: JOB.hidden, classes: 2, activation: 'relu', init: 'he' });
  const lanes = Array.from({ length: JOB.lanes }, (_, seed) => laneOf(seed, model.init(keyOf(seed))));
  const method = catalogue.methods.get('npo') as AnyMethod;
  const retain = catalogue.retainTerms.get('ce') as RetainTerm;
  const first = { forget: [] as object[], retain: [] as object[] };
  const batches = (rows: readonly Lane['rows']['forget'][], split: 'forget' | 'retain', size: number | 'full') => {
    const drawn = cloudBatches(rows as readonly CloudRows[], split, size, model);
    const at = (step: number) => {
      const batch = drawn.at(step);
      const isFirst = first[split].length < FIRST_STEPS;
      if (isFirst) first[split].push({ x: [...tf.valuesOf(batch.x)], y: [...tf.valuesOf(batch.y)] });
      return batch;
    };
    return { ...drawn, at };
  };
  const cohort = createCohort({ model, batches }, method, retain, lanes);
  const { rate, beta, batch, dropped } = JOB;
  const spec = () => ({
    ...{ do: 'diffusion', widths, rate, beta, batch, dropped, first, deviation: Math.SQRT1_2 },
    ...{ kept: [...process.kept], features: [...process.features], featureWidth: FEATURES },
    ...{ codes: [...process.codes], codeWidth: process.codeWidth },
    lanes: lanes.map((lane) => ({
      weights: [...lane.start],
      forget: plain(lane, 'forget'),
      retain: plain(lane, 'retain'),
    })),
  });
  return measureFlat('diffusion', cohort, lanes[0] as Lane, spec, bench);
};
