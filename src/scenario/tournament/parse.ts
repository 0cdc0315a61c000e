import { type Fault, faultError } from '../../engine/base/errors.ts';
import { defaultsOf, type ParamValue } from '../../engine/base/schema.ts';
import { type CatalogueInfo, withRules } from '../format/catalogue.ts';
import { caps, maskDefaults, retainDefaults, runDefaults } from '../format/defaults.ts';
import { freeName } from '../format/names.ts';
import type { Preset } from '../format/preset.ts';
import type { RunSpec, Scenario } from '../format/scenario.ts';
import { runSettings, type SettingSpec } from '../format/settings.ts';
import { currentPath, withWrappers } from '../format/version-1.ts';
import {
  at,
  byId,
  createReport,
  describe,
  fault,
  field,
  isObject,
  oneOf,
  openList,
  openObject,
  type Repair,
  readChoice,
  readFlag,
  readInt,
  readNumber,
  readText,
  type Spot,
} from '../read/check.ts';
import { type DataFacts, readData } from '../read/data.ts';
import { isSeed, readSet, readSetting, seedText } from '../read/read.ts';
import { readScenarioPart } from '../read/read-part.ts';
import { readRun } from '../read/run.ts';
import { defaultSearch } from './search-space.ts';
import {
  baselines,
  type Entrant,
  tournamentCaps as most,
  type SearchDimension,
  type SearchSpace,
  tournamentDefaults as standard,
  type Tournament,
} from './tournament.ts';

/** A valid tournament and, in repair mode, what had to be changed to make it one. */
export interface ParsedTournament {
  readonly tournament: Tournament;
  readonly repairs: readonly Repair[];
}

const fields = [
  'kind',
  'version',
  'title',
  'question',
  'scenario',
  'redraw',
  'methods',
  'budget',
  'searchSeed',
  'tuningSeeds',
  'reportingSeeds',
  'selection',
  'report',
  'test',
  'confidence',
  'resamples',
];

/** The ends between which a setting can be searched; undefined where it is not a number. */
const endsOf = (spec: SettingSpec): { readonly min: number; readonly max: number } | undefined =>
  spec.kind === 'number' || spec.kind === 'int' || spec.kind === 'batch' ? spec : undefined;

const readRange = (spot: Spot, spec: SettingSpec): SearchDimension | undefined => {
  const ends = endsOf(spec);
  if (ends === undefined) return fault(spot, 'a list of values: this setting is not a number', undefined, 'left out');
  openObject(spot, 'a range', { fields: ['min', 'max', 'scale'] });
  for (const name of ['min', 'max']) {
    const end = field(spot, name);
    if (end.value === undefined) return fault(end, `a number in [${ends.min}, ${ends.max}]`, undefined, 'left out');
  }
  const read = (name: 'min' | 'max') => readNumber(field(spot, name), ends, ends[name]);
  const [min, max] = [read('min'), read('max')];
  const declared = spec.kind === 'number' ? spec.scale : 'linear';
  const scale = readChoice(field(spot, 'scale'), ['linear', 'log'], min > 0 ? declared : 'linear');
  if (!(min < max)) return fault(field(spot, 'max'), `a number above ${min}`, undefined, 'left out');
  const isWhole = spec.kind !== 'number';
  if (isWhole && Math.ceil(min) > Math.floor(max))
    return fault(spot, 'a range with a whole number in it', undefined, 'left out');
  if (scale === 'log' && min <= 0) {
    return { min, max, scale: fault(field(spot, 'min'), 'a number above 0, for a logarithmic scale', 'linear') };
  }
  return { min, max, scale };
};

const readDimension = (spot: Spot, spec: SettingSpec): SearchDimension | undefined => {
  if (!Array.isArray(spot.value)) {
    if (!isObject(spot.value)) {
      return fault(spot, 'a range { "min", "max" } or a list of values', undefined, 'left out');
    }
    return readRange(spot, spec);
  }
  if (spot.value.length > most.values) {
    const [found, used] = [`${spot.value.length}`, `the first ${most.values}`];
    spot.report.add({ path: spot.path, expected: `at most ${most.values} values`, found, used });
  }
  const values: ParamValue[] = [];
  spot.value.slice(0, most.values).forEach((value, i) => {
    const report = createReport();
    readSetting({ value: value ?? null, path: '', report }, spec);
    const [wrong] = report.repairs();
    if (wrong) fault(at(spot, i, value), wrong.expected, undefined, 'left out');
    else values.push(value as ParamValue);
  });
  if (values.length > 0) return values;
  return spot.value.length === 0 ? fault(spot, 'at least one value', undefined, 'left out') : undefined;
};

/** Whether a setting says which retain term, mask or wrapper there is: two of them are two methods. */
const isKind = (path: string): boolean => /^(retain|mask|wrappers\.[^.]+)\.kind$/.test(path);

