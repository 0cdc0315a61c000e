/** A rectangle in CSS pixels. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Where a label stands, and whether so far from its mark that a line has to lead there. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly isLed: boolean;
}

interface Mark {
  readonly x: number;
  readonly y: number;
  /** Of its label. */
  readonly width: number;
}

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

const inside = (box: Box, frame: Box): boolean =>
  box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;

const around = (x: number, y: number, half: number): Box => ({
  left: x - half,
  right: x + half,
  top: y - half,
  bottom: y + half,
});

const boxOf = ({ x, y, anchor }: LabelPlace, width: number, line: number): Box => {
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2;
  return { left, right: left + width, top: y - line / 2, bottom: y + line / 2 };
};

/** Beside the mark, above and below it, then farther and farther away. */
const candidates = ({ x, y }: Mark, line: number): readonly LabelPlace[] => {
  const gap = line * 0.9;
  const beside = [0, -line, line].flatMap((dy): LabelPlace[] => [
    { x: x + gap, y: y + dy, anchor: 'start', isLed: dy !== 0 },
    { x: x - gap, y: y + dy, anchor: 'end', isLed: dy !== 0 },
  ]);
  const over = [-1.4, 1.4].map((dy): LabelPlace => ({ x, y: y + dy * line, anchor: 'middle', isLed: false }));
  const far = [2, -2, 3, -3, 4, -4, 5, -5, 6, -6].flatMap((dy): LabelPlace[] => [
    { x: x + 2 * gap, y: y + dy * line, anchor: 'start', isLed: true },
    { x: x - 2 * gap, y: y + dy * line, anchor: 'end', isLed: true },
  ]);
  return [...beside.slice(0, 2), ...over, ...beside.slice(2), ...far];
};

/**
 * A place for the label of each mark in which it covers no other label, no mark and none of the `taken` boxes, and
 * stays in the frame; null where there is none. `line` is the height of a label, `half` half the size of a mark.
 */
export const placed = (
  marks: readonly Mark[],
  { line, half, frame, taken }: { line: number; half: number; frame: Box; taken: readonly Box[] },
): readonly (LabelPlace | null)[] => {
  const blocked = [...taken, ...marks.map(({ x, y }) => around(x, y, half))];
  const places: (LabelPlace | null)[] = marks.map(() => null);
  const order = marks.map((_, i) => i).sort((a, b) => (marks[a] as Mark).y - (marks[b] as Mark).y || a - b);
  for (const index of order) {
    const mark = marks[index] as Mark;
    const free = candidates(mark, line).find((place) => {
      const box = boxOf(place, mark.width, line);
      return inside(box, frame) && !blocked.some((other) => overlap(box, other));
    });
    if (!free) continue;
    places[index] = free;
    blocked.push(boxOf(free, mark.width, line));
  }
  return places;
};

/** About how wide a text is in the page's type. */
export const textWidth = (words: string, size: number): number => 0.64 * size * words.length;
