import type { PagePrediction } from '../../scenario/lesson/lesson.ts';
import { useLab } from '../hooks/lab.ts';
import { term, text } from '../text.ts';

interface Props {
  readonly predict: PagePrediction;
  /** The answer that was given; undefined before. */
  readonly answer: number | undefined;
  /** What was right, null for none of the answers; undefined while that is not known. */
  readonly right: number | null | undefined;
}

/** What becomes of an answer, in words: nothing hangs on color alone. */
const noteOf = (index: number, { predict, answer, right }: Props): string => {
  const notes = [
    ...(index === answer ? [text.lesson.yours] : []),
    ...(index === right ? [predict.right === undefined ? text.lesson.happened : text.lesson.right] : []),
  ];
  return notes.join(', ');
};

/** The outcome as a sentence; empty while it is open. */
export const outcomeOf = ({ predict, answer, right }: Props): string => {
  if (answer === undefined || right === undefined) return '';
  if (right === null) return text.lesson.wasNone;
  return right === answer ? text.lesson.wasRight : text.lesson.wasWrong(term(predict.options[right]?.text ?? ''));
};

/** A question that is answered once, and decided by what happens. */
export const Question = (props: Props) => {
  const { predict, answer, right } = props;
  const lab = useLab();
  return (
    <fieldset className="question" data-testid="lesson-question">
      <legend className="question__title">{term(predict.question)}</legend>
      {predict.right === undefined && answer === undefined ? (
        <p className="small muted">{text.lesson.predict}</p>
      ) : null}
      <ul className="question__options">
        {predict.options.map((option, index) => {
          const note = noteOf(index, props);
          return (
            <li key={option.text}>
              <button
                type="button"
                className="question__option"
                aria-pressed={index === answer}
                aria-disabled={answer !== undefined}
                data-right={index === right}
                onClick={() => lab.lesson.answer(index)}
                data-testid={`lesson-option-${index}`}
              >
                <span aria-hidden="true">{index === right ? '✓' : index === answer ? '●' : '○'}</span>
                <span>
                  {term(option.text)}
                  {note === '' ? null : <span className="question__note"> ({note})</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
      {answer !== undefined ? (
        <p className="question__outcome" data-testid="lesson-outcome">
          {outcomeOf(props) || text.lesson.waiting}
        </p>
      ) : null}
    </fieldset>
  );
};
