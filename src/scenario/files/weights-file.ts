import { SimError } from '../../engine/base/errors.ts';
import type { CatalogueInfo } from '../format/catalogue.ts';
import type { GivenWeights, NamedWeights, Scenario, WeightsSpec } from '../format/scenario.ts';
import type { NamedArray } from '../format/weights.ts';
import { parseScenario } from '../read/parse.ts';

/** What a file of weights says of itself: for people, and for whoever finds it later. */
export interface WeightsAbout {
  /** Of the experiment. */
  readonly title: string;
  /** Whose weights they are: 'original', 'retrained', or a run's name with its setting. */
  readonly model: string;
  readonly step: number;
  /** How the arrays are meant. */
  readonly layout: string;
  readonly engine: string;
}

/** One model under one seed. */
export interface SeedWeights {
  readonly seed: number;
  readonly arrays: readonly NamedArray[];
}

/** The shortest decimal that gives the same 32-bit number back. */
const shortest = (value: number): number => {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return Number(value.toPrecision(9));
};

/** Arrays as a scenario holds them: matrices as lists of rows. */
export const namedWeights = (arrays: readonly NamedArray[]): NamedWeights =>
  Object.fromEntries(
    arrays.map(({ name, shape, values }) => {
      // Trained weights are rounded to 32 bits when they are read; random features are used as they stand.
      const isRounded = name !== 'W' && values instanceof Float32Array;
      const numbers = Array.from(values, (value) => (isRounded ? shortest(value) : value));
      const [rows, columns] = shape as [number, number | undefined];
      if (columns === undefined) return [name, numbers];
      return [name, Array.from({ length: rows }, (_, row) => numbers.slice(row * columns, (row + 1) * columns))];
    }),
  );

/** Rows of numbers on one line each. */
const rowsOnLines = (json: string): string =>
  json.replaceAll(/\[[\s\d.,eE+-]*\]/g, (row) => row.replaceAll(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'));

/**
 * A file of weights, by seed. It is what `model.weights` of a scenario reads: a run's weights stand there as the
 * original model's, so that an experiment may begin from them.
 */
export const weightsFile = (
  about: WeightsAbout,
  which: 'original' | 'retrained',
  models: readonly SeedWeights[],
): string => {
  const bySeed = Object.fromEntries(
    models.map(({ seed, arrays }): [number, GivenWeights] => [seed, { [which]: namedWeights(arrays) }]),
  );
  return `${rowsOnLines(JSON.stringify({ kind: 'weights', version: 1, about, bySeed }, null, 1))}\n`;
};

/** The seeds of an experiment that have weights from elsewhere. */
export const seedsGiven = ({ seeds, model: { weights } }: Scenario): readonly number[] => {
  const { original, retrained, bySeed = {} } = weights ?? {};
  return original || retrained ? seeds : seeds.filter((seed) => Object.hasOwn(bySeed, seed));
};

/** An experiment with weights from a file. @throws {SimError} scenario/invalid where they are not for its network or its seeds */
export const withWeights = (scenario: Scenario, weights: WeightsSpec, catalogue: CatalogueInfo): Scenario => {
  const input = { ...scenario, model: { ...scenario.model, weights } };
  const { scenario: next } = parseScenario(input, catalogue, 'strict');
  if (seedsGiven(next).length > 0) return next;
  const expected = `weights of a seed of this experiment (${scenario.seeds.slice(0, 20).join(', ')})`;
  const found = Object.keys(next.model.weights?.bySeed ?? {})
    .slice(0, 20)
    .join(', ');
  throw new SimError('scenario/invalid', expected, [{ path: '/bySeed', expected, found: found || 'none' }]);
};
