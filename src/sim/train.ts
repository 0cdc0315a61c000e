import type { Request, Seed } from '../families/family.ts';
import type { RunEventBody } from './events.ts';
import { allIndices, trainingLane } from './lanes.ts';
import { cohortOf, groupLanes, isShown, type OwnedLane, pictureOf, progressOf, type Run } from './run.ts';

type Events = Generator<RunEventBody, void, void>;

/** How many pictures a training sends. */
const TRAINING_PICTURES = 40;

/** Trains the original model of some seeds, or the ones without what the requests ask to forget, unless they are known. */
export function* train(run: Run, seeds: readonly Seed[], model: 'original' | 'retrained'): Events {
  const { steps } = run.scenario.training;
  const phase = model === 'original' ? 'training' : 'retraining';
  yield { type: 'phase', phase, seeds: seeds.map(({ seed }) => seed), steps };
  if (model === 'original') {
    yield* trainOne(run, seeds, model, 0, allIndices);
    return;
  }
  const requests = run.scenario.requests?.length ?? 1;
  for (let request = 0; request < requests; request++) {
    const indices = (owner: Seed) => (owner.requests[request] as Request).after.retain;
    yield* trainOne(run, seeds, model, request, indices);
  }
}

/** One model per seed, all lanes together. Pictures are those of the last request's model. */
function* trainOne(
  run: Run,
  seeds: readonly Seed[],
  model: 'original' | 'retrained',
  request: number,
  indices: (owner: Seed) => Int32Array,
): Events {
  const { scenario, catalogue, cache } = run;
  const { steps } = scenario.training;
  const phase = model === 'original' ? 'training' : 'retraining';
  const isLast = model === 'original' || request === (scenario.requests?.length ?? 1) - 1;
  const every = Math.max(1, Math.round(steps / TRAINING_PICTURES));

  function* finish(owner: Seed, weights: Float32Array): Events {
    const outputs = owner.draw.outputs(weights);
    if (model === 'retrained') owner.retrainedAfter[request] = outputs;
    if (!isLast) return;
    owner[model] = outputs;
    run.archive.put(model, owner.seed, 0, weights);
    if (isShown(run, owner)) yield pictureOf(run, phase, model, owner, steps, weights);
  }

  const lanes: OwnedLane[] = [];
  for (const owner of seeds) {
    const imported = isLast ? owner.draw.given(model, owner.seed) : undefined;
    const known = imported ?? cache?.model(scenario, model, owner.seed, request);
    if (known) yield* finish(owner, known);
    else lanes.push({ ...trainingLane(scenario, owner, catalogue, indices(owner)), owner });
  }

  for (const group of groupLanes(lanes, catalogue)) {
    const shown = isLast ? group.find(({ owner }) => isShown(run, owner)) : undefined;
    const cohort = cohortOf(group, run);
    const lost = new Set<OwnedLane>();
    try {
      while (!cohort.isDone) {
        for (const lane of cohort.advance()) {
          lost.add(lane);
          yield { type: 'trainingDiverged', model, seed: lane.seed, step: cohort.step };
        }
        yield progressOf(run, cohort, phase);
        if (shown && cohort.step % every === 0 && !cohort.isDone) {
          yield pictureOf(run, phase, model, shown.owner, cohort.step, cohort.weights(shown));
        }
      }
      for (const lane of group) {
        const weights = cohort.weights(lane);
        // One that diverged is trained again the next time, which says so again.
        if (!lost.has(lane)) cache?.keepModel(scenario, model, lane.seed, weights, request);
        yield* finish(lane.owner, weights);
      }
    } finally {
      cohort.dispose();
    }
  }
}
