import { defaultsOf, type ParamSchema, type ParamValue } from '../../engine/base/schema.ts';
import type { GeneratorInfo } from '../../engine/contracts/dataset.ts';
import type { MethodInfo, Recipe } from '../../engine/contracts/method.ts';
import type { SelectorInfo } from '../../engine/contracts/selector.ts';
import type { WrapperInfo } from '../../engine/contracts/wrapper.ts';
import type { KindInfo } from '../../scenario/format/catalogue.ts';
import {
  caps,
  maskDefaults,
  retainDefaults,
  runDefaults,
  selectorForgetDefaults,
} from '../../scenario/format/defaults.ts';
import { freeName } from '../../scenario/format/names.ts';
import type { ForgetSpec, RunSpec, Scenario } from '../../scenario/format/scenario.ts';
import { setIn } from '../../scenario/format/setting-path.ts';
import { settingsOf } from '../../scenario/format/settings.ts';
import { settingsAt, variantCount } from '../../scenario/format/variants.ts';
import type { OwnRule } from '../../scenario/formula/own.ts';
import type { PanelPoints } from '../received/points.ts';

/** A pure change of a scenario. */
export type Edit = (scenario: Scenario) => Scenario;

/** Sets the value at a path of keys: `['runs', '0', 'params', 'beta']`. Whoever calls it validates. */
export const setAt =
  (path: readonly string[], value: unknown): Edit =>
  (scenario) =>
    setIn(scenario, path, value) as Scenario;

/** Sets a parameter of the data or of a rule; an empty text of one's own is not written. */
export const setParam = (path: readonly string[], value: ParamValue): Edit =>
  setAt(path, value === '' ? undefined : value);

const names = (scenario: Scenario): string[] => scenario.runs.map((run) => run.name);

/** What a method or a recipe sets in a run; the rest of the run stays. */
export const composed = (method: MethodInfo, recipe: Recipe | undefined) => ({
  method: method.id,
  params: { ...defaultsOf(method.params), ...recipe?.params },
  retain: { ...retainDefaults, ...recipe?.retain },
  mask: { ...maskDefaults, ...recipe?.mask },
  wrappers: recipe?.wrappers ?? [],
});

/** Adds a run with the budget and optimizer of the last one, so that the comparison is fair. */
export const addRun =
  (method: MethodInfo, recipe?: Recipe): Edit =>
  (scenario) => {
    const model = scenario.runs.at(-1) ?? runDefaults;
    const { optimizer, learningRate, momentum, weightDecay, clipNorm, steps, batchSize } = model;
    const run: RunSpec = {
      name: freeName(recipe?.short ?? method.short, names(scenario)),
      ...composed(method, recipe),
      optimizer,
      learningRate,
      momentum,
      weightDecay,
      clipNorm,
      steps,
      batchSize,
      sweep: {},
    };
    return { ...scenario, runs: [...scenario.runs, run] };
  };

/** Adds a rule of the reader's own, and a run of it. `info`: the rule as a method. */
export const addRule =
  (rule: OwnRule, info: MethodInfo): Edit =>
  (scenario) =>
    addRun(info)({ ...scenario, own: [...(scenario.own ?? []), rule] });

/** Changes a rule; its runs keep the settings that it still has. */
export const changeRule =
  (rule: OwnRule): Edit =>
  (scenario) => {
    const isSetting = (path: string) => !path.startsWith('params.') || Object.hasOwn(rule.params, path.slice(7));
    const settled = (run: RunSpec): RunSpec => ({
      ...run,
      params: Object.fromEntries(
        Object.entries(rule.params).map(([name, { default: normal, min, max }]) => {
          const value = run.params[name];
          return [name, typeof value === 'number' ? Math.min(max, Math.max(min, value)) : normal];
        }),
      ),
      sweep: Object.fromEntries(Object.entries(run.sweep).filter(([path]) => isSetting(path))),
    });
    return {
      ...scenario,
      own: (scenario.own ?? []).map((one) => (one.id === rule.id ? rule : one)),
      runs: scenario.runs.map((run) => (run.method === rule.id ? settled(run) : run)),
    };
  };

/** Gives a run another method or recipe. Its name follows if it was the old method's own. */
export const changeMethod =
  (index: number, method: MethodInfo, recipe: Recipe | undefined, ownNames: readonly string[]): Edit =>
  (scenario) => {
    const old = scenario.runs[index];
    if (!old) return scenario;
    const others = names(scenario).filter((_, i) => i !== index);
    const followed = ownNames.some((own) => old.name === own || old.name.startsWith(`${own} `));
    const { alternativeLabels, ...rest } = old;
    const run: RunSpec = {
      ...rest,
      ...(method.needs.includes('alternativeLabels') && alternativeLabels ? { alternativeLabels } : {}),
      ...composed(method, recipe),
      name: followed ? freeName(recipe?.short ?? method.short, others) : old.name,
      sweep: {},
    };
    return { ...scenario, runs: scenario.runs.map((item, i) => (i === index ? run : item)) };
  };

