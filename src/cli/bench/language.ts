import { foldIn, keyOf } from '../../engine/base/random.ts';
import { defaultsOf } from '../../engine/base/schema.ts';
import * as tf from '../../engine/base/tf.ts';
import type { AnyMethod, RetainTerm } from '../../engine/contracts/method.ts';
import type { AnyRowTerm } from '../../engine/contracts/rows.ts';
import { stackExamples } from '../../engine/objective/examples.ts';
import { optimizers } from '../../engine/objective/optim.ts';
import { crossEntropy, rowsOf, termLoss } from '../../engine/objective/rows.ts';
import { type EngineName, network, startEngine } from '../../engine/start.ts';
import { type TextRows, textBatches } from '../../families/text/batches.ts';
import { factsOf } from '../../families/text/forget-sets.ts';
import { tinyTofu } from '../../families/text/generator.ts';
import { libraryOf } from '../../families/text/outputs.ts';
import { slotsOf, tokensOf, WINDOW, type Windows, windowsOf } from '../../families/text/windows.ts';
import type { World } from '../../families/text/world.ts';
import { runDefaults } from '../../scenario/format/defaults.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import { catalogue } from '../../sim/catalogue.ts';
import { createCohort, type Lane } from '../../sim/cohort.ts';
import { PYTORCH, TFJS_WASM } from './peers.ts';
import type { Bench } from './steps.ts';
import type { Torch } from './torch.ts';

/** The language model of the presets: 60 authors, a tenth forgotten, batches as in unlearning and in training. */
const JOB = { width: 12, hidden: 48, forget: 30, retain: 32, train: 32, exercises: 12, rate: 0.003, beta: 1 };

/** A step of training, a step of NPO with a retain term, log p of the learned answers to all questions about authors. */
export const languageTasks = ['train', 'unlearn', 'evaluate'] as const;
export type LanguageTask = (typeof languageTasks)[number];

/** How often a second all lanes together have done a task, by engine: the i-th numbers were measured after each other. */
export interface LanguageRates {
  readonly task: LanguageTask;
  readonly ours: readonly number[];
  readonly theirs: ReadonlyMap<string, readonly number[]>;
}

type Part = 'forget' | 'retain' | 'train' | 'all';

/** The words that a lane reads, and the weights that it starts from. */
interface LanguageLane {
  readonly seed: number;
  readonly parts: Readonly<Record<Part, readonly Windows[]>>;
  readonly start: Float32Array;
}

const networkOf = (vocabulary: number) =>
  network({
    inputs: slotsOf(WINDOW),
    embedding: { vocabulary, width: JOB.width, deviation: 0.2 },
    hidden: [JOB.hidden],
    classes: vocabulary,
    activation: 'relu',
    init: 'glorot',
  });

const worldOf = (seed: number): World =>
  tinyTofu.generate(defaultsOf(tinyTofu.params) as never, foldIn(keyOf(seed), 'data'));

const partsOf = (world: World): LanguageLane['parts'] => {
  const library = libraryOf(world);
  const tokens = tokensOf(world.vocabulary);
  const facts = factsOf(world).map((item) => library.windows(item, 'answer'));
  const exercises = world.exercises
    .slice(0, JOB.exercises)
    .map(({ note, question, answer }) =>
      windowsOf({ note: tokens.of(note), question: tokens.of(question), answer: tokens.of(answer) }),
    );
  return {
    forget: facts.slice(0, JOB.forget),
    retain: facts.slice(JOB.forget, JOB.forget + JOB.retain),
    train: [...facts.slice(0, JOB.train), ...exercises],
    all: facts,
  };
};

/** What is done on the page's engine and on the tensor library: the same lanes in the form that each is fastest with. */
const jobOf = (count: number) => {
  const worlds = Array.from({ length: count }, (_, seed) => worldOf(seed));
  const words = (worlds[0] as World).vocabulary.length;
  const model = networkOf(words);
  const lanes = worlds.map(
    (world, seed): LanguageLane => ({
      ...{ seed, parts: partsOf(world) },
      start: model.init(keyOf(seed)),
    }),
  );
  return { model, words, lanes };
};
type Job = ReturnType<typeof jobOf>;

const rowsAt = ({ seed, parts }: LanguageLane, part: Part, words: number): TextRows => ({
  seed,
  indices: Int32Array.from(parts[part], (_, i) => i),
  windows: parts[part],
  // The original model is said to give every word the same probability.
  reference: parts[part].map(({ rows }) => new Float32Array(rows * words).fill(-Math.log(words))),
});

/** A peer's way of doing a task: over and over, and what came of it. */
interface Doer {
  readonly once: () => void;
  /** Weights of all lanes; log p of each answer after an evaluation. */
  readonly outcome: () => ArrayLike<number>;
  readonly dispose: () => void;
}

