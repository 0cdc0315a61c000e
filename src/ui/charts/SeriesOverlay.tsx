import { useEffect, useRef } from 'react';
import { useGhosts } from '../compare/ghosts.ts';
import { useLab } from '../hooks/lab.ts';
import { useThemeName } from '../hooks/theme.ts';
import { Marker, MarkerShape } from '../shell/Marker.tsx';
import { text } from '../text.ts';
import { RETRAINED_STYLE } from '../theme/series.ts';
import type { CurveSet } from './data.ts';
import { dodged, labelled } from './dodge.ts';
import { type Plot, xOf, yOf } from './geometry.ts';

interface Props {
  readonly set: CurveSet;
  readonly plot: Plot;
  readonly total: number;
  readonly hasFlags: boolean;
  readonly which: 'forget' | 'keep';
  /** How much larger than on a desk the type is. */
  readonly scale: number;
}

/** Labels of this height do not touch. */
const LINE = 14;

/** The clock's step as a line. It follows the store by itself: scrubbing renders nothing. */
const Cursor = ({ plot, total }: { readonly plot: Plot; readonly total: number }) => {
  const lab = useLab();
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const move = (): void => {
      const x = xOf(plot, lab.store.getState().view.step, total);
      if (line.current) line.current.style.transform = `translateX(${x}px)`;
    };
    move();
    return lab.store.subscribe(move);
  }, [lab, plot, total]);
  return <div ref={line} className="chart__cursor" style={{ top: plot.top, height: plot.height }} />;
};

/** Labels at the ends of the lines, moved apart, and flags where a run collapsed. */
export const SeriesOverlay = ({ set, plot, total, hasFlags, which, scale }: Props) => {
  const theme = useThemeName();
  const ghosts = useGhosts().map(({ pin, style }) => {
    const seen = pin.points.filter(({ step }) => step <= total);
    const at = seen.map((point) => [xOf(plot, point.step, total), yOf(plot, point[which])] as const);
    const d = at.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
    return { label: pin.name, style, d, y: at.at(-1)?.[1] ?? 0 };
  });
  const lines = [
    ...set.curves.flatMap(({ label, style, points }) => {
      const last = points.at(-1);
      return last ? [{ label, style, y: yOf(plot, last.band.median) }] : [];
    }),
    ...(set.retrained
      ? [{ label: text.panel.retrained, style: RETRAINED_STYLE, y: yOf(plot, set.retrained.median) }]
      : []),
    ...ghosts,
  ];
  const room = plot.top + plot.height;
  const ends = labelled(
    lines.map(({ y }) => y),
    LINE * scale,
    room,
  ).flatMap((index) => lines[index] ?? []);
  const places = dodged(
    ends.map(({ y }) => y),
    (LINE + 1) * scale,
    (LINE * scale) / 2,
    room + 4,
  );
  return (
    <div className="chart__overlay" aria-hidden="true">
      {ghosts.length > 0 ? (
        <svg className="chart__ghosts" aria-hidden="true">
          {ghosts.map(({ label, style, d }) => (
            <path
              key={style.letter}
              d={d}
              fill="none"
              stroke={style.color[theme]}
              strokeWidth={1}
              strokeDasharray={style.dash}
            >
              <title>{label}</title>
            </path>
          ))}
        </svg>
      ) : null}
      <Cursor plot={plot} total={total} />
      {hasFlags
        ? set.curves
            .filter(({ collapsedAt }) => collapsedAt !== null)
            .map(({ variant, label, style, collapsedAt }) => (
              <svg
                key={variant}
                className="chart__flag"
                viewBox="-7 -7 14 14"
                style={{ left: xOf(plot, collapsedAt ?? 0, total), top: plot.top }}
              >
                <title>{text.clock.event(label, text.clock.collapsed, collapsedAt ?? 0)}</title>
                <path d="M-5 7V-6H5L2 -2.5L5 1H-5" fill="var(--paper)" stroke="var(--bad)" strokeWidth={1.5} />
                <g transform="translate(-1.5 -2.5)">
                  <MarkerShape style={style} size={4} />
                </g>
              </svg>
            ))
        : null}
      <svg className="chart__leads" aria-hidden="true">
        {ends.map(({ label, style, y }, i) => {
          const [from, to] = [plot.left + plot.width, places[i] ?? y];
          return Math.abs(to - y) < 2 ? null : (
            <path key={`${style.letter ?? ''} ${label}`} d={`M${from} ${y}L${from + 9 * scale} ${to}`} />
          );
        })}
      </svg>
      {ends.map(({ label, style }, i) => (
        <span
          key={`${style.letter ?? ''} ${label}`}
          className={style.letter ? 'chart__end muted' : 'chart__end'}
          style={{ left: plot.left + plot.width + 10 * scale, top: places[i] }}
        >
          <Marker style={style} />
          <span className="chart__end-text">{label}</span>
        </span>
      ))}
    </div>
  );
};