/** Gives a run another weight mask, with that mask's own settings at their defaults. */
export const changeMask =
  (index: number, kind: string, params: ParamSchema = {}): Edit =>
  (scenario) => {
    const old = scenario.runs[index];
    if (!old) return scenario;
    const { keep } = old.mask;
    const isKept = ([path]: [string, unknown]) => !path.startsWith('mask.') || path === 'mask.keep';
    const sweep = Object.fromEntries(Object.entries(old.sweep).filter(isKept));
    const run: RunSpec = { ...old, mask: { kind, keep, ...defaultsOf(params) }, sweep };
    return { ...scenario, runs: scenario.runs.map((item, i) => (i === index ? run : item)) };
  };

/** Puts a wrapper in the place of those of its slot, or none; settings that both have are kept. */
export const changeWrapper =
  (
    index: number,
    slot: readonly Pick<WrapperInfo, 'id'>[],
    wrapper: Pick<WrapperInfo, 'id' | 'params'> | undefined,
  ): Edit =>
  (scenario) => {
    const old = scenario.runs[index];
    if (!old) return scenario;
    const isOfSlot = (kind: string | undefined) => slot.some(({ id }) => id === kind);
    const before = old.wrappers.find(({ kind }) => isOfSlot(kind));
    const params = defaultsOf(wrapper?.params ?? {});
    const kept = Object.entries(before ?? {}).filter(([name]) => name !== 'kind' && Object.hasOwn(params, name));
    const next = wrapper && { kind: wrapper.id, ...params, ...Object.fromEntries(kept) };
    const others = old.wrappers.filter(({ kind }) => !isOfSlot(kind));
    const sweep = Object.fromEntries(
      Object.entries(old.sweep).filter(([path]) => !path.startsWith('wrappers.') || !isOfSlot(path.split('.')[1])),
    );
    const run: RunSpec = { ...old, wrappers: next ? [...others, next] : others, sweep };
    return { ...scenario, runs: scenario.runs.map((item, i) => (i === index ? run : item)) };
  };

/** Makes a run sweep over some values of a setting; none of them ends that. */
export const sweepSetting =
  (index: number, path: string, values: readonly ParamValue[]): Edit =>
  (scenario) => {
    const old = scenario.runs[index];
    if (!old) return scenario;
    const { [path]: _, ...others } = old.sweep;
    const sweep = values.length > 0 ? { ...old.sweep, [path]: values } : others;
    return { ...scenario, runs: scenario.runs.map((item, i) => (i === index ? { ...old, sweep } : item)) };
  };

/** Ends a run's sweep with one of its settings. */
export const takeSetting =
  (index: number, swept: Readonly<Record<string, ParamValue>>): Edit =>
  (scenario) => ({
    ...scenario,
    runs: scenario.runs.map((run, i) => (i === index ? settingsAt(run, swept) : run)),
  });

export const duplicateRun =
  (index: number): Edit =>
  (scenario) => {
    const run = scenario.runs[index];
    if (!run) return scenario;
    const copy = { ...run, name: freeName(run.name, names(scenario)) };
    return { ...scenario, runs: scenario.runs.toSpliced(index + 1, 0, copy) };
  };

/** How many copies of a run there is room for. */
export const roomFor = ({ runs, seeds }: Scenario, run: RunSpec): number => {
  const lanes = runs.reduce((sum, one) => sum + seeds.length * variantCount(one), 0);
  return Math.min(caps.runs - runs.length, Math.floor((caps.lanes - lanes) / (seeds.length * variantCount(run))));
};

/** Puts copies of a run beside it that differ in one number, in the order of the values; no more than there is room for. */
export const fanRun =
  (index: number, path: string, values: readonly number[], symbol: string): Edit =>
  (scenario) => {
    const run = scenario.runs[index];
    if (!run || Object.hasOwn(run.sweep, path)) return scenario;
    const own = Number(settingsOf(run)[path]);
    const taken = names(scenario);
    const copies = values.slice(0, Math.max(0, roomFor(scenario, run))).map((value) => {
      const name = freeName(`${run.name} ${symbol}=${value}`, taken);
      taken.push(name);
      return { value, copy: { ...settingsAt(run, { [path]: value }), sweep: run.sweep, name } };
    });
    const below = copies.filter(({ value }) => value < own).map(({ copy }) => copy);
    const above = copies.filter(({ value }) => value >= own).map(({ copy }) => copy);
    return { ...scenario, runs: scenario.runs.toSpliced(index, 1, ...below, run, ...above) };
  };

export const removeRun =
  (index: number): Edit =>
  (scenario) => ({
    ...scenario,
    runs: scenario.runs.filter((_, i) => i !== index),
    view: {
      ...scenario.view,
      ...revealing(scenario, (run) => (run === scenario.runs[index]?.name ? undefined : run)),
    },
  });

