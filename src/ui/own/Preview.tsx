import type { CurveWarning, RuleCurve } from '../../scenario/formula/curve.ts';
import { Formula } from '../methods/Formula.tsx';
import { PullPicture } from '../methods/PullPicture.tsx';
import { ownText } from './own.text.ts';

const short = (value: number): string => String(Number(value.toPrecision(2)));

const warningWords = (warning: CurveWarning): string => {
  switch (warning.kind) {
    case 'not-finite':
      return ownText.warnings['not-finite'](short(warning.p));
    case 'explodes':
      return ownText.warnings.explodes(short(warning.p), short(warning.weight));
    default:
      return ownText.warnings[warning.kind];
  }
};

/** Where a curve is furthest from gradient ascent, whose weight is -1. */
const difference = ({ probability, weight }: RuleCurve): string => {
  let at = 0;
  weight.forEach((w, i) => {
    if (Math.abs(w + 1) > Math.abs((weight[at] as number) + 1)) at = i;
  });
  const away = weight[at] as number;
  return Math.abs(away + 1) < 1e-6 ? ownText.same : ownText.differs(short(probability[at] as number), short(away));
};

interface Props {
  readonly title: string;
  readonly tex: string;
  readonly plain: string;
  /** Undefined where nothing pulls on the labels of the forget set. */
  readonly curve: RuleCurve | undefined;
}

/** What a rule without faults is: typeset, and how hard it pulls. */
export const Preview = ({ title, tex, plain, curve }: Props) => (
  <div className="own__preview" data-testid="own-preview">
    <h3>{ownText.formula}</h3>
    <Formula tex={tex} plain={plain} />
    {curve ? (
      <>
        <h3>{ownText.curve}</h3>
        <div role="status">
          <ul className="own__warnings small">
            {curve.warnings.map((warning) => (
              <li key={warning.kind} data-testid={`warning-${warning.kind}`}>
                {warningWords(warning)}
              </li>
            ))}
          </ul>
        </div>
        {curve.weight.every(Number.isFinite) ? (
          <PullPicture
            curve={curve}
            name={title}
            beside={-1}
            caption={`${ownText.besideAscent} ${difference(curve)}`}
          />
        ) : null}
      </>
    ) : null}
  </div>
);
