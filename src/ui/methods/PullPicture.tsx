import type { PullCurve } from '../../engine/contracts/method.ts';
import { text } from '../text.ts';

const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [420, 180, 44, 12, 12, 34];

/** How hard an example is pulled towards its label or pushed away from it, by the label's probability. */
interface Props {
  readonly curve: PullCurve;
  readonly name: string;
  /** A constant weight to compare with. */
  readonly beside?: number;
  readonly caption?: string;
}

export const PullPicture = ({ curve, name, beside, caption }: Props) => {
  const { probability, weight, original } = curve;
  const all = [0, ...weight.filter(Number.isFinite), ...(beside === undefined ? [] : [beside])];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const span = most - least || 1;
  const x = (p: number) => LEFT + p * (WIDTH - LEFT - RIGHT);
  const y = (w: number) => TOP + ((most - w) / span) * (HEIGHT - TOP - BOTTOM);
  const points = probability
    .flatMap((p, i) => (Number.isFinite(weight[i]) ? [`${x(p).toFixed(1)},${y(weight[i] as number).toFixed(1)}`] : []))
    .join(' ');
  const first = (weight[0] as number).toFixed(2);
  const last = (weight.at(-1) as number).toFixed(2);
  return (
    <figure className="method__figure">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={text.methodPage.pullText(name, first, last)}
        className="method__pull"
      >
        <line className="method__axis" x1={LEFT} x2={WIDTH - RIGHT} y1={y(0)} y2={y(0)} />
        <line className="method__original" x1={x(original)} x2={x(original)} y1={TOP} y2={HEIGHT - BOTTOM} />
        {beside === undefined ? null : (
          <line className="method__beside" x1={LEFT} x2={WIDTH - RIGHT} y1={y(beside)} y2={y(beside)} />
        )}
        <polyline className="method__curve" points={points} />
        <text x={LEFT - 6} y={y(0) + 4} textAnchor="end">
          0
        </text>
        {[least, most]
          .filter((w) => Math.abs(w) > 1e-9)
          .map((w) => (
            <text key={w} x={LEFT - 6} y={y(w) + 4} textAnchor="end">
              {Math.abs(w) < 100 ? w.toFixed(1) : w.toPrecision(2)}
            </text>
          ))}
        {[0, 0.5, 1].map((p) => (
          <text key={p} x={x(p)} y={HEIGHT - BOTTOM + 14} textAnchor="middle">
            {p}
          </text>
        ))}
        <text x={(LEFT + WIDTH - RIGHT) / 2} y={HEIGHT - 4} textAnchor="middle">
          {text.methodPage.pullAxis}
        </text>
      </svg>
      <figcaption>{caption ?? text.methodPage.pullCaption(original)}</figcaption>
    </figure>
  );
};
