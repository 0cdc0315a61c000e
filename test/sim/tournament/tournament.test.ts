import { beforeAll, describe, expect, it } from 'vitest';
import * as tf from '../../../src/engine/base/tf.ts';
import { parseScenario } from '../../../src/scenario/read/parse.ts';
import { metricsOf, withDraws } from '../../../src/scenario/tournament/tournament.ts';
import { catalogueInfo } from '../../../src/sim/catalogue.ts';
import { planOf } from '../../../src/sim/tournament/plan.ts';
import { standingsOf } from '../../../src/sim/tournament/standings.ts';
import { emptyState, type TournamentState } from '../../../src/sim/tournament/state.ts';
import { runTournament, type TournamentUpdate } from '../../../src/sim/tournament/tournament.ts';
import { engineForTests } from '../../support/engine.ts';
import { collected } from '../../support/run.ts';
import { runnerOf, SMALL_SCENARIO, smallTournament, updatesOf } from '../../support/tournament.ts';

beforeAll(engineForTests);

const last = (updates: readonly TournamentUpdate[]): TournamentUpdate => {
  const update = updates.at(-1);
  if (!update) throw new Error('no update');
  return update;
};
const endOf = async (tournament = smallTournament(), state?: TournamentState) =>
  last(await updatesOf(tournament, state)).state;
/** Without what depends on the order in which things were found out. */
const sorted = ({ outcomes, references }: TournamentState) => ({
  outcomes: [...outcomes].sort((a, b) => a.entrant - b.entrant || a.configuration - b.configuration || a.seed - b.seed),
  references: [...references].sort((a, b) => a.seed - b.seed),
});

