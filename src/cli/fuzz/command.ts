import { closest } from '../../engine/base/words.ts';
import { type Io, UsageError } from '../terminal/io.ts';
import { fuzzTarget, inputOf, type TargetReport, textOf } from './fuzz.ts';
import type { FuzzTarget } from './target.ts';
import { faultOf } from './targets.ts';

const usage = `Usage: npm run fuzz -- [options]

  --cases 200000       how many inputs, over all targets
  --seed 1             the same seed gives the same inputs
  --target link,query  only these readers
  --case N             only the N-th case of one target, with its whole input
  --limit 1000         a case that takes more ms of processor time than this has failed
  --json               the figures as JSON

Exit codes: 0 every case ended in a valid scenario or a typed error, 1 some did not, 2 wrong options.
`;

interface Arguments {
  readonly cases: number;
  readonly seed: number;
  readonly limitMs: number;
  readonly names: readonly string[] | undefined;
  readonly only: number | undefined;
  readonly isJson: boolean;
}

const options = ['--cases', '--seed', '--target', '--case', '--limit'];

const wholeOf = (name: string, text: string): number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new UsageError(`${name}: expected a whole number, found ${JSON.stringify(text)}`);
};

const readArguments = (argv: readonly string[]): Arguments => {
  const given = new Map<string, string>();
  let isJson = false;
  for (const queue = [...argv]; queue.length > 0; ) {
    const [name = '', inline] = (queue.shift() as string).split(/=(.*)/s);
    if (name === '--json') {
      isJson = true;
      continue;
    }
    const meant = closest(name, [...options, '--json']);
    if (!options.includes(name))
      throw new UsageError(`unknown option ${name}${meant ? ` (did you mean ${meant}?)` : ''}`);
    const value = inline ?? queue.shift();
    if (value === undefined || value === '') throw new UsageError(`${name}: expected a value`);
    given.set(name, value);
  }
  const whole = <T>(name: string, byDefault: T): number | T => {
    const text = given.get(name);
    return text === undefined ? byDefault : wholeOf(name, text);
  };
  return {
    cases: whole('--cases', 200_000),
    seed: whole('--seed', 1),
    limitMs: whole('--limit', 1000),
    names: given.get('--target')?.split(','),
    only: whole('--case', undefined),
    isJson,
  };
};

const chosen = (targets: readonly FuzzTarget[], names: readonly string[] | undefined): readonly FuzzTarget[] => {
  const known = targets.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--target: expected some of ${known.join(', ')}, found ${JSON.stringify(unknown)}`);
  }
  return targets.filter(({ name }) => names?.includes(name) ?? true);
};

const again = (targets: readonly FuzzTarget[], seed: number, number: number, io: Io): number => {
  const [target, ...others] = targets;
  if (target === undefined || others.length > 0) throw new UsageError('--case: expected one --target');
  const input = inputOf(target, seed, number);
  const fault = faultOf(target, input);
  io.out(`${JSON.stringify(textOf(input))}\n${fault ?? 'ends as it should'}\n`);
  return fault === undefined ? 0 : 1;
};

const cells = (report: TargetReport): readonly string[] => [
  report.name,
  `${report.cases}`,
  `${report.failures.length}`,
  report.slowestMs.toFixed(1),
  `${report.slowestSize}`,
];

const table = (reports: readonly TargetReport[]): string => {
  const rows = [['reader', 'cases', 'failures', 'slowest, ms', 'its size'], ...reports.map(cells)];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return `${rows.map(line).join('\n')}\n`;
};

/** Most failures that are printed. */
const MOST_SHOWN = 20;

const run = (args: Arguments, targets: readonly FuzzTarget[], io: Io, peakMegabytes: () => number): number => {
  const { cases, seed, limitMs } = args;
  const begin = io.now();
  const reports = targets.map((target) => {
    const report = fuzzTarget(target, { seed, cases: Math.ceil(cases / targets.length), limitMs, now: io.now });
    io.err(`${report.name}: ${report.cases} cases, ${report.failures.length} failures\n`);
    return report;
  });
  const failures = reports.flatMap((report) => report.failures);
  const slowest = reports.reduce((most, report) => (report.slowestMs > most.slowestMs ? report : most));
  const total = reports.reduce((sum, report) => sum + report.cases, 0);
  const peak = Math.round(peakMegabytes());
  if (args.isJson) {
    const { name: target, slowestMs, slowestSize } = slowest;
    const summary = {
      cases: total,
      failures: failures.length,
      slowestMs,
      slowestSize,
      target,
      peakMegabytes: peak,
      seed,
    };
    const shown = failures.slice(0, MOST_SHOWN);
    const list = reports.map((report) => ({ ...report, failures: report.failures.length }));
    io.out(`${JSON.stringify({ ...summary, targets: list, shown })}\n`);
  } else {
    io.out(table(reports));
    for (const { target, number, fault, input } of failures.slice(0, MOST_SHOWN)) {
      io.out(`\n${target} case ${number}: ${fault}\n  ${JSON.stringify(input)}\n`);
      io.out(`  npm run fuzz -- --seed ${seed} --target ${target} --case ${number}\n`);
    }
    const seconds = ((io.now() - begin) / 1000).toFixed(1);
    io.out(
      `\ncases ${total}, failures ${failures.length}, slowest ${slowest.slowestMs.toFixed(1)} ms (${slowest.name}, size ${slowest.slowestSize}), ` +
        `peak memory ${peak} MB, seed ${seed}, ${seconds} s\n`,
    );
  }
  return failures.length === 0 ? 0 : 1;
};

/** The `fuzz` command: feeds every reader of foreign input with changed inputs; gives the exit code. */
export const fuzzCommand = (
  argv: readonly string[],
  targets: readonly FuzzTarget[],
  io: Io,
  peakMegabytes: () => number,
): number => {
  if (argv.includes('--help') || argv.includes('-h')) {
    io.out(usage);
    return 0;
  }
  try {
    const args = readArguments(argv);
    const some = chosen(targets, args.names);
    return args.only === undefined ? run(args, some, io, peakMegabytes) : again(some, args.seed, args.only, io);
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    io.err(`${thrown.message}\nTry npm run fuzz -- --help\n`);
    return 2;
  }
};
