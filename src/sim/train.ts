import type { RunEventBody } from './events.ts';
import { allIndices, type Seed, trainingLane } from './lanes.ts';
import { cohortOf, groupLanes, isShown, type OwnedLane, pictureOf, progressOf, type Run } from './run.ts';

/** How many pictures a training sends. */
const TRAINING_PICTURES = 40;

/** Trains the original or the retrained model of some seeds, all lanes together, unless they are known already. */
export function* train(
  run: Run,
  seeds: readonly Seed[],
  model: 'original' | 'retrained',
): Generator<RunEventBody, void, void> {
  const { scenario, catalogue, cache } = run;
  const { steps } = scenario.training;
  const phase = model === 'original' ? 'training' : 'retraining';
  const every = Math.max(1, Math.round(steps / TRAINING_PICTURES));
  yield { type: 'phase', phase, seeds: seeds.map(({ seed }) => seed), steps };

  function* finish(owner: Seed, params: Float32Array): Generator<RunEventBody, void, void> {
    owner[model] = owner.draw.evaluator.outputs(params);
    run.archive.put(model, owner.seed, 0, params);
    if (isShown(run, owner)) yield pictureOf(run, phase, model, owner, steps, params);
  }

  const lanes: OwnedLane[] = [];
  for (const owner of seeds) {
    const known = cache?.model(scenario, model, owner.seed);
    if (known) {
      yield* finish(owner, known);
      continue;
    }
    const indices = model === 'original' ? allIndices(owner) : owner.split.retain;
    lanes.push({ ...trainingLane(scenario, owner, catalogue.training, indices), owner });
  }

  for (const group of groupLanes(lanes, catalogue)) {
    const shown = group.find(({ owner }) => isShown(run, owner));
    const cohort = cohortOf(group, run);
    try {
      while (!cohort.isDone) {
        for (const { seed } of cohort.advance()) yield { type: 'trainingDiverged', model, seed, step: cohort.step };
        yield progressOf(run, cohort, phase);
        if (shown && cohort.step % every === 0 && !cohort.isDone) {
          yield pictureOf(run, phase, model, shown.owner, cohort.step, cohort.params(shown));
        }
      }
      for (const lane of group) {
        const params = cohort.params(lane);
        cache?.keepModel(scenario, model, lane.seed, params);
        yield* finish(lane.owner, params);
      }
    } finally {
      cohort.dispose();
    }
  }
}
