import { foldIn, keyOf, normal } from '../../engine/base/random.ts';
import type { AnyMethod, RetainTerm } from '../../engine/contracts/method.ts';
import { network, startEngine } from '../../engine/start.ts';
import { type NumberRows, numberBatches } from '../../families/numbers/rows.ts';
import { runDefaults } from '../../scenario/format/defaults.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { catalogue } from '../../sim/catalogue.ts';
import { createCohort, type Lane } from '../../sim/cohort.ts';
import { type FlatRates, measureFlat } from './flat.ts';
import type { Bench } from './steps.ts';

/** A curve of numbers as the family trains it: 1-48-48-1, NPO with a normal likelihood on a quarter of 200 pairs, Adam, five lanes. */
const JOB = { hidden: [48, 48], forget: 50, retain: 150, lanes: 5, rate: 0.003, beta: 1, deviation: 0.1 } as const;
const laneOf = (seed: number, weights: Float32Array): Lane => {
  const n = JOB.forget + JOB.retain;
  const draw = (name: string) => Float32Array.from({ length: n }, (_, i) => normal(foldIn(keyOf(seed), name), i));
  const pairs = { x: draw('x'), y: draw('y') };
  const reference = draw('reference');
  const head = { kind: 'real', variance: JOB.deviation * JOB.deviation } as const;
  const rows = (from: number, count: number): NumberRows => ({
    ...{ seed, pairs, inputs: 1, head, reference },
    indices: Int32Array.from({ length: count }, (_, i) => from + i),
  });
  const run: RunSpec = {
    ...runDefaults,
    ...{ name: 'bench', method: 'npo', params: { beta: JOB.beta }, optimizer: 'adam', learningRate: JOB.rate },
    steps: Number.MAX_SAFE_INTEGER,
    retain: { kind: 'ce', weight: 1, batchSize: 'full' },
    mask: { kind: 'none', keep: 1 },
    wrappers: [],
    sweep: {},
  };
  return { seed, run, start: weights, rows: { forget: rows(0, JOB.forget), retain: rows(JOB.forget, JOB.retain) } };
};

/**
 * Steps of the family of numbers against the same in PyTorch, both with all lanes in flat parameters.
 *
 * @throws {Error} if the two do not do the same
 */
export const measureNumbers = async (bench: Bench): Promise<FlatRates> => {
  await startEngine(bench.wasm, ['kernels']);
  const model = network({ inputs: 1, hidden: JOB.hidden, classes: 1, activation: 'tanh', init: 'glorot' });
  const lanes = Array.from({ length: JOB.lanes }, (_, seed) => laneOf(seed, model.init(keyOf(seed))));
  const method = catalogue.methods.get('npo') as AnyMethod;
  const retain = catalogue.retainTerms.get('ce') as RetainTerm;
  const batches = (rows: readonly Lane['rows']['forget'][], split: 'forget' | 'retain', size: number | 'full') =>
    numberBatches(rows as readonly NumberRows[], split, size);
  const cohort = createCohort({ model, batches }, method, retain, lanes);
  const plain = (lane: Lane) => {
    const { pairs, reference } = lane.rows.forget as NumberRows;
    return { weights: [...lane.start], x: [...pairs.x], y: [...pairs.y], reference: [...(reference ?? [])] };
  };
  const { hidden, forget, rate, beta, deviation } = JOB;
  const spec = () => ({
    do: 'numbers',
    widths: [1, ...hidden, 1],
    forget,
    rate,
    beta,
    deviation,
    lanes: lanes.map(plain),
  });
  return measureFlat('numbers', cohort, lanes[0] as Lane, spec, bench);
};
