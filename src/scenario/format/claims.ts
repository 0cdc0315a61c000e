import type { ParamValue } from '../../engine/base/schema.ts';
import { meanOf, medianOf } from '../../engine/base/statistics.ts';
import type { AttackSubject } from '../../engine/contracts/attack.ts';
import type {
  AttackResult,
  AttackResultSeries,
  ClaimResult,
  ClaimSeed,
  MetricValue,
  Results,
  RunResult,
} from './results.ts';
import type { Claim, ClaimAt, Comparison } from './scenario.ts';

/** Ends the name of a value that an attack found in fresh weights. */
export const FRESH = 'Fresh';

type LaneNumbers = Pick<RunResult, 'name' | 'seed' | 'settings' | 'steps' | 'metrics'>;
/** The part of the results that claims speak of. */
export interface ClaimData extends Pick<Results, 'original' | 'retrained' | 'attacks'> {
  readonly runs: readonly LaneNumbers[];
}

/** A metric's numbers; those of the original and the retrained model have a single step. */
interface Numbers {
  readonly isConstant: boolean;
  readonly steps: readonly number[];
  readonly values: readonly MetricValue[];
}

/** One model's numbers for one seed, by metric. */
type Source = (metric: string) => Numbers;

/** One side of a comparison: a number, or (for `any` and `every`) one number per step; a constant has no steps. */
type Side =
  | { readonly kind: 'value'; readonly value: MetricValue }
  | { readonly kind: 'series'; readonly steps: readonly number[]; readonly values: readonly MetricValue[] };

/** What is asked of a source. */
interface Question {
  readonly metric: string;
  readonly at: ClaimAt;
  readonly reduce?: 'slope';
  readonly from?: number;
  readonly to?: number;
}

const EQUAL_WITHIN = 1e-9;

/** Compares two numbers; equality allows for rounding of 1e-9. */
export const compare = (left: number, is: Comparison, right: number): boolean => {
  switch (is) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '==':
      return Math.abs(left - right) <= EQUAL_WITHIN;
    case '!=':
      return Math.abs(left - right) > EQUAL_WITHIN;
  }
};

/** Least-squares slope of the values against the steps from `from` to `to`; null with fewer than two of them. */
export const slope = (
  steps: readonly number[],
  values: readonly MetricValue[],
  from = Number.NEGATIVE_INFINITY,
  to = Number.POSITIVE_INFINITY,
): MetricValue => {
  const points = steps.flatMap((step, i) => {
    const value = values[i];
    return step >= from && step <= to && value !== null && value !== undefined ? [{ step, value }] : [];
  });
  if (points.length < 2) return null;
  const meanStep = points.reduce((sum, { step }) => sum + step, 0) / points.length;
  const meanValue = points.reduce((sum, { value }) => sum + value, 0) / points.length;
  let above = 0;
  let below = 0;
  for (const { step, value } of points) {
    above += (step - meanStep) * (value - meanValue);
    below += (step - meanStep) * (step - meanStep);
  }
  return above / below;
};

/** The step at which the first smallest (or largest) value stands. */
const extremeStep = (steps: readonly number[], values: readonly MetricValue[], sign: 1 | -1): MetricValue => {
  let best: MetricValue = null;
  let least = Number.POSITIVE_INFINITY;
  values.forEach((value, i) => {
    if (value === null || sign * value >= least) return;
    least = sign * value;
    best = steps[i] as number;
  });
  return best;
};

/** The value at a step: the last one recorded not after it. A step beyond the end has no value. */
const atStep = (steps: readonly number[], values: readonly MetricValue[], step: number): MetricValue => {
  if (step > (steps.at(-1) ?? -1)) return null;
  return values[steps.findLastIndex((recorded) => recorded <= step)] ?? null;
};

const sideOf = (source: Source, { metric, at, reduce, from, to }: Question): Side => {
  const { steps, values, isConstant } = source(metric);
  const value = (number: MetricValue | undefined): Side => ({ kind: 'value', value: number ?? null });
  if (reduce === 'slope') return value(isConstant ? null : slope(steps, values, from, to));
  if (isConstant) return value(values[0]);
  if (typeof at === 'number') return value(atStep(steps, values, at));
  if (typeof at === 'object') {
    const { when } = at;
    const guide = source(when.metric);
    const first = guide.values.findIndex((number) => number !== null && compare(number, when.is, when.value));
    return value(first < 0 ? null : atStep(steps, values, guide.steps[first] as number));
  }
  switch (at) {
    case 'last':
      return value(values.at(-1));
    case 'first':
      return value(values[0]);
    case 'argmin':
      return value(extremeStep(steps, values, 1));
    case 'argmax':
      return value(extremeStep(steps, values, -1));
    case 'any':
    case 'every':
      return { kind: 'series', steps, values };
  }
};

