import {
  ASKINGS,
  type Asking,
  QUESTION_SETS,
  type QuestionSet,
  type ShownQuestion,
} from '../../../families/text/shown.ts';
import { words } from './answers.text.ts';
import { FACES, type PanelFace } from './asked.ts';
import { English } from './English.tsx';

interface Props {
  readonly questions: readonly ShownQuestion[];
  /** Which one is asked. */
  readonly index: number;
  /** How it is put. */
  readonly way: Asking;
  readonly onWay: (way: Asking) => void;
  readonly onAsk: (index: number) => void;
  /** What panels show of it. */
  readonly face: PanelFace;
  readonly onFace: (face: PanelFace) => void;
  readonly tools: React.ReactNode;
}

const FaceField = ({ face, onFace }: Pick<Props, 'face' | 'onFace'>) => (
  <label>
    <span className="hidden-text">{words.face}</span>
    <select
      className="field__select field__select--inline"
      value={face}
      data-testid="panel-face"
      onChange={(event) => onFace(event.target.value as PanelFace)}
    >
      {FACES.map((one) => (
        <option key={one} value={one}>
          {words.faces[one]}
        </option>
      ))}
    </select>
  </label>
);

const WayField = ({ way, onWay }: Pick<Props, 'way' | 'onWay'>) => (
  <label>
    <span className="hidden-text">{words.way}</span>
    <select
      className="field__select field__select--inline"
      value={way}
      data-testid="question-way"
      onChange={(event) => onWay(event.target.value as Asking)}
    >
      {ASKINGS.map((one) => (
        <option key={one} value={one}>
          {words.ways[one]}
        </option>
      ))}
    </select>
  </label>
);

/** Chooses the one question that all models answer: whom it is about, then what. */
export const QuestionPicker = ({ questions, index, way, onWay, onAsk, face, onFace, tools }: Props) => {
  const asked = questions[index];
  const set: QuestionSet = asked?.set ?? 'forget';
  const inSet = questions.flatMap((one, i) => (one.set === set ? [{ ...one, i }] : []));
  const sets = QUESTION_SETS.filter((one) => questions.some((question) => question.set === one));
  const onNext = (): void => {
    const at = inSet.findIndex(({ i }) => i === index);
    onAsk(inSet[(at + 1) % inSet.length]?.i ?? index);
  };
  if (face === 'world') {
    return (
      <div className="question" data-testid="question">
        <FaceField face={face} onFace={onFace} />
        {tools}
        <p className="question__text">{words.worldHint}</p>
      </div>
    );
  }
  return (
    <div className="question" data-testid="question">
      <FaceField face={face} onFace={onFace} />
      <label>
        <span className="hidden-text">{words.set}</span>
        <select
          className="field__select field__select--inline"
          value={set}
          data-testid="question-set"
          onChange={(event) => onAsk(questions.findIndex((question) => question.set === event.target.value))}
        >
          {sets.map((one) => (
            <option key={one} value={one}>
              {words.sets[one]}
            </option>
          ))}
        </select>
      </label>
      <label className="question__which">
        <span className="hidden-text">{words.ask}</span>
        <select
          className="field__select field__select--inline"
          value={index}
          data-testid="question-which"
          onChange={(event) => onAsk(Number(event.target.value))}
        >
          {inSet.map(({ i, about, topic }) => (
            <option key={i} value={i}>
              {about}: {words.topics[topic]}
            </option>
          ))}
        </select>
      </label>
      {face === 'answers' ? <WayField way={way} onWay={onWay} /> : null}
      <button type="button" className="button" onClick={onNext} data-testid="question-next">
        {words.next}
      </button>
      {tools}
      <p className="question__text" data-testid="question-text">
        <b lang="en">{asked?.question ?? ''}?</b>{' '}
        <span className="muted">{asked ? <English label={words.truth}>{asked.answer}</English> : null}</span>
      </p>
    </div>
  );
};
