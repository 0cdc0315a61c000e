import { contains } from '../../scenario/format/region.ts';
import type { ForgetSpec, InlineParams, InlinePoints, Scenario } from '../../scenario/format/scenario.ts';
import type { Extent, PaintedPoint } from '../../scenario/points/paint.ts';
import type { LabRun, LabState } from '../contracts/state.ts';
import type { PanelPoints } from '../received/points.ts';

/** The points of the draft as an editor shows them. */
export interface Editable {
  readonly points: readonly PaintedPoint[];
  readonly extent: Extent;
  /** False for a projection of more than two numbers: points can be chosen there, but neither painted nor moved. */
  readonly isPlane: boolean;
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** A run that drew the draft's data, and its draw of the seed on screen. */
const drawOf = ({ run, view, draft }: LabState): { run: LabRun; points: PanelPoints } | null => {
  for (const candidate of [run.current, run.shown]) {
    const points = candidate?.points.get(view.seed) ?? candidate?.points.values().next().value;
    if (candidate && points && draft.scenario && same(candidate.scenario.data, draft.scenario.data)) {
      return { run: candidate, points };
    }
  }
  return null;
};

type Member = (index: number, x: number, y: number, label: number) => boolean;

/** Whether a training point is to be forgotten; a forget set that is left to chance is known once it is drawn. */
const memberOf = (forget: ForgetSpec, draw: ReturnType<typeof drawOf>): Member => {
  switch (forget.kind) {
    case 'class':
      return (_, __, ___, label) => label === forget.label;
    case 'indices': {
      const chosen = new Set(forget.indices);
      return (index) => chosen.has(index);
    }
    case 'region':
      return (_, x, y) => contains(forget, x, y);
    default: {
      const isKnown = draw !== null && same(draw.run.scenario.forget, forget);
      return (index) => isKnown && draw.points.isForget[index] === 1;
    }
  }
};

const written = ({ x, y }: InlinePoints, isTest: boolean, isMember: Member): PaintedPoint[] =>
  y.map((label, i) => {
    const [a = 0, b = 0] = x[i] ?? [];
    return { place: [a, b], label, isTest, isForget: !isTest && isMember(i, a, b, label) };
  });

const drawn = (x2: Float32Array, y: Int32Array, isTest: boolean, isMember: Member): PaintedPoint[] =>
  Array.from(y, (label, i) => {
    const [a, b] = [x2[2 * i] as number, x2[2 * i + 1] as number];
    return { place: [a, b], label, isTest, isForget: !isTest && isMember(i, a, b, label) };
  });

/** A square around points, with some room. */
const around = (points: readonly PaintedPoint[]): Extent => {
  let [xMin, xMax, yMin, yMax] = [1 / 0, -1 / 0, 1 / 0, -1 / 0];
  for (const { place } of points) {
    [xMin, xMax] = [Math.min(xMin, place[0]), Math.max(xMax, place[0])];
    [yMin, yMax] = [Math.min(yMin, place[1]), Math.max(yMax, place[1])];
  }
  const half = 0.55 * Math.max(xMax - xMin, yMax - yMin, 1e-3);
  const [x, y] = [(xMin + xMax) / 2, (yMin + yMax) / 2];
  return [x - half, x + half, y - half, y + half];
};

const inlineParams = ({ data }: Scenario): InlineParams | null =>
  data.generator === 'inline' ? (data.params as InlineParams) : null;

/** The draft's points, or null while those of a generator are not drawn yet. */
export const editableOf = (state: LabState): Editable | null => {
  const { scenario } = state.draft;
  if (!scenario) return null;
  const draw = drawOf(state);
  const isMember = memberOf(scenario.forget, draw);
  const inline = inlineParams(scenario);
  if (inline && inline.train.x[0]?.length === 2) {
    const points = [...written(inline.train, false, isMember), ...written(inline.test, true, isMember)];
    return { points, extent: draw?.points.extent ?? around(points), isPlane: true };
  }
  if (!draw) return null;
  const { x2, y, test, extent, isProjected } = draw.points;
  return {
    points: [...drawn(x2, y, false, isMember), ...drawn(test.x2, test.y, true, isMember)],
    extent,
    isPlane: !isProjected,
  };
};
