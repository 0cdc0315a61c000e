import { type Fault, faultError, type SimError, shown } from '../../engine/base/errors.ts';
import { foldIn, keyOf, sample } from '../../engine/base/random.ts';
import type { ForgetSpec, RuleSpec } from '../../scenario/format/scenario.ts';
import type { Request, SplitIndices } from '../family.ts';
import { complement, countOf, merged, where } from '../shared/indices.ts';
import type { CurveData, Pairs } from './curve.ts';

const invalid = (...faults: readonly Fault[]): SimError => faultError('forget/invalid', faults);

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
    if (spec.kind !== 'rule') {
      throw invalid({ path: `${path}/kind`, expected: '"rule"', found: shown(spec.kind) });
    }
    const before = requests.at(-1)?.after;
    const own = drawn(curve, spec, seed);
    const gone = new Set(before?.forget);
    const forget = own.forget.filter((index) => !gone.has(index));
    const all = before ? merged(before.forget, forget) : forget;
    const retain = complement(all, n);
    if (forget.length === 0 || retain.length === 0) {
      const expected = 'at least one training pair to forget and one to retain';
      const found = forget.length === 0 ? 'none to forget' : `all ${n} to forget`;
      throw invalid({ path, expected, found });
    }
    const testForget = before ? merged(before.testForget, own.testForget) : own.testForget;
    const isWhole = own.testRetain.length === curve.test.y.length;
    const testRetain = isWhole ? own.testRetain : complement(testForget, curve.test.y.length);
    requests.push({ forget, after: { forget: all, retain, testForget, testRetain } });
  }
  return requests;
};
