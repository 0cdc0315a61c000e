import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, platform } from 'node:os';
import { dirname, sep } from 'node:path';
import { startEngine } from '../engine/start.ts';
import { presets } from '../scenario/format/presets.ts';
import { createCache, modelsOnly } from '../sim/cache.ts';
import { catalogue, catalogueInfo } from '../sim/catalogue.ts';
import { simulate } from '../sim/simulate.ts';
import { type BenchHost, benchCommand } from './bench/bench.ts';
import { fuzzCommand } from './fuzz/command.ts';
import { createTargets } from './fuzz/targets.ts';
import { leaderboardCommand } from './leaderboard.ts';
import { mergeCommand } from './parts.ts';
import { type StartEngine, simulateCommand } from './simulate.ts';
import { soakCommand } from './soak.ts';
import { exit, type Io } from './terminal/io.ts';

/** Where npm put the WebAssembly files of the tensor library. */
const wasmDirectory = (): string => {
  const file = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm');
  return dirname(file) + sep;
};

const start: StartEngine = async () => {
  const backend = await startEngine(wasmDirectory());
  const cache = modelsOnly(createCache());
  return (scenario, metrics, archive, share) =>
    simulate({
      runId: 'cli',
      scenario,
      catalogue,
      metrics,
      backend,
      now: () => performance.now(),
      pictures: false,
      ...(metrics && { cache }),
      ...share,
      ...(archive && { archive }),
    });
};

const io: Io = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
  read: (file) => readFileSync(file),
  write: (file, text) => writeFileSync(file, text),
  exists: existsSync,
  now: () => performance.now(),
};

const benchHost = (): BenchHost => ({
  wasm: wasmDirectory(),
  pythons: [process.env['BENCH_PYTHON'] ?? '', 'python3', '/usr/bin/python3'].filter((python) => python !== ''),
  machine: {
    cpu: cpus()[0]?.model ?? 'unknown processor',
    cores: cpus().length,
    platform: `${platform()} ${process.arch}`,
    node: process.versions.node,
    load: loadavg()[0] ?? 0,
  },
});

const commands: Readonly<Record<string, (argv: readonly string[]) => Promise<number>>> = {
  simulate: (argv) => simulateCommand(argv, { catalogue: catalogueInfo, presets }, start, io),
  merge: (argv) => mergeCommand(argv, { catalogue: catalogueInfo, presets }, io),
  leaderboard: (argv) =>
    leaderboardCommand(argv, { catalogue: catalogueInfo, presets }, start, {
      ...io,
      list: readdirSync as (folder: string) => string[],
    }),
  bench: (argv) => benchCommand(argv, benchHost(), io),
  soak: (argv) => {
    const heapBytes = () => {
      (globalThis as { gc?: () => void }).gc?.();
      return process.memoryUsage().heapUsed;
    };
    return soakCommand(argv, { wasm: wasmDirectory(), heapBytes }, io);
  },
  fuzz: async (argv) => {
    const peakMegabytes = () => process.resourceUsage().maxRSS / 1024;
    // Of the processor, whose other work is no case's fault.
    const now = () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    };
    return fuzzCommand(argv, createTargets(catalogueInfo, presets), { ...io, now }, peakMegabytes);
  },
};

// A reader that has seen enough (such as `head`) closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** Runs a command of the command line: gives the exit code. */
export const main = async ([name = '', ...argv]: readonly string[]): Promise<number> => {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command(argv);
  io.err(`expected a command (one of ${Object.keys(commands).join(', ')}), found ${JSON.stringify(name)}\n`);
  return exit.invalid;
};
