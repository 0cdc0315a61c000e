import { defaultsOf, type ParamValue } from '../../engine/base/schema.ts';
import { wellFormed } from '../../engine/base/words.ts';
import { refusalOf } from '../../engine/contracts/speaks.ts';
import { type CatalogueInfo, spokenBy } from '../format/catalogue.ts';
import { caps, maskDefaults, retainDefaults, runDefaults } from '../format/defaults.ts';
import { freeName, reservedNames, seenName } from '../format/names.ts';
import type { LabelsSpec, MaskSpec, RetainSpec, RunSpec, WrapperSpec } from '../format/scenario.ts';
import { maskSettings, optimizerSettings, retainSettings, runSettings, type SettingSpec } from '../format/settings.ts';
import { formerFields } from '../format/version-1.ts';
import {
  at,
  byId,
  createReport,
  describe,
  fault,
  field,
  isObject,
  type ObjectRules,
  oneOf,
  openList,
  openObject,
  type Spot,
} from './check.ts';
import type { DataFacts } from './data.ts';
import { readOptimizer, readParams, readSet, readSetting, seedEntries } from './read.ts';

const rules: ObjectRules = {
  fields: [
    'name',
    'method',
    'params',
    ...Object.keys(optimizerSettings),
    'retain',
    'mask',
    'wrappers',
    'alternativeLabels',
    'sweep',
  ],
  unsupported: {
    bySeed: 'settings per seed (write labels under alternativeLabels.bySeed)',
  },
};

/** The fields of a group such as `retain`, each under its spec; nothing gives its default. */
const readGroup = (spot: Spot, specs: Readonly<Record<string, SettingSpec>>, defaults: object): object => {
  openObject(spot, 'an object with a kind', { fields: Object.keys(specs) });
  const byDefault = defaults as Readonly<Record<string, ParamValue>>;
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [name, readSetting(field(spot, name), spec, byDefault[name])]),
  );
};

/** `mask`, with the own settings of its kind. */
const readMask = (spot: Spot, { masks }: CatalogueInfo): MaskSpec => {
  const own = byId(masks, field(spot, 'kind').value)?.params ?? {};
  const specs = { ...maskSettings(masks.map(({ id }) => id)), ...own };
  return readGroup(spot, specs, maskDefaults) as MaskSpec;
};

/** `wrappers`: each kind once and one of each slot, with every setting. */
const readWrappers = (spot: Spot, { wrappers }: CatalogueInfo): WrapperSpec[] => {
  const list = openList(spot, 'a list of wrappers, such as [{ "kind": "l2", "weight": 0.1 }]') ?? [];
  const read: WrapperSpec[] = [];
  const ids = wrappers.map(({ id }) => id);
  list.slice(0, 2 * ids.length).forEach((value, i) => {
    const own = at(spot, i, value);
    if (!isObject(value)) {
      fault(own, 'an object with a kind', undefined, 'left out');
      return;
    }
    const kind = field(own, 'kind');
    if (kind.value === 'none') return;
    const wrapper = byId(wrappers, kind.value);
    if (wrapper === undefined) {
      fault(kind, oneOf(['none', ...ids], kind.value), undefined, 'left out');
      return;
    }
    const other = read.find((one) => byId(wrappers, one.kind)?.slot.id === wrapper.slot.id);
    if (other !== undefined) {
      const slot = wrappers.filter((one) => one.slot.id === wrapper.slot.id).map(({ id }) => id);
      fault(
        kind,
        `one wrapper of a place: ${slot.join(' or ')} once, and there is "${other.kind}"`,
        undefined,
        'left out',
      );
      return;
    }
    openObject(own, 'an object with a kind', { fields: ['kind', ...Object.keys(wrapper.params)] });
    const settings = Object.entries(wrapper.params as Readonly<Record<string, SettingSpec>>).map(([name, spec]) => [
      name,
      readSetting(field(own, name), spec),
    ]);
    read.push({ kind: wrapper.id, ...Object.fromEntries(settings) });
  });
  if (list.length > 2 * ids.length) {
    fault(spot, `at most ${2 * ids.length} wrappers`, undefined, 'the first of them');
  }
  return read;
};

