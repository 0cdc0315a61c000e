import { SimError } from '../engine/base/errors.ts';
import type { AnyMethod } from '../engine/contracts/method.ts';
import type { Network } from '../engine/contracts/network.ts';
import type { Split } from '../engine/contracts/rows.ts';

import { batchSizeOf, type LaneRows } from '../families/family.ts';
import { alternativesInto, rowOrder } from '../families/shared/row-order.ts';
import type { RunSpec, Scenario } from '../scenario/format/scenario.ts';
import { expandRuns, settingsAt, stepsOf } from '../scenario/format/variants.ts';
import type { BatchRows, RunArtifacts } from '../scenario/pytorch/artifacts.ts';
import { pythonMethods } from '../scenario/pytorch/methods.ts';
import type { Archive } from './archive.ts';
import { type Catalogue, catalogueInfo } from './catalogue.ts';
import { createCohort, type Lane } from './cohort.ts';
import type { ArtifactsQuery } from './events.ts';
import { seedAt, unlearningLane } from './lanes.ts';

/** The most row numbers, or drawn labels, that are told: some 10 MB as a script. */
const MOST_ROWS = 4 * 1024 * 1024;

/** Room for a number of every row of every step. @throws {SimError} engine/out-of-memory above the cap */
const roomFor = (steps: number, size: number): Int32Array => {
  if (steps * size <= MOST_ROWS) return new Int32Array(steps * size);
  const words = `${steps} steps of ${size} rows each are more than a script can hold (${MOST_ROWS} rows in all).`;
  throw new SimError('engine/out-of-memory', words);
};

/** The order of a split's rows over all steps. */
const batchRows = ({ seed, indices }: LaneRows, split: Split, run: RunSpec, method: AnyMethod): BatchRows => {
  const { size, isFull, rowAt } = rowOrder(split, indices.length, batchSizeOf(run, method.needs, split));
  if (isFull) return { size };
  const steps = stepsOf(run, method);
  const positions = roomFor(steps, size);
  for (let step = 0; step < steps; step++) {
    for (let b = 0; b < size; b++) positions[step * size + b] = rowAt(seed, step, b)[0];
  }
  return { size, positions };
};

/** The alternative labels that a run meets. */
const alternativesOf = (rows: LaneRows, run: RunSpec, method: AnyMethod): RunArtifacts['alternatives'] => {
  if (!rows.alternatives) return undefined;
  if (!rows.alternatives.redraw) return { labels: rows.alternatives.labels(0), isPerStep: false };
  const order = rowOrder('forget', rows.indices.length, batchSizeOf(run, method.needs, 'forget'));
  const steps = stepsOf(run, method);
  const labels = roomFor(steps, order.size);
  for (let step = 0; step < steps; step++) alternativesInto(rows, order, step, labels, step * order.size);
  return { labels, isPerStep: true };
};

const settledOf = ({ settled }: Lane, steps: number): Int32Array | undefined =>
  settled && Int32Array.from({ length: steps }, (_, step) => settled(step, steps));

/** The direction that a method draws before its first step and carries along, where its script asks for one. */
const directionOf = (lane: Lane, method: AnyMethod, { retainTerms, family }: Catalogue, model: Network) => {
  if (!pythonMethods[method.id]?.forget?.reads.includes('direction')) return undefined;
  const cohort = createCohort({ model, batches: family.batches }, method, retainTerms.get(lane.run.retain.kind), [
    lane,
  ]);
  const direction = cohort.state(lane)?.['direction']?.values;
  cohort.dispose();
  return direction;
};

/**
 * What a run was computed from, by the same parts that computed it: its data, its weights at step 0 and the original
 * model's, the rows and drawn labels of every step, its mask. Of the first request only.
 *
 * @throws {SimError} worker/unknown-query if nothing was kept for that run and seed yet; method/failed as the run would;
 * engine/out-of-memory if its batches are too many to tell
 */
export const artifactsOf = (
  scenario: Scenario,
  catalogue: Catalogue,
  archive: Pick<Archive, 'weights'>,
  { model: variant, seed }: ArtifactsQuery,
): RunArtifacts => {
  const { owner, weights: start } = archive.weights(variant, seed, 0);
  const info = expandRuns(scenario, catalogueInfo)[variant];
  const { original } = owner;
  if (!info || !original) throw new SimError('worker/unknown-query', `There is no run ${variant} under seed ${seed}.`);
  const run = settingsAt(scenario.runs[info.run] as RunSpec, info.swept);
  const method = catalogue.methods.get(run.method) as AnyMethod;
  const lane = unlearningLane(seedAt(owner, 0), run, catalogue);
  const { model, points } = owner.draw;
  if (!points) throw new SimError('worker/unknown-query', 'A script is written for runs on labelled points only.');
  const { dataset, features } = points;
  const retainTerm = catalogue.retainTerms.get(run.retain.kind);
  const needs = new Set([...method.needs, ...(retainTerm?.needs ?? [])]);
  const splits = (['forget', 'retain'] as const).filter((split) => needs.has(split));
  const alternatives = alternativesOf(lane.rows.forget, run, method);
  const settled = settledOf(lane, stepsOf(run, method));
  const direction = directionOf(lane, method, catalogue, model);
  const teacher = method.teacher && lane.view && method.teacher(lane.view, run.params);
  return {
    inputs: dataset.inputs,
    classes: dataset.classes,
    train: dataset.train,
    test: dataset.test,
    forget: lane.rows.forget.indices,
    retain: lane.rows.retain.indices,
    testRetain: owner.split.testRetain,
    ...(features && { features }),
    layout: model.layout.map(({ name, shape }) => ({ name, shape })),
    activations: model.activations,
    start,
    original: original.weights,
    ...(teacher && { teacher }),
    ...(direction && { direction }),
    batches: Object.fromEntries(splits.map((split) => [split, batchRows(lane.rows[split], split, run, method)])),
    ...(alternatives && { alternatives }),
    ...(lane.mask && { mask: Uint8Array.from(lane.mask) }),
    ...(settled && { settled }),
    weighed: Object.fromEntries(
      (lane.wrappers ?? []).flatMap(({ wrapper: { id }, weighed }) => (weighed ? [[id, weighed]] : [])),
    ),
  };
};
