import type { Band } from '../../store/numbers/series.ts';
import { MarkerShape } from '../shell/Marker.tsx';
import { ORIGINAL_STYLE, RETRAINED_STYLE } from '../theme/series.ts';
import type { ChartData } from './data.ts';
import type { Plane } from './trajectories.ts';

/** Half the range over seeds in pixels, but never smaller than a visible ring. */
const radius = (band: Band, scale: (value: number) => number): number =>
  Math.max(9, Math.abs(scale(band.high) - scale(band.low)) / 2 + 6);

const middle = (band: Band): number => (band.low + band.high) / 2;

/** The start ◌ and the target ★ with a ring that covers its range over the seeds. */
export const TradeoffReferences = ({ plane, data }: { readonly plane: Plane; readonly data: ChartData }) => {
  const { retrained: keep, original: keepBefore } = data.keep;
  const { retrained: forget, original: forgetBefore } = data.forget;
  return (
    <>
      {forgetBefore && keepBefore ? (
        <g transform={`translate(${plane.x(forgetBefore.median)} ${plane.y(keepBefore.median)})`}>
          <MarkerShape style={ORIGINAL_STYLE} size={14 * plane.scale} />
        </g>
      ) : null}
      {forget && keep ? (
        <>
          <ellipse
            className="tradeoff__ring"
            cx={plane.x(middle(forget))}
            cy={plane.y(middle(keep))}
            rx={radius(forget, plane.x)}
            ry={radius(keep, plane.y)}
          />
          <g transform={`translate(${plane.x(forget.median)} ${plane.y(keep.median)})`}>
            <MarkerShape style={RETRAINED_STYLE} size={15 * plane.scale} />
          </g>
        </>
      ) : null}
    </>
  );
};
