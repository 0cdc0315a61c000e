import { useThemeName } from '../hooks/theme.ts';
import { MARKER_PATHS } from '../theme/markers.ts';
import type { SeriesStyle } from '../theme/series.ts';

/** The marker of a run as it is drawn inside a chart, centered on the origin. */
export const MarkerShape = ({ style, size }: { readonly style: SeriesStyle; readonly size: number }) => {
  const color = style.color[useThemeName()];
  if (style.letter) {
    return (
      <g>
        <circle r={size * 0.55} fill="var(--paper)" stroke={color} strokeWidth={1.5} />
        <text textAnchor="middle" dy="0.35em" fontSize={size * 0.75} fontWeight={700} fill={color}>
          {style.letter}
        </text>
      </g>
    );
  }
  return (
    <path
      d={MARKER_PATHS[style.marker]}
      transform={`scale(${size / 12}) translate(-6 -6)`}
      fill={style.isOpen ? 'var(--paper)' : color}
      stroke={style.isOpen ? color : 'var(--paper)'}
      strokeWidth={style.isOpen ? 2 : 1}
    />
  );
};

/** A marker beside the name it stands for. */
export const Marker = ({ style }: { readonly style: SeriesStyle }) => (
  <svg className="marker" viewBox="-6 -6 12 12" aria-hidden="true">
    <MarkerShape style={style} size={12} />
  </svg>
);
