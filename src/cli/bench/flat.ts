import type { Cohort, Lane } from '../../sim/cohort.ts';
import { type Bench, disagreement } from './steps.ts';

/** Steps before the clock starts: they warm up, and show that both do the same job. */
export const FIRST_STEPS = 2;
const TOLERANCE = 1e-3;

/** Steps a second of all lanes together, the i-th of both measured after each other; undefined where PyTorch did not run. */
export interface FlatRates {
  readonly ours: readonly number[];
  readonly theirs: readonly number[] | undefined;
}

/**
 * Steps of a cohort, in turns with the same job in PyTorch, which has its lanes in flat parameters, too. Disposes of the cohort.
 *
 * @param spec the job for PyTorch, asked for after the first steps
 * @throws {Error} if the two do not do the same, or a lane diverges
 */
export const measureFlat = async (
  name: string,
  cohort: Pick<Cohort, 'advance' | 'alive' | 'lanes' | 'weights' | 'dispose'>,
  first: Lane,
  spec: () => object,
  { torch, now, quick, repeat, note }: Bench,
): Promise<FlatRates> => {
  const ms = quick ? 50 : 300;
  const rateOf = (milliseconds: number): number => {
    let steps = 0;
    const begin = now();
    do {
      cohort.advance();
      steps++;
    } while (now() - begin < milliseconds);
    return (1000 * steps) / (now() - begin);
  };
  try {
    for (let i = 0; i < FIRST_STEPS; i++) cohort.advance();
    if (torch) {
      await torch.ask(spec());
      const { weights } = await torch.ask({ do: 'flat-steps', count: FIRST_STEPS });
      const apart = disagreement(first.start, cohort.weights(first), weights as number[]);
      if (!(apart <= TOLERANCE)) throw new Error(`${name}: PyTorch does another job (${apart})`);
      await torch.ask({ do: 'flat-run', milliseconds: ms / 3 });
    }
    rateOf(ms / 3);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let repetition = 0; repetition < repeat; repetition++) {
      note(`${name}: ${repetition + 1}/${repeat}`);
      ours.push(rateOf(ms));
      if (torch) theirs.push((await torch.ask({ do: 'flat-run', milliseconds: ms }))['rate'] as number);
    }
    if (cohort.alive < cohort.lanes.length) throw new Error(`${name}: a lane has diverged, so fewer were measured`);
    return { ours, theirs: torch ? theirs : undefined };
  } finally {
    cohort.dispose();
  }
};
