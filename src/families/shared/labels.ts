import type { RunSpec } from '../../scenario/format/scenario.ts';

/** The labels that a run gives for a seed; undefined if they are to be drawn. */
export const labelsFor = ({ alternativeLabels: given }: RunSpec, seed: number): readonly number[] | undefined =>
  given && 'bySeed' in given ? given.bySeed[seed] : given;
