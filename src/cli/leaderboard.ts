import { faultLine, SimError } from '../engine/base/errors.ts';
import { type LeaderboardEntry, readEntry } from '../scenario/leaderboard/entry.ts';
import { checkEntry, inOrder, metricsOfEntry, rankOf, standingOf } from '../scenario/leaderboard/standing.ts';
import { createCollector } from '../sim/collector.ts';
import { align } from './format.ts';
import type { Offer } from './load.ts';
import type { StartEngine } from './simulate.ts';
import { exit, type Io, printable, textIn, UsageError } from './terminal/io.ts';
import { splitOptions } from './terminal/options.ts';

const FOLDER = 'seeds/leaderboard';

const usage = `Usage: npm run leaderboard -- [entry ...] [options]

Computes entries of the leaderboard again (${FOLDER}/*.json; all of them if none is named) and compares them with
what they claim.

  --claim   write what was found into the files, as their claim
  --help    this text

Exit codes: 0 every entry is as it claims, 1 one is not, 2 one cannot be read, 3 internal error.
`;

/** What the command needs of files besides reading and writing. */
export interface LeaderboardIo extends Io {
  /** Names of the files in a folder. */
  readonly list: (folder: string) => readonly string[];
}

interface Loaded {
  readonly file: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly entry: LeaderboardEntry;
}

const load = (file: string, offer: Offer, io: Io): Loaded => {
  let input: Readonly<Record<string, unknown>>;
  try {
    input = JSON.parse(textIn(io.read(file)));
  } catch (thrown) {
    throw new UsageError(`${file}: cannot be read (${(thrown as Error).message})`);
  }
  try {
    return { file, input, entry: readEntry(file.replace(/^.*[\\/]|\.json$/g, ''), input, offer) };
  } catch (thrown) {
    if (!(thrown instanceof SimError)) throw thrown;
    throw new UsageError(thrown.faults.map((fault) => `${file}: ${faultLine(fault)}`).join('\n') || thrown.message);
  }
};

const fileOf = (word: string, io: Io): string => {
  const file = /[\\/]|\.json$/.test(word) ? word : `${FOLDER}/${word}.json`;
  if (!io.exists(file)) throw new UsageError(`${file}: there is no such entry`);
  return file;
};

const check = async (
  { words, isClaim }: { readonly words: readonly string[]; readonly isClaim: boolean },
  offer: Offer,
  start: StartEngine,
  io: LeaderboardIo,
): Promise<number> => {
  const known = io
    .list(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${FOLDER}/${name}`);
  const named = words.map((word) => fileOf(word, io));
  // All are read first: a fault in the last one is told before anything is computed.
  const all = [...new Set([...known, ...named])].map((file) => load(file, offer, io));
  const chosen = named.length > 0 ? all.filter(({ file }) => named.includes(file)) : all;
  const simulate = await start();
  const rows: string[][] = [];
  let code: number = exit.done;
  const order = inOrder(chosen.map(({ entry }) => entry));
  for (const one of order.flatMap((entry) => chosen.filter((other) => other.entry === entry))) {
    const { file, input, entry } = one;
    const headline = offer.catalogue.families.find(({ id }) => id === entry.scenario.family)?.headline;
    const collector = createCollector(entry.scenario);
    for await (const event of simulate(entry.scenario, metricsOfEntry(headline))) collector.take(event);
    if (collector.error) throw new SimError(collector.error.code, collector.error.message, collector.error.faults);
    const results = collector.results();
    const [gap, { checksum, engine }] = [standingOf(results), results];
    const place = rankOf(
      entry,
      all.map((other) => other.entry),
    );
    if (isClaim) {
      if (gap === null)
        throw new UsageError(`${file}: the run has no standing on every seed (it diverged, or could not run)`);
      const claim = { gap, checksum, engine: `${engine.backend} ${engine.version}` };
      io.write(file, `${JSON.stringify({ ...input, claim }, null, 2)}\n`);
      rows.push([entry.problem, '', entry.title, String(gap), checksum, 'written']);
      continue;
    }
    const found = entry.claim && checkEntry(entry.claim, results);
    if (!found?.isSame) code = exit.claimFailed;
    const verdict = !found
      ? 'CLAIMS NOTHING: add --claim'
      : found.isSame
        ? 'same result'
        : `DIFFERS: it claims ${entry.claim?.gap}, ${found.expected} (${found.madeBy}); here it is ${found.engine}`;
    rows.push([entry.problem, place === null ? '' : String(place), entry.title, String(gap ?? '-'), checksum, verdict]);
  }
  io.out(printable(`${align([['problem', '', 'entry', 'gap', 'checksum', ''], ...rows]).join('\n')}\n`));
  return code;
};

/** The `leaderboard` command: gives the exit code. */
export const leaderboardCommand = async (
  argv: readonly string[],
  offer: Offer,
  start: StartEngine,
  io: LeaderboardIo,
): Promise<number> => {
  try {
    const { options, words } = splitOptions(argv, { withValue: [], flags: ['--claim', '--help', '-h'] });
    if (options.has('--help') || options.has('-h')) {
      io.out(usage);
      return exit.done;
    }
    return await check({ words, isClaim: options.has('--claim') }, offer, start, io);
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      io.err(printable(`${thrown.message}\nTry npm run leaderboard -- --help\n`));
      return exit.invalid;
    }
    io.err(`${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    return exit.internal;
  }
};
