import { medianOf } from '../engine/base/statistics.ts';
import * as tf from '../engine/base/tf.ts';
import { kernelHeap } from '../engine/kernels/memory.ts';
import { startEngine, type WasmLocation } from '../engine/start.ts';
import type { Scenario } from '../scenario/format/scenario.ts';
import { parseScenario } from '../scenario/read/parse.ts';
import { createArchive } from '../sim/archive.ts';
import { createCache } from '../sim/cache.ts';
import { catalogue, catalogueInfo } from '../sim/catalogue.ts';
import { simulate } from '../sim/simulate.ts';
import { exit, type Io, UsageError } from './terminal/io.ts';
import { splitOptions } from './terminal/options.ts';

const usage = `Usage: npm run soak -- [--runs N] [--json]

Runs N experiments one after the other (200), as a page does that is left open: each changes one setting, results are
cached within caps, pictures are drawn. Prints tensors, heap and WebAssembly memory after the first ones and at the
end, and how much longer the last tenth took than the first.
`;

/** Caps of the cache in this test: small, so that it is full long before the end. */
const [MODEL_BYTES, LANE_BYTES] = [1024 * 1024, 4 * 1024 * 1024];

interface Memory {
  readonly tensors: number;
  readonly heapMegabytes: number;
  readonly wasmMegabytes: number;
}

export interface Soaked {
  readonly runs: number;
  readonly first: Memory;
  readonly last: Memory;
  /** Median time of the last tenth of the runs by that of the first tenth. */
  readonly timeRatio: number;
}

const MEGABYTE = 1024 * 1024;

const memoryNow = (heapBytes: () => number): Memory => ({
  tensors: tf.tensorCount(),
  heapMegabytes: heapBytes() / MEGABYTE,
  wasmMegabytes: tf.getBackend() === 'kernels' ? kernelHeap().u8.byteLength / MEGABYTE : 0,
});

const scenarioOf = (run: number): Scenario =>
  parseScenario(
    {
      version: 1,
      data: { generator: 'blobs', seed: 0, params: { classes: 4, perClass: 40 } },
      forget: { kind: 'class', label: run % 4 },
      model: { hidden: run % 3 === 0 ? [24, 24] : [16] },
      training: { steps: 40 },
      runs: [
        { name: 'NPO', method: 'npo', params: { beta: 0.1 + 0.01 * (run % 300) }, steps: 30 },
        { name: 'SCRUB', method: 'scrub', steps: 30 },
        { name: 'RMU', method: 'rmu', steps: 10 },
        { name: 'SSD', method: 'ssd' },
        { name: 'ULD', method: 'uld', steps: 10 },
      ],
      seeds: [0, 1],
      evaluate: { every: 10 },
    },
    catalogueInfo,
    'strict',
  ).scenario;

/** Runs experiments in a row and measures what stays behind. The engine must have been started. */
export const soak = async (
  runs: number,
  { now, heapBytes, note }: { now: () => number; heapBytes: () => number; note: (done: number) => void },
): Promise<Soaked> => {
  const cache = createCache(MODEL_BYTES, LANE_BYTES);
  const warm = Math.min(10, runs >> 1);
  const times: number[] = [];
  let first: Memory | undefined;
  for (let run = 0; run < runs; run++) {
    const archive = createArchive();
    const begin = now();
    const options = { runId: `soak-${run}`, scenario: scenarioOf(run), catalogue, backend: 'soak', pictures: true };
    for await (const event of simulate({ ...options, archive, cache, now })) {
      if (event.type === 'failed' || event.type === 'variantFailed') throw new Error(event.error.message);
    }
    archive.dispose();
    if (run >= warm) times.push(now() - begin);
    if (run === warm) first = memoryNow(heapBytes);
    note(run + 1);
  }
  const tenth = Math.max(1, Math.floor(times.length / 10));
  const timeRatio = medianOf(times.slice(-tenth)) / medianOf(times.slice(0, tenth));
  return { runs, first: first as Memory, last: memoryNow(heapBytes), timeRatio };
};

const runsOf = (text: string | undefined): number => {
  if (text === undefined) return 200;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 2 && count <= 100_000) return count;
  throw new UsageError(`--runs: expected a whole number from 2 to 100000, found ${JSON.stringify(text)}`);
};

/** The `soak` command: gives the exit code. */
export const soakCommand = async (
  argv: readonly string[],
  { wasm, heapBytes }: { wasm: WasmLocation; heapBytes: () => number },
  io: Io,
): Promise<number> => {
  try {
    const { options, words } = splitOptions(argv, { withValue: ['--runs'], flags: ['--json', '--help', '-h'] });
    if (options.has('--help') || options.has('-h')) {
      io.out(usage);
      return exit.done;
    }
    if (words.length > 0) throw new UsageError(`expected no words, found ${JSON.stringify(words[0])}`);
    const runs = runsOf(options.get('--runs'));
    await startEngine(wasm);
    const note = (done: number) => io.err(io.isTerminal ? `\r${done} of ${runs}` : '');
    const found = await soak(runs, { now: io.now, heapBytes, note });
    if (io.isTerminal) io.err('\r\u001b[K');
    const line = ({ tensors, heapMegabytes, wasmMegabytes }: Memory) =>
      `${tensors} tensors, heap ${heapMegabytes.toFixed(1)} MB, WebAssembly ${wasmMegabytes.toFixed(1)} MB`;
    io.out(
      options.has('--json')
        ? `${JSON.stringify(found)}\n`
        : `${found.runs} runs\nfirst: ${line(found.first)}\nlast:  ${line(found.last)}\ntime, last to first tenth: ${found.timeRatio.toFixed(2)}\n`,
    );
    return exit.done;
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown;
    io.err(`${thrown.message}\nTry npm run soak -- --help\n`);
    return exit.invalid;
  }
};
