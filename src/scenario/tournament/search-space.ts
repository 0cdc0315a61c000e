import { exp, log } from '../../engine/base/math.ts';
import { foldIn, keyOf, permutation, uniform } from '../../engine/base/random.ts';
import type { ParamSpec, ParamValue } from '../../engine/base/schema.ts';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { RunSpec } from '../format/scenario.ts';
import { optimizerSettings, type SettingSpec } from '../format/settings.ts';
import { settingsAt } from '../format/variants.ts';
import { type Entrant, isRange, type SearchDimension, type SearchRange, type SearchSpace } from './tournament.ts';

/** How far around a run's own value its configurations are drawn, as a factor. */
const REACH = 10;
/** A straight range that spans this much is searched on a logarithmic scale. */
const WIDE = 100;

/** Three digits: what a reader can type again. */
const rounded = (value: number): number => Number(value.toPrecision(3));

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** A range around a value within what its spec allows. */
const around = (value: number, { min, max }: { readonly min: number; readonly max: number }): SearchRange => ({
  min: rounded(clamp(value / REACH, min, max)),
  max: rounded(clamp(value * REACH, min, max)),
  scale: 'log',
});

/** Where a parameter is looked for if nothing else is said: on the scale that it declares. */
const rangeOf = (spec: ParamSpec, value: ParamValue): SearchDimension | undefined => {
  switch (spec.kind) {
    case 'choice':
    case 'flag':
      return undefined;
    case 'int':
      return { min: spec.min, max: Math.min(spec.max, Math.max(spec.min + 1, 4 * Number(value))), scale: 'linear' };
    case 'number': {
      const isLog = spec.scale === 'log' || spec.max - spec.min >= WIDE;
      if (isLog && Number(value) > 0) return around(Number(value), spec);
      return { min: spec.min, max: spec.max, scale: 'linear' };
    }
  }
};

/**
 * The space of a method of which nothing else is said: learning rate and steps around the run's own, and the first
 * number among its own parameters of the method: every method is tuned in as many dimensions.
 */
export const defaultSearch = (run: RunSpec, method: MethodInfo, held: readonly string[] = []): SearchSpace => {
  const isTrained = method.schedule === 'iterative';
  const knob = Object.entries(method.params).find(
    ([name, spec]) => (spec.kind === 'number' || spec.kind === 'int') && !held.includes(name),
  );
  const own = knob && rangeOf(knob[1], run.params[knob[0]] ?? knob[1].default);
  return {
    ...(isTrained && { learningRate: around(run.learningRate, optimizerSettings.learningRate) }),
    ...(isTrained &&
      run.steps > 1 && {
        steps: { min: Math.max(1, Math.round(run.steps / 4)), max: run.steps, scale: 'log' as const },
      }),
    ...(knob && own && { [`params.${knob[0]}`]: own }),
  };
};

/** The value of a dimension at a place in (0, 1). */
const valueAt = (dimension: SearchDimension, place: number, spec: SettingSpec | undefined): ParamValue => {
  if (!isRange(dimension)) return dimension[Math.floor(place * dimension.length)] as ParamValue;
  const { min, max, scale } = dimension;
  const isWhole = spec?.kind === 'int' || spec?.kind === 'batch';
  const value = scale === 'log' ? exp(log(min) + place * (log(max) - log(min))) : min + place * (max - min);
  return isWhole ? clamp(Math.round(value), Math.ceil(min), Math.floor(max)) : clamp(rounded(value), min, max);
};

/** What is set in one configuration, by dotted path. Empty: the run as it is given. */
export type Configuration = Readonly<Record<string, ParamValue>>;

/**
 * The configurations of a method: first the run as it is given, then draws from its space, in as many equal strata of
 * each dimension (a Latin hypercube), different from each other. A dimension of the same name is drawn at the same
 * places for every method, so that none has the luckier learning rates.
 */
export const drawConfigurations = (
  { run, search }: Pick<Entrant, 'run' | 'search'>,
  count: number,
  seed: number,
  settings: ReadonlyMap<string, SettingSpec>,
): readonly Configuration[] => {
  const dimensions = Object.entries(search);
  const drawn = count - 1;
  if (dimensions.length === 0 || drawn <= 0) return [{}];
  const strata = dimensions.map(([path]) => {
    const key = foldIn(keyOf(seed), 'tournament', path);
    const order = permutation(foldIn(key, 'order'), drawn);
    return Array.from(order, (stratum, i) => (stratum + uniform(foldIn(key, 'place'), i)) / drawn);
  });
  const all: Configuration[] = [{}];
  for (let i = 0; i < drawn; i++) {
    const entries = dimensions.map(([path, dimension], d) => {
      return [path, valueAt(dimension, strata[d]?.[i] as number, settings.get(path))] as const;
    });
    all.push(Object.fromEntries(entries));
  }
  const texts = new Set<string>();
  return all.filter((one) => {
    const text = JSON.stringify(settingsAt(run, one));
    return texts.has(text) ? false : texts.add(text);
  });
};
