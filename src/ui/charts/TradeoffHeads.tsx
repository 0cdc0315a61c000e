import type { LabRun } from '../../store/contracts/state.ts';
import { bandAt, metricPair } from '../../store/numbers/series.ts';
import { pinnedAt } from '../../store/present/pins.ts';
import type { Ghost } from '../compare/ghosts.ts';
import { stylesOf } from '../compare/panels.ts';
import { useLabState } from '../hooks/lab.ts';
import { MarkerShape } from '../shell/Marker.tsx';
import type { SeriesStyle } from '../theme/series.ts';
import type { ChartData } from './data.ts';
import { stairsOf } from './front.ts';
import { placed, textWidth } from './place.ts';
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
  readonly data: ChartData | null;
}

const TYPE = 12;
const LINE = 15;
const MARK = 13;

/** Where the labels of the heads stand: off each other, off the marks, and off the target and the start. */
const placesOf = (plane: Plane, heads: readonly Head[], data: ChartData | null) => {
  const { scale, frame } = plane;
  const half = (MARK * scale) / 2;
  const references = [
    { forget: data?.forget.retrained, keep: data?.keep.retrained },
    { forget: data?.forget.original, keep: data?.keep.original },
  ].flatMap(({ forget, keep }) => {
    if (!forget || !keep) return [];
    const [x, y] = [plane.x(forget.median), plane.y(keep.median)];
    return [{ left: x - half, right: x + half, top: y - half, bottom: y + half }];
  });
  const marks = heads.map(({ label, forget, keep }) => ({
    x: plane.x(forget),
    y: plane.y(keep),
    width: textWidth(label, TYPE * scale),
  }));
  return placed(marks, { line: LINE * scale, half, frame, taken: references });
};

/** Where each run is at the clock's step, with its name beside it. */
export const TradeoffHeads = ({ plane, run, ghosts, data }: Props) => {
  const step = useLabState((state) => state.view.step);
  const hidden = useLabState((state) => state.view.hidden);
  useLabState((state) => state.run.version);
  const heads = [...ghostsAt(ghosts, step), ...headsAt(run, step, hidden)];
  const places = placesOf(plane, heads, data);
  const drawn = heads.map(({ label, style, forget, keep }, index) => {
    const [x, y] = [plane.x(forget), plane.y(keep)];
    const place = places[index];
    return (
      <g key={label}>
        {place?.isLed ? <path className="tradeoff__lead" d={`M${x} ${y}L${place.x} ${place.y}`} /> : null}
        <g transform={`translate(${x} ${y})`}>
          <MarkerShape style={style} size={MARK * plane.scale} />
        </g>
        {place ? (
          <text
            x={place.x}
            y={place.y}
            dy="0.35em"
            textAnchor={place.anchor}
            className={style.letter ? 'tradeoff__label tradeoff__label--ghost' : 'tradeoff__label'}
          >
            {label}
          </text>
        ) : null}
      </g>
    );
  });
  return (
    // What is under a head takes the click: the path that it stands on.
    <g className="tradeoff__heads">
      <Front plane={plane} run={run} heads={heads} />
      {drawn}
    </g>
  );
};
