import { assertNever, type Fault, faultError, type SimError, shown } from '../../engine/base/errors.ts';
import { foldIn, keyOf, sample } from '../../engine/base/random.ts';
import type { Dataset } from '../../engine/contracts/dataset.ts';
import { contains } from '../../scenario/format/region.ts';
import type { ForgetSpec, Region } from '../../scenario/format/scenario.ts';
import type { Choose, Request, SplitIndices } from '../family.ts';
import { complement, countOf, merged, where } from '../shared/indices.ts';

type IndicesSpec = Extract<ForgetSpec, { kind: 'indices' }>;
type ComponentSpec = Extract<ForgetSpec, { kind: 'component' }>;

const invalid = (...faults: readonly Fault[]): SimError => faultError('forget/invalid', faults);

const inRegion = (x: Float32Array, region: Region): Int32Array =>
  where(x.length / 2, (i) => contains(region, x[2 * i] as number, x[2 * i + 1] as number));

const checkIndices = ({ indices }: IndicesSpec, n: number): Int32Array => {
  const seen = new Set<number>();
  const faults: Fault[] = [];
  indices.forEach((index, i) => {
    const path = `/forget/indices/${i}`;
    if (!Number.isInteger(index) || index < 0 || index >= n) {
      faults.push({ path, expected: `a whole number from 0 to ${n - 1}`, found: shown(index) });
    } else if (seen.has(index)) {
      faults.push({ path, expected: 'every index only once', found: `${index} again` });
    }
    seen.add(index);
  });
  if (faults.length > 0) throw invalid(...faults);
  return Int32Array.from(indices).sort();
};

/** The training point nearest to a test point (Euclidean; the lowest index on ties). */
const nearest = ({ inputs, train, test }: Dataset, row: number): number => {
  let best = Number.POSITIVE_INFINITY;
  let winner = -1;
  for (let i = 0; i < train.y.length; i++) {
    let square = 0;
    for (let d = 0; d < inputs && square < best; d++) {
      const gap = (train.x[i * inputs + d] as number) - (test.x[row * inputs + d] as number);
      square += gap * gap;
    }
    if (square < best) {
      best = square;
      winner = i;
    }
  }
  return winner;
};

const nearestIsForgotten = (dataset: Dataset, forget: Int32Array): Int32Array => {
  const members = new Set(forget);
  return where(dataset.test.y.length, (row) => members.has(nearest(dataset, row)));
};

const componentOf = (dataset: Dataset, { name }: ComponentSpec) => {
  const components = dataset.components ?? {};
  const known = Object.keys(components);
  const component = known.includes(name) ? components[name] : undefined;
  if (!component) {
    const names = known.map((word) => JSON.stringify(word)).join(', ');
    const expected = known.length > 0 ? `the name of a component: ${names}` : 'data with named components';
    throw invalid({ path: '/forget/name', expected, found: shown(name) });
  }
  return component;
};

/** What earlier requests have removed. */
interface Earlier {
  readonly count: number;
  readonly forget: Int32Array;
}

type Drawn = Pick<SplitIndices, 'forget' | 'testForget' | 'testRetain'>;

