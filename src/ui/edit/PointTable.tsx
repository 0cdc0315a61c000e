import { useState } from 'react';
import type { PaintedPoint } from '../../scenario/points/paint.ts';
import { className } from '../theme/palette.ts';
import { editText } from './edit.text.ts';

const ROWS = 25;

interface Props {
  readonly points: readonly PaintedPoint[];
  /** `index` is into `points`. */
  readonly onMark: (index: number, isForget: boolean) => void;
}

/** The training points in words and numbers, each with a box that says whether it is to be forgotten. */
export const PointTable = ({ points, onMark }: Props) => {
  const [first, setFirst] = useState(0);
  const words = editText.table;
  const train = points.flatMap((point, index) => (point.isTest ? [] : [{ ...point, index }]));
  const from = Math.min(first, Math.max(0, train.length - 1));
  const rows = train.slice(from, from + ROWS);
  return (
    <details className="editor__details" data-testid="point-table">
      <summary>{words.open}</summary>
      <div className="editor__scroll">
        <table className="editor__table">
          <caption className="hidden-text">{words.caption}</caption>
          <thead>
            <tr>
              {[words.index, words.label, words.x, words.y, words.forget].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ place, label, isForget, index }, i) => (
              <tr key={index}>
                <th scope="row">{from + i}</th>
                <td>{className(label)}</td>
                <td>{Number(place[0].toPrecision(4))}</td>
                <td>{Number(place[1].toPrecision(4))}</td>
                <td>
                  <input
                    type="checkbox"
                    checked={isForget}
                    aria-label={words.forgetOne(from + i)}
                    onChange={(event) => onMark(index, event.target.checked)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="editor__row">
        <button
          type="button"
          className="button"
          disabled={from === 0}
          onClick={() => setFirst(Math.max(0, from - ROWS))}
        >
          {words.earlier}
        </button>
        <span className="small muted">
          {words.range(Math.min(from + 1, train.length), Math.min(from + ROWS, train.length), train.length)}
        </span>
        <button
          type="button"
          className="button"
          disabled={from + ROWS >= train.length}
          onClick={() => setFirst(from + ROWS)}
        >
          {words.later}
        </button>
      </div>
    </details>
  );
};