/** Renames a run, and with it whatever speaks of it: attacks, claims, the hero knob and the views of a lecture. */
export const renameRun =
  (index: number, wanted: string): Edit =>
  (scenario) => {
    const old = scenario.runs[index]?.name;
    const trimmed = wanted.trim();
    if (old === undefined || trimmed === '' || trimmed === old) return scenario;
    const name = freeName(
      trimmed,
      names(scenario).filter((_, i) => i !== index),
    );
    const hero = scenario.view.hero?.startsWith(`runs.${old}.`)
      ? { hero: `runs.${name}.${scenario.view.hero.slice(old.length + 6)}` }
      : {};
    return {
      ...scenario,
      runs: scenario.runs.map((run, i) => (i === index ? { ...run, name } : run)),
      ...(scenario.attacks && {
        attacks: scenario.attacks.map((attack) => (attack.run === old ? { ...attack, run: name } : attack)),
      }),
      claims: scenario.claims.map((claim) => ({
        ...claim,
        run: claim.run === old ? name : claim.run,
        ...(claim.than ? { than: { ...claim.than, ...(claim.than.run === old ? { run: name } : {}) } } : {}),
      })),
      view: { ...scenario.view, ...hero, ...revealing(scenario, (run) => (run === old ? name : run)) },
    };
  };

/** The views of a lecture with other names of runs; those that become undefined are gone. */
const revealing = (
  { view: { reveal } }: Scenario,
  rename: (run: string) => string | undefined,
): Pick<Scenario['view'], 'reveal'> =>
  reveal
    ? {
        reveal: reveal.map(({ runs, ...rest }) => ({
          ...rest,
          ...(runs && { runs: runs.flatMap((run) => rename(run) ?? []) }),
        })),
      }
    : {};

/** Another generator with its default parameters; the number of classes is kept where it can be. */
export const changeGenerator =
  (generator: GeneratorInfo): Edit =>
  (scenario) => ({
    ...scenario,
    data: { generator: generator.id, seed: scenario.data.seed, params: defaultsOf(generator.params) },
  });

const round = (value: number): number => Number(value.toPrecision(3));

/** A disc in the middle of what is forgotten now, so that it holds some points and not all. */
const startingDisc = (points: PanelPoints | undefined) => {
  if (!points) return { center: [0, 0] as const, radius: 1 };
  const { x2, isForget, extent } = points;
  const chosen = [...isForget.keys()].filter((index) => isForget[index] === 1);
  const mean = (axis: 0 | 1): number =>
    chosen.reduce((sum, index) => sum + (x2[2 * index + axis] as number), 0) / Math.max(1, chosen.length);
  const [x, y] = [mean(0), mean(1)];
  const distances = chosen.map((index) => Math.hypot((x2[2 * index] as number) - x, (x2[2 * index + 1] as number) - y));
  // Around the nearest point at least: the middle of a ring is empty.
  const radius = Math.max((extent[1] - extent[0]) / 8, 1.1 * Math.min(...distances));
  return { center: [round(x), round(y)] as const, radius: round(radius) };
};

/** A forget set that a rule chooses, its settings at their defaults. */
export const selectedBy = ({ id, params }: Pick<SelectorInfo, 'id' | 'params'>, count: number): ForgetSpec => ({
  kind: 'selector',
  id,
  count,
  params: defaultsOf(params),
});

/** A rule or a network of the family, its settings at their defaults. */
export const kindBy = <K extends 'rule' | 'network'>(kind: K, { id, params }: Pick<KindInfo, 'id' | 'params'>) => ({
  kind,
  id,
  params: defaultsOf(params),
});

/** What a forget set may refer to. */
interface Offered {
  readonly components: readonly string[];
  readonly selectors: readonly SelectorInfo[];
}

/** A sensible forget set of another kind; `points` are those on screen. */
export const startingForget = (
  kind: ForgetSpec['kind'],
  points: PanelPoints | undefined,
  { components, selectors }: Offered,
): ForgetSpec => {
  switch (kind) {
    case 'class':
      return { kind, label: 0 };
    case 'random':
      return { kind, fraction: 0.1, seed: 0 };
    case 'indices':
      return { kind, indices: Array.from({ length: 20 }, (_, i) => i) };
    case 'component':
      return { kind, name: components[0] ?? '', fraction: 1, seed: 0 };
    case 'region':
      return { kind, disc: startingDisc(points) };
    case 'selector': {
      const count = points ? Math.max(1, Math.round(points.y.length / 10)) : selectorForgetDefaults.count;
      return selectedBy(selectors[0] ?? { id: '', params: {} }, count);
    }
    case 'rule':
      return kindBy(kind, { id: '', params: {} });
  }
};

/** The values a generator's or method's parameters have, filled with defaults. */
export const paramOr = (params: Readonly<Record<string, unknown>>, name: string, byDefault: ParamValue): ParamValue => {
  const value = params[name];
  return typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean' ? value : byDefault;
};

/** n seeds: the ones there are, then further ones counting up. */
export const resizedSeeds = (seeds: readonly number[], count: number): readonly number[] => {
  const kept = seeds.slice(0, count);
  let next = Math.max(-1, ...kept) + 1;
  return [...kept, ...Array.from({ length: Math.max(0, count - kept.length) }, () => next++)];
};

/** As many seeds, none of which was used before. */
export const newSeeds = (seeds: readonly number[]): readonly number[] => {
  const first = Math.max(-1, ...seeds) + 1;
  return seeds.map((_, i) => first + i);
};
