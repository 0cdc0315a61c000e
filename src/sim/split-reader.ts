import type { Batch, Split } from '../engine/contracts/rows.ts';
import type { Batches } from '../families/family.ts';

/** The rows of the splits as a method asks for them, and how many it has read. */
export interface SplitReader {
  /** Rows of one lane that a step visits if it asks for each of its batches once. */
  readonly rowsPerStep: number;
  /** Begins a step: a batch that was read in the one before counts again. */
  readonly begin: () => void;
  /** A step's batch. Undefined for a split that the method does not draw from. `passes`: how often a step reads it. */
  readonly batch: (split: Split, step: number, passes: number) => Batch | undefined;
  /** A whole split. */
  readonly all: (split: Split, step: number) => Batch;
  /** Rows read since the last call, per lane. */
  readonly takeVisits: () => number;
  readonly dispose: () => void;
}

/**
 * @param sources the splits that steps draw batches from
 * @param rowCount the rows of a whole split, per lane
 * @param whole the batches of a whole split
 */
export const createSplitReader = (
  sources: ReadonlyMap<Split, Batches>,
  rowCount: (split: Split) => number,
  whole: (split: Split) => Batches,
): SplitReader => {
  const wholes = new Map<Split, Batches>();
  let visited = 0;
  let stepVisited = new Set<Split>();
  const visit = (split: Split, rows: number): void => {
    if (stepVisited.has(split)) return; // one pass over a batch, however often it is asked for
    stepVisited.add(split);
    visited += rows;
  };
  /** Made when first asked for, which may be inside a tidy; where a batch is the whole split, it serves for both. */
  const wholeOf = (split: Split): Batches => {
    const source = sources.get(split);
    const known = wholes.get(split) ?? (source?.size === rowCount(split) ? source : undefined) ?? whole(split);
    wholes.set(split, known);
    return known;
  };
  return {
    rowsPerStep: [...sources.values()].reduce((sum, source) => sum + source.size, 0),
    begin: () => {
      stepVisited = new Set();
    },
    batch: (split, step, passes) => {
      const source = sources.get(split);
      if (!source) return undefined;
      visit(split, source.size * passes);
      return source.at(step);
    },
    all: (split, step) => {
      const source = wholeOf(split);
      visit(split, source.size);
      return source.at(step);
    },
    takeVisits: () => {
      const rows = visited;
      visited = 0;
      return rows;
    },
    dispose: () => {
      for (const source of new Set([...sources.values(), ...wholes.values()])) source.dispose();
    },
  };
};