const ownSteps = ({ model, words, lanes }: Job, task: 'train' | 'unlearn'): Doer => {
  const isTraining = task === 'train';
  const run: RunSpec = {
    ...runDefaults,
    ...{ name: 'bench', method: isTraining ? 'retrain' : 'npo', params: isTraining ? {} : { beta: JOB.beta } },
    ...{ optimizer: 'adam', learningRate: JOB.rate, steps: Number.MAX_SAFE_INTEGER, batchSize: 'full' },
    retain: { kind: isTraining ? 'none' : 'ce', weight: 1, batchSize: 'full' },
    mask: { kind: 'none', keep: 1 },
    wrappers: [],
    sweep: {},
  };
  const none: TextRows = { seed: 0, indices: new Int32Array(), windows: [] };
  const own = lanes.map(
    (lane): Lane => ({
      ...{ seed: lane.seed, run, start: lane.start },
      rows: isTraining
        ? { forget: none, retain: rowsAt(lane, 'train', words) }
        : { forget: rowsAt(lane, 'forget', words), retain: rowsAt(lane, 'retain', words) },
    }),
  );
  const method = isTraining ? catalogue.training : (catalogue.methods.get('npo') as AnyMethod);
  const retain = isTraining ? undefined : (catalogue.retainTerms.get('ce') as RetainTerm);
  const cohort = createCohort(
    {
      model,
      batches: (rows, split, size) =>
        textBatches(rows as readonly TextRows[], split, size, model.inputs, model.classes),
    },
    method,
    retain,
    own,
  );
  return {
    once: () => void cohort.advance(),
    outcome: () => own.flatMap((lane) => [...cohort.weights(lane)]),
    dispose: cohort.dispose,
  };
};

/** What one writes with the tensor library alone: the loss in its operations, differentiated by it; words are looked up by a product with ones and zeros. */
const composedSteps = ({ model, words, lanes }: Job, task: 'train' | 'unlearn'): Doer => {
  const npo = (catalogue.methods.get('npo') as AnyMethod).terms?.[0] as AnyRowTerm;
  const ce = (catalogue.retainTerms.get('ce') as RetainTerm).term;
  const parts: readonly [AnyRowTerm | typeof ce, Part][] =
    task === 'train' ? [[crossEntropy('retain'), 'train']] : [[npo, 'forget'], [ce, 'retain']]; // biome-ignore format: pairs
  const K = lanes.length;
  const sources = parts.map(
    ([{ on }, part]) =>
    textBatches(lanes.map((lane) => rowsAt(lane, part, words)), on, 'full', model.inputs, words), // biome-ignore format: one call
  );
  const settings = { beta: tf.tensor2d(lanes.map(() => [JOB.beta])), weights: 'per answer' };
  const learningRate = tf.tensor2d(lanes.map(() => [JOB.rate]));
  let weights = tf.tensorOf(Float32Array.from(lanes.flatMap(({ start }) => [...start])), [K, model.size]);
  let state = optimizers.adam.init(weights);
  let step = 0;
  const loss = (at: tf.Tensor): tf.Tensor =>
    tf.addN(
      parts.map(([term], i) => {
        const batch = (sources[i] as (typeof sources)[number]).at(0);
        return tf.sum(termLoss(term, rowsOf(model.forward(at, batch.x).logits, batch), settings, batch));
      }),
    );
  const held = () => [weights, ...Object.values(state)];
  return {
    once: () => {
      const before = held();
      const next = tf.tidy(() => {
        const moved = optimizers.adam.update(
          weights,
          tf.grad(loss)(tf.clone(weights)),
          state,
          { learningRate },
          step++,
        );
        return { weights: moved.weights, ...moved.state };
      });
      ({ weights, ...state } = next as typeof next & { weights: tf.Tensor });
      weights.dataSync();
      for (const tensor of before) tensor.dispose();
    },
    outcome: () => weights.dataSync() as Float32Array,
    dispose: () => {
      for (const tensor of [...held(), settings.beta, learningRate]) tensor.dispose();
      for (const source of sources) source.dispose();
    },
  };
};

/** log p of every learned answer of every lane under the weights at the start, as the family reads them: lane by lane. */
const evaluation = ({ model, words, lanes }: Job): Doer => {
  let found: number[] = [];
  return {
    once: () => {
      found = lanes.flatMap(({ parts, start }) => {
        const rows = parts.all.reduce((sum, one) => sum + one.rows, 0);
        const x = tf.tensorOf(Int32Array.from(parts.all.flatMap((one) => [...one.x])), [1, rows, model.inputs]);
        const { logProbs } = model.predict(start, x);
        x.dispose();
        let row = 0;
        return parts.all.map(({ y }) => y.reduce((sum, word) => sum + (logProbs[row++ * words + word] as number), 0));
      });
    },
    outcome: () => found,
    dispose: () => undefined,
  };
};

interface LanguageBench extends Bench {
  readonly lanes: number;
}

/** A peer in its turn. */
interface Turn {
  readonly id: string;
  readonly rate: (ms: number) => Promise<number>;
  /** What came of doing the task so many times. */
  readonly after: (times: number) => Promise<ArrayLike<number>>;
  readonly dispose: () => void;
}

const OWN = 'kernels';

