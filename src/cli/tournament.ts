import type { Scenario } from '../scenario/format/scenario.ts';
import type { Tournament } from '../scenario/tournament/tournament.ts';
import type { Archive } from '../sim/archive.ts';
import type { RunEvent } from '../sim/events.ts';
import {
  footerOf,
  resultsOf,
  type TournamentResults,
  tableOf,
  toCsv,
  toJson,
  toLatex,
  toMarkdown,
} from '../sim/tournament/export.ts';
import { planOf } from '../sim/tournament/plan.ts';
import { emptyState } from '../sim/tournament/state.ts';
import { runTournament } from '../sim/tournament/tournament.ts';
import type { Format, SimulateArguments } from './arguments.ts';
import { align } from './format.ts';
import type { Offer } from './load.ts';
import { createProgress } from './progress.ts';
import { type Io, printable, UsageError } from './terminal/io.ts';

/** Some lanes of a scenario. */
export interface Share {
  readonly seeds: readonly number[];
  readonly isChosen: (variant: number, seed: number) => boolean;
}

/** Runs a scenario; with `metrics`, only those are computed, and trained models are kept for the next call; with `share`, only its lanes. */
export type SimulateScenario = (
  scenario: Scenario,
  metrics?: readonly string[],
  archive?: Archive,
  share?: Share,
) => AsyncIterable<RunEvent>;

/** @throws {UsageError} for options that a tournament does not take */
const checkOptions = ({ seeds, runs, check, shard }: SimulateArguments): void => {
  if (shard !== undefined) {
    throw new UsageError('--shard: a tournament chooses as it goes and cannot be dealt beforehand; an experiment can');
  }
  for (const [option, value] of Object.entries({ '--seeds': seeds, '--runs': runs, '--check': check || undefined })) {
    if (value !== undefined) {
      throw new UsageError(`${option}: a tournament has seeds and methods of its own, and no claims; change the file`);
    }
  }
};

const tableText = (results: TournamentResults, { catalogue }: Offer): string => {
  const { title } = results.tournament;
  const { header, rows } = tableOf(results, catalogue);
  return [
    ...(title === '' ? [] : [title, '']),
    ...align([header, ...rows]),
    '',
    ...footerOf(results, catalogue),
    '',
  ].join('\n');
};

const written = (results: TournamentResults, how: Format, offer: Offer): string => {
  switch (how) {
    case 'table':
      return printable(tableText(results, offer));
    case 'json':
      return toJson(results);
    case 'csv':
      return toCsv(results);
    case 'markdown':
      return toMarkdown(results, offer.catalogue);
    case 'latex':
      return toLatex(results, offer.catalogue);
  }
};

/** The format that the name of a file asks for. */
const formatOf = (file: string): Format => {
  if (/\.csv$/i.test(file)) return 'csv';
  if (/\.(md|markdown)$/i.test(file)) return 'markdown';
  return /\.tex$/i.test(file) ? 'latex' : 'json';
};

/**
 * Runs a tournament to its end, writes and prints its table.
 *
 * @throws {UsageError} for options that a tournament does not take
 */
export const tournamentCommand = async (
  tournament: Tournament,
  args: SimulateArguments,
  offer: Offer,
  start: () => Promise<SimulateScenario>,
  io: Io,
): Promise<void> => {
  checkOptions(args);
  const simulate = await start();
  const progress = createProgress(io, args.quiet);
  let state = emptyState;
  try {
    for await (const update of runTournament({ tournament, catalogue: offer.catalogue, run: simulate, now: io.now })) {
      state = update.state;
      const { entrant, phase, done, total } = update;
      const name = entrant === undefined ? '' : `${tournament.methods[entrant]?.run.name}: `;
      progress.update({ phase: `${name}${phase}`, done, total });
    }
  } finally {
    progress.end();
  }
  const results = resultsOf(tournament, planOf(tournament, offer.catalogue), state);
  if (args.out !== undefined) io.write(args.out, written(results, formatOf(args.out), offer));
  io.out(written(results, args.format, offer));
};
