import { closest } from '../../engine/base/words.ts';
import { UsageError } from '../terminal/io.ts';
import { splitOptions } from '../terminal/options.ts';

/** What can be measured on its own: the steps of three jobs, those of regression, of diffusion, a language model, a whole comparison, how cost grows. */
const parts = ['P1', 'P2', 'P3', 'numbers', 'diffusion', 'lm', 'comparison', 'growth'] as const;
export type BenchPart = (typeof parts)[number];

export interface BenchArguments {
  readonly parts: readonly BenchPart[];
  readonly quick: boolean;
  readonly json: boolean;
  /** Also say in which functions the time goes. */
  readonly profile: boolean;
  /** Every method's rate against gradient ascent's, and nothing else. */
  readonly methods: boolean;
  /** How fast methods typed as formulas step beside their files, and nothing else. */
  readonly formulas: boolean;
  /** How long the default tournament takes, and nothing else. */
  readonly tournament: boolean;
  /** Alternating repetitions. */
  readonly repeat: number;
}

export const usage = `Usage: npm run bench -- [P1] [P2] [P3] [numbers] [diffusion] [lm] [comparison] [growth] [options]
       npm run bench -- --methods [--quick] [--repeat N]
       npm run bench -- --formulas [--quick] [--repeat N]
       npm run bench -- tournament [--repeat N] [--json]
       npm run bench -- --page [--repeat N] [--json]

Measures the engine and its peers in turns, in one run, and prints ratios with their quartiles.
Without words it measures everything: steps of the jobs P1, P2 and P3, of regression, of diffusion, of a language model, a whole comparison, and how cost grows.

  --quick       within 40 s: fewer and shorter repetitions, one seed in the comparison, slow peers left out
  --repeat N    alternating repetitions (5; quick: 3)
  --json        only the ratios, as JSON; a peer that could not run is null
  --profile     also where the time of our engine goes, function by function
  --methods     only how fast each method steps, as a fraction of gradient ascent's rate
  --formulas    only how fast a method typed as a formula steps beside its file
  tournament    only how long a tournament of eight methods and three baselines takes
  --page        how soon the built page answers, in a real browser
  --help        this text

PyTorch takes part if BENCH_PYTHON, python3 or /usr/bin/python3 can import it.
`;

const MOST_REPETITIONS = 1000;

const repeatOf = (text: string): number => {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST_REPETITIONS) return count;
  throw new UsageError(
    `--repeat: expected a whole number from 1 to ${MOST_REPETITIONS}, found ${JSON.stringify(text)}`,
  );
};

const partOf = (word: string): BenchPart => {
  const part = parts.find((one) => one.toLowerCase() === word.toLowerCase());
  if (part) return part;
  const meant = closest(word, [...parts, 'quick', 'json', 'profile']);
  const hint = meant === undefined ? '' : ` (did you mean ${parts.some((one) => one === meant) ? '' : '--'}${meant}?)`;
  throw new UsageError(`expected some of ${parts.join(', ')}, found ${JSON.stringify(word)}${hint}`);
};

/**
 * The arguments of `bench`; 'help' if they ask for the usage text.
 *
 * @throws {UsageError} for anything that is not as the usage text says
 */
export const readBenchArguments = (argv: readonly string[]): BenchArguments | 'help' => {
  const { options, words } = splitOptions(argv, {
    withValue: ['--repeat'],
    flags: ['--quick', '--json', '--profile', '--methods', '--formulas', '--help', '-h'],
  });
  if (options.has('--help') || options.has('-h')) return 'help';
  const quick = options.has('--quick');
  const repeat = options.get('--repeat');
  const isTournament = words.length === 1 && words[0] === 'tournament';
  const chosen = isTournament ? [] : words.map(partOf);
  return {
    parts: chosen.length === 0 ? parts : parts.filter((part) => chosen.includes(part)),
    quick,
    json: options.has('--json'),
    profile: options.has('--profile'),
    methods: options.has('--methods'),
    formulas: options.has('--formulas'),
    tournament: isTournament,
    repeat: repeat === undefined ? (quick ? 3 : 5) : repeatOf(repeat),
  };
};
