import { isOwnText, type ParamValue } from '../../engine/base/schema.ts';
import { closest } from '../../engine/base/words.ts';
import type { CatalogueInfo } from '../format/catalogue.ts';
import { caps } from '../format/defaults.ts';
import { experimentDigest } from '../format/experiment.ts';
import type { Scenario } from '../format/scenario.ts';
import { setIn } from '../format/setting-path.ts';
import { optimizerSettings, runSettings, type SettingSpec } from '../format/settings.ts';
import { currentPath, isFormerPath, withFormerFields } from '../format/version-1.ts';
import { byId, describe, oneOf, type Repair, shownKey } from '../read/check.ts';
import { type Parsed, parseScenario } from '../read/parse.ts';
import { isPageKey, isTracking, queryPairs } from './pairs.ts';

/** What a query asks for. */
export interface AskedExperiment extends Parsed {
  /** The preset computes something else now than when the link was made: its `v` says so. */
  readonly isPresetChanged: boolean;
}

/** How many fields a query may set: more than anybody types. */
const MOST_FIELDS = 100;

/** What a query may start from. */
export interface QueryPreset {
  readonly id: string;
  readonly input: unknown;
}

type Path = readonly (string | number)[];
/** A place in the scenario that a key of the query means, and what may stand there. */
interface Target {
  readonly path: Path;
  readonly spec: SettingSpec | 'seeds' | 'widths' | 'word';
}

/** Whether a key is meant: in another case, or with a wrap inside. */
const isKey = (known: string, given: string): boolean => known.toLowerCase() === given.toLowerCase().replace(/\s/g, '');

/** A setting of a run by its path or by the bare name of a parameter. */
const settingOf = (
  settings: ReadonlyMap<string, SettingSpec>,
  name: string,
  run: Fields,
): readonly [string, SettingSpec] | undefined => {
  const paths = [`params.${name}`, name, `wrappers.${name}`];
  const known = [...settings.keys()];
  const path = paths.find((one) => settings.has(one)) ?? known.find((one) => paths.some((given) => isKey(one, given)));
  if (path !== undefined) return [path, settings.get(path) as SettingSpec];
  // A name of version 1 keeps its place until the runs are put in today's form.
  const spec = isFormerPath(name) ? settings.get(currentPath(name, run)) : undefined;
  return spec && [name, spec];
};

const settingsOfRun = (scenario: Scenario, run: number, catalogue: CatalogueInfo) =>
  runSettings(byId(catalogue.methods, scenario.runs[run]?.method), catalogue);

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (scenario: Scenario, run: number): Fields => (scenario.runs[run] ?? {}) as unknown as Fields;

const numberSpec = { kind: 'number', label: '', help: '', default: 0, min: 0, max: 0, scale: 'linear' } as const;

/** Everything but runs that a query may name: what stands once in a scenario. */
const fixedTargets = (scenario: Scenario, catalogue: CatalogueInfo): Map<string, Target> => {
  const targets = new Map<string, Target>();
  const add = (name: string, path: Path, spec: Target['spec'], ...aliases: readonly string[]) => {
    for (const key of [name, ...aliases]) if (!targets.has(key)) targets.set(key, { path, spec });
  };
  for (const [name, spec] of Object.entries(byId(catalogue.generators, scenario.data.generator)?.params ?? {})) {
    // Text of one's own is too long for a query: a link holds it whole.
    if (isOwnText(spec)) continue;
    add(`data.params.${name}`, ['data', 'params', name], spec, `data.${name}`, name);
  }
  add('seeds', ['seeds'], 'seeds', 'seed');
  add('data.seed', ['data', 'seed'], 'word');
  add('forget.label', ['forget', 'label'], numberSpec, 'label');
  add('forget.fraction', ['forget', 'fraction'], numberSpec, 'fraction');
  add('forget.seed', ['forget', 'seed'], 'word');
  const { kind } = scenario.model;
  if (kind === 'mlp') add('model.hidden', ['model', 'hidden'], 'widths', 'hidden');
  if (kind === 'mlp') add('model.activation', ['model', 'activation'], 'word', 'activation');
  if (kind === 'random-features') add('model.features', ['model', 'features'], numberSpec, 'features');
  add('evaluate.every', ['evaluate', 'every'], numberSpec, 'every');
  add('view.step', ['view', 'step'], numberSpec, 'step');
  for (const [name, spec] of Object.entries(optimizerSettings)) add(`training.${name}`, ['training', name], spec);
  return targets;
};

