import { faultLine, SimError, type WireError } from '../engine/base/errors.ts';
import { compareWith, type Provenance, provenanceOf } from '../scenario/format/provenance.ts';
import type { Results } from '../scenario/format/results.ts';
import { type Collector, createCollector } from '../sim/collector.ts';
import { readArguments, type SimulateArguments, usage } from './arguments.ts';
import { formatCsv, formatJson, formatTable } from './format.ts';
import { type Offer, readSource, scenarioFor } from './load.ts';
import { shardCommand } from './parts.ts';
import { createProgress } from './progress.ts';
import { createScript } from './pytorch.ts';
import { exit, type Io, printable, UsageError } from './terminal/io.ts';
import { type SimulateScenario, tournamentCommand } from './tournament.ts';

/** Starts the engine and gives the function that runs a scenario. */
export type StartEngine = () => Promise<SimulateScenario>;

/** Whether an error says that the input, rather than the program, is at fault. */
const isInvalid = ({ code }: Pick<WireError, 'code'>): boolean => /^(scenario|file|link|data|forget)\//.test(code);

const messageOf = ({ message, faults }: Pick<WireError, 'message' | 'faults'>): string =>
  printable(faults.length > 0 ? faults.map(faultLine).join('\n') : message);

const format = (results: Results, collector: Collector, how: SimulateArguments['format']): string => {
  switch (how) {
    case 'table':
      return printable(formatTable(results, collector.variants));
    case 'json':
      return formatJson(results);
    default:
      return formatCsv(results);
  }
};

const report = (collector: Collector, args: SimulateArguments, io: Io): number => {
  const { error, failures, variants } = collector;
  if (error !== null) {
    io.err(`${messageOf(error)}\n`);
    return isInvalid(error) ? exit.invalid : exit.internal;
  }
  const results = collector.results();
  if (args.out !== undefined) {
    io.write(args.out, /\.csv$/i.test(args.out) ? formatCsv(results) : formatJson(results));
  }
  io.out(format(results, collector, args.format));
  for (const { model, seed, step } of results.trainingDiverged ?? []) {
    io.err(
      `The training of the ${model} model diverged at step ${step} under seed ${seed}; its last finite state is used.\n`,
    );
  }
  for (const [variant, failure] of failures) {
    io.err(printable(`${variants[variant]?.label} could not run: ${messageOf(failure)}\n`));
  }
  if (failures.size > 0) return exit.invalid;
  return args.check && results.claims.some(({ holds }) => !holds) ? exit.claimFailed : exit.done;
};

/** Whether the results are those that the author of a link or a results file saw. */
const comparisonLine = (made: Provenance, results: Results): string => {
  if (made.checksum === undefined) return '';
  const { isSame, expected, found, engine, madeBy } = compareWith(
    { ...made, checksum: made.checksum },
    provenanceOf(results),
    false,
  );
  const there = madeBy ?? 'an engine that it does not name';
  return isSame
    ? `Same result as where it was made (checksum ${found}).\n`
    : `The result differs from where it was made: checksum ${found} on ${engine}, ${expected} on ${there}.\n`;
};

const run = async (args: SimulateArguments, offer: Offer, start: StartEngine, io: Io): Promise<number> => {
  const document = readSource(args.source, offer, io);
  if (document.kind === 'tournament') {
    await tournamentCommand(document.tournament, args, offer, start, io);
    return exit.done;
  }
  if (args.format === 'markdown' || args.format === 'latex') {
    throw new UsageError(`--format: expected table, json or csv for an experiment; ${args.format} is for tournaments`);
  }
  const { scenario, ...made } = scenarioFor(args, document, offer);
  if (args.shard !== undefined) return shardCommand({ scenario, shard: args.shard, args }, offer, start, io);
  const script = args.pytorch === undefined ? undefined : createScript(scenario, args.pytorch, offer.catalogue);
  const simulate = await start();
  const collector = createCollector(scenario);
  const progress = createProgress(io, args.quiet);
  try {
    for await (const event of simulate(scenario, undefined, script?.archive)) {
      collector.take(event);
      progress.update(collector.progress);
    }
  } finally {
    progress.end();
  }
  if (collector.error === null && !args.quiet) io.err(comparisonLine(made, collector.results()));
  if (script && collector.error === null) {
    const code = script.write(collector);
    if (args.out === undefined) io.out(code);
    else io.write(args.out, code);
    return exit.done;
  }
  return report(collector, args, io);
};

/** The `simulate` command: gives the exit code. */
export const simulateCommand = async (
  argv: readonly string[],
  offer: Offer,
  start: StartEngine,
  io: Io,
): Promise<number> => {
  try {
    const args = readArguments(argv);
    if (args === 'help') {
      const ids = offer.presets.map(({ id, title }) => `  ${id.padEnd(20)} ${title}`);
      io.out(`${usage}\nPresets:\n${ids.join('\n')}\n`);
      return exit.done;
    }
    return await run(args, offer, start, io);
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      io.err(`${thrown.message}\nTry npm run simulate -- --help\n`);
      return exit.invalid;
    }
    if (thrown instanceof SimError && isInvalid(thrown)) {
      io.err(`${messageOf(thrown)}\n`);
      return exit.invalid;
    }
    io.err(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    return exit.internal;
  }
};
