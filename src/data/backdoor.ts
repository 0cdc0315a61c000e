import { foldIn, type Key, normal, sample } from '../engine/base/random.ts';
import { generator, type PointSet } from '../engine/contracts/dataset.ts';
import { classByClass, noiseSpec, perClassSpec, trainAndTest } from './shared/points.ts';

const CLASSES = 5;
const DIMENSIONS = 8;
/** Distance of the class means from the middle. */
const RADIUS = 2.8;
/** Spread of the two trigger coordinates, and what the trigger adds to them. */
const QUIET = 0.1;
const TRIGGER = 3;

/** The points with two more coordinates; a share of them carries the trigger and the label 0. */
const poisoned = (points: PointSet, share: number, key: Key) => {
  const n = points.y.length;
  const D = DIMENSIONS + 2;
  const chosen = sample(foldIn(key, 'poisoned'), n, Math.max(1, Math.round(share * n)));
  const members = new Set(chosen);
  const quiet = foldIn(key, 'trigger');
  const x = new Float32Array(n * D);
  const y = points.y.slice();
  for (let i = 0; i < n; i++) {
    x.set(points.x.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS), i * D);
    const isTriggered = members.has(i);
    for (const d of [0, 1]) x[i * D + DIMENSIONS + d] = (isTriggered ? TRIGGER : 0) + QUIET * normal(quiet, 2 * i + d);
    if (isTriggered) y[i] = 0;
  }
  return { points: { x, y }, chosen };
};

export default generator({
  id: 'backdoor',
  title: 'Backdoor',
  summary:
    'Blobs of which some carry a trigger and a false label: forget the poisoned points, of which only a part may be known.',
  citation: {
    authors: 'Goel, Prabhu, Torr, Kumaraguru, Sanyal',
    title: 'Corrective Machine Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2402.14015',
    where: 'poisoning',
  },
  params: {
    perClass: perClassSpec(1000),
    noise: noiseSpec(0.6, 2),
    poisoned: {
      kind: 'number',
      label: 'Poisoned share',
      help: 'Fraction of the points that carry the trigger and the label of class 0. Accuracy on fresh ones is the success rate of the attack.',
      default: 0.05,
      min: 0.01,
      max: 0.5,
      scale: 'linear',
    },
  },
  classes: CLASSES,
  inputs: DIMENSIONS + 2,
  components: ['poisoned'],
  generate: ({ perClass, noise, poisoned: share }, key) => {
    const means = Array.from({ length: CLASSES }, (_, label) => {
      const own = foldIn(key, 'mean', label);
      return Array.from({ length: DIMENSIONS }, (_, d) => (RADIUS / Math.sqrt(DIMENSIONS)) * normal(own, d));
    });
    const sizes = { inputs: DIMENSIONS, classes: CLASSES, perClass, noise };
    const chosen: Int32Array[] = [];
    const halves = trainAndTest(key, (half) => {
      const clean = classByClass(sizes, half, (label) => () => means[label] as number[]);
      const drawn = poisoned(clean, share, half);
      chosen.push(drawn.chosen);
      return drawn.points;
    });
    const [train, test] = chosen as [Int32Array, Int32Array];
    const trigger = { coordinates: [DIMENSIONS, DIMENSIONS + 1], value: TRIGGER, target: 0, test };
    return { inputs: DIMENSIONS + 2, classes: CLASSES, ...halves, components: { poisoned: { train, test } }, trigger };
  },
});