/** The places that a key means; none if it means nothing. A run's or a parameter's name applies to every run that has it. */
export const targetsOf = (key: string, scenario: Scenario, catalogue: CatalogueInfo): readonly Target[] => {
  const inRun = (run: number, name: string): Target[] => {
    const found = settingOf(settingsOfRun(scenario, run, catalogue), name, fieldsOf(scenario, run));
    return found === undefined ? [] : [{ path: ['runs', run, ...found[0].split('.')], spec: found[1] }];
  };
  for (const [run, { name }] of scenario.runs.entries()) {
    for (const prefix of [`runs.${name}.`, `${name}.`]) {
      if (key.toLowerCase().startsWith(prefix.toLowerCase())) {
        const found = inRun(run, key.slice(prefix.length));
        if (found.length > 0) return found;
      }
    }
  }
  const everywhere = scenario.runs.flatMap((_, run) => inRun(run, key));
  if (everywhere.length > 0) return everywhere;
  const fixed = fixedTargets(scenario, catalogue).get(key);
  return fixed === undefined ? [] : [fixed];
};

/** A number; a wrap inside it is no part of it. */
const numberOf = (text: string): number | undefined => {
  const digits = text.replace(/\s/g, '');
  const number = digits === '' ? Number.NaN : Number(digits);
  return Number.isFinite(number) ? number : undefined;
};

/** Letters and digits, which no way of sending changes but for their case. */
const core = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
/** Whether two words are the same but for case, spaces and what stands around them. */
const isSame = (a: string, b: string): boolean => core(a) === core(b);

/** The value that a text means where `spec` is expected; undefined if it means none. */
const readWord = (text: string, spec: Target['spec']): ParamValue | readonly number[] | undefined => {
  if (spec === 'word') return numberOf(text) ?? text;
  if (spec === 'seeds' || spec === 'widths') {
    // A space may have come in at a wrap, or stand for a comma: '1 0' is no number.
    const numbers = text.split(/[,;]/).map((word) => (/\d\s+\d/.test(word) ? undefined : numberOf(word)));
    return numbers.every((number) => number !== undefined) ? numbers : undefined;
  }
  switch (spec.kind) {
    case 'number':
    case 'int':
      return numberOf(text);
    case 'batch':
      return isSame(text, 'full') ? 'full' : numberOf(text);
    case 'flag':
      return isSame(text, 'true') || text === '1' ? true : isSame(text, 'false') || text === '0' ? false : undefined;
    case 'choice':
      return spec.options.find((option) => isSame(option, text));
  }
};

const expectedFor = (spec: Target['spec']): string => {
  if (spec === 'seeds') return `up to ${caps.seeds} whole numbers from 0 on, separated by commas, such as 0,1,2`;
  if (spec === 'widths') return 'the widths of the layers, separated by commas, such as 16,16';
  if (spec === 'word') return 'a word or a number';
  if (spec.kind === 'choice') return oneOf(spec.options, undefined);
  if (spec.kind === 'flag') return 'true or false';
  return spec.kind === 'batch' ? '"full" or a number' : 'a number';
};

/** A copy of the scenario with a value set; a swept setting is swept no longer. */
const apply = (scenario: Scenario, { path }: Target, value: unknown): Scenario => {
  const changed = setIn(scenario, path.map(String), value) as Scenario;
  if (path[0] !== 'runs') return changed;
  const setting = currentPath(path.slice(2).join('.'), fieldsOf(scenario, path[1] as number));
  const runs = changed.runs.map((run, i) => {
    if (i !== path[1] || !Object.hasOwn(run.sweep, setting)) return run;
    const { [setting]: _, ...sweep } = run.sweep;
    return { ...run, sweep };
  });
  return { ...changed, runs };
};

export const keysOf = (scenario: Scenario, catalogue: CatalogueInfo): string[] => [
  'p',
  ...scenario.runs.flatMap((_, run) =>
    [...settingsOfRun(scenario, run, catalogue).keys()].map((path) => path.replace(/^(params|wrappers)\./, '')),
  ),
  ...fixedTargets(scenario, catalogue).keys(),
];