describe('a tournament', () => {
  it('tunes every method on the tuning seeds, reports its choice on the others, and then is done', async () => {
    const tournament = smallTournament();
    const updates = await updatesOf(tournament);
    const { state, phase, done, total } = last(updates);
    expect({ phase, done }).toEqual({ phase: 'done', done: total });
    // Three configurations of four methods, one of doing nothing; each chosen one on three other seeds.
    const tuning = state.outcomes.filter(({ seed }) => seed < 2);
    expect(tuning).toHaveLength((4 * 3 + 1) * 2);
    expect(state.outcomes).toHaveLength(tuning.length + 5 * 3);
    for (const entrant of [0, 1, 2, 3, 4]) {
      const reported = state.outcomes.filter((outcome) => outcome.entrant === entrant && outcome.seed > 2);
      expect(new Set(reported.map(({ configuration }) => configuration)).size).toBe(1);
    }
    const { rows, isComplete } = standingsOf(tournament, planOf(tournament, catalogueInfo), state);
    expect(isComplete).toBe(true);
    expect(rows[0]?.verdict).toBe('best');
    // Doing nothing leaves the forgotten class known: it cannot be the best here.
    expect(rows.findIndex(({ method }) => method === 'none')).toBeGreaterThan(0);
  });

  it('has the numbers of the same runs alone', async () => {
    const tournament = smallTournament();
    const state = await endOf(tournament);
    const plan = planOf(tournament, catalogueInfo);
    const outcome = state.outcomes.find(
      ({ entrant, configuration, seed }) => entrant === 1 && configuration === 2 && seed === 1,
    );
    if (!outcome) throw new Error('no outcome');
    const run = { ...plan.run(1, 2, state), name: 'alone' };
    const scenario = { ...withDraws(tournament.scenario, true), runs: [run], seeds: [1] };
    const alone = await collected(parseScenario(scenario, catalogueInfo, 'strict').scenario);
    const lane = alone.lane(0, 1);
    expect(metricsOf(tournament).map((id) => lane?.series(id).at(-1))).toEqual(outcome.values);
    expect(lane?.sampleVisits).toBe(outcome.sampleVisits);
  });

  it('goes on from any state that it has told to the same end, as often as it is stopped', async () => {
    const tournament = smallTournament();
    const end = sorted(await endOf(tournament));
    let state = emptyState;
    let stops = 0;
    for (let isDone = false; !isDone; stops++) {
      const before = state.outcomes.length + state.references.length;
      for await (const update of runTournament({
        tournament,
        catalogue: catalogueInfo,
        run: runnerOf(),
        now: () => 0,
        state,
      })) {
        state = JSON.parse(JSON.stringify(update.state)) as TournamentState;
        isDone = update.phase === 'done';
        if (state.outcomes.length + state.references.length >= before + 4) break;
      }
    }
    expect(stops).toBeGreaterThan(3);
    expect(sorted(state)).toEqual(end);
  });

  it('leaves nothing behind when it is stopped in the middle of a run', async () => {
    const run = runnerOf();
    const before = tf.tensorCount();
    const options = { tournament: smallTournament(), catalogue: catalogueInfo, run, now: () => 0 };
    let updates = 0;
    for await (const _ of runTournament(options)) if (++updates === 200) break;
    expect(updates).toBe(200);
    expect(tf.tensorCount()).toBe(before);
  });

  it('gives no run more sample visits than the budget, also where a method visits more than it seems to', async () => {
    const methods = [
      { method: 'scrub', steps: 400 },
      { method: 'npo', steps: 400, retain: { kind: 'ce' }, wrappers: [{ kind: 'lat', steps: 2 }] },
      { method: 'ga', steps: 400, batchSize: 7 },
    ];
    const tournament = smallTournament({ methods, budget: { configurations: 2, sampleVisits: 1500 } });
    const state = await endOf(tournament);
    expect(Math.max(...state.outcomes.map(({ sampleVisits }) => sampleVisits))).toBeLessThanOrEqual(1500);
    expect(state.outcomes.filter(({ failure }) => failure !== undefined)).toEqual([]);
    const used = methods.map((_, i) =>
      Math.max(...state.outcomes.filter(({ entrant }) => entrant === i).map(({ sampleVisits }) => sampleVisits)),
    );
    for (const visits of used) expect(visits).toBeGreaterThan(1000);
  });

  it('leaves a run that diverges out of the choice, and a method that always does without one', async () => {
    const methods = [{ name: 'wild', method: 'ga', steps: 40, learningRate: 10, search: { learningRate: [9, 8] } }];
    const scenario = { ...SMALL_SCENARIO, model: { hidden: [16], activation: 'relu' } };
    const tournament = smallTournament({ scenario, methods });
    const state = await endOf(tournament);
    const { rows } = standingsOf(tournament, planOf(tournament, catalogueInfo), state);
    const wild = rows.find(({ name }) => name === 'wild');
    expect(wild).toMatchObject({ verdict: 'incomplete', rank: null, chosen: null, tuningLeftOut: { diverged: 6 } });
    expect(rows.filter(({ verdict }) => verdict === 'best')).toHaveLength(1);
  });

  it('says what was wrong with a method that cannot run, and goes on with the others', async () => {
    const methods = [{ name: 'empty', method: 'ga', steps: 5, mask: { kind: 'salun', keep: 0.001 }, search: {} }];
    const tournament = smallTournament({ methods });
    const state = await endOf(tournament);
    const failed = state.outcomes.filter(({ failure }) => failure !== undefined);
    expect(failed.map(({ failure }) => failure)).toEqual([
      expect.stringMatching(/the mask keeps none/),
      expect.stringMatching(/the mask keeps none/),
    ]);
    const { rows, isComplete } = standingsOf(tournament, planOf(tournament, catalogueInfo), state);
    expect(isComplete).toBe(true);
    expect(rows.find(({ name }) => name === 'empty')).toMatchObject({
      verdict: 'incomplete',
      tuningLeftOut: { failed: 2 },
    });
  });

  it('does not choose by the reporting seeds', async () => {
    const tournament = smallTournament();
    const state = await endOf(tournament);
    const plan = planOf(tournament, catalogueInfo);
    const chosen = (some: TournamentState) =>
      [...standingsOf(tournament, plan, some).rows]
        .sort((a, b) => a.entrant - b.entrant)
        .map((row) => row.chosen?.configuration);
    const outcomes = state.outcomes.map((outcome) =>
      outcome.seed > 2 ? { ...outcome, values: outcome.values.map((value) => 1 - Number(value)) } : outcome,
    );
    expect(chosen({ ...state, outcomes })).toEqual(chosen(state));
  });
});
