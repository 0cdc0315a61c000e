// node scripts/cli.mjs bench-kernels [quick] [P1 P2 P3]
// How fast the engines step: NPO with a retain term on three jobs, with 1, 5 and 16 lanes. Repetitions alternate between
// the engines, so that a machine's ups and downs hit all of them; rates are lane-steps a second, medians.
import type { AnyMethod, RetainTerm, Split } from '../engine/method.ts';
import type { Model, mlp } from '../engine/model.ts';
import { foldIn, integer, type Key, keyOf, normal } from '../engine/random.ts';
import { type AnyRowTerm, rowsOf } from '../engine/rows.ts';
import { type EngineName, network, startEngine, type WasmLocation } from '../engine/start.ts';
import * as tf from '../engine/tf.ts';
import { runDefaults } from '../scenario/defaults.ts';
import type { RunSpec, Scenario } from '../scenario/scenario.ts';
import { createBatches, type LaneRows } from '../sim/batches.ts';
import { catalogue } from '../sim/catalogue.ts';
import { createCohort, type Lane } from '../sim/cohort.ts';
import { simulate } from '../sim/simulate.ts';
import type { Io } from './io.ts';

interface Job {
  readonly id: string;
  readonly widths: readonly number[];
  /** Rows per split. */
  readonly batch: number;
}

const JOBS: readonly Job[] = [
  { id: 'P1', widths: [2, 16, 16, 3], batch: 128 },
  { id: 'P2', widths: [2, 64, 64, 3], batch: 256 },
  { id: 'P3', widths: [64, 256, 256, 10], batch: 512 },
];
const LANES = [1, 5, 16];

/**
 * `tf.grad`: what one would write with the tensor library alone, the loss in its operations and differentiated by it.
 * `rows`: the engine's own step; composed on wasm and cpu, fused on the kernels.
 */
type Way = 'rows' | 'tf.grad';
interface Peer {
  readonly engine: EngineName;
  readonly way: Way;
}
const PEERS: readonly Peer[] = [
  { engine: 'kernels', way: 'rows' },
  { engine: 'kernels', way: 'tf.grad' },
  { engine: 'wasm', way: 'rows' },
  { engine: 'wasm', way: 'tf.grad' },
  { engine: 'cpu', way: 'tf.grad' },
];

const run: RunSpec = {
  ...runDefaults,
  name: 'npo',
  method: 'npo',
  params: { beta: 1 },
  steps: Number.MAX_SAFE_INTEGER,
  learningRate: 1e-3,
  retain: { kind: 'ce', weight: 1, batchSize: 'full' },
  mask: { kind: 'none', keep: 1 },
  sweep: {},
};

const noise = (key: Key, size: number): Float32Array => Float32Array.from({ length: size }, (_, i) => normal(key, i));

const laneOf = (job: Job, model: Model, seed: number): Lane => {
  const rows = (split: Split): LaneRows => {
    const key = foldIn(keyOf(seed), split);
    const reference = new Float32Array(job.batch * model.classes).fill(-Math.LN2);
    return {
      seed,
      x: noise(key, job.batch * model.inputs),
      y: Int32Array.from({ length: job.batch }, (_, i) => integer(foldIn(key, 'y'), i, model.classes)),
      indices: Int32Array.from({ length: job.batch }, (_, i) => i),
      reference,
    };
  };
  return {
    seed,
    run,
    start: model.init(keyOf(seed)),
    rows: { forget: rows('forget'), retain: rows('retain') },
  };
};

/** A step of all lanes, and how to free them. */
interface Stepper {
  readonly step: () => void;
  readonly dispose: () => void;
}

const method = catalogue.methods.get('npo') as AnyMethod;
const retain = catalogue.retainTerms.get('ce') as RetainTerm;

const ownStepper = (job: Job, lanes: number): Stepper => {
  const [inputs = 0, ...rest] = job.widths;
  const model = network({
    inputs,
    hidden: rest.slice(0, -1),
    classes: rest.at(-1) as number,
    activation: 'tanh',
    init: 'auto',
  });
  const cohort = createCohort(
    model,
    method,
    retain,
    Array.from({ length: lanes }, (_, k) => laneOf(job, model, k)),
  );
  return { step: () => void cohort.advance(), dispose: cohort.dispose };
};

