import { startEngine, type WasmLocation } from '../../engine/start.ts';
import { BETA, type BenchJob, LEARNING_RATE, type Objective, type Stepper, startOf } from './jobs.ts';
import { OURS, type Peer, PLAYGROUND, PYTORCH, peers } from './peers.ts';
import type { Torch } from './torch.ts';

/** What measuring needs. */
export interface Bench {
  readonly wasm: WasmLocation;
  readonly torch: Torch | undefined;
  readonly now: () => number;
  readonly quick: boolean;
  readonly repeat: number;
  readonly note: (text: string) => void;
}

/** Lane-steps a second of every peer, one number per repetition: the i-th numbers were measured after each other. */
export interface JobRates {
  readonly job: BenchJob;
  readonly objective: Objective;
  readonly rates: ReadonlyMap<string, readonly number[]>;
}

/** A peer that is ready to step. */
interface Entrant {
  readonly id: string;
  /** Lane-steps a second over about so many ms. */
  readonly rate: (ms: number) => Promise<number>;
  /** Weights of the first lane after some steps. */
  readonly after: (steps: number) => Promise<ArrayLike<number>>;
  readonly dispose: () => void;
}

/** Would take seconds a step: left out of a quick run. */
const isSlow = ({ id, engine }: Peer, job: BenchJob): boolean =>
  job.id === 'P3' ? id === PLAYGROUND || engine === 'cpu' : job.id === 'P2' && engine === 'cpu';

const entrantOf = async (peer: Peer, job: BenchJob, objective: Objective, { wasm, now }: Bench): Promise<Entrant> => {
  const go = async () => {
    if (peer.engine && (await startEngine(wasm, [peer.engine])) !== peer.engine) throw new Error(peer.id);
  };
  await go();
  const stepper: Stepper = peer.create(job, objective);
  return {
    id: peer.id,
    rate: async (ms) => {
      await go();
      const begin = now();
      let steps = 0;
      do {
        stepper.step();
        steps++;
      } while (now() - begin < ms);
      return (steps * peer.lanes * 1000) / (now() - begin);
    },
    after: async (steps) => {
      await go();
      for (let i = 0; i < steps; i++) stepper.step();
      return stepper.weights();
    },
    dispose: stepper.dispose,
  };
};

const torchEntrant = async (torch: Torch, job: BenchJob, objective: Objective): Promise<Entrant> => {
  const { weights, rows, logReference } = startOf(job, 0);
  const plain = ({ x, y }: (typeof rows)['forget']) => ({ x: [...x], y: [...y] });
  await torch.ask({
    do: 'job',
    widths: job.widths,
    weights: [...weights],
    forget: plain(rows.forget),
    retain: plain(rows.retain),
    npo: objective === 'NPO + retain',
    learningRate: LEARNING_RATE,
    beta: BETA,
    logReference,
  });
  return {
    id: PYTORCH,
    rate: async (milliseconds) => (await torch.ask({ do: 'run', milliseconds }))['rate'] as number,
    after: async (count) => (await torch.ask({ do: 'steps', count }))['weights'] as number[],
    dispose: () => undefined,
  };
};

/**
 * How far the weights of one engine have gone another way than those of another, as a share of the longest way that
 * one weight has gone.
 */
export const disagreement = (start: ArrayLike<number>, ours: ArrayLike<number>, theirs: ArrayLike<number>): number => {
  let way = 0;
  let apart = 0;
  for (let i = 0; i < start.length; i++) {
    way = Math.max(way, Math.abs((ours[i] as number) - (start[i] as number)));
    apart = Math.max(apart, Math.abs((ours[i] as number) - (theirs[i] as number)));
  }
  return theirs.length === start.length && start.length > 0 ? apart / way : Number.NaN;
};

/** Steps before the clock starts: they warm up, and show that everybody does the same job. */
const FIRST_STEPS = 2;
const TOLERANCE = 1e-3;

/** Measures a job with every peer, in turns. */
export const measureJob = async (job: BenchJob, objective: Objective, bench: Bench): Promise<JobRates> => {
  const entrants: Entrant[] = [];
  for (const peer of peers) {
    if (!(bench.quick && isSlow(peer, job))) entrants.push(await entrantOf(peer, job, objective, bench));
  }
  if (bench.torch) entrants.push(await torchEntrant(bench.torch, job, objective));
  try {
    const start = startOf(job, 0).weights;
    const ours = await (entrants.find(({ id }) => id === OURS) as Entrant).after(FIRST_STEPS);
    const ms = bench.quick ? 50 : 300;
    /** Peers that one step takes longer than a repetition should. */
    const slow = new Set<string>();
    for (const { id, after, rate } of entrants) {
      const apart = id === OURS ? 0 : disagreement(start, ours, await after(FIRST_STEPS));
      if (!(apart <= TOLERANCE)) throw new Error(`${job.id}, ${objective}: ${id} does another job (${apart})`);
      const begin = bench.now();
      await rate(0);
      if (bench.now() - begin > 4 * ms) slow.add(id);
      else await rate(ms / 3);
    }
    const rates = new Map<string, number[]>(entrants.map(({ id }) => [id, []]));
    for (let repetition = 0; repetition < bench.repeat; repetition++) {
      bench.note(`${job.id}, ${objective}: ${repetition + 1}/${bench.repeat}`);
      for (const { id, rate } of entrants) {
        if (!(bench.quick && repetition > 0 && slow.has(id))) rates.get(id)?.push(await rate(ms));
      }
    }
    return { job, objective, rates };
  } finally {
    for (const { dispose } of entrants) dispose();
  }
};
