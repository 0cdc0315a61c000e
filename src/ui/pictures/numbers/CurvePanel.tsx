import { useMemo } from 'react';
import type { CurvePicture, ShownCurve } from '../../../families/numbers/shown.ts';
import { useLab } from '../../hooks/lab.ts';
import { useThemeName } from '../../hooks/theme.ts';
import { RETRAINED_STYLE } from '../../theme/series.ts';
import { usePanelPicture } from '../panel-picture.ts';
import type { PictureProps } from '../picture.ts';
import { seedBandOf, useSeedPictures } from './bands.ts';
import { areaOf, type CurvePlane, pathOf, placeIn, planeOf, SIDE, stripeOf } from './curve.ts';
import { useOutline } from './drawing.ts';
import { Says } from './Says.tsx';
import { usePlace } from './shown.ts';

interface Props extends PictureProps {
  readonly shown: ShownCurve;
  readonly forget: Int32Array;
}

/** The pairs, the stretch to be forgotten, and the curve behind the data: the same in every panel. */
const Ground = ({ shown, forget, plane }: Pick<Props, 'shown' | 'forget'> & { readonly plane: CurvePlane }) => {
  const stripe = stripeOf(shown, forget);
  const isForget = new Set(forget);
  const [from, to] = stripe ? [plane[stripe.axis](stripe.from), plane[stripe.axis](stripe.to)] : [0, 0];
  const size = Math.abs(to - from);
  return (
    <>
      {stripe?.axis === 'x' ? (
        <rect className="curve__stripe" x={Math.min(from, to)} y={0} width={size} height={SIDE} />
      ) : null}
      {stripe?.axis === 'y' ? (
        <rect className="curve__stripe" x={0} y={Math.min(from, to)} width={SIDE} height={size} />
      ) : null}
      {Array.from(shown.x, (at, i) => {
        const [x, y] = [plane.x(at), plane.y(shown.y[i] as number)];
        return isForget.has(i) ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pairs of a draw do not move
          <path key={i} className="curve__forget" d={`M${x - 3} ${y - 3}l6 6m0 -6l-6 6`} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pairs of a draw do not move
          <circle key={i} className="curve__retain" cx={x} cy={y} r={2} />
        );
      })}
      {shown.truth.length > 0 ? <path className="curve__truth" d={pathOf(shown.places, shown.truth, plane)} /> : null}
    </>
  );
};

/** One model's curve over the pairs with its band over seeds, the retrained model's with its own beside it. */
export const CurvePanel = ({ panel, panels, label, shown, forget }: Props) => {
  const lab = useLab();
  const theme = useThemeName();
  const retrained = panels.find(({ role }) => role === 'retrained');
  const own = usePanelPicture(panel);
  const goal = usePanelPicture(retrained ?? panel);
  const ownBand = seedBandOf(useSeedPictures(panel).map(({ y }) => y));
  const goalBand = seedBandOf(useSeedPictures(retrained ?? panel).map(({ y }) => y));
  const plane = useMemo(() => planeOf(shown), [shown]);
  const ground = useMemo(() => <Ground shown={shown} forget={forget} plane={plane} />, [shown, plane, forget]);
  const { outline, isDrawing, handlers } = useOutline(plane, shown.extent);
  const place = usePlace(shown);
  const lineOf = (picture: typeof own) =>
    picture?.kind === 'curve' ? pathOf(shown.places, (picture as CurvePicture).y, plane) : undefined;
  const at = plane.x(shown.places[place] as number);
  const point = (event: React.PointerEvent<SVGSVGElement>): void => {
    const { places } = shown;
    const [low, high] = [places[0] as number, places.at(-1) as number];
    const share = (placeIn(event, plane)[0] - low) / (high - low);
    lab.view.lightPoint(Math.min(places.length - 1, Math.max(0, Math.round(share * (places.length - 1)))));
  };
  const isGoal = panel.role === 'retrained';
  return (
    <>
      <svg
        className="curve"
        data-drawing={isDrawing}
        viewBox={`0 0 ${SIDE} ${SIDE}`}
        role="img"
        aria-label={label}
        onPointerMove={point}
        {...handlers}
      >
        {ground}
        {goalBand && !isGoal ? (
          <path
            className="curve__band"
            data-testid="band-retrained"
            d={areaOf(shown.places, goalBand, plane)}
            fill={RETRAINED_STYLE.color[theme]}
          />
        ) : null}
        {ownBand ? (
          <path
            className="curve__band curve__band--own"
            data-testid="band-own"
            d={areaOf(shown.places, ownBand, plane)}
            fill={panel.style.color[theme]}
          />
        ) : null}
        {isGoal ? null : <path className="curve__goal" d={lineOf(goal)} stroke={RETRAINED_STYLE.color[theme]} />}
        <path className="curve__line" d={lineOf(own)} stroke={panel.style.color[theme]} />
        <line className="curve__place" x1={at} x2={at} y1={0} y2={SIDE} />
        {outline.length > 1 ? (
          <polygon
            className="curve__outline"
            points={outline.map(([x, y]) => `${plane.x(x).toFixed(1)},${plane.y(y).toFixed(1)}`).join(' ')}
          />
        ) : null}
      </svg>
      <Says
        value={own?.kind === 'curve' ? (own as CurvePicture).y[place] : undefined}
        range={ownBand ? [ownBand.low[place] as number, ownBand.high[place] as number] : undefined}
      />
    </>
  );
};
