import { useState } from 'react';
import { isolated } from '../text/isolate.ts';
import { text } from '../text.ts';
import { type KeyedPoint, pointAfter } from './point-keys.ts';
import './chart-keys.css';

interface KeyPoint {
  /** What the points of a line are in order of: a step, a value. */
  readonly at: number;
  /** CSS pixels in the chart. */
  readonly x: number;
  readonly y: number;
  /** The point in words, without its line's name. */
  readonly words: () => string;
}

export interface KeyLine {
  readonly label: string;
  readonly points: readonly KeyPoint[];
}

interface Props {
  readonly title: string;
  readonly lines: readonly KeyLine[];
  /** What Enter does with the point's `at`. */
  readonly onPick?: (at: number) => void;
}

/** A chart's points for the keyboard: one place in the order of focus, arrows within it. The pointer passes through. */
export const ChartKeys = ({ title, lines, onPick }: Props) => {
  const [at, setAt] = useState<KeyedPoint | null>(null);
  const line = at ? lines[at.line] : undefined;
  const point = at ? line?.points[at.point] : undefined;
  const words = line && point ? `${isolated(line.label)}: ${point.words()}` : text.plane.keysNone;
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && at) setAt(null);
    else if (event.key === 'Enter' && point && onPick) onPick(point.at);
    else {
      const next = pointAfter(
        lines.map(({ points }) => points.map((one) => one.at)),
        at,
        event.key,
        event.shiftKey ? 10 : 1,
      );
      if (!next) return;
      setAt(next);
    }
    event.preventDefault();
  };
  return (
    <div
      className="chart__keys"
      role="slider"
      tabIndex={0}
      aria-label={onPick ? text.plane.keysPick(title) : text.plane.keys(title)}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, (line ?? lines[0])?.points.length ?? 0) - 1}
      aria-valuenow={at?.point ?? 0}
      aria-valuetext={words}
      onKeyDown={onKeyDown}
      onBlur={() => setAt(null)}
      data-testid="chart-keys"
    >
      {point ? (
        <>
          <span className="chart__ring" style={{ left: point.x, top: point.y }} aria-hidden="true" />
          <span className="chart__said" aria-hidden="true">
            {words}
          </span>
        </>
      ) : null}
    </div>
  );
};
