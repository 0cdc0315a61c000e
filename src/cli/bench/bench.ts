import { startEngine, type WasmLocation } from '../../engine/start.ts';
import { catalogue } from '../../sim/catalogue.ts';
import { simulate } from '../../sim/simulate.ts';
import { exit, type Io, UsageError } from '../terminal/io.ts';
import { type BenchArguments, readBenchArguments, usage } from './arguments.ts';
import { type ComparisonTimes, comparisonScenario, measureComparison } from './comparison.ts';
import { measureDiffusion } from './diffusion.ts';
import { type Growth, measureGrowth } from './growth.ts';
import { jobs, objectives } from './jobs.ts';
import { measureLanguage } from './language.ts';
import { formulaLines, measureFormulas, measureMethods, methodLines } from './methods.ts';
import { measureNumbers } from './numbers.ts';
import { OURS, type Peer, peers } from './peers.ts';
import { profiled, profileLines } from './profile.ts';
import { type Machine, toJson, toText } from './report.ts';
import { type Bench, type JobRates, measureJob } from './steps.ts';
import { startTorch, type Torch } from './torch.ts';
import { measureTournament } from './tournament.ts';

/** What the command needs of the machine. */
export interface BenchHost {
  readonly wasm: WasmLocation;
  /** Programs that may be Python, the first choice first. */
  readonly pythons: readonly string[];
  readonly machine: Omit<Machine, 'pytorch'>;
}

/** Where the time of our own engine goes. */
const profiles = async (args: BenchArguments, { wasm }: BenchHost, { now }: Io): Promise<string> => {
  await startEngine(wasm, ['kernels']);
  const lines: string[] = [];
  const ours = peers.find(({ id }) => id === OURS) as Peer;
  for (const job of jobs.filter(({ id }) => args.parts.includes(id))) {
    for (const objective of objectives) {
      const stepper = ours.create(job, objective);
      const hot = await profiled(async () => {
        for (const begin = now(); now() - begin < 1000; ) stepper.step();
      });
      stepper.dispose();
      lines.push(...profileLines(`Profile of ${job.id}, ${objective}, ${OURS}`, hot));
    }
  }
  if (args.parts.includes('comparison')) {
    const options = { runId: 'bench', scenario: comparisonScenario(), catalogue, backend: 'kernels', now };
    const hot = await profiled(async () => {
      for await (const _ of simulate(options));
    }, 20);
    lines.push(...profileLines('Profile of the comparison', hot));
  }
  return lines.join('\n');
};

const benchOf = (args: BenchArguments, host: BenchHost, io: Io, torch: Torch | undefined): Bench => ({
  wasm: host.wasm,
  torch,
  now: io.now,
  quick: args.quick,
  repeat: args.repeat,
  note: (text) => io.err(io.isTerminal ? `\r\u001b[K${text}` : ''),
});

const measure = async (args: BenchArguments, host: BenchHost, io: Io, torch: Torch | undefined) => {
  const bench = benchOf(args, host, io, torch);
  const measured: JobRates[] = [];
  for (const job of jobs.filter(({ id }) => args.parts.includes(id))) {
    for (const objective of objectives) measured.push(await measureJob(job, objective, bench));
  }
  const numbers = args.parts.includes('numbers') ? await measureNumbers(bench) : undefined;
  const diffusion = args.parts.includes('diffusion') ? await measureDiffusion(bench) : undefined;
  const language = args.parts.includes('lm') ? await measureLanguage(bench) : undefined;
  let comparison: ComparisonTimes | undefined;
  let growth: Growth | undefined;
  if (args.parts.includes('comparison')) comparison = await measureComparison(bench);
  if (args.parts.includes('growth')) growth = await measureGrowth(bench);
  bench.note('');
  return { jobs: measured, numbers, diffusion, language, comparison, growth };
};

/** The `bench` command: gives the exit code. */
export const benchCommand = async (argv: readonly string[], host: BenchHost, io: Io): Promise<number> => {
  let args: BenchArguments | 'help';
  try {
    args = readBenchArguments(argv);
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    io.err(`${thrown.message}\nTry npm run bench -- --help\n`);
    return exit.invalid;
  }
  if (args === 'help') {
    io.out(usage);
    return exit.done;
  }
  if (args.methods) {
    io.out(methodLines(await measureMethods(benchOf(args, host, io, undefined))).join('\n'));
    return exit.done;
  }
  if (args.formulas) {
    io.out(formulaLines(await measureFormulas(benchOf(args, host, io, undefined))).join('\n'));
    return exit.done;
  }
  if (args.tournament) {
    const { methods, runs, median, low, high } = await measureTournament(benchOf(args, host, io, undefined));
    const text = `Tournament of ${methods} methods, ${runs} runs, one core: ${median.toFixed(1)} s [${low.toFixed(1)}, ${high.toFixed(1)}]\n`;
    io.out(args.json ? `${JSON.stringify({ tournament: { methods, runs, median, low, high } })}\n` : text);
    return exit.done;
  }
  const needsTorch = args.parts.some((part) => part !== 'growth');
  const torch = needsTorch ? await startTorch(host.pythons) : { reason: 'not asked for' };
  const isThere = 'ask' in torch;
  try {
    const measured = await measure(args, host, io, isThere ? torch : undefined);
    const all = { ...measured, machine: { ...host.machine, pytorch: isThere ? torch.version : torch.reason } };
    io.out(args.json ? `${JSON.stringify(toJson(all))}\n` : toText(all));
    if (args.profile) (args.json ? io.err : io.out)(`${await profiles(args, host, io)}\n`);
  } finally {
    if (isThere) torch.close();
  }
  return exit.done;
};