/** Sources of a side: for each swept setting that is meant, the lane of each seed. */
interface Variant {
  readonly key: string;
  readonly source: (seed: number) => Source | undefined;
}

/** What an attack found: its steps are those of the attack. Of several that give the value, the first. */
const attackNumbers = (
  attacks: readonly AttackResult[],
  subject: AttackSubject,
  metric: string,
): Numbers | undefined => {
  const isFresh = metric.endsWith(FRESH);
  const id = isFresh ? metric.slice(0, -FRESH.length) : metric;
  for (const { values } of attacks) {
    const found = values[isFresh ? 'fresh' : subject];
    if (found && Object.hasOwn(found, id)) return { isConstant: false, ...(found[id] as AttackResultSeries) };
  }
  return undefined;
};

const laneSource =
  ({ steps, metrics }: LaneNumbers, attacks: readonly AttackResult[]): Source =>
  (id) =>
    Object.hasOwn(metrics, id)
      ? { isConstant: false, steps, values: metrics[id] as readonly MetricValue[] }
      : (attackNumbers(attacks, 'unlearned', id) ?? { isConstant: false, steps, values: [] });

const variantsOf = (
  data: ClaimData,
  run: string,
  where: Readonly<Record<string, ParamValue>> | undefined,
): readonly Variant[] => {
  if (run === 'original' || run === 'retrained') {
    const source = (seed: number): Source | undefined => {
      const model = data[run].find((one) => one.seed === seed);
      const attacks = data.attacks?.filter((attack) => attack.seed === seed) ?? [];
      return (
        model &&
        ((id) =>
          attackNumbers(attacks, run, id) ?? { isConstant: true, steps: [0], values: [model.metrics[id] ?? null] })
      );
    };
    return [{ key: run, source }];
  }
  const groups = new Map<string, Map<number, Source>>();
  for (const lane of data.runs) {
    const isMeant = Object.entries(where ?? {}).every(([path, value]) => lane.settings[path] === value);
    if (lane.name !== run || !isMeant) continue;
    const key = JSON.stringify(lane.settings);
    const group = groups.get(key) ?? new Map<number, Source>();
    const attacks = data.attacks?.filter(
      (attack) => attack.run === run && attack.seed === lane.seed && JSON.stringify(attack.settings) === key,
    );
    groups.set(key, group.set(lane.seed, laneSource(lane, attacks ?? [])));
  }
  return [...groups].map(([key, bySeed]) => ({ key, source: (seed) => bySeed.get(seed) }));
};

/** A side after `times` and `plus`. */
const scaled = (side: Side, times: number, plus: number): Side => {
  const scale = (value: MetricValue) => (value === null ? null : times * value + plus);
  return side.kind === 'value'
    ? { kind: 'value', value: scale(side.value) }
    : { ...side, values: side.values.map(scale) };
};

type Verdict = Omit<ClaimSeed, 'seed'>;
type Quantifier = 'any' | 'every';

/** The pairs of numbers that two sides ask to compare, step by step where one of them has steps. */
const pairsOf = (left: Side, right: Side): (readonly [MetricValue, MetricValue])[] => {
  if (left.kind === 'value' && right.kind === 'value') return [[left.value, right.value]];
  if (left.kind === 'value') return (right as { values: readonly MetricValue[] }).values.map((r) => [left.value, r]);
  if (right.kind === 'value') return left.values.map((l) => [l, right.value]);
  return left.steps.flatMap((step, i) => {
    const j = right.steps[i] === step ? i : right.steps.indexOf(step);
    return j < 0 ? [] : [[left.values[i] ?? null, right.values[j] ?? null] as const];
  });
};

/** Compares two sides and keeps the pair of numbers that decides. */
const decide = (left: Side, right: Side, is: Comparison, quantifier: Quantifier): Verdict => {
  const verdicts = pairsOf(left, right).flatMap(([l, r]): Verdict[] =>
    l === null || r === null ? [] : [{ left: l, right: r, holds: compare(l, is, r) }],
  );
  const [l, r] = pairsOf(left, right).at(-1) ?? [null, null];
  const decisive = verdicts.find(({ holds }) => holds === (quantifier === 'any')) ?? verdicts.at(-1);
  return decisive ?? { left: l, right: r, holds: null };
};

/** Of several verdicts that all have to hold, the one that decides. */
const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.find(({ holds }) => holds === null) ??
  verdicts.find(({ holds }) => holds === false) ??
  verdicts[0] ?? { left: null, right: null, holds: null };

const medianOrNull = (values: readonly number[]): MetricValue => (values.length === 0 ? null : medianOf(values));

const meanOrNull = (values: readonly number[]): MetricValue => (values.length === 0 ? null : meanOf(values));

/** One number for those of all seeds. */
type Over = (values: readonly number[]) => MetricValue;

