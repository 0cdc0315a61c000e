import { SimError } from '../engine/base/errors.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import { expandRuns } from '../scenario/format/variants.ts';
import type { RunEvent } from '../sim/events.ts';
import type { SimulateArguments } from './arguments.ts';
import { dealt, type Shard, shardName } from './deal.ts';
import { formatCsv, formatJson, formatTable } from './format.ts';
import type { Offer } from './load.ts';
import { mergeParts } from './merge.ts';
import { partOf, readPart, writePart } from './part.ts';
import { createProgress } from './progress.ts';
import { exit, type Io, printable, textIn, UsageError } from './terminal/io.ts';
import { splitOptions } from './terminal/options.ts';
import type { SimulateScenario } from './tournament.ts';

/** Computes one shard of a study and writes it down. @throws {UsageError} for options that a shard does not take */
export const shardCommand = async (
  { scenario, shard, args }: { readonly scenario: Scenario; readonly shard: Shard; readonly args: SimulateArguments },
  { catalogue }: Offer,
  start: () => Promise<SimulateScenario>,
  io: Io,
): Promise<number> => {
  if (args.out === undefined || !/\.json$/i.test(args.out)) {
    throw new UsageError('--shard: expected --out with a file that ends in .json, for npm run merge');
  }
  for (const [option, value] of Object.entries({ '--pytorch': args.pytorch, '--check': args.check || undefined })) {
    if (value !== undefined)
      throw new UsageError(`${option}: not of a shard; the claims of a study are checked by npm run merge`);
  }
  const own = dealt(scenario, expandRuns(scenario, catalogue).length, shard);
  const keys = new Set(own.lanes.map(({ variant, seed }) => `${variant}/${seed}`));
  const events: RunEvent[] = [];
  if (own.seeds.length > 0) {
    const simulate = await start();
    const progress = createProgress(io, args.quiet);
    try {
      const share = { seeds: own.seeds, isChosen: (variant: number, seed: number) => keys.has(`${variant}/${seed}`) };
      for await (const event of simulate(scenario, undefined, undefined, share)) {
        if (event.type === 'failed') throw new SimError(event.error.code, event.error.message, event.error.faults);
        if (event.type === 'progress') progress.update(event);
        else events.push(event);
      }
    } finally {
      progress.end();
    }
  }
  // A shard without lanes has nothing to tell but that it is there: what computed the others is not known to it.
  io.write(args.out, writePart(partOf(scenario, shard, events)));
  io.out(`Shard ${shardName(shard)}: ${own.lanes.length} lanes of ${own.seeds.length} seeds, in ${args.out}\n`);
  return exit.done;
};

const usage = `Usage: npm run merge -- part1.json part2.json ... [options]

Puts the parts of a study together that npm run simulate -- ... --shard 3/16 --out part3.json computed, in any order.

  --out FILE   write the results there, as JSON (as CSV if the name ends in .csv)
  --check      exit with 1 if a claim fails
  --help       this text

Exit codes: 0 done, 1 a claim failed (with --check), 2 a part is missing, doubled or of another study, 3 internal error.
`;

/** The `merge` command: gives the exit code. */
export const mergeCommand = async (argv: readonly string[], { catalogue }: Offer, io: Io): Promise<number> => {
  try {
    const { options, words } = splitOptions(argv, { withValue: ['--out'], flags: ['--check', '--help', '-h'] });
    if (options.has('--help') || options.has('-h')) {
      io.out(usage);
      return exit.done;
    }
    const parts = words.map((file) => {
      if (!io.exists(file)) throw new UsageError(`${file}: there is no such file`);
      return { file, part: readPart(file, textIn(io.read(file))) };
    });
    const collector = mergeParts(parts, catalogue);
    const results = collector.results();
    const out = options.get('--out');
    if (out !== undefined) io.write(out, /\.csv$/i.test(out) ? formatCsv(results) : formatJson(results));
    io.out(printable(formatTable(results, collector.variants)));
    return options.has('--check') && results.claims.some(({ holds }) => !holds) ? exit.claimFailed : exit.done;
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      io.err(printable(`${thrown.message}\nTry npm run merge -- --help\n`));
      return exit.invalid;
    }
    io.err(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    return exit.internal;
  }
};
