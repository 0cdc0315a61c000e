import type { GeneratorInfo } from '../../engine/contracts/dataset.ts';
import type { CatalogueInfo } from '../format/catalogue.ts';
import { dataDefaults } from '../format/defaults.ts';
import type { DataSpec, InlineParams } from '../format/scenario.ts';
import {
  at,
  byId,
  describe,
  fault,
  field,
  isObject,
  type ObjectRules,
  oneOf,
  openObject,
  readChoice,
  type Spot,
} from './check.ts';
import { type Kept, readInline } from './inline.ts';
import { readParams, readSeedOrLane, seedEntries } from './read.ts';

/** What is known of the points before they are drawn. */
export interface DataFacts {
  readonly inputs: number;
  /** A spare class included. */
  readonly classes: number;
  /** Whether the last class is one that no point has, by the author's wish. */
  readonly hasSpareClass: boolean;
  readonly components: readonly string[];
  /** Labels of the training points; known for inline data only. */
  readonly labels?: readonly number[];
  /** Where each inline training point went, if a repair left some out. */
  readonly kept?: Kept;
  /** What was given could not be used: other data stand in for it. */
  readonly replaced: boolean;
}

const rules: ObjectRules = { fields: ['generator', 'seed', 'params', 'bySeed'] };

/** A number, or the value of the parameter that sets it. */
const resolve = (declared: number | string | undefined, params: Readonly<Record<string, unknown>>): number => {
  if (declared === undefined) return 0;
  if (typeof declared === 'number') return declared;
  const value = Object.hasOwn(params, declared) ? params[declared] : undefined;
  return typeof value === 'number' ? value : 2;
};

const readGenerator = (spot: Spot, catalogue: CatalogueInfo): GeneratorInfo | 'inline' => {
  const generators = catalogue.generators.filter(({ id }) => id !== 'inline');
  const standard = byId(generators, dataDefaults.generator) ?? generators[0];
  if (standard === undefined) throw new Error('the catalogue has no data generator');
  if (spot.value === undefined) return standard;
  if (spot.value === 'inline' && !catalogue.own) return 'inline';
  const ids = [...generators.map(({ id }) => id), ...(catalogue.own ? [] : ['inline'])];
  return byId(generators, spot.value) ?? fault(spot, oneOf(ids, spot.value), standard, standard.id);
};

/** Points by seed: each entry is what `data.params` is otherwise, or an object of `data` with those `params`. */
const readBySeed = (spot: Spot): Readonly<Record<string, InlineParams>> | undefined => {
  const bySeed: Record<string, InlineParams> = {};
  for (const [seed, entry] of seedEntries(spot)) {
    const isWhole = isObject(entry.value) && ('params' in entry.value || 'generator' in entry.value);
    if (isWhole) openObject(entry, 'an object with points', { fields: ['generator', 'params'] });
    const generator = isWhole ? field(entry, 'generator') : entry;
    if (isWhole && generator.value !== undefined) readChoice(generator, ['inline'], 'inline');
    const read = readInline(isWhole ? field(entry, 'params') : entry);
    if (read === undefined) fault(entry, 'usable points', undefined, 'left out');
    else bySeed[seed] = read.params;
  }
  return Object.keys(bySeed).length > 0 ? bySeed : undefined;
};

/** The points by seed that one network and one forget set can be for. */
const fittingPoints = (
  spot: Spot,
  bySeed: Readonly<Record<string, InlineParams>>,
  inputs: number,
  count: number,
): Readonly<Record<string, InlineParams>> => {
  const fitting = Object.entries(bySeed).filter(([seed, { train }]) => {
    const [width, rows] = [train.x[0]?.length, train.x.length];
    if (width === inputs && rows === count) return true;
    const expected = `${count} training points of ${inputs} numbers, as for the other seeds`;
    const found = `${rows} of ${width}`;
    spot.report.add({ path: `${spot.path}/${seed}/train/x`, expected, found, used: 'left out' });
    return false;
  });
  return Object.fromEntries(fitting);
};

/** `data`: a generator with its parameters, or the points themselves. */
export const readData = (spot: Spot, catalogue: CatalogueInfo): { data: DataSpec; facts: DataFacts } => {
  openObject(spot, 'an object with a generator', rules);
  const seed = readSeedOrLane(field(spot, 'seed'), dataDefaults.seed);
  const generatorSpot = field(spot, 'generator');
  const params = field(spot, 'params');
  const perSeed = field(spot, 'bySeed');
  const isInline = generatorSpot.value === undefined && perSeed.value !== undefined && !catalogue.own;
  const generator = isInline ? 'inline' : readGenerator(generatorSpot, catalogue);
  if (generator !== 'inline' && perSeed.value !== undefined) {
    fault(perSeed, 'no such field: only inline points can be given by seed', undefined, 'left out');
  }
  if (generator === 'inline') {
    const bySeed = readBySeed(perSeed);
    // Seeds that have no points of their own take those of the first that has.
    const inline =
      params.value === undefined && bySeed ? { params: Object.values(bySeed)[0] as InlineParams } : readInline(params);
    if (inline !== undefined) {
      const { params: points } = inline;
      const kept = 'kept' in inline ? inline.kept : undefined;
      const inputs = points.train.x[0]?.length ?? 2;
      const fitting = fittingPoints(perSeed, bySeed ?? {}, inputs, points.train.y.length);
      const largest = [points, ...Object.values(fitting)]
        .flatMap(({ train, test }) => [...train.y, ...test.y])
        .reduce((a, b) => Math.max(a, b), 0);
      const facts: DataFacts = {
        inputs,
        classes: largest + 1,
        hasSpareClass: false,
        components: [],
        labels: points.train.y,
        replaced: false,
        ...(kept === undefined ? {} : { kept }),
      };
      return {
        data: {
          generator: 'inline',
          seed,
          params: points,
          ...(Object.keys(fitting).length > 0 && { bySeed: fitting }),
        },
        facts,
      };
    }
    const standard = readGenerator(at(generatorSpot, '', undefined), catalogue) as GeneratorInfo;
    fault(params, 'usable points', undefined, `the points of ${describe(standard.id)}`);
    return generated(standard, seed, at(params, '', undefined), true);
  }
  // The parameters of a generator that does not exist say nothing about the one that takes its place.
  const isOwn = generatorSpot.value === undefined || generatorSpot.value === generator.id;
  return generated(generator, seed, isOwn ? params : at(params, '', undefined), !isOwn);
};

const generated = (generator: GeneratorInfo, seed: number | 'lane', spot: Spot, replaced: boolean) => {
  const params = readParams(spot, generator.params, `an object with the parameters of ${generator.id}`);
  const data: DataSpec = { generator: generator.id, seed, params };
  const hasSpareClass = generator.spare !== undefined && params[generator.spare] === true;
  const facts: DataFacts = {
    inputs: resolve(generator.inputs, params),
    classes: resolve(generator.classes, params) + Number(hasSpareClass),
    hasSpareClass,
    components: generator.components ?? [],
    replaced,
  };
  return { data, facts };
};