const turnOf = async (
  id: string,
  engine: EngineName,
  task: LanguageTask,
  { wasm, now, lanes }: LanguageBench,
): Promise<Turn> => {
  const go = async () => {
    if ((await startEngine(wasm, [engine])) !== engine) throw new Error(`no ${engine}`);
  };
  await go();
  const job = jobOf(lanes);
  const steps = engine === 'kernels' ? ownSteps : composedSteps;
  const doer = task === 'evaluate' ? evaluation(job) : steps(job, task);
  return {
    id,
    rate: async (ms) => {
      await go();
      const begin = now();
      let times = 0;
      do {
        doer.once();
        times++;
      } while (now() - begin < ms);
      return (1000 * times) / (now() - begin);
    },
    after: async (times) => {
      await go();
      for (let i = 0; i < times; i++) doer.once();
      return doer.outcome();
    },
    dispose: doer.dispose,
  };
};

/** Padded rows of a part as PyTorch takes them: words, the word to come, and the example of each row. */
const plainPart = (lanes: readonly LanguageLane[], part: Part) => {
  const { size, of, count } = stackExamples(lanes.map(({ parts }) => parts[part].map(({ rows }) => rows)));
  const padded = (values: readonly number[], width: number) => [
    ...values,
    ...new Array<number>(size * width - values.length).fill(0),
  ];
  return {
    x: lanes.map(({ parts }) =>
      padded(
        parts[part].flatMap((one) => [...one.x]),
        slotsOf(WINDOW),
      ),
    ),
    y: lanes.map(({ parts }) =>
      padded(
        parts[part].flatMap((one) => [...one.y]),
        1,
      ),
    ),
    of: lanes.map((_, k) => [...of.subarray(k * size, (k + 1) * size)]),
    examples: Math.max(...count),
  };
};

const torchTurn = async (torch: Torch, task: LanguageTask, count: number): Promise<Turn> => {
  const { words, lanes } = jobOf(count);
  const parts: readonly Part[] = task === 'train' ? ['train'] : task === 'unlearn' ? ['forget', 'retain'] : ['all'];
  await torch.ask({
    ...{ do: 'language', task, words, width: JOB.width, hidden: JOB.hidden, slots: slotsOf(WINDOW) },
    ...{ rate: JOB.rate, beta: JOB.beta },
    weights: lanes.map(({ start }) => [...start]),
    parts: Object.fromEntries(parts.map((part) => [part, plainPart(lanes, part)])),
  });
  return {
    id: PYTORCH,
    rate: async (milliseconds) => (await torch.ask({ do: 'language-run', milliseconds }))['rate'] as number,
    after: async (count) => (await torch.ask({ do: 'language-steps', count }))['outcome'] as number[],
    dispose: () => undefined,
  };
};

/** How far two outcomes are apart, as a share of how far ours is from where it began: by length, since Adam moves what has next to no gradient by noise. */
const apartOf = (start: ArrayLike<number>, ours: ArrayLike<number>, theirs: ArrayLike<number>): number => {
  const between = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
    Math.sqrt(Array.from(a).reduce((sum, value, i) => sum + (value - (b[i] ?? 0)) ** 2, 0));
  return ours.length === theirs.length ? between(ours, theirs) / between(ours, start) : Number.NaN;
};

const FIRST_TIMES = 2;
const TOLERANCE = 0.01;

const measureTask = async (task: LanguageTask, bench: LanguageBench): Promise<LanguageRates> => {
  const ours = await turnOf(OWN, 'kernels', task, bench);
  const start = task === 'evaluate' ? [] : jobOf(bench.lanes).lanes.flatMap((lane) => [...lane.start]);
  const theirs = [await turnOf(TFJS_WASM, 'wasm', task, bench)];
  if (bench.torch) theirs.push(await torchTurn(bench.torch, task, bench.lanes));
  try {
    const outcome = await ours.after(FIRST_TIMES);
    for (const { id, after } of theirs) {
      const apart = apartOf(start, outcome, await after(FIRST_TIMES));
      if (!(apart <= TOLERANCE)) throw new Error(`language model, ${task}: ${id} does another job (${apart})`);
    }
    const ms = bench.quick ? 50 : 300;
    const rates = new Map<string, number[]>([ours, ...theirs].map(({ id }) => [id, []]));
    for (const { rate } of [ours, ...theirs]) await rate(ms / 3);
    for (let repetition = 0; repetition < bench.repeat; repetition++) {
      bench.note(`language model, ${task}: ${repetition + 1}/${bench.repeat}`);
      for (const { id, rate } of [ours, ...theirs]) rates.get(id)?.push(await rate(ms));
    }
    const own = rates.get(OWN) as number[];
    rates.delete(OWN);
    return { task, ours: own, theirs: rates };
  } finally {
    for (const { dispose } of [ours, ...theirs]) dispose();
  }
};

/**
 * The language model in our engine, composed of the tensor library's operations, and in PyTorch, all with the same lanes at once.
 * Batches stay the same from step to step, so that drawing them is in nobody's time.
 *
 * @throws {Error} if they do not do the same
 */
export const measureLanguage = async (bench: Bench, lanes = 5): Promise<readonly LanguageRates[]> => {
  const measured: LanguageRates[] = [];
  for (const task of languageTasks) measured.push(await measureTask(task, { ...bench, lanes }));
  return measured;
};