const readSearch = (
  spot: Spot,
  settings: ReadonlyMap<string, SettingSpec>,
  run: Readonly<Record<string, unknown>>,
): SearchSpace | undefined => {
  if (spot.value === undefined) return undefined;
  if (!isObject(spot.value)) {
    return fault(spot, 'an object such as { "learningRate": { "min": 0.01, "max": 1 } }', undefined, 'the usual space');
  }
  const space: Record<string, SearchDimension> = {};
  for (const [written, value] of Object.entries(spot.value)) {
    const path = currentPath(written, run);
    const child = at(spot, written, value);
    const spec = settings.get(path);
    if (spec === undefined || isKind(path)) {
      const known = [...settings.keys()].filter((name) => !isKind(name));
      const expected = spot.report.isFull() ? 'a setting' : oneOf(known, path);
      spot.report.add({ path: child.path, expected, found: describe(written), used: 'left out' });
      continue;
    }
    if (Object.keys(space).length >= most.dimensions) {
      fault(child, `at most ${most.dimensions} settings to search`, undefined, 'left out');
      continue;
    }
    const dimension = readDimension(child, spec);
    if (dimension !== undefined) space[path] = dimension;
  }
  return space;
};

const isPlain = ({ retain, mask, wrappers }: RunSpec): boolean =>
  retain.kind === 'none' && mask.kind === 'none' && wrappers.length === 0;

const baselineOf = (run: RunSpec) =>
  baselines.find(
    ({ method, params }) =>
      run.method === method &&
      isPlain(run) &&
      Object.entries(params).every(([name, value]) => run.params[name] === value),
  );

/** The methods that every tournament has and this one does not, with the optimizer of the first that it has. */
const missingBaselines = (runs: readonly RunSpec[], catalogue: CatalogueInfo): readonly RunSpec[] => {
  const taken = new Set(runs.map(({ name }) => name));
  const { optimizer, learningRate, momentum, weightDecay, clipNorm, steps, batchSize } = runs[0] ?? runDefaults;
  const there = new Set(runs.map(baselineOf));
  return baselines.flatMap((baseline): RunSpec[] => {
    const method = byId(catalogue.methods, baseline.method);
    if (method === undefined || there.has(baseline)) return [];
    const name = freeName(method.short, taken);
    taken.add(name);
    return [
      {
        name,
        method: method.id,
        params: { ...defaultsOf(method.params), ...baseline.params },
        optimizer,
        learningRate,
        momentum,
        weightDecay,
        clipNorm,
        steps,
        batchSize,
        retain: retainDefaults,
        mask: maskDefaults,
        wrappers: [],
        sweep: {},
      },
    ];
  });
};

/** A run as one that takes part: with the given space or the usual one. */
const entrantOf = (run: RunSpec, search: SearchSpace | undefined, catalogue: CatalogueInfo): Entrant => {
  const method = byId(catalogue.methods, run.method);
  const baseline = baselineOf(run);
  const held = Object.keys(baseline?.params ?? {});
  const usual = method && run.method !== 'none' ? defaultSearch(run, method, held) : {};
  return { run, search: search ?? usual, isBaseline: baseline !== undefined };
};

const readMethods = (
  spot: Spot,
  scenario: Scenario,
  facts: DataFacts,
  catalogue: CatalogueInfo,
): readonly Entrant[] => {
  const list = openList(spot, 'a list of methods') ?? scenario.runs;
  const room = most.methods - baselines.length;
  if (list.length > room) {
    const [found, used] = [`${list.length}`, `the first ${room}`];
    spot.report.add({ path: spot.path, expected: `at most ${room} methods`, found, used });
  }
  const entrants: Entrant[] = [];
  const taken = new Set<string>();
  list.slice(0, room).forEach((value, i) => {
    const own = at(spot, i, value);
    if (!isObject(value)) {
      fault(own, 'an object with a method', undefined, 'left out');
      return;
    }
    const { search, ...rest } = value;
    const sweep = field(own, 'sweep');
    const isFromScenario = spot.value === undefined;
    if (sweep.value !== undefined && !isFromScenario)
      fault(sweep, 'no sweep: say what to tune under "search"', undefined, 'left out');
    const { sweep: _, ...plain } = withWrappers(rest as Readonly<Record<string, unknown>>);
    const run = readRun({ ...own, value: plain }, { catalogue, facts }, taken);
    if (run === undefined) return;
    taken.add(run.name);
    const settings = runSettings(byId(catalogue.methods, run.method), catalogue);
    entrants.push(entrantOf(run, readSearch(at(own, 'search', search), settings, plain), catalogue));
  });
  const missing = missingBaselines(
    entrants.map(({ run }) => run),
    catalogue,
  );
  return [...entrants, ...missing.map((run) => entrantOf(run, undefined, catalogue))];
};

