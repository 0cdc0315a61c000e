import { type Fault, faultError, type SimError, shown } from '../../engine/base/errors.ts';
import { foldIn, keyOf, sample } from '../../engine/base/random.ts';
import { contains } from '../../scenario/format/region.ts';
import type { ForgetSpec, Region, RuleSpec } from '../../scenario/format/scenario.ts';
import type { Request, SplitIndices } from '../family.ts';
import { complement, countOf, merged, where } from '../shared/indices.ts';
import type { CurveData, Pairs } from './curve.ts';

const invalid = (...faults: readonly Fault[]): SimError => faultError('forget/invalid', faults);

type RegionSpec = Extract<ForgetSpec, { kind: 'region' }>;
type Drawn = Pick<SplitIndices, 'forget' | 'testForget' | 'testRetain'>;

/** Those with the lowest numbers: a share of the training pairs, and the test pairs below the same limit. */
const lowest = ({ train, test }: CurveData, share: number, sign: 1 | -1): Drawn => {
  const n = train.y.length;
  const order = where(n, () => true).sort((a, b) => sign * ((train.y[a] as number) - (train.y[b] as number)) || a - b);
  const forget = order.slice(0, countOf(share, n)).sort();
  const limit = sign * (train.y[order[forget.length - 1] as number] as number);
  const testForget = where(test.y.length, (i) => sign * (test.y[i] as number) <= limit);
  return { forget, testForget, testRetain: complement(testForget, test.y.length) };
};

/** Those whose place, by its first number, lies in a stretch. */
const between = ({ inputs, train, test }: CurveData, from: number, to: number): Drawn => {
  const inside = ({ x, y }: Pairs) =>
    where(y.length, (i) => (x[i * inputs] as number) >= from && (x[i * inputs] as number) <= to);
  const testForget = inside(test);
  return { forget: inside(train), testForget, testRetain: complement(testForget, test.y.length) };
};

const random = ({ train, test }: CurveData, share: number, seed: number): Drawn => {
  const all = where(test.y.length, () => true);
  const key = foldIn(keyOf(seed), 'forget-set');
  return { forget: sample(key, train.y.length, countOf(share, train.y.length)), testForget: all, testRetain: all };
};

/** What is wrong with a request that leaves nothing to do, and the way out. */
const nothingOr = (
  path: string,
  spec: RuleSpec | RegionSpec,
  { places, train }: CurveData,
  which: 'none' | 'all',
): SimError => {
  const [low, high] = places[0] as readonly [number, number];
  const n = train.y.length;
  if (which === 'all') {
    const expected = 'a smaller forget set: at least one training pair must be kept';
    return invalid({ path, expected, found: `all ${n} pairs to forget` });
  }
  if (spec.kind === 'region') {
    const expected = 'a region with training pairs in it: draw it around some';
    return invalid({ path, expected, found: `none of ${n} pairs` });
  }
  if (spec.id === 'between') {
    const { from, to } = spec.params;
    const isTurned = Number(from) > Number(to);
    const expected = isTurned
      ? '"from" to be at most "to": turn them around'
      : `a stretch with training pairs in it: places lie between ${low} and ${high}`;
    return invalid({ path: `${path}/params`, expected, found: `no pair between ${from} and ${to}` });
  }
  return invalid({ path, expected: 'pairs that no request before has asked for', found: 'none to forget' });
};

/** Those in a region of the picture: of places and numbers along a line, of places over a plane. */
const inRegion = ({ inputs, train, test }: CurveData, region: Region): Drawn => {
  const inside = ({ x, y }: Pairs) =>
    where(y.length, (i) => {
      const up = inputs === 1 ? y[i] : x[2 * i + 1];
      return contains(region, x[i * inputs] as number, up as number);
    });
  const testForget = inside(test);
  return { forget: inside(train), testForget, testRetain: complement(testForget, test.y.length) };
};

const drawn = (curve: CurveData, { id, params }: RuleSpec, seed: number): Drawn => {
  const { share, from, to } = params;
  switch (id) {
    case 'lowest':
      return lowest(curve, Number(share), 1);
    case 'highest':
      return lowest(curve, Number(share), -1);
    case 'between':
      return between(curve, Number(from), Number(to));
    default:
      return random(curve, Number(share), seed);
  }
};

/**
 * The forget and retain sets that rules mean on a curve, one after the other.
 *
 * @throws {SimError} forget/invalid where a request finds nothing to forget or leaves nothing to keep
 */
export const divideCurve = (curve: CurveData, specs: readonly ForgetSpec[], seed: number): Request[] => {
  const n = curve.train.y.length;
  const requests: Request[] = [];
  for (const [i, spec] of specs.entries()) {
    const path = specs.length === 1 ? '/forget' : `/requests/${i}`;
    if (spec.kind !== 'rule' && spec.kind !== 'region') {
      throw invalid({ path: `${path}/kind`, expected: '"rule" or "region"', found: shown(spec.kind) });
    }
    const before = requests.at(-1)?.after;
    const own = spec.kind === 'region' ? inRegion(curve, spec) : drawn(curve, spec, seed);
    const gone = new Set(before?.forget);
    const forget = own.forget.filter((index) => !gone.has(index));
    const all = before ? merged(before.forget, forget) : forget;
    const retain = complement(all, n);
    if (forget.length === 0 || retain.length === 0) {
      throw nothingOr(path, spec, curve, forget.length === 0 ? 'none' : 'all');
    }
    const testForget = before ? merged(before.testForget, own.testForget) : own.testForget;
    const isWhole = own.testRetain.length === curve.test.y.length;
    const testRetain = isWhole ? own.testRetain : complement(testForget, curve.test.y.length);
    requests.push({ forget, after: { forget: all, retain, testForget, testRetain } });
  }
  return requests;
};