const gradientStepper = (job: Job, lanes: number, build: typeof mlp): Stepper => {
  const [inputs = 0, ...rest] = job.widths;
  const model = build({
    inputs,
    hidden: rest.slice(0, -1),
    classes: rest.at(-1) as number,
    activation: 'tanh',
    init: 'auto',
  });
  const all = Array.from({ length: lanes }, (_, k) => laneOf(job, model, k));
  const batches = (['forget', 'retain'] as const).map((split) =>
    createBatches(
      all.map(({ rows }) => rows[split]),
      split,
      'full',
      model.inputs,
      model.classes,
    ),
  );
  const hp = { beta: tf.tensor2d(all.map(() => [1])) };
  const terms = [method.terms?.[0], retain.term] as readonly AnyRowTerm[];
  let params = tf.tensorOf(Float32Array.from(all.flatMap(({ start }) => [...start])), [lanes, model.size]);
  const loss = (p: tf.Tensor): tf.Tensor =>
    tf.addN(
      terms.map((term, i) => {
        const batch = batches[i]?.at(0);
        if (!batch) throw new Error('a term without a batch');
        return tf.sum(tf.mean(term.loss(rowsOf(model.forward(p, batch.x).logits, batch), hp), 1));
      }),
    );
  return {
    step: () => {
      const next = tf.tidy(() => tf.sub(params, tf.mul(1e-3, tf.grad(loss)(tf.clone(params)))));
      next.dataSync();
      params.dispose();
      params = next;
    },
    dispose: () => {
      params.dispose();
      hp.beta.dispose();
      for (const one of batches) one.dispose();
    },
  };
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

/** Lane-steps a second over about `ms`. */
const rate = ({ step }: Stepper, lanes: number, ms: number, now: () => number): number => {
  const begin = now();
  let steps = 0;
  do {
    step();
    steps++;
  } while (now() - begin < ms);
  return (steps * lanes * 1000) / (now() - begin);
};

const label = ({ engine, way }: Peer): string => `${engine} ${way}`;

const kernelTable = async (wasm: WasmLocation, io: Io, repetitions: number, ms: number, jobs: readonly Job[]) => {
  io.out(`| job | lanes | ${PEERS.map(label).join(' | ')} | kernels / wasm tf.grad | kernels / wasm rows |\n`);
  io.out(`|---|---|${PEERS.map(() => '---|').join('')}---|---|\n`);
  for (const job of jobs) {
    for (const lanes of LANES) {
      const rates = PEERS.map((): number[] => []);
      for (let repetition = 0; repetition < repetitions; repetition++) {
        for (const [i, { engine, way }] of PEERS.entries()) {
          await startEngine(wasm, [engine]);
          const isSlow = engine === 'cpu' && job.id === 'P3';
          const stepper = way === 'rows' ? ownStepper(job, lanes) : gradientStepper(job, lanes, network);
          const warm = isSlow ? 0 : ms / 3;
          rate(stepper, lanes, warm, io.now);
          rates[i]?.push(rate(stepper, lanes, ms, io.now));
          stepper.dispose();
        }
      }
      const ratio = (to: number) =>
        median((rates[0] ?? []).map((own, i) => own / (rates[to]?.[i] as number))).toFixed(1);
      const cells = rates.map((values) => Math.round(median(values)));
      io.out(`| ${job.id} | ${lanes} | ${cells.join(' | ')} | ${ratio(3)} | ${ratio(2)} |\n`);
    }
  }
};

/** Seconds of a whole scenario on some engines, alternating. */
const scenarioTable = async (wasm: WasmLocation, io: Io, scenario: Scenario, repetitions: number) => {
  const engines: readonly EngineName[] = ['kernels', 'wasm'];
  const seconds = engines.map((): number[] => []);
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const [i, engine] of engines.entries()) {
      await startEngine(wasm, [engine]);
      const begin = io.now();
      for await (const _ of simulate({ runId: 'bench', scenario, catalogue, backend: engine, now: io.now }));
      seconds[i]?.push((io.now() - begin) / 1000);
    }
  }
  const cells = seconds.map((values, i) => `${engines[i]} ${median(values).toFixed(2)} s`);
  io.out(`\n${scenario.id ?? 'scenario'}, end to end: ${cells.join(', ')}\n`);
};

/** `bench-kernels [quick] [P1 P2 P3]`: prints both tables. */
export const benchKernels = async (
  argv: readonly string[],
  wasm: WasmLocation,
  scenario: Scenario,
  io: Io,
): Promise<number> => {
  const isQuick = argv.includes('quick');
  const chosen = JOBS.filter(({ id }) => argv.includes(id));
  await kernelTable(wasm, io, isQuick ? 1 : 5, isQuick ? 100 : 300, chosen.length > 0 ? chosen : JOBS.slice(0, 2));
  await scenarioTable(wasm, io, scenario, isQuick ? 1 : 3);
  return 0;
};
