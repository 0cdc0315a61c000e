import { beforeAll, describe, expect, it } from 'vitest';
import { encodeTournament } from '../../src/scenario/tournament/link.ts';
import { writeTournament } from '../../src/scenario/tournament/tournament.ts';
import { catalogue, catalogueInfo } from '../../src/sim/catalogue.ts';
import { planOf } from '../../src/sim/tournament/plan.ts';
import { standingsOf } from '../../src/sim/tournament/standings.ts';
import type { LabState } from '../../src/store/contracts/state.ts';
import { startHost } from '../../src/worker/host.ts';
import { createPool, type PoolWorker } from '../../src/worker/pool/pool.ts';
import type { Command, Message } from '../../src/worker/protocol.ts';
import { engineForTests } from '../support/engine.ts';
import { smallTournament, updatesOf } from '../support/tournament.ts';
import { benchOf } from './lab-bench.ts';

beforeAll(engineForTests);

const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A worker as the pool sees it, whose host is in this process. */
const spawn = (): PoolWorker => {
  let toHost: (command: Command) => void = () => undefined;
  const handlers = new Set<(message: Message) => void>();
  const tell = (message: Message) =>
    setImmediate(() => {
      for (const handler of handlers) handler(message);
    });
  startHost({
    port: {
      post: tell,
      listen: (handler) => {
        toHost = handler;
        return () => undefined;
      },
    },
    catalogue,
    info: catalogueInfo,
    backend: 'kernels',
    now: () => performance.now(),
    breathe,
  });
  return {
    post: (command) => setImmediate(() => toHost(command)),
    listen: (handler) => {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    onDeath: () => undefined,
    terminate: () => handlers.clear(),
  };
};

const tournament = smallTournament({ title: 'Small' });

/** A lab that has opened the small tournament, with two workers in the background. */
const opened = () => {
  const bench = benchOf({
    hash: encodeTournament(tournament),
    background: () => createPool(spawn, 2, () => undefined),
  });
  bench.ready();
  const until = async (holds: (state: LabState) => boolean): Promise<LabState> => {
    while (!holds(bench.lab.store.getState())) {
      bench.draw();
      await breathe();
    }
    return bench.lab.store.getState();
  };
  return { ...bench, until };
};
const finished = ({ tournament: { status } }: LabState) => status === 'finished';

describe('a tournament on the page', () => {
  it('opens from a link in its room, with the experiment that it is about', () => {
    const { lab } = opened();
    const { tournament: slice, draft, view, notices } = lab.store.getState();
    expect(slice.own).toEqual(tournament);
    expect(view.room).toBe('measure');
    expect(draft.scenario?.runs.map(({ name }) => name)).toEqual(['GA', 'NPO']);
    expect(draft.scenario).toMatchObject({ title: 'Small', seeds: [0, 1], data: { seed: 'lane' } });
    expect(notices).toEqual([]);
  });

  it('opens from a file, and a file with faults opens nothing', () => {
    const bench = benchOf();
    bench.ready();
    bench.lab.draft.openText(JSON.stringify({ ...writeTournament(tournament), test: 'u' }));
    expect(bench.lab.store.getState().tournament.own).toBeNull();
    expect(bench.lab.store.getState().notices).toMatchObject([{ kind: 'bad-file', faults: [{ path: '/test' }] }]);
    bench.lab.draft.openText(JSON.stringify(writeTournament(tournament)));
    expect(bench.lab.store.getState().tournament.own).toEqual(tournament);
  });

  it('computes in the background what the command line computes', async () => {
    const { lab, until, sent } = opened();
    lab.tournament.start();
    const { results } = (await until(finished)).tournament;
    const state = (await updatesOf(tournament)).at(-1)?.state;
    if (!state) throw new Error('no state');
    const bits = ({ rows }: ReturnType<typeof standingsOf>) =>
      rows.map(({ name, bySeed, chosen }) => [name, bySeed, chosen]);
    expect(bits(results?.standings as ReturnType<typeof standingsOf>)).toEqual(
      bits(standingsOf(tournament, planOf(tournament, catalogueInfo), state)),
    );
    // The workers of the experiment on screen have nothing to do with it.
    expect(sent.filter((command) => 'runId' in command && command.runId.startsWith('background'))).toEqual([]);
  });

  it('pauses, is stopped while it pauses, and goes on to the same end', async () => {
    const { lab, until } = opened();
    lab.tournament.start();
    await until(({ tournament: { update } }) => (update?.done ?? 0) >= 6);
    lab.tournament.pause();
    expect(lab.store.getState().tournament.status).toBe('paused');
    lab.tournament.stop();
    const { results } = lab.store.getState().tournament;
    expect(results?.standings.isComplete).toBe(false);
    expect(results?.state.outcomes.length).toBeGreaterThanOrEqual(6);
    lab.tournament.start();
    const end = (await until(finished)).tournament.results?.standings.rows;
    const again = opened();
    again.lab.tournament.start();
    expect(end).toEqual((await again.until(finished)).tournament.results?.standings.rows);
  });

  it('is edited as a file is, keeps its baselines, and follows the experiment until then', () => {
    const bench = benchOf();
    bench.ready();
    const { lab } = bench;
    const shown = () => {
      const { tournament: slice, draft } = lab.store.getState();
      return lab.tournament.shown(slice.own, draft.scenario)?.methods.map(({ run }) => run.name);
    };
    expect(shown()).toEqual(['GA', 'NPO', 'None', 'FT', 'EU-k']);
    lab.tournament.edit((fields) => ({ ...fields, methods: [{ method: 'rl' }] }));
    expect(shown()).toEqual(['RL', 'None', 'FT', 'EU-k']);
    lab.tournament.reset();
    expect(shown()).toEqual(['GA', 'NPO', 'None', 'FT', 'EU-k']);
  });
});
