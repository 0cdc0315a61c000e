/** The points of a chart's lines as the keyboard goes over them: places on the horizontal axis, ascending. */
export type KeyedLines = readonly (readonly number[])[];

export interface KeyedPoint {
  readonly line: number;
  readonly point: number;
}

/** The point of a line that is nearest to a place. */
const nearest = (line: readonly number[], place: number): number =>
  line.reduce((best, at, i) => (Math.abs(at - place) < Math.abs((line[best] as number) - place) ? i : best), 0);

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1, PageUp: -10, PageDown: 10 };

/**
 * Where a key leads: along the line, to its ends, or to the next line that has points, at the same place. `undefined` for
 * a key that means nothing here; from nowhere every key leads to the end of the first line that has points.
 */
export const pointAfter = (
  lines: KeyedLines,
  at: KeyedPoint | null,
  key: string,
  jump: number,
): KeyedPoint | undefined => {
  const step = STEPS[key];
  const isVertical = key === 'ArrowUp' || key === 'ArrowDown';
  if (step === undefined && !isVertical && key !== 'Home' && key !== 'End') return undefined;
  const filled = lines.flatMap((line, i) => (line.length > 0 ? [i] : []));
  const first = filled[0];
  if (first === undefined) return undefined;
  const own = at && lines[at.line];
  const place = own?.[at?.point ?? 0];
  if (!at || !own || place === undefined) return { line: first, point: (lines[first] as readonly number[]).length - 1 };
  if (isVertical) {
    const by = key === 'ArrowUp' ? -1 : 1;
    const next = filled[(filled.indexOf(at.line) + by + filled.length) % filled.length] as number;
    return { line: next, point: next === at.line ? at.point : nearest(lines[next] as readonly number[], place) };
  }
  const last = own.length - 1;
  if (step === undefined) return { ...at, point: key === 'Home' ? 0 : last };
  return { ...at, point: Math.min(last, Math.max(0, at.point + step * jump)) };
};