/** The forget set as asked for, and the test points that follow its law. */
const select = (dataset: Dataset, spec: ForgetSpec, laneSeed: number, earlier: Earlier, choose: Choose): Drawn => {
  const { train, test, inputs, classes } = dataset;
  const [n, nTest] = [train.y.length, test.y.length];
  const keyFor = (seed: number | 'lane') => foldIn(keyOf(seed === 'lane' ? laneSeed : seed), 'forget-set');
  const known = dataset.testForget?.slice().sort();
  const withTest = (forget: Int32Array, ownTest: () => Int32Array): Drawn => {
    const testForget = known ?? ownTest();
    return { forget, testForget, testRetain: complement(testForget, nTest) };
  };
  switch (spec.kind) {
    case 'class': {
      const { label } = spec;
      if (!Number.isInteger(label) || label < 0 || label >= classes) {
        throw invalid({ path: '/forget/label', expected: `a class from 0 to ${classes - 1}`, found: shown(label) });
      }
      const ofClass = (y: Int32Array) => where(y.length, (i) => y[i] === label);
      return withTest(ofClass(train.y), () => ofClass(test.y));
    }
    case 'random': {
      const all = where(nTest, () => true);
      const count = countOf(spec.fraction, n);
      if (earlier.count === 0) return { forget: sample(keyFor(spec.seed), n, count), testForget: all, testRetain: all };
      const left = complement(earlier.forget, n); // a later request draws from what the others have left
      const key = foldIn(keyFor(spec.seed), 'request', earlier.count);
      const forget = sample(key, left.length, Math.min(count, left.length)).map((i) => left[i] as number);
      return { forget, testForget: all, testRetain: all };
    }
    case 'indices': {
      const forget = checkIndices(spec, n);
      return withTest(forget, () => nearestIsForgotten(dataset, forget));
    }
    case 'region':
      if (inputs !== 2) {
        const found = `${inputs} ${inputs === 1 ? 'number' : 'numbers'} per point`;
        throw invalid({ path: '/forget/kind', expected: 'data with two numbers per point for a region', found });
      }
      return withTest(inRegion(train.x, spec), () => inRegion(test.x, spec));
    case 'component': {
      const component = componentOf(dataset, spec);
      const size = component.train.length;
      const chosen = sample(keyFor(spec.seed), size, countOf(spec.fraction, size));
      return withTest(
        chosen.map((i) => component.train[i] as number),
        () => component.test.slice(),
      );
    }
    case 'selector': {
      const left = complement(earlier.forget, n);
      if (spec.count >= left.length) {
        const path = earlier.count === 0 ? '/forget/count' : `/requests/${earlier.count}/count`;
        throw invalid({
          path,
          expected: `fewer than the ${left.length} training points there are`,
          found: `${spec.count}`,
        });
      }
      const forget = choose(spec, left);
      return withTest(forget, () => nearestIsForgotten(dataset, forget));
    }
    case 'rule':
      throw invalid({ path: '/forget/kind', expected: 'a kind for labelled points', found: 'rule' });
    default:
      return assertNever(spec);
  }
};

const notYet: Choose = ({ id }) => {
  throw new Error(`the selector ${id} has not chosen yet`);
};

/** The split before anybody has chosen: everything is kept. */
export const undivided = ({ train, test }: Dataset): SplitIndices => ({
  forget: new Int32Array(),
  retain: complement(new Int32Array(), train.y.length),
  testForget: new Int32Array(),
  testRetain: complement(new Int32Array(), test.y.length),
});

/**
 * The forget and retain sets that requests mean on a data set, one after the other, with the test points that follow
 * each one's law. A random forget set has the retain set's law, so both test sides are then the whole test set.
 *
 * @param choose answers for selectors
 * @throws {SimError} forget/invalid
 */
export const resolveRequests = (
  dataset: Dataset,
  specs: readonly ForgetSpec[],
  laneSeed: number,
  choose: Choose = notYet,
): Request[] => {
  const [n, nTest] = [dataset.train.y.length, dataset.test.y.length];
  const requests: Request[] = [];
  const expected = 'at least one training point to forget and one to retain';
  specs.forEach((spec, count) => {
    const before = requests.at(-1)?.after;
    const drawn = select(dataset, spec, laneSeed, { count, forget: before?.forget ?? new Int32Array() }, choose);
    const path = specs.length === 1 ? '/forget' : `/requests/${count}`;
    const gone = new Set(before?.forget);
    const forget = drawn.forget.filter((i) => !gone.has(i));
    if (forget.length === 0) {
      const found = drawn.forget.length === 0 ? 'none to forget' : 'only points that earlier requests have removed';
      throw invalid({ path, expected, found });
    }
    const all = before ? merged(before.forget, forget) : forget;
    const retain = complement(all, n);
    if (retain.length === 0) throw invalid({ path, expected, found: `all ${n} to forget` });
    const testForget = before ? merged(before.testForget, drawn.testForget) : drawn.testForget;
    const isWholeLaw = testForget.length === nTest && drawn.testRetain.length === nTest;
    const testRetain = before && !isWholeLaw ? complement(testForget, nTest) : drawn.testRetain;
    requests.push({ forget, after: { forget: all, retain, testForget, testRetain } });
  });
  return requests;
};