const readSeeds = (spot: Spot, byDefault: readonly number[], others: readonly number[]): readonly number[] => {
  const free = byDefault.filter((seed) => !others.includes(seed));
  const fallback = free.length > 0 ? free : [Math.max(...others) + 1];
  const list = openList(spot, 'a list of seeds');
  if (list === undefined) return fallback;
  if (list.length === 0) return fault(spot, 'at least one seed', fallback);
  if (list.length > most.seeds) {
    const [found, used] = [`${list.length}`, `the first ${most.seeds}`];
    spot.report.add({ path: spot.path, expected: `at most ${most.seeds} seeds`, found, used });
  }
  const isFree = (value: unknown): value is number => isSeed(value) && !others.includes(value);
  const what = others.length > 0 ? `${seedText} that is not a tuning seed` : seedText;
  const seeds = readSet(spot, list.slice(0, most.seeds), isFree, what);
  return seeds.length > 0 ? seeds : fallback;
};

const readMetrics = (spot: Spot, byDefault: readonly string[], { metrics }: CatalogueInfo): readonly string[] => {
  const ids = metrics.map(({ id }) => id);
  const known = byDefault.filter((id) => ids.includes(id));
  const list = openList(spot, 'a list of metrics');
  if (list === undefined) return known;
  if (list.length > most.metrics) {
    const [found, used] = [`${list.length}`, `the first ${most.metrics}`];
    spot.report.add({ path: spot.path, expected: `at most ${most.metrics} metrics`, found, used });
  }
  const chosen = new Set<string>();
  list.slice(0, most.metrics).forEach((value, i) => {
    if (ids.includes(value as string)) chosen.add(value as string);
    else fault(at(spot, i, value), oneOf(ids, value), undefined, 'left out');
  });
  return [...chosen];
};

const readSelection = (spot: Spot, catalogue: CatalogueInfo): readonly string[] => {
  const chosen = readMetrics(spot, standard.selection, catalogue);
  if (chosen.length > 0) return chosen;
  const usual = readMetrics({ ...spot, value: undefined }, standard.selection, catalogue);
  return fault(spot, 'at least one metric', usual);
};

const readBudget = (spot: Spot): Tournament['budget'] => {
  openObject(spot, 'an object', { fields: ['configurations', 'sampleVisits'] });
  const whole = (name: 'configurations' | 'sampleVisits') =>
    readInt(field(spot, name), { min: 1, max: most[name] }, standard[name]);
  return { configurations: whole('configurations'), sampleVisits: whole('sampleVisits') };
};

const readTournament = (root: Spot, catalogue: CatalogueInfo, presets: readonly Preset[]): Tournament => {
  openObject(root, 'a tournament, which is an object', { fields });
  const kind = field(root, 'kind');
  if (kind.value !== 'tournament') fault(kind, '"tournament"', 'tournament');
  const version = field(root, 'version');
  if (version.value !== 1) fault(version, '1', 1);
  const base = readScenarioPart(field(root, 'scenario'), catalogue, presets);
  const { facts } = readData({ value: base.data, path: '/scenario/data', report: createReport() }, catalogue);
  const tuningSeeds = readSeeds(field(root, 'tuningSeeds'), standard.tuningSeeds, []);
  const searchSeed = field(root, 'searchSeed');
  return {
    kind: 'tournament',
    version: 1,
    title: readText(field(root, 'title'), caps.text, base.title),
    question: readText(field(root, 'question'), caps.text, base.question),
    scenario: { ...base, runs: [], seeds: [0], claims: [], view: {} },
    redraw: readFlag(field(root, 'redraw'), true),
    methods: readMethods(field(root, 'methods'), base, facts, withRules(catalogue, base.own)),
    budget: readBudget(field(root, 'budget')),
    searchSeed:
      searchSeed.value === undefined || isSeed(searchSeed.value)
        ? ((searchSeed.value as number | undefined) ?? standard.searchSeed)
        : fault(searchSeed, seedText, standard.searchSeed),
    tuningSeeds,
    reportingSeeds: readSeeds(field(root, 'reportingSeeds'), standard.reportingSeeds, tuningSeeds),
    selection: readSelection(field(root, 'selection'), catalogue),
    report: readMetrics(field(root, 'report'), standard.report, catalogue),
    test: readChoice(field(root, 'test'), ['t', 'sign-flip'], standard.test),
    confidence: readNumber(field(root, 'confidence'), { min: 0.5, max: 0.999 }, standard.confidence),
    resamples: readInt(field(root, 'resamples'), { min: 100, max: most.resamples }, standard.resamples),
  };
};

/**
 * Reads what claims to be a tournament: every default filled in, every field checked, the baselines added. Strict: any
 * fault is an error that lists all of them. Repair: never throws, for any JSON-like input; the nearest valid tournament is
 * returned with the list of what was changed. What `writeTournament` writes of it passes the strict mode unchanged.
 *
 * @throws {SimError} scenario/invalid, in strict mode, with every fault
 */
export const parseTournament = (
  input: unknown,
  catalogue: CatalogueInfo,
  presets: readonly Preset[],
  mode: 'strict' | 'repair',
): ParsedTournament => {
  const report = createReport();
  const tournament = readTournament({ value: input, path: '', report }, catalogue, presets);
  const repairs = report.repairs();
  if (mode === 'strict' && repairs.length > 0) {
    throw faultError(
      'scenario/invalid',
      repairs.map(({ path, expected, found }): Fault => ({ path, expected, found })),
    );
  }
  return { tournament, repairs };
};
