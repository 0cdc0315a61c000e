/** A result in the plane of forgetting and keeping, as fractions. */
export interface PlaneResult {
  readonly forget: number;
  readonly keep: number;
}

const gapTo = (target: number, { forget }: PlaneResult): number => Math.abs(forget - target);

/**
 * The results that no other one beats: none keeps at least as much and is at least as near to the retrained model on the
 * forget set, and better in one of the two. To forget more than the retrained model is no gain.
 */
export const frontOf = <T extends PlaneResult>(results: readonly T[], target: number): readonly T[] =>
  results.filter(
    (one) =>
      !results.some((other) => {
        const [gap, ownGap] = [gapTo(target, other), gapTo(target, one)];
        return gap <= ownGap && other.keep >= one.keep && (gap < ownGap || other.keep > one.keep);
      }),
  );

/**
 * The front as steps over the forget accuracy, from 0 to 1: the most that is kept by a result at least as near to the
 * target. Corners in order; one list on each side of the target that has any.
 */
export const stairsOf = (results: readonly PlaneResult[], target: number): readonly (readonly PlaneResult[])[] => {
  const front = frontOf(results, target).toSorted((a, b) => gapTo(target, a) - gapTo(target, b));
  const side = (sign: 1 | -1): readonly PlaneResult[] => {
    const edge = sign > 0 ? 1 : 0;
    const reach = Math.abs(edge - target);
    const corners: PlaneResult[] = [];
    for (const result of front) {
      const gap = gapTo(target, result);
      if (gap > reach || result.keep === corners.at(-1)?.keep) continue;
      const forget = target + sign * gap;
      corners.push({ forget, keep: corners.at(-1)?.keep ?? 0 }, { forget, keep: result.keep });
    }
    const last = corners.at(-1);
    return last ? [...corners, { forget: edge, keep: last.keep }] : [];
  };
  return [side(-1), side(1)].filter((corners) => corners.length > 0 && corners.at(-1)?.forget !== corners[0]?.forget);
};
