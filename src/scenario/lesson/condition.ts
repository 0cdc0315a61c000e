import type { ParamValue } from '../../engine/base/schema.ts';
import { compare } from '../format/claims.ts';
import type { Claim, Comparison } from '../format/scenario.ts';
import type { Condition, LessonNumber, LessonRoom } from './lesson.ts';

/** What there is to know about the lab when a condition is asked for. */
export interface LessonFacts {
  readonly room: LessonRoom;
  /** Everything on screen belongs to the experiment as it stands, and is computed. */
  readonly isFinished: boolean;
  /** Undefined where the experiment has no such setting. */
  readonly setting: (path: string) => ParamValue | undefined;
  readonly number: (name: LessonNumber) => number;
  /** Medians over seeds at the clock's step, one for each swept setting; none where there are no numbers. */
  readonly metric: (run: string, metric: string) => readonly number[];
  readonly claim: (claim: Claim) => boolean;
  readonly attacked: (kind: string, run: string | undefined) => boolean;
}

const compareValues = (left: ParamValue | undefined, is: Comparison, right: ParamValue): boolean => {
  if (left === undefined) return false;
  if (typeof left === 'number' && typeof right === 'number') return compare(left, is, right);
  if (is === '==') return left === right;
  return is === '!=' && left !== right;
};

/** Whether a condition holds. What does not exist (yet) fulfills no comparison. */
export const holds = (condition: Condition, facts: LessonFacts): boolean => {
  if ('all' in condition) return condition.all.every((part) => holds(part, facts));
  if ('any' in condition) return condition.any.some((part) => holds(part, facts));
  if ('not' in condition) return !holds(condition.not, facts);
  if ('setting' in condition) return compareValues(facts.setting(condition.setting), condition.is, condition.value);
  if ('state' in condition) return compare(facts.number(condition.state), condition.is, condition.value);
  if ('metric' in condition) {
    const values = facts.metric(condition.run, condition.metric);
    return values.length > 0 && values.every((value) => compare(value, condition.is, condition.value));
  }
  if ('room' in condition) return facts.room === condition.room;
  if ('finished' in condition) return facts.isFinished === condition.finished;
  if ('claim' in condition) return facts.isFinished && facts.claim(condition.claim);
  return facts.attacked(condition.attacked, condition.run);
};
