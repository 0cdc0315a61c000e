import { startEngine } from '../../engine/start.ts';
import { parseTournament } from '../../scenario/tournament/parse.ts';
import { createCache, modelsOnly } from '../../sim/cache.ts';
import { catalogue, catalogueInfo } from '../../sim/catalogue.ts';
import { simulate } from '../../sim/simulate.ts';
import { runTournament } from '../../sim/tournament/tournament.ts';
import { type Summary, summarize } from './statistics.ts';
import type { Bench } from './steps.ts';
import file from './tournament.json?raw';

export interface TournamentTimes extends Summary {
  /** Methods, baselines among them, and runs of all of them. */
  readonly methods: number;
  readonly runs: number;
  /** Seconds, one number per repetition. */
  readonly seconds: readonly number[];
}

/** How long the tournament takes that a reader starts without changing anything, from nothing known, on one core. */
export const measureTournament = async ({ wasm, now, repeat, note }: Bench): Promise<TournamentTimes> => {
  const { tournament } = parseTournament(JSON.parse(file), catalogueInfo, [], 'strict');
  const seconds: number[] = [];
  let runs = 0;
  await startEngine(wasm, ['kernels']);
  for (let i = 0; i < repeat; i++) {
    note(`tournament ${i + 1}/${repeat}`);
    const cache = modelsOnly(createCache());
    const begin = now();
    const options = {
      tournament,
      catalogue: catalogueInfo,
      now,
      run: (scenario: Parameters<typeof simulate>[0]['scenario'], metrics: readonly string[]) =>
        simulate({ runId: 'bench', scenario, metrics, catalogue, backend: 'kernels', now, cache }),
    };
    for await (const { done } of runTournament(options)) runs = done;
    seconds.push((now() - begin) / 1000);
  }
  note('');
  return { methods: tournament.methods.length, runs, seconds, ...summarize(seconds) };
};
