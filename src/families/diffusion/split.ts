import { type Fault, faultError, type SimError, shown } from '../../engine/base/errors.ts';
import type { ForgetSpec } from '../../scenario/format/scenario.ts';
import type { Request, SplitIndices } from '../family.ts';
import { complement, merged, where } from '../shared/indices.ts';
import type { CloudData } from './clouds.ts';

const invalid = (...faults: readonly Fault[]): SimError => faultError('forget/invalid', faults);

/** The classes that a rule asks to forget. @throws {SimError} forget/invalid */
const classOf = ({ classes }: CloudData, spec: ForgetSpec, path: string): number => {
  if (spec.kind !== 'rule') throw invalid({ path: `${path}/kind`, expected: '"rule"', found: shown(spec.kind) });
  const label = Number(spec.params['label']);
  if (label < classes) return label;
  throw invalid({
    path: `${path}/params/label`,
    expected: `a condition that there is: 0 to ${classes - 1}`,
    found: String(label),
  });
};

/**
 * The forget and retain sets that rules mean, one after the other: whole classes.
 *
 * @throws {SimError} forget/invalid where a class is not there, has gone already, or is the last one
 */
export const divideClouds = (data: CloudData, specs: readonly ForgetSpec[]): Request[] => {
  const { train, test } = data;
  const requests: Request[] = [];
  const gone = new Set<number>();
  for (const [i, spec] of specs.entries()) {
    const path = specs.length === 1 ? '/forget' : `/requests/${i}`;
    const label = classOf(data, spec, path);
    if (gone.has(label)) {
      throw invalid({ path: `${path}/params/label`, expected: 'a class that is still there', found: String(label) });
    }
    gone.add(label);
    const forget = where(train.y.length, (n) => train.y[n] === label);
    const before: SplitIndices | undefined = requests.at(-1)?.after;
    const all = before ? merged(before.forget, forget) : forget;
    const retain = complement(all, train.y.length);
    if (forget.length === 0 || retain.length === 0) {
      throw invalid({
        path,
        expected: 'points of the class to forget, and of at least one other class to keep',
        found: forget.length === 0 ? `no point of class ${label}` : 'points of that class alone',
      });
    }
    const testForget = where(test.y.length, (n) => gone.has(test.y[n] as number));
    const testRetain = complement(testForget, test.y.length);
    requests.push({ forget, after: { forget: all, retain, testForget, testRetain } });
  }
  return requests;
};
