import { useRef } from 'react';
import type { LikelyAnswer, TruthAnswer } from '../../../families/text/shown.ts';
import { ChartKeys } from '../../charts/ChartKeys.tsx';
import { percent, quantity } from '../../format.ts';
import { useSize } from '../../hooks/size.ts';
import { words } from './answers.text.ts';
import { type Bin, binsOf, differing, placeOf } from './bins.ts';
import { English } from './English.tsx';

interface RowProps {
  readonly answer: LikelyAnswer;
  /** What it says that the others do not. */
  readonly value: string;
  readonly isTrue: boolean;
}

const Row = ({ answer: { answer, p }, value, isTrue }: RowProps) => (
  <tr data-true={isTrue}>
    <th scope="row">
      <span className="truth__sign" aria-hidden="true">
        {isTrue ? '✓ ' : '✗ '}
      </span>
      <span className="hidden-text">{isTrue ? words.classes.true : words.classes.wrong}: </span>
      <span title={answer} lang="en">
        {value}
      </span>
    </th>
    <td className="truth__bar">
      <span style={{ width: `${100 * p}%` }} />
    </td>
    <td>{percent(p)}</td>
  </tr>
);

const HEIGHT = 64;

interface HistogramProps {
  readonly bins: readonly Bin[];
  readonly told: TruthAnswer;
}

/** Truth ratios of the model as bars, of the retrained model as an outline, and where they differ most. */
const Histogram = ({ bins, told }: HistogramProps) => {
  const body = useRef<HTMLDivElement>(null);
  const { width } = useSize(body);
  const most = Math.max(0.001, ...bins.flatMap(({ own, retrained }) => [own, retrained]));
  const bar = width / bins.length;
  const top = (share: number): number => HEIGHT - (share / most) * (HEIGHT - 2);
  const outline = bins
    .map(({ retrained }, i) => `${i === 0 ? 'M0 64' : ''}V${top(retrained).toFixed(1)}H${((i + 1) * bar).toFixed(1)}`)
    .join('');
  const title = words.ratios;
  const line = (label: string, of: 'own' | 'retrained') => ({
    label,
    points: bins.map((bin, i) => ({
      at: i,
      x: (i + 0.5) * bar,
      y: top(bin[of]),
      words: () => words.bin(quantity(bin.from), quantity(bin.to), percent(bin[of])),
    })),
  });
  return (
    <div ref={body} className="truth__histogram">
      {width > 20 ? (
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {bins.map(({ from, own }, i) => (
            <rect key={from} x={i * bar + 1} width={Math.max(1, bar - 2)} y={top(own)} height={HEIGHT - top(own)} />
          ))}
          {told.retrained.length > 0 ? <path className="truth__outline" d={`${outline}V64`} /> : null}
          {Number.isFinite(told.at) && told.distance > 0 ? (
            <path className="truth__gap" d={`M${(placeOf(told.at) * width).toFixed(1)} 0V64`} />
          ) : null}
        </svg>
      ) : null}
      <ChartKeys title={title} lines={[line(words.model, 'own'), line(words.retrained, 'retrained')]} />
    </div>
  );
};

const BinTable = ({ bins }: { readonly bins: readonly Bin[] }) => (
  <table className="truth__table">
    <thead>
      <tr>
        <th scope="col">log₁₀ R</th>
        <th scope="col">{words.model}</th>
        <th scope="col">{words.retrained}</th>
      </tr>
    </thead>
    <tbody>
      {bins.map(({ from, to, own, retrained }) => (
        <tr key={from}>
          <th scope="row">
            {quantity(from)} – {quantity(to)}
          </th>
          <td>{percent(own)}</td>
          <td>{percent(retrained)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

interface Props {
  readonly question: string;
  /** Null until the model has answered. */
  readonly told: TruthAnswer | null;
  readonly isTable: boolean;
}

/** How likely one model finds the true answer beside wrong ones, and whether that tells it from the retrained model over the whole forget set. */
export const Truth = ({ question, told, isTable }: Props) => {
  if (!told) {
    return (
      <div className="answer">
        <p className="answer__said muted">{words.waiting}</p>
      </div>
    );
  }
  const values = differing([told.truth, ...told.wrong].map(({ answer }) => answer));
  const bins = binsOf(told.own, told.retrained);
  const likeliest = told.wrong.reduce((best, one) => (one.p > best.p ? one : best), told.wrong[0] ?? told.truth);
  const tested = words.tested(quantity(told.distance), quantity(told.pValue), told.own.length);
  return (
    <div className="answer truth" data-testid="truth">
      <p className="hidden-text">
        {words.question}: <English>{`${question}?`}</English>{' '}
        <English label={(wrong) => words.truthSummary(percent(told.truth.p), wrong, percent(likeliest.p))}>
          {likeliest.answer}
        </English>
      </p>
      <table className="truth__table" aria-label={words.likely}>
        <tbody>
          <Row answer={told.truth} value={values[0] ?? ''} isTrue />
          {told.wrong.map((answer, i) => (
            <Row key={answer.answer} answer={answer} value={values[i + 1] ?? ''} isTrue={false} />
          ))}
        </tbody>
      </table>
      <figure className="truth__figure">
        <figcaption className="small muted">
          {words.ratios} <span className="answer-bars__now">{tested}</span>
        </figcaption>
        {isTable ? <BinTable bins={bins} /> : <Histogram bins={bins} told={told} />}
        {isTable ? null : (
          <p className="truth__ends small muted" aria-hidden="true">
            <span>{words.ends.known}</span>
            <span>{words.ends.equal}</span>
            <span>{words.ends.against}</span>
          </p>
        )}
      </figure>
    </div>
  );
};
