import { useState } from 'react';
import type { AnswersPicture, QuestionSet, ShownQuestions } from '../../../families/text/shown.ts';
import { answerAt, type SaidAnswer } from './answer.ts';
import { words } from './answers.text.ts';
import { English } from './English.tsx';

interface Tile {
  readonly about: string;
  readonly answer: SaidAnswer;
}

const tilesOf = (shown: ShownQuestions, picture: AnswersPicture, set: QuestionSet): readonly Tile[] =>
  shown.questions.flatMap((question, i) => {
    const answer = question.set === set ? answerAt(shown, picture, i, words.end) : undefined;
    return answer ? [{ about: question.about, answer }] : [];
  });

const isRight = ({ answer }: Tile): boolean => answer.is === 'true';

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

const TileTable = ({ tiles, label }: { readonly tiles: readonly Tile[]; readonly label: string }) => (
  <table className="truth__table" aria-label={label}>
    <tbody>
      {tiles.map(({ about, answer }) => (
        <tr key={about}>
          <th scope="row" lang="en">
            {about}
          </th>
          <td>{answer.sentence === '' ? words.silence : <English>{answer.sentence}</English>}</td>
          <td>{words.classes[answer.is]}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

interface SetProps {
  readonly tiles: readonly Tile[];
  readonly label: string;
  readonly onLight: (tile: Tile | null) => void;
}

/** One tile for each question of a set: one stop for the keyboard, arrows within. */
const TileSet = ({ tiles, label, onLight }: SetProps) => {
  const [reached, setReached] = useState(0);
  const onKey = (event: React.KeyboardEvent<HTMLButtonElement>): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(tiles.length - 1, Math.max(0, reached + step));
    event.currentTarget.parentElement?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <fieldset className="tiles" aria-label={label}>
      {tiles.map((tile, i) => (
        <button
          key={tile.about}
          type="button"
          className="tiles__one"
          data-right={isRight(tile)}
          tabIndex={i === Math.min(reached, tiles.length - 1) ? 0 : -1}
          onFocus={() => {
            setReached(i);
            onLight(tile);
          }}
          onPointerEnter={() => onLight(tile)}
          onKeyDown={onKey}
        >
          <span aria-hidden="true">{isRight(tile) ? '' : '✗ '}</span>
          <English>{tile.about}</English>
          <span className="hidden-text">
            . <English label={words.says}>{tile.answer.sentence}</English> {words.classes[tile.answer.is]}
          </span>
        </button>
      ))}
    </fieldset>
  );
};

interface Props {
  readonly shown: ShownQuestions | null;
  readonly picture: AnswersPicture | null;
  readonly isTable: boolean;
}

/** What one model still knows of real authors and of capitals, which nobody asked it to forget and no retain term has shown it. */
export const Tiles = ({ shown, picture, isTable }: Props) => {
  const [lit, setLit] = useState<Tile | null>(null);
  if (!shown || !picture) {
    return (
      <div className="answer">
        <p className="answer__said muted">{words.waiting}</p>
      </div>
    );
  }
  const current = lit && answerAtTile(shown, picture, lit.about);
  return (
    <div className="answer" data-testid="tiles" onPointerLeave={() => setLit(null)}>
      {(['real', 'world'] as const).map((set) => {
        const tiles = tilesOf(shown, picture, set);
        const label = words.stillRight(words.sets[set], tiles.filter(isRight).length, tiles.length);
        return (
          <div key={set}>
            <p className="small tiles__count" data-testid={`tiles-${set}`}>
              {label}
            </p>
            {isTable ? (
              <TileTable tiles={tiles} label={label} />
            ) : (
              <TileSet tiles={tiles} label={label} onLight={setLit} />
            )}
          </div>
        );
      })}
      {isTable ? null : (
        <p className="answer__likeliest small">
          {current ? <English label={words.says}>{current.sentence}</English> : null}
        </p>
      )}
    </div>
  );
};

const answerAtTile = (shown: ShownQuestions, picture: AnswersPicture, about: string): SaidAnswer | undefined =>
  answerAt(
    shown,
    picture,
    shown.questions.findIndex((one) => (one.set === 'real' || one.set === 'world') && one.about === about),
    words.end,
  );
