import { ANSWER_CLASSES, type AnswerClass } from '../../../families/text/shown.ts';
import { percent } from '../../format.ts';
import { words } from './answers.text.ts';

/** Shares of the answer classes at a recorded step. */
export interface ClassShares {
  readonly step: number;
  readonly shares: Readonly<Record<AnswerClass, number>>;
}

interface Props {
  /** Of whose questions. */
  readonly title: string;
  readonly columns: readonly ClassShares[];
  /** The clock's step. */
  readonly step: number;
}

const HEIGHT = 34;

/** One column of answer classes for each recorded step, the clock's own marked; the same in words for those who hear it. */
export const AnswerBars = ({ title, columns, step }: Props) => {
  const current = columns.findLast((column) => column.step <= step) ?? columns[0];
  const spoken = current
    ? words.column(
        current.step,
        ANSWER_CLASSES.filter((kind) => current.shares[kind] > 0)
          .map((kind) => words.share(percent(current.shares[kind]), words.classes[kind]))
          .join(', '),
      )
    : words.waiting;
  return (
    <figure className="answer-bars" data-testid="answer-bars">
      <figcaption className="small muted">
        {title} <span className="answer-bars__now">{spoken}</span>
      </figcaption>
      <svg viewBox={`0 0 ${Math.max(1, columns.length) * 10} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <title>{title}</title>
        {columns.map((column, i) => {
          let top = 0;
          return (
            <g key={column.step} data-current={column === current}>
              {ANSWER_CLASSES.map((kind) => {
                const height = column.shares[kind] * HEIGHT;
                const y = top;
                top += height;
                return height > 0 ? (
                  <rect key={kind} className={`answer-bars__${kind}`} x={i * 10 + 1} y={y} width={8} height={height} />
                ) : null;
              })}
              {column === current ? (
                <rect className="answer-bars__mark" x={i * 10 + 1} y={HEIGHT - 2} width={8} height={2} />
              ) : null}
            </g>
          );
        })}
      </svg>
    </figure>
  );
};