/** A run's wrappers with those that its sweep names, and the sweep without wrappers that have no place. */
const withSwept = (
  spot: Spot,
  wrappers: readonly WrapperSpec[],
  sweep: Readonly<Record<string, ParamValue[]>>,
  { wrappers: known }: CatalogueInfo,
): Pick<RunSpec, 'wrappers' | 'sweep'> => {
  const all = [...wrappers];
  const kept = Object.entries(sweep).filter(([path, values]) => {
    const [group, kind] = path.split('.');
    const wrapper = group === 'wrappers' ? byId(known, kind) : undefined;
    if (wrapper === undefined || all.some((one) => one.kind === kind)) return true;
    const other = all.find((one) => byId(known, one.kind)?.slot.id === wrapper.slot.id);
    if (other !== undefined) {
      fault(at(spot, path, values), `settings of "${other.kind}", which the run has`, undefined, 'left out');
      return false;
    }
    all.push({ kind: wrapper.id, ...defaultsOf(wrapper.params) });
    return true;
  });
  return { wrappers: all, sweep: Object.fromEntries(kept) };
};

/** Whether a value passes its spec, without a report. */
const isValid = (value: unknown, spec: SettingSpec): value is ParamValue => {
  if (value === undefined) return false;
  const report = createReport();
  readSetting({ value, path: '', report }, spec);
  return report.count() === 0;
};

/** What a spec allows, in words. */
const expectedOf = (spec: SettingSpec): string => {
  const report = createReport();
  readSetting({ value: null, path: '', report }, spec);
  return report.repairs()[0]?.expected ?? 'another value';
};

const readSweep = (spot: Spot, settings: ReadonlyMap<string, SettingSpec>): Record<string, ParamValue[]> => {
  const sweep: Record<string, ParamValue[]> = {};
  if (spot.value === undefined) return sweep;
  if (!isObject(spot.value)) {
    return fault(spot, 'an object of lists, such as { "params.beta": [0.1, 1] }', sweep, 'no sweep');
  }
  for (const [path, list] of Object.entries(spot.value)) {
    const child = at(spot, path, list);
    const spec = settings.get(path);
    if (spec === undefined) {
      const expected = spot.report.isFull() ? 'a setting' : oneOf([...settings.keys()], path);
      spot.report.add({ path: child.path, expected, found: describe(path), used: 'left out' });
      continue;
    }
    const members = openList(child, 'a list of values');
    if (members === undefined) continue;
    if (members.length > caps.sweepValues) {
      const found = `${members.length}`;
      const used = `the first ${caps.sweepValues}`;
      spot.report.add({ path: child.path, expected: `at most ${caps.sweepValues} values`, found, used });
    }
    const good = (value: unknown): value is ParamValue => isValid(value, spec);
    const values = readSet(child, members.slice(0, caps.sweepValues), good, expectedOf(spec));
    if (values.length > 0) sweep[path] = values;
    else if (members.length === 0) fault(child, 'at least one value', undefined, 'no sweep');
  }
  return sweep;
};

/** `alternativeLabels`: a list, or a list for each run seed under `bySeed`. */
const readAlternatives = (spot: Spot, facts: DataFacts): LabelsSpec | undefined => {
  if (spot.value !== undefined && facts.classes === 0) {
    return fault(spot, 'no such field: these examples have no class labels', undefined, 'left out');
  }
  if (!isObject(spot.value)) return readLabels(spot, facts);
  openObject(spot, 'a list of classes, or lists by seed', { fields: ['bySeed'] });
  const bySeed: Record<string, readonly number[]> = {};
  for (const [seed, entry] of seedEntries(field(spot, 'bySeed'))) {
    const labels = readLabels(entry, facts);
    if (labels !== undefined) bySeed[seed] = labels;
  }
  return Object.keys(bySeed).length > 0 ? { bySeed } : undefined;
};

const readLabels = (spot: Spot, facts: DataFacts): readonly number[] | undefined => {
  const list = openList(spot, 'a list of classes');
  if (list === undefined) return undefined;
  const isClass = (value: unknown) =>
    Number.isInteger(value) && (value as number) >= 0 && (value as number) < facts.classes;
  const bad = list.findIndex((value) => !isClass(value));
  if (list.length === 0 || list.length > caps.points) {
    return fault(spot, `1 to ${caps.points} classes, one for each forget example`, undefined, 'labels drawn at random');
  }
  if (bad >= 0) {
    const expected = `a class, a whole number in [0, ${facts.classes - 1}]`;
    return fault(at(spot, bad, list[bad]), expected, undefined, 'labels drawn at random');
  }
  return list.map((value) => (value === 0 ? 0 : (value as number)));
};

