import { SimError } from '../../engine/base/errors.ts';
import { foldIn, keyOf } from '../../engine/base/random.ts';
import type { LaneView } from '../../engine/contracts/lane-view.ts';
import type { AnyMethod } from '../../engine/contracts/method.ts';
import type { RunSpec } from '../../scenario/format/scenario.ts';
import type { Composition, LabelledPoints, LaneRows, Seed } from '../family.ts';
import { guarded } from '../shared/guarded.ts';
import { labelsFor } from '../shared/labels.ts';
import type { PointRows } from './batches.ts';
import { type PointOutputs, pickRows } from './evaluate.ts';

const pointsOf = ({ draw }: Seed): LabelledPoints => draw.points as LabelledPoints;

const alternativesOf = (seed: Seed, run: RunSpec, method: AnyMethod, lane: LaneView): LaneRows['alternatives'] => {
  if (!method.needs.includes('alternativeLabels')) return undefined;
  const { forget } = seed.split;
  const { classes, train } = pointsOf(seed).dataset;
  const given = labelsFor(run, seed.seed);
  if (given) {
    const isFit = given.length === forget.length && given.every((label) => label < classes);
    if (!isFit) {
      throw new SimError('method/failed', `${run.name}: the alternative labels do not fit the forget set.`, [
        {
          path: '/alternativeLabels',
          expected: `${forget.length} classes below ${classes}, one per forget example`,
          found: `${given.length} labels, the largest ${given.reduce((a, b) => Math.max(a, b), 0)}`,
        },
      ]);
    }
    const labels = Int32Array.from(given);
    return { redraw: false, labels: () => labels };
  }
  if (!method.alternatives) {
    throw new SimError(
      'method/undeclared-need',
      `${method.id} needs alternative labels but does not say how to draw them.`,
    );
  }
  const rule = method.alternatives(run.params);
  const labels = forget.map((i) => train.y[i] as number);
  const counts = new Int32Array(classes);
  for (const label of train.y) counts[label] = (counts[label] as number) + 1;
  const own = guarded(lane, new Set(method.needs), method.id);
  const stream = foldIn(keyOf(seed.seed), 'alternative-labels');
  return {
    redraw: rule.redraw,
    labels: (epoch) => rule.draw({ labels, classes, counts, lane: own, key: foldIn(stream, epoch) }),
  };
};

/** What the method's teacher says of every point. */
const teacherOf = (seed: Seed, run: RunSpec, method: AnyMethod, view: LaneView): PointOutputs => {
  if (!method.teacher) {
    throw new SimError('method/undeclared-need', `${method.id} needs a teacher but does not say which.`);
  }
  const own = guarded(view, new Set(method.needs), method.id);
  return seed.draw.outputs(method.teacher(own, run.params)) as PointOutputs;
};

/**
 * The points that a run learns from under one seed, with what its method reads beside them.
 *
 * @throws {SimError} method/failed if given labels do not fit
 */
export const pointRows = (
  seed: Seed,
  run: RunSpec,
  { method, retain, view }: Composition,
): Readonly<Record<'forget' | 'retain', PointRows>> => {
  const { rows: inputs, dataset } = pointsOf(seed);
  const [x, y] = [inputs.train, dataset.train.y];
  const { forget, retain: kept } = seed.split;
  const usesReference = {
    forget: method.needs.includes('original'),
    retain: method.needs.includes('original') || (retain?.needs.includes('original') ?? false),
  };
  const alternatives = alternativesOf(seed, run, method, view);
  const teacher = method.needs.includes('teacher') ? teacherOf(seed, run, method, view) : undefined;
  const C = seed.draw.model.classes;
  const outputs = (indices: Int32Array, usesOriginal: boolean) => ({
    ...(usesOriginal && { reference: pickRows((seed.original as PointOutputs).logProbs, indices, 0, C) }),
    ...(teacher && { teacher: pickRows(teacher.logProbs, indices, 0, C) }),
  });
  const base = { seed: seed.seed, x, y };
  return {
    forget: {
      ...base,
      indices: forget,
      ...outputs(forget, usesReference.forget),
      ...(alternatives && { alternatives }),
    },
    retain: { ...base, indices: kept, ...outputs(kept, usesReference.retain) },
  };
};

/** What training from scratch on some of the points learns from. */
export const trainingRows = (seed: Seed, indices: Int32Array): PointRows => {
  const { rows, dataset } = pointsOf(seed);
  return { seed: seed.seed, x: rows.train, y: dataset.train.y, indices };
};
