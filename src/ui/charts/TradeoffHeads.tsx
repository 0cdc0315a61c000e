import { bandAt, metricPair } from '../../store/series.ts';
import type { LabRun } from '../../store/state.ts';
import { stylesOf } from '../compare/panels.ts';
import { useLabState } from '../hooks/lab.ts';
import { MarkerShape } from '../shell/Marker.tsx';
import type { SeriesStyle } from '../theme/series.ts';
import { dodged } from './dodge.ts';
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
  const places = dodged(
    heads.map(({ y }) => y),
    14,
    plane.y(1) + 4,
    plane.y(0) - 4,
  );
  return heads.map(({ label, style, x, y }, i) => {
    const isRight = x < plane.width * 0.6;
    return (
      <g key={label}>
        <g transform={`translate(${x} ${y})`}>
          <MarkerShape style={style} size={13} />
        </g>
        <text
          x={x + (isRight ? 13 : -13)}
          y={places[i]}
          dy="0.35em"
          textAnchor={isRight ? 'start' : 'end'}
          className="tradeoff__label"
        >
          {label}
        </text>
      </g>
    );
  });
};
