import type { LabRun } from '../../store/contracts/state.ts';
import { bandAt, metricPair } from '../../store/numbers/series.ts';
import { pinnedAt } from '../../store/present/pins.ts';
import type { Ghost } from '../compare/ghosts.ts';
import { stylesOf } from '../compare/panels.ts';
import { useLabState } from '../hooks/lab.ts';
import { MarkerShape } from '../shell/Marker.tsx';
import type { SeriesStyle } from '../theme/series.ts';
import { dodged, labelled } from './dodge.ts';
import { stairsOf } from './front.ts';
import type { Plane } from './trajectories.ts';

interface Head {
  readonly label: string;
  readonly style: SeriesStyle;
  /** Medians over seeds. */
  readonly forget: number;
  readonly keep: number;
}

/** Where each run is at the clock's step. */
const headsAt = (run: LabRun, step: number, hidden: readonly string[]): readonly Head[] => {
  const pair = metricPair(run.collector);
  const styles = stylesOf(run.collector.variants);
  return run.collector.variants.flatMap(({ variant, label }) => {
    if (hidden.includes(label)) return [];
    const forget = bandAt(run.collector, variant, pair.forget, step);
    const keep = bandAt(run.collector, variant, pair.keep, step);
    if (!forget || !keep) return [];
    return [{ label, style: styles[variant] as SeriesStyle, forget: forget.median, keep: keep.median }];
  });
};

/** Where each pinned result was by then. */
const ghostsAt = (ghosts: readonly Ghost[], step: number): readonly Head[] =>
  ghosts.flatMap(({ pin, style }) => {
    const at = pinnedAt(pin, step);
    return at ? [{ label: pin.name, style, forget: at.forget, keep: at.keep }] : [];
  });

interface FrontProps {
  readonly plane: Plane;
  readonly run: LabRun;
  readonly heads: readonly Head[];
}

/** The Pareto front over what is on the plane at this step. */
const Front = ({ plane, run, heads }: FrontProps) => {
  const target = bandAt(run.collector, 'retrained', metricPair(run.collector).forget, 0)?.median;
  if (target === undefined) return null;
  const d = stairsOf(heads, target)
    .flatMap((corners) =>
      corners.map(({ forget, keep }, i) => `${i === 0 ? 'M' : 'L'}${plane.x(forget)} ${plane.y(keep)}`),
    )
    .join('');
  return d === '' ? null : <path className="tradeoff__front" d={d} data-testid="front" />;
};

interface Props {
  readonly plane: Plane;
  readonly run: LabRun;
  readonly ghosts: readonly Ghost[];
}

/** Where each run is at the clock's step, with its name beside it. */
export const TradeoffHeads = ({ plane, run, ghosts }: Props) => {
  const step = useLabState((state) => state.view.step);
  const hidden = useLabState((state) => state.view.hidden);
  useLabState((state) => state.run.version);
  const results = [...ghostsAt(ghosts, step), ...headsAt(run, step, hidden)];
  const heads = results.map(({ forget, keep, ...head }) => ({ ...head, x: plane.x(forget), y: plane.y(keep) }));
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
  const drawn = heads.map(({ label, style, x, y }, index) => {
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
            className={style.letter ? 'tradeoff__label tradeoff__label--ghost' : 'tradeoff__label'}
          >
            {label}
          </text>
        )}
      </g>
    );
  });
  return (
    // What is under a head takes the click: the path that it stands on.
    <g className="tradeoff__heads">
      <Front plane={plane} run={run} heads={results} />
      {drawn}
    </g>
  );
};
