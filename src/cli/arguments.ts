import { readShard, type Shard } from './deal.ts';
import { UsageError } from './terminal/io.ts';
import { splitOptions } from './terminal/options.ts';

const formats = ['table', 'json', 'csv', 'markdown', 'latex'] as const;
export type Format = (typeof formats)[number];

export interface SimulateArguments {
  /** A preset's id, a file or a link. */
  readonly source: string;
  readonly seeds?: readonly number[];
  readonly runs?: readonly string[];
  readonly format: Format;
  readonly out?: string;
  /** The run whose PyTorch script is asked for in place of the results. */
  readonly pytorch?: string;
  /** Only these lanes, for `merge`. */
  readonly shard?: Shard;
  readonly check: boolean;
  readonly quiet: boolean;
}

export const usage = `Usage: npm run simulate -- <preset | file.json | link> [options]

Runs an experiment, or a tournament (docs/tournament.md), and prints its table.

  --seeds 0,1,2        these seeds instead of the scenario's own
  --runs GA,NPO        only these runs, by name
  --format table       what to print: table, json or csv; of a tournament also markdown or latex
  --out FILE           also write the results there, as JSON (as CSV if the name ends in .csv; of a
                       tournament also as Markdown, .md, or LaTeX, .tex)
  --pytorch RUN        print the run (by name, with its setting if it is swept) as a PyTorch script of the
                       first seed, in place of the results; with --out FILE, write it there
  --shard 3/16         compute the third of sixteen parts, and write it to --out FILE for npm run merge
  --check              exit with 1 if a claim fails
  --quiet              no progress
  --help               this text

Exit codes: 0 done, 1 a claim failed (with --check), 2 the scenario or a run is invalid, 3 internal error.
`;

const known = {
  withValue: ['--seeds', '--runs', '--format', '--out', '--pytorch', '--shard'],
  flags: ['--check', '--quiet', '--help', '-h'],
};

const seedsOf = (text: string): readonly number[] =>
  text.split(',').map((part) => {
    if (/^\s*\d+\s*$/.test(part)) return Number(part);
    throw new UsageError(`--seeds: expected whole numbers separated by commas, found ${JSON.stringify(text)}`);
  });

const formatOf = (text: string): Format => {
  const format = formats.find((one) => one === text);
  if (format !== undefined) return format;
  throw new UsageError(`--format: expected one of ${formats.join(', ')}, found ${JSON.stringify(text)}`);
};

/**
 * The arguments of `simulate`; 'help' if they ask for the usage text.
 *
 * @throws {UsageError} for anything that is not as the usage text says
 */
export const readArguments = (argv: readonly string[]): SimulateArguments | 'help' => {
  const { options, words } = splitOptions(argv, known);
  if (options.has('--help') || options.has('-h')) return 'help';
  const [source, ...others] = words;
  if (source === undefined) throw new UsageError('expected a preset, a file or a link');
  if (others.length > 0) throw new UsageError(`expected one scenario, found also ${JSON.stringify(others[0])}`);
  const seeds = options.get('--seeds');
  const runs = options.get('--runs');
  const out = options.get('--out');
  const pytorch = options.get('--pytorch');
  const shard = options.get('--shard');
  return {
    source,
    format: formatOf(options.get('--format') ?? 'table'),
    check: options.has('--check'),
    quiet: options.has('--quiet'),
    ...(seeds === undefined ? {} : { seeds: seedsOf(seeds) }),
    ...(runs === undefined ? {} : { runs: runs.split(',').map((name) => name.trim()) }),
    ...(out === undefined ? {} : { out }),
    ...(pytorch === undefined ? {} : { pytorch }),
    ...(shard === undefined ? {} : { shard: readShard(shard) }),
  };
};
