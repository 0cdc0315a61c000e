import { type Fault, faultError, SimError } from '../../engine/base/errors.ts';
import { type CatalogueInfo, offerOf } from '../format/catalogue.ts';
import {
  caps,
  evaluateDefaults,
  familyDefault,
  familyNames,
  seedsDefault,
  trainingDefaults,
  version,
} from '../format/defaults.ts';
import type { OptimizerSpec, Scenario } from '../format/scenario.ts';
import { optimizerSettings } from '../format/settings.ts';
import { attackMetrics, readAttacks } from './attacks.ts';
import {
  createReport,
  describe,
  fault,
  field,
  isObject,
  type ObjectRules,
  oneOf,
  openList,
  openObject,
  type Repair,
  readInt,
  readText,
  type Spot,
} from './check.ts';
import { readClaims } from './claims.ts';
import { readData } from './data.ts';
import { fitCaps } from './fit.ts';
import { readForget, readRequests } from './forget.ts';
import { migrated } from './migrations.ts';
import { readModel } from './model.ts';
import { readOwn } from './own.ts';
import { isSeed, readOptimizer, readSet, seedText } from './read.ts';
import { readRuns } from './run.ts';
import { readView } from './view.ts';

export type { Repair } from './check.ts';

/** A valid scenario and, in repair mode, what had to be changed to make it one. */
export interface Parsed {
  readonly scenario: Scenario;
  readonly repairs: readonly Repair[];
}

const rules: ObjectRules = {
  fields: [
    'version',
    'family',
    'id',
    'title',
    'question',
    'data',
    'forget',
    'requests',
    'model',
    'own',
    'training',
    'runs',
    'seeds',
    'evaluate',
    'attacks',
    'claims',
    'view',
  ],
  unsupported: {
    bySeed: 'settings per seed (write them under data, model.weights or alternativeLabels)',
    kind: 'lessons and other kinds of file',
  },
};

const readTraining = (spot: Spot): OptimizerSpec => {
  openObject(spot, 'an object', { fields: Object.keys(optimizerSettings) });
  return readOptimizer(spot, trainingDefaults);
};

const readSeeds = (spot: Spot): readonly number[] => {
  const list = openList(spot, 'a list of seeds');
  if (list === undefined) return seedsDefault;
  if (list.length === 0) return fault(spot, 'at least one seed', seedsDefault);
  if (list.length > caps.seeds) {
    const found = `${list.length}`;
    const used = `the first ${caps.seeds}`;
    spot.report.add({ path: spot.path, expected: `at most ${caps.seeds} seeds`, found, used });
  }
  const seeds = readSet(spot, list.slice(0, caps.seeds), isSeed, seedText);
  return seeds.length > 0 ? seeds : seedsDefault;
};

const readEvaluate = (spot: Spot): { readonly every: number } => {
  openObject(spot, 'an object', { fields: ['every'] });
  return { every: readInt(field(spot, 'every'), { min: 1, max: caps.steps }, evaluateDefaults.every) };
};

const readId = (spot: Spot): { readonly id?: string } => {
  const { value } = spot;
  if (value === undefined) return {};
  const isId = typeof value === 'string' && value.length <= caps.name && /^[a-z0-9][a-z0-9-]*$/.test(value);
  return isId ? { id: value } : fault(spot, 'a name in kebab-case', {}, 'left out');
};

const readFamily = (spot: Spot, { families }: CatalogueInfo): string => {
  const { value } = spot;
  const ids = families.map(({ id }) => id);
  if (value === undefined || ids.includes(value as string)) return (value as string | undefined) ?? familyDefault;
  const isKnown = familyNames.some((name) => name === value);
  return fault(
    spot,
    isKnown ? `${oneOf(ids, undefined)}: this version has no models of that family` : oneOf(ids, value),
    familyDefault,
  );
};

/** The formats that are read, in words. */
const versions = `${Array.from({ length: version - 1 }, (_, i) => i + 1).join(', ')} or ${version}`;

/** Whether an input says that it is of a format that is not known yet. */
const isNewer = (input: unknown): boolean =>
  isObject(input) && Number.isInteger(input['version']) && (input['version'] as number) > version;

