import type { ParamValue } from '../../engine/base/schema.ts';
import type { Scenario } from '../format/scenario.ts';
import { keysOf, valueAt } from '../format/setting-path.ts';
import { at, fault, field, isObject, openObject, readChoice, readFlag, readNumber, type Spot } from '../read/check.ts';
import {
  anyNumber,
  type ClaimContext,
  readClaim,
  readComparison,
  readMetric,
  readRunName,
  required,
} from '../read/claims.ts';
import { type Condition, LESSON_NUMBERS, LESSON_ROOMS, lessonCaps } from './lesson.ts';

/** The experiment that conditions speak of. */
export interface ConditionContext extends ClaimContext {
  readonly scenario: Scenario;
}

/** Never holds; stands for what cannot be read. */
const NEVER: Condition = { any: [] };

/** The fields of each kind of condition, by the one that tells it. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  all: ['all'],
  any: ['any'],
  not: ['not'],
  setting: ['setting', 'is', 'value'],
  state: ['state', 'is', 'value'],
  metric: ['run', 'metric', 'is', 'value'],
  room: ['room'],
  finished: ['finished'],
  claim: ['claim'],
  attacked: ['attacked', 'run'],
};

const isPlainValue = (value: unknown): value is ParamValue =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

const settingAt = (path: unknown, scenario: Scenario): ParamValue | undefined => {
  const keys = typeof path === 'string' ? keysOf(scenario, path) : null;
  const value = keys ? valueAt(scenario, keys) : undefined;
  return isPlainValue(value) ? value : undefined;
};

const readSetting = (spot: Spot, { scenario }: ConditionContext): Condition => {
  const path = field(spot, 'setting');
  const current = settingAt(path.value, scenario);
  if (current === undefined) {
    return fault(path, 'a setting of the experiment, such as "runs.NPO.params.beta"', NEVER, 'never');
  }
  const value = field(spot, 'value');
  const is = readComparison(field(spot, 'is'));
  // A batch size may be a number or a word.
  if (!isPlainValue(value.value)) return fault(value, 'a number, a word, true or false', NEVER, 'never');
  const isOrder = is !== '==' && is !== '!=';
  if (isOrder && typeof value.value !== 'number') {
    return fault(value, `a number to compare with "${is}"`, NEVER, 'never');
  }
  return { setting: path.value as string, is, value: value.value === 0 ? 0 : value.value };
};

const readBound = (spot: Spot): number =>
  required(field(spot, 'value'), 'a number', (given) => readNumber(given, anyNumber, 0), 0);

const readAttacked = (spot: Spot, context: ConditionContext): Condition => {
  const kinds = context.catalogue.attacks.map(({ id }) => id);
  const run = field(spot, 'run');
  return {
    attacked: readChoice(field(spot, 'attacked'), kinds, ''),
    ...(run.value === undefined ? {} : { run: readRunName(run, context) }),
  };
};

const readPlainClaim = (spot: Spot, context: ConditionContext): Condition => {
  if (!isObject(spot.value)) return fault(spot, 'an object with run, metric, is and value', NEVER, 'never');
  // In a condition nobody reads a claim's text.
  const claim = readClaim({ ...spot, value: { text: '', ...spot.value } }, context);
  return claim ? { claim } : NEVER;
};

/** Reads a condition. `left` is how many members it may have, counted down. */
export const readCondition = (
  spot: Spot,
  context: ConditionContext,
  left: { count: number } = { count: lessonCaps.conditions },
  depth = 0,
): Condition => {
  if (!isObject(spot.value)) return fault(spot, 'a condition, such as { "finished": true }', NEVER, 'never');
  const own = spot.value;
  const kind = Object.keys(KINDS).find((name) => Object.hasOwn(own, name));
  if (kind === undefined) {
    return fault(spot, `a condition with one of ${Object.keys(KINDS).join(', ')}`, NEVER, 'never');
  }
  if (--left.count < 0) return fault(spot, `at most ${lessonCaps.conditions} conditions together`, NEVER, 'never');
  if (depth > lessonCaps.depth) return fault(spot, `at most ${lessonCaps.depth} levels`, NEVER, 'never');
  openObject(spot, 'a condition', { fields: KINDS[kind] as readonly string[] });
  const child = field(spot, kind);
  const members = (): readonly Condition[] => {
    if (!Array.isArray(child.value) || child.value.length === 0) return fault(child, 'a list of conditions', []);
    // One more than there may be, so that the surplus is told once.
    return child.value
      .slice(0, Math.max(0, left.count) + 1)
      .map((value, i) => readCondition(at(child, i, value), context, left, depth + 1));
  };
  switch (kind) {
    case 'all':
      return { all: members() };
    case 'any':
      return { any: members() };
    case 'not':
      return { not: readCondition(child, context, left, depth + 1) };
    case 'setting':
      return readSetting(spot, context);
    case 'state':
      return {
        state: readChoice(child, LESSON_NUMBERS, 'step'),
        is: readComparison(field(spot, 'is')),
        value: readBound(spot),
      };
    case 'metric':
      return {
        run: required(field(spot, 'run'), 'the name of a run', (given) => readRunName(given, context), ''),
        metric: readMetric(child, context),
        is: readComparison(field(spot, 'is')),
        value: readBound(spot),
      };
    case 'room':
      return { room: readChoice(child, LESSON_ROOMS, 'compare') };
    case 'finished':
      return { finished: readFlag(child, true) };
    case 'claim':
      return readPlainClaim(child, context);
    default:
      return readAttacked(spot, context);
  }
};
