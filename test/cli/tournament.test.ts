import { beforeAll, describe, expect, it } from 'vitest';
import { simulateCommand } from '../../src/cli/simulate.ts';
import type { Io } from '../../src/cli/terminal/io.ts';
import { encodeTournament } from '../../src/scenario/tournament/link.ts';
import { writeTournament } from '../../src/scenario/tournament/tournament.ts';
import { catalogueInfo } from '../../src/sim/catalogue.ts';
import { engineForTests } from '../support/engine.ts';
import { stream } from '../support/run.ts';
import { runnerOf, smallTournament } from '../support/tournament.ts';

beforeAll(engineForTests);

const tournament = smallTournament({ title: 'Small', budget: { configurations: 2 }, reportingSeeds: [4, 5] });

const run = async (argv: readonly string[], content: unknown = writeTournament(tournament)) => {
  const [out, err, files] = [[] as string[], [] as string[], new Map([['t.json', JSON.stringify(content)]])];
  const io: Io = {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    isTerminal: false,
    read: (file) => files.get(file) as string,
    write: (file, text) => files.set(file, text),
    exists: (file) => files.has(file),
    now: () => 0,
  };
  const engine = runnerOf();
  const start = async () => (scenario: Parameters<typeof engine>[0], metrics?: readonly string[]) =>
    metrics ? engine(scenario, metrics) : stream(scenario);
  const code = await simulateCommand(argv, { catalogue: catalogueInfo, presets: [] }, start, io);
  return { code, out: out.join(''), err: err.join(''), files };
};

describe('simulate with a tournament', () => {
  it('prints the table on stdout, progress on stderr, and writes the file that is asked for', async () => {
    const { code, out, err, files } = await run(['t.json', '--out', 't.tex']);
    expect(code).toBe(0);
    expect(out).toMatch(/^Small\n/);
    for (const name of ['Retrained', 'GA', 'NPO', 'None', 'FT', 'EU-k'])
      expect(out).toMatch(new RegExp(`^.{6}${name} `, 'm'));
    expect(out).toMatch(/Tuned on seeds 0, 1 with up to 2 configurations and 40000 sample visits/);
    expect(err).toMatch(/25 %\n50 %\n75 %\n100 %/);
    expect(files.get('t.tex')).toContain('\\begin{tabular}');
  });

  it('says the same from a link, and in every format', async () => {
    const link = `https://example.org/#${encodeTournament(tournament)}`;
    const [fromFile, fromLink] = [
      await run(['t.json', '--format', 'csv', '--quiet']),
      await run([link, '--format', 'csv']),
    ];
    expect(fromLink.out).toBe(fromFile.out);
    expect(fromFile.err).toBe('');
    expect((await run(['t.json', '--format', 'markdown'])).out).toMatch(/^## Small\n/);
    expect(JSON.parse((await run(['t.json', '--format', 'json'])).out)).toMatchObject({ kind: 'tournament-results' });
  });

  it('refuses what is wrong in the file with every fault, and options that mean nothing here', async () => {
    const wrong = await run(['t.json'], {
      ...writeTournament(tournament),
      tuningSeeds: [1],
      reportingSeeds: [1],
      test: 'u',
    });
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/^\/reportingSeeds\/0: .*\n\/test: expected one of t, sign-flip, found "u"\n$/);
    expect((await run(['t.json', '--seeds', '1'])).err).toMatch(/^--seeds: a tournament has seeds/);
    expect((await run(['t.json', '--check'])).code).toBe(2);
  });

  it('leaves the formats of tournaments to tournaments', async () => {
    const { code, err } = await run(['t.json', '--format', 'latex'], { version: 1, runs: [{ method: 'ga' }] });
    expect(code).toBe(2);
    expect(err).toMatch(/^--format: expected table, json or csv for an experiment/);
  });
});