/** Reads a scenario and reports everything that is wrong with it on the way. */
const readScenario = (root: Spot, all: CatalogueInfo, isStrict: boolean): Scenario => {
  const { report } = root;
  openObject(root, 'a scenario, which is an object', rules);
  const versionSpot = field(root, 'version');
  if (versionSpot.value !== version) fault(versionSpot, versions, version);
  const family = readFamily(field(root, 'family'), all);
  const offered = offerOf(all, family);
  const { data, facts } = readData(field(root, 'data'), offered);
  // Where other data stand in for unusable ones, a strict caller need not hear what does not fit those.
  const quiet = isStrict && facts.replaced ? createReport() : report;
  const requests = readRequests({ ...field(root, 'requests'), report: quiet }, { facts, catalogue: offered });
  const forget = readForget({ ...field(root, 'forget'), report: quiet }, { facts, catalogue: offered }, requests?.[0]);
  const own = readOwn(field(root, 'own'), offered, all.methods);
  const catalogue = offerOf(all, family, own);
  const runsSpot = field(root, 'runs');
  const runs = readRuns(runsSpot, catalogue, facts, [
    ...all.methods,
    ...catalogue.methods.slice(offered.methods.length),
  ]);
  // Likewise claims about runs that could not be read.
  const isComplete = !Array.isArray(runsSpot.value) || runsSpot.value.length === runs.length;
  const claimReport = isStrict && !isComplete ? createReport() : report;
  const draft: Scenario = {
    version,
    family,
    ...readId(field(root, 'id')),
    title: readText(field(root, 'title'), caps.text, ''),
    question: readText(field(root, 'question'), caps.text, ''),
    data,
    forget,
    ...(requests && { requests }),
    model: readModel({ ...field(root, 'model'), report: quiet }, facts, catalogue),
    ...(own.length > 0 && { own }),
    training: readTraining(field(root, 'training')),
    runs,
    seeds: readSeeds(field(root, 'seeds')),
    evaluate: readEvaluate(field(root, 'evaluate')),
    claims: [],
    view: {},
  };
  const fitted = fitCaps(draft, facts, root);
  const { attacks } = readAttacks({ ...field(root, 'attacks'), report: claimReport }, { catalogue, runs: fitted.runs });
  const context = { catalogue, runs: fitted.runs, attackMetrics: attackMetrics(attacks, catalogue) };
  return {
    ...fitted,
    ...(attacks && { attacks }),
    claims: readClaims({ ...field(root, 'claims'), report: claimReport }, context),
    view: readView({ ...field(root, 'view'), report: claimReport }, fitted, catalogue),
  };
};

/**
 * Reads what claims to be a scenario of this or an older version: every default filled in, every field checked.
 * Strict: any fault is an error that lists all of them. Repair: never throws, for any JSON-like input; the nearest
 * valid scenario is returned with the list of what was changed. A repaired scenario passes the strict mode.
 *
 * A scenario without runs is valid: it shows the original and the retrained model alone.
 *
 * @throws {SimError} in strict mode: scenario/newer-version, where nothing else is looked at; scenario/invalid with every fault
 */
export const parseScenario = (input: unknown, catalogue: CatalogueInfo, mode: 'strict' | 'repair'): Parsed => {
  if (mode === 'strict' && isNewer(input)) {
    const found = describe((input as { readonly version: unknown }).version);
    const words = `This experiment is of format ${found}, and this version of Unlearn Lab reads formats ${versions}. A newer one opens it.`;
    throw new SimError('scenario/newer-version', words, [{ path: '/version', expected: versions, found }]);
  }
  const report = createReport();
  const { input: current, placeOf } = migrated(input);
  const scenario = readScenario({ value: current, path: '', report }, catalogue, mode === 'strict');
  const repairs = report.repairs().map((repair) => ({ ...repair, path: placeOf(repair.path) }));
  if (mode === 'strict' && repairs.length > 0) {
    throw faultError(
      'scenario/invalid',
      repairs.map(({ path, expected, found }): Fault => ({ path, expected, found })),
    );
  }
  return { scenario, repairs };
};