const isPreset = (key: string): boolean => key.toLowerCase() === 'p';
const isDigest = (key: string): boolean => key.toLowerCase() === 'v';

const presetNamed = (name: string, presets: readonly QueryPreset[]): QueryPreset | undefined => {
  // A sentence may go on after it.
  const [word = ''] = name.slice(0, 200).split(/[.,;:!?)\]}]*\s/, 1);
  const named = (words: string) => presets.find(({ id }) => isSame(id, words));
  return presets.find(({ id }) => id === name) ?? named(name) ?? named(word);
};

/** The places that a key means: as it stands, else but for case and spaces. */
const targetsMeant = (key: string, scenario: Scenario, catalogue: CatalogueInfo): readonly Target[] => {
  const targets = targetsOf(key, scenario, catalogue);
  if (targets.length > 0) return targets;
  const meant = keysOf(scenario, catalogue).find((known) => isKey(known, key));
  return meant === undefined ? [] : targetsOf(meant, scenario, catalogue);
};

/**
 * The experiment that a readable query asks for, such as `?p=ga-vs-npo&beta=0.1&seed=3`: a preset (the first one
 * where `p` is absent) with some fields changed. A setting's bare name applies to every run that has it, `NPO.beta`
 * to one run. `v` is the digest of what the preset computed when the link was made. Undefined if the query says nothing
 * about an experiment. Whatever cannot be used is listed as a repair.
 */
export const scenarioFromQuery = (
  search: string,
  presets: readonly QueryPreset[],
  catalogue: CatalogueInfo,
): AskedExperiment | undefined => {
  const standard = presets[0];
  const given = queryPairs(search, MOST_FIELDS).filter(([key]) => !isPageKey(key));
  if (given.length === 0 || standard === undefined) return undefined;
  const wanted = given.find(([key]) => isPreset(key))?.[1];
  const found = wanted === undefined ? undefined : presetNamed(wanted, presets);
  const preset = found ?? standard;
  const base = parseScenario(preset.input, catalogue, 'repair');
  // A field may be called as what a sender adds: then it is the field.
  const isAdded = (key: string): boolean => isTracking(key) && targetsMeant(key, base.scenario, catalogue).length === 0;
  const pairs = given.filter(([key]) => !isAdded(key));
  if (pairs.length === 0) return undefined;
  const repairs: Repair[] = [];
  if (pairs.length > MOST_FIELDS) {
    const more = 'more';
    repairs.push({
      path: '?',
      expected: `at most ${MOST_FIELDS} fields`,
      found: more,
      used: `the first ${MOST_FIELDS}`,
    });
  }
  if (wanted !== undefined && !found) {
    const ids = presets.map(({ id }) => id);
    repairs.push({ path: '?p', expected: oneOf(ids, wanted), found: describe(wanted), used: preset.id });
  }
  const made = pairs.find(([key]) => isDigest(key))?.[1];
  const isPresetChanged = made !== undefined && found !== undefined && made !== experimentDigest(base.scenario);
  repairs.push(...base.repairs);
  let scenario = base.scenario;
  /** Whether it is another experiment than the preset, and not only under other seeds. */
  let isChanged = false;
  for (const [key, text] of pairs.slice(0, MOST_FIELDS)) {
    if (isPreset(key) || isDigest(key)) continue;
    const path = `?${shownKey(key)}`;
    const targets = targetsMeant(key, scenario, catalogue);
    if (targets.length === 0) {
      const meant = closest(key, keysOf(scenario, catalogue));
      const expected = `a known field${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`;
      repairs.push({ path, expected, found: describe(key), used: 'left out' });
      continue;
    }
    const target = targets[0] as Target;
    const values = targets.map(({ spec }) => readWord(text, spec));
    if (values.some((value) => value === undefined)) {
      const used = 'the value of the preset';
      repairs.push({ path, expected: expectedFor(target.spec), found: describe(text), used });
      continue;
    }
    targets.forEach((one, i) => {
      scenario = apply(scenario, one, values[i]);
    });
    isChanged ||= targets.some((one) => one.path[0] !== 'seeds');
  }
  const { id: _, ...anonymous } = scenario;
  const changed = parseScenario(isChanged ? withFormerFields(anonymous) : scenario, catalogue, 'repair');
  return { scenario: changed.scenario, repairs: [...repairs, ...changed.repairs], isPresetChanged };
};
