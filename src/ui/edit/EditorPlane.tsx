import { useEffect, useRef, useState } from 'react';
import { nearestPoint, type PaintedPoint, type Painting, type Place } from '../../scenario/points/paint.ts';
import { toPixels } from '../canvas/paint.ts';
import { useSize } from '../hooks/size.ts';
import { useThemeName } from '../hooks/theme.ts';
import { className } from '../theme/palette.ts';
import { drawPoints, svgLine } from './draw-points.ts';
import { editText } from './edit.text.ts';
import { begin, extend, outlineOf, paintingOf, type Stroke, type ToolSettings } from './stroke.ts';

interface Props {
  readonly points: readonly PaintedPoint[];
  /** Changes when the points become others than the gesture began with. */
  readonly experiment: unknown;
  readonly settings: ToolSettings;
  /** A gesture has ended: one change. */
  readonly onPainting: (painting: Painting) => void;
  readonly onOutline: (polygon: readonly Place[]) => void;
  readonly onResize: (factor: number) => void;
  /** What the ring is over, for those who cannot see it. */
  readonly onSay: (words: string) => void;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const short = (value: number): string => value.toFixed(2);

const underRing = (points: readonly PaintedPoint[], center: Place, radius: number): string => {
  const counts = new Map<number, number>();
  for (const { place, label, isTest } of points) {
    if (isTest || Math.hypot(place[0] - center[0], place[1] - center[1]) > radius) continue;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const total = [...counts.values()].reduce((a, b) => a + b, 0);
  const each = [...counts].sort(([a], [b]) => a - b).map(([label, n]) => editText.ofClass(className(label), n));
  return total === 0 ? editText.under(0) : `${editText.under(total)} (${each.join(', ')})`;
};

const ARROWS: Readonly<Record<string, Place>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Where points are painted and chosen: by mouse, finger or keyboard. */
export const EditorPlane = ({ points, experiment, settings, onPainting, onOutline, onResize, onSay }: Props) => {
  const { extent, radius, tool } = settings;
  const theme = useThemeName();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useSize(box);
  const [stroke, showStroke] = useState<Stroke | null>(null);
  /** The gesture as it is now: several events may come before one of them is drawn. */
  const live = useRef<Stroke | null>(null);
  const put = (next: Stroke | null): void => {
    live.current = next;
    showStroke(next);
  };
  const [ring, setRing] = useState<Place | null>(null);
  /** A gesture of keys: a point that was taken, or corners of an outline. */
  const [isByKeys, setIsByKeys] = useState(false);
  const shown = stroke?.points ?? points;

  useEffect(() => {
    if (!canvas.current || width === 0) return;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    drawPoints(canvas.current, shown, extent, { theme, width, ratio });
  }, [shown, extent, theme, width]);

  // Another tool, or another experiment: what was begun has no end. A draw that arrives meanwhile changes nothing.
  // biome-ignore lint/correctness/useExhaustiveDependencies: those two are the reasons
  useEffect(() => {
    live.current = null;
    showStroke(null);
    setIsByKeys(false);
  }, [tool, experiment]);

  const placeOf = (event: React.PointerEvent): Place => {
    const around = event.currentTarget.getBoundingClientRect();
    const [xMin, xMax, yMin, yMax] = extent;
    const [right, down] = [(event.clientX - around.left) / around.width, (event.clientY - around.top) / around.height];
    return [xMin + clamp(right, 0, 1) * (xMax - xMin), yMax - clamp(down, 0, 1) * (yMax - yMin)];
  };

  const finish = (last: Stroke): void => {
    put(null);
    setIsByKeys(false);
    if (tool === 'lasso') {
      const outline = outlineOf(last, extent);
      if (outline) onOutline(outline);
      return;
    }
    const painting = paintingOf(last, tool);
    if (painting) onPainting(painting);
  };

  const moveRing = (to: Place): void => {
    setRing(to);
    if (isByKeys && live.current && tool === 'move') put(extend(live.current, settings, to));
    onSay(editText.ring(short(to[0]), short(to[1]), underRing(shown, to, radius)));
  };

  const use = (at: Place): void => {
    if (tool === 'lasso') {
      const next = live.current && isByKeys ? extend(live.current, settings, at) : begin(points, settings, at);
      put(next);
      setIsByKeys(true);
      onSay(editText.corners(next.line.length));
    } else if (tool === 'move' && live.current && isByKeys) {
      finish(live.current);
    } else {
      const next = begin(points, settings, at);
      if (tool !== 'move') finish(next);
      else if (next.taken >= 0) {
        put(next);
        setIsByKeys(true);
        onSay(editText.taken);
      }
    }
  };

  /** The next training point in the order of the data, from the one that is nearest to the ring. */
  const jump = (from: Place, by: 1 | -1): void => {
    const train = shown.filter(({ isTest }) => !isTest);
    const nearest = nearestPoint(train, { center: from, radius: Number.POSITIVE_INFINITY });
    const next = train[(nearest + by + train.length) % train.length];
    if (next) moveRing(next.place);
  };

  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [xMin, xMax, yMin, yMax] = extent;
    const at: Place = ring ?? [(xMin + xMax) / 2, (yMin + yMax) / 2];
    const arrow = ARROWS[event.key];
    const step = ((xMax - xMin) / 80) * (event.shiftKey ? 8 : 1);
    if (arrow) {
      moveRing([clamp(at[0] + arrow[0] * step, xMin, xMax), clamp(at[1] + arrow[1] * step, yMin, yMax)]);
    } else if (event.key === ' ') {
      setRing(at);
      use(at);
    } else if (event.key === 'Enter' && isByKeys && live.current) finish(live.current);
    else if (event.key.toLowerCase() === 'n') jump(at, 1);
    else if (event.key.toLowerCase() === 'p') jump(at, -1);
    else if (event.key === '+' || event.key === '=') onResize(1.25);
    else if (event.key === '-') onResize(0.8);
    else return;
    event.preventDefault();
  };

  const map = toPixels(extent, width);
  const ringRadius = map.x(extent[0] + radius);
  return (
    <div className="editor__frame">
      <div
        ref={box}
        className="editor__plane"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys itself
        tabIndex={0}
        aria-label={editText.area(editText.tools[tool])}
        aria-describedby="editor-keys"
        data-points={points.length}
        data-forget={points.filter(({ isForget }) => isForget).length}
        data-testid="editor-plane"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const place = placeOf(event);
          setIsByKeys(false);
          setRing(place);
          put(begin(points, settings, place));
        }}
        onPointerMove={(event) => {
          const place = placeOf(event);
          setRing(place);
          if (live.current && !isByKeys) put(extend(live.current, settings, place));
        }}
        onPointerUp={(event) => {
          if (live.current && !isByKeys) finish(extend(live.current, settings, placeOf(event)));
        }}
        onPointerCancel={() => put(null)}
        onPointerLeave={() => {
          if (!live.current) setRing(null);
        }}
      >
        <canvas ref={canvas} className="editor__canvas" />
        <svg className="editor__overlay" viewBox={`0 0 ${Math.max(1, width)} ${Math.max(1, width)}`} aria-hidden="true">
          {stroke && stroke.line.length > 0 ? (
            <polygon className="editor__line" points={svgLine(stroke.line, extent, width)} />
          ) : null}
          {ring ? (
            <g transform={`translate(${map.x(ring[0])} ${map.y(ring[1])})`} data-testid="editor-ring">
              <circle className="editor__ring editor__ring--outer" r={tool === 'lasso' ? 4 : Math.max(3, ringRadius)} />
              <circle className="editor__ring" r={tool === 'lasso' ? 4 : Math.max(3, ringRadius)} />
            </g>
          ) : null}
        </svg>
      </div>
    </div>
  );
};
