import { foldIn, type Key, normal, sample } from '../engine/base/random.ts';
import { generator, type PointSet } from '../engine/contracts/dataset.ts';

/** The good rule goes by the second number, the bad one by the first. */
const good = (_: number, up: number): number => (up > 0 ? 1 : 0);
const bad = (across: number, _: number): number => (across > 0 ? 1 : 0);

/** Places around the middle, [n * 2]; of the places where the rules differ alone, if asked for. */
const placesOf = (key: Key, n: number, areApart: boolean): Float32Array => {
  const x = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    const [a, b] = [normal(key, 2 * i), normal(key, 2 * i + 1)];
    // Mirrored, a place where the rules agree becomes one where they differ.
    const isTurned = areApart && good(a, b) === bad(a, b);
    x.set([isTurned ? -a : a, b], 2 * i);
  }
  return x;
};

const labelled = (x: Float32Array, ruleOf: (i: number) => typeof good): PointSet => ({
  x,
  y: Int32Array.from({ length: x.length / 2 }, (_, i) => ruleOf(i)(x[2 * i] as number, x[2 * i + 1] as number)),
});

const joined = (a: PointSet, b: PointSet): PointSet => ({
  x: Float32Array.from([...a.x, ...b.x]),
  y: Int32Array.from([...a.y, ...b.y]),
});

const indices = (from: number, count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => from + i);

export default generator({
  id: 'two-rules',
  title: 'Two rules',
  summary:
    'Points that should be told apart by their second number, of which many were labelled by their first: forget the badly labelled ones, of which only a part may be known.',
  citation: {
    authors: 'Goel, Prabhu, Torr, Kumaraguru, Sanyal',
    title: 'Corrective Machine Unlearning',
    year: 2024,
    url: 'https://arxiv.org/abs/2402.14015',
    where: 'a part of the manipulated data is known',
  },
  params: {
    points: {
      kind: 'int',
      label: 'Points',
      help: 'To learn from; the test set has as many, half of them where the two rules differ.',
      default: 800,
      min: 40,
      max: 4000,
    },
    poisoned: {
      kind: 'number',
      label: 'Poisoned share',
      help: 'Fraction of the points that are labelled by the bad rule. Accuracy on fresh ones of the forget set is the share of bad answers where the rules differ.',
      default: 0.45,
      min: 0.05,
      max: 0.6,
      scale: 'linear',
    },
  },
  classes: 2,
  inputs: 2,
  components: ['poisoned'],
  generate: ({ points, poisoned }, key) => {
    const train = foldIn(key, 'train');
    const chosen = sample(foldIn(key, 'poisoned'), points, Math.max(1, Math.round(poisoned * points)));
    const isBad = new Set(chosen);
    const half = Math.max(1, Math.floor(points / 2));
    const [rest, apart] = [foldIn(key, 'test'), foldIn(key, 'apart')];
    return {
      inputs: 2,
      classes: 2,
      train: labelled(placesOf(train, points, false), (i) => (isBad.has(i) ? bad : good)),
      test: joined(
        labelled(placesOf(rest, points - half, false), () => good),
        labelled(placesOf(apart, half, true), () => bad),
      ),
      components: { poisoned: { train: chosen, test: indices(points - half, half) } },
    };
  },
});