/** A side over seeds, step by step where there are steps. */
const sideOver = (sides: readonly Side[], over: Over): Side => {
  const numbers = (values: readonly (MetricValue | undefined)[]) => values.filter((value) => typeof value === 'number');
  const first = sides.find((side) => side.kind === 'series');
  if (first === undefined) {
    return { kind: 'value', value: over(numbers(sides.map((side) => (side.kind === 'value' ? side.value : null)))) };
  }
  const values = first.steps.map((_, i) =>
    over(numbers(sides.map((side) => (side.kind === 'series' ? side.values[i] : side.value)))),
  );
  return { ...first, values };
};

/** Two models that a claim compares; without a right one the claim has a value. */
interface Pair {
  readonly left: Variant;
  readonly right?: Variant;
}

const evaluateClaim = (claim: Claim, data: ClaimData, all: readonly number[]): ClaimResult => {
  const { than, is, among } = claim;
  const seeds = among ? all.filter((seed) => among.includes(seed)) : all;
  const question: Question = claim;
  const thanQuestion: Question = { ...claim, metric: than?.metric ?? claim.metric, at: than?.at ?? claim.at };
  const quantified = [claim.at, thanQuestion.at].find((at) => at === 'any' || at === 'every');
  const quantifier: Quantifier = quantified === 'any' ? 'any' : 'every';

  // Without a run or a `where` of its own the other side is the same lane.
  const isSameRun = than?.run === undefined || than.run === claim.run;
  const others = than === undefined ? [] : variantsOf(data, than.run ?? claim.run, than.where);
  const pairs = variantsOf(data, claim.run, claim.where).flatMap((left): Pair[] => {
    if (than === undefined) return [{ left }];
    if (isSameRun && than.where === undefined) return [{ left, right: left }];
    return others.map((right) => ({ left, right }));
  });

  const missing: Side = { kind: 'value', value: null };
  const sidesAt = ({ left, right }: Pair, seed: number): readonly [Side, Side] => {
    const source = left.source(seed);
    const other = right?.source(seed);
    const first = source === undefined ? missing : sideOf(source, question);
    if (than === undefined) return [first, { kind: 'value', value: claim.value ?? null }];
    const second = other === undefined ? missing : sideOf(other, thanQuestion);
    return [first, scaled(second, than.times ?? 1, than.plus ?? 0)];
  };

  const perSeed = seeds.map((seed): ClaimSeed => {
    const verdicts = pairs.map((pair) => decide(...sidesAt(pair, seed), is, quantifier));
    return { seed, ...worst(verdicts) };
  });
  const counted = perSeed.filter(({ holds }) => holds !== null);
  const of = counted.length;
  const held = counted.filter(({ holds }) => holds === true).length;

  /** The verdict on one number of each side over the seeds that count. */
  const verdictOver = (over: Over): Verdict =>
    worst(
      pairs.map((pair) => {
        const sides = counted.map(({ seed }) => sidesAt(pair, seed));
        return decide(
          sideOver(
            sides.map(([l]) => l),
            over,
          ),
          sideOver(
            sides.map(([, r]) => r),
            over,
          ),
          is,
          quantifier,
        );
      }),
    );
  const averaged = claim.seeds === 'mean' ? verdictOver(meanOrNull) : undefined;
  const verdict = {
    all: () => held === of,
    most: () => held * 5 >= of * 4,
    median: () => verdictOver(medianOrNull).holds === true,
    mean: () => averaged?.holds === true,
  }[claim.seeds];
  const isKnown = averaged !== undefined && averaged.left !== null && averaged.right !== null;

  return {
    text: claim.text,
    holds: of > 0 && verdict(),
    held,
    of,
    leftOut: perSeed.length - of,
    ...(isKnown && {
      mean: {
        // Over the seeds that have both sides the difference of the means is the mean of the differences.
        value: than === undefined ? (averaged.left as number) : (averaged.left as number) - (averaged.right as number),
        n: of,
        isDifference: than !== undefined,
      },
    }),
    seeds: perSeed,
  };
};

/**
 * Checks each claim on every seed, or on those among which it is made.
 *
 * A claim about a swept run without `where` holds for a seed only if it holds for all of the run's lanes of that seed;
 * `than` without a run and a `where` of its own means the same lane. `any` and `every` compare step by step and pass over
 * steps without a value. `median` and `mean` compare the medians or means of both sides over the seeds that have both, the
 * mean of a comparison being that of the differences seed by seed. A claim that counts no seed fails.
 */
export const evaluateClaims = (claims: readonly Claim[], data: ClaimData): ClaimResult[] => {
  const seeds = [...new Set([...data.runs, ...data.original, ...data.retrained].map(({ seed }) => seed))];
  return claims.map((claim) => evaluateClaim(claim, data, seeds));
};
