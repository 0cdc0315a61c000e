import './curve.css';
import { useMemo } from 'react';
import type { CurvePicture, ShownCurve } from '../../../families/numbers/shown.ts';
import { useThemeName } from '../../hooks/theme.ts';
import { catalogue } from '../../text/language.ts';
import { RETRAINED_STYLE } from '../../theme/series.ts';
import { usePanelPicture, useShownData } from '../panel-picture.ts';
import type { FamilyPicture, PictureProps } from '../picture.ts';
import { type CurvePlane, pathOf, planeOf, SIDE, stripeOf } from './curve.ts';

const words = catalogue('pictures/numbers', {
  legend: 'Circles: pairs to keep. Crosses: pairs to forget; their stretch is shaded.',
  lines: 'Thin: the curve behind the data. Dashed: the retrained model.',
});

/** The pairs, the stretch to be forgotten, and the curve behind the data: the same in every panel. */
const Ground = ({
  shown,
  forget,
  plane,
}: {
  readonly shown: ShownCurve;
  readonly forget: Int32Array;
  readonly plane: CurvePlane;
}) => {
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
      <path className="curve__truth" d={pathOf(shown.places, shown.truth, plane)} />
    </>
  );
};

/** One model's curve over the pairs, the retrained model's beside it. */
const Panel = ({ panel, panels, label }: PictureProps) => {
  const theme = useThemeName();
  const data = useShownData();
  const own = usePanelPicture(panel);
  const goal = usePanelPicture(panels.find(({ role }) => role === 'retrained') ?? panel);
  const shown = data?.shown.kind === 'curve' ? (data.shown as ShownCurve) : null;
  const plane = useMemo(() => shown && planeOf(shown), [shown]);
  const ground = useMemo(
    () => (shown && plane && data ? <Ground shown={shown} forget={data.forget} plane={plane} /> : null),
    [shown, plane, data],
  );
  if (!shown || !plane) return null;
  const lineOf = (picture: typeof own) =>
    picture?.kind === 'curve' ? pathOf(shown.places, (picture as CurvePicture).y, plane) : undefined;
  return (
    <svg className="curve" viewBox={`0 0 ${SIDE} ${SIDE}`} role="img" aria-label={label}>
      {ground}
      {panel.role === 'retrained' ? null : (
        <path className="curve__goal" d={lineOf(goal)} stroke={RETRAINED_STYLE.color[theme]} />
      )}
      <path className="curve__line" d={lineOf(own)} stroke={panel.style.color[theme]} />
    </svg>
  );
};

const Above = () => (
  <p className="curve__legend small muted">
    {words.legend} {words.lines}
  </p>
);

export const picture: FamilyPicture = { Panel, Above };
