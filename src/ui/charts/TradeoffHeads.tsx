import { bandAt, metricPair } from '../../store/series.ts';
import type { LabRun } from '../../store/state.ts';
import { stylesOf } from '../compare/panels.ts';
import { useLabState } from '../hooks/lab.ts';
import { MarkerShape } from '../shell/Marker.tsx';
import type { SeriesStyle } from '../theme/series.ts';
import { dodged, labelled } from './dodge.ts';
import type { Plane } from './trajectories.ts';

/** Where each run is at the clock's step, with its name beside it. */
export const TradeoffHeads = ({ plane, run }: { readonly plane: Plane; readonly run: LabRun }) => {
  const step = useLabState((state) => state.view.step);
  const hidden = useLabState((state) => state.view.hidden);
  useLabState((state) => state.run.version);
  const pair = metricPair(run.collector);
  const styles = stylesOf(run.collector.variants);
  const heads = run.collector.variants.flatMap(({ variant, label }) => {
    if (hidden.includes(label)) return [];
    const forget = bandAt(run.collector, variant, pair.forget, step);
    const keep = bandAt(run.collector, variant, pair.keep, step);
    if (!forget || !keep) return [];
    const style = styles[variant] as SeriesStyle;
    return [{ label, style, x: plane.x(forget.median), y: plane.y(keep.median) }];
  });
  const named = labelled(
    heads.map(({ y }) => y),
    12,
    plane.y(0) - plane.y(1),
  );
  const places = dodged(
    named.map((index) => heads[index]?.y ?? 0),
    14,
    plane.y(1) + 4,
    plane.y(0) - 4,
  );
  return heads.map(({ label, style, x, y }, index) => {
    const isRight = x < plane.width * 0.6;
    const place = places[named.indexOf(index)];
    return (
      <g key={label}>
        <g transform={`translate(${x} ${y})`}>
          <MarkerShape style={style} size={13} />
        </g>
        {place === undefined ? null : (
          <text
            x={x + (isRight ? 13 : -13)}
            y={place}
            dy="0.35em"
            textAnchor={isRight ? 'start' : 'end'}
            className="tradeoff__label"
          >
            {label}
          </text>
        )}
      </g>
    );
  });
};