const isName = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.trim() === value &&
  value.length > 0 &&
  value.length <= caps.name &&
  wellFormed(value) === value;

const readName = (spot: Spot, short: string, taken: ReadonlySet<string>): string => {
  const { value } = spot;
  if (value === undefined) return freeName(short, taken);
  if (!isName(value) || seenName(value) === '')
    return fault(spot, `a name of 1 to ${caps.name} characters`, freeName(short, taken));
  if (freeName(value, taken) === value) return value;
  const expected = reservedNames.includes(value)
    ? 'a name that is not reserved'
    : taken.has(value)
      ? 'a name that no other run has'
      : 'a name that looks different from all others';
  return fault(spot, expected, freeName(seenName(value), taken));
};

/** What a run is read with. */
export interface RunContext {
  /** What is on offer for the scenario's family. */
  readonly catalogue: CatalogueInfo;
  readonly facts: DataFacts;
  /** Every method there is, for a word on those that the family does not take. */
  readonly known?: CatalogueInfo['methods'];
}

/** What would stand in place of a method that is not on offer. */
const methodExpected = ({ catalogue, known = [] }: RunContext, value: unknown): string => {
  const ids = catalogue.methods.map(({ id }) => id);
  const elsewhere = byId(known, value);
  if (!elsewhere) return oneOf(ids, value);
  const refusal = refusalOf(elsewhere, spokenBy(catalogue.own), '');
  return `${refusal?.expected ?? `one for ${catalogue.own?.title}`}: ${oneOf(ids, undefined)}`;
};

/** One run; undefined, after a report, if its method does not exist. */
export const readRun = (
  spot: Spot,
  { catalogue, facts, known = catalogue.methods }: RunContext,
  taken: ReadonlySet<string>,
): RunSpec | undefined => {
  if (!isObject(spot.value)) return fault(spot, 'an object with a method', undefined, 'run left out');
  const methodSpot = field(spot, 'method');
  const method = byId(catalogue.methods, methodSpot.value);
  if (method === undefined) {
    fault(methodSpot, methodExpected({ catalogue, facts, known }, methodSpot.value), undefined, 'run left out');
  }
  const params = method?.params ?? {};
  openObject(spot, 'an object with a method', {
    ...rules,
    moved: { ...formerFields, ...Object.fromEntries(Object.keys(params).map((name) => [name, `params.${name}`])) },
  });
  const retainIds = catalogue.retain.map(({ id }) => id);
  const alternativeLabels = readAlternatives(field(spot, 'alternativeLabels'), facts);
  const optimizer = readOptimizer(spot, runDefaults);
  const retain = readGroup(field(spot, 'retain'), retainSettings(retainIds), retainDefaults) as RetainSpec;
  const mask = readMask(field(spot, 'mask'), catalogue);
  const wrappers = readWrappers(field(spot, 'wrappers'), catalogue);
  if (method === undefined) return undefined;
  const sweepSpot = field(spot, 'sweep');
  return {
    name: readName(field(spot, 'name'), method.short, taken),
    method: method.id,
    params: readParams(field(spot, 'params'), params, `an object with the parameters of ${method.id}`),
    ...optimizer,
    retain,
    mask,
    ...(alternativeLabels === undefined ? {} : { alternativeLabels }),
    ...withSwept(sweepSpot, wrappers, readSweep(sweepSpot, runSettings(method, catalogue)), catalogue),
  };
};

/** `runs`. A list without a run is allowed: the original and the retrained model are shown alone. */
export const readRuns = (
  spot: Spot,
  catalogue: CatalogueInfo,
  facts: DataFacts,
  known: CatalogueInfo['methods'] = catalogue.methods,
): RunSpec[] => {
  const list = openList(spot, 'a list of runs') ?? [];
  if (list.length > caps.runs) {
    const found = `${list.length}`;
    spot.report.add({ path: spot.path, expected: `at most ${caps.runs} runs`, found, used: `the first ${caps.runs}` });
  }
  const runs: RunSpec[] = [];
  const taken = new Set<string>();
  list.slice(0, caps.runs).forEach((value, i) => {
    const run = readRun(at(spot, i, value), { catalogue, facts, known }, taken);
    if (run === undefined) return;
    taken.add(run.name);
    runs.push(run);
  });
  return runs;
};
