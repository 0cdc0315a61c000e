import './answers.css';
import { useMemo } from 'react';
import { ANSWER_CLASSES } from '../../../families/text/shown.ts';
import { TableToggle } from '../../charts/TableToggle.tsx';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { text } from '../../text.ts';
import type { FamilyPicture, PictureProps } from '../picture.ts';
import { Answer } from './Answer.tsx';
import { AnswerBars } from './AnswerBars.tsx';
import { answerAt } from './answer.ts';
import { words } from './answers.text.ts';
import {
  putAs,
  showFace,
  showTable,
  useAnswers,
  useAsked,
  useAsking,
  useIsTable,
  usePanelFace,
  useShares,
  useTold,
  useTruth,
} from './asked.ts';
import { QuestionPicker } from './QuestionPicker.tsx';
import { TakeAnswers } from './TakeAnswers.tsx';
import { Tiles } from './Tiles.tsx';
import { Truth } from './Truth.tsx';

const OF_FORGET = {
  true: 'forgetTrue',
  wrong: 'forgetWrong',
  other: 'forgetOther',
  refusal: 'forgetRefusal',
  gibberish: 'forgetGibberish',
} as const;

const OF_RETAIN = {
  true: 'retainTrue',
  wrong: 'retainWrong',
  other: 'retainOther',
  refusal: 'retainRefusal',
  gibberish: 'retainGibberish',
} as const;

/** What one model says to the question, and what kinds of answer it gives to all of them. */
const AnswerPanel = ({ panel }: PictureProps) => {
  const { shown, index } = useAsked();
  const picture = useAnswers(panel);
  const way = useAsking();
  const told = useTold(panel, shown?.questions[index]?.item);
  const step = useLabState((state) => state.view.step);
  const forget = useShares(panel, OF_FORGET);
  const retain = useShares(panel, OF_RETAIN);
  const answer = useMemo(() => {
    if (!shown) return undefined;
    if (way === 'learned') return picture ? answerAt(shown, picture, index, words.end) : undefined;
    return told ? answerAt(shown, told.picture, 0, words.end) : undefined;
  }, [shown, picture, told, way, index]);
  const question = told?.question ?? shown?.questions[index]?.question ?? '';
  return (
    <>
      <Answer question={question} given={way === 'prefix' ? (told?.given ?? '') : ''} answer={answer} />
      <AnswerBars title={words.forget} columns={forget} step={step} />
      <AnswerBars title={words.retain} columns={retain} step={step} />
    </>
  );
};

const TruthPanel = ({ panel }: PictureProps) => {
  const { shown, index } = useAsked();
  const asked = shown?.questions[index];
  return <Truth question={asked?.question ?? ''} told={useTruth(panel, asked?.item)} isTable={useIsTable()} />;
};

const WorldPanel = ({ panel }: PictureProps) => {
  const { shown } = useAsked();
  return <Tiles shown={shown} picture={useAnswers(panel)} isTable={useIsTable()} />;
};

const PANELS = { answers: AnswerPanel, truth: TruthPanel, world: WorldPanel } as const;

/** One model, from the side that all panels show. */
const Panel = (props: PictureProps) => {
  const Shown = PANELS[usePanelFace()];
  return (
    <div className="answer-panel">
      <Shown {...props} />
    </div>
  );
};

const AnswerLegend = () => (
  <p className="question__legend small muted">
    {words.legend}{' '}
    {ANSWER_CLASSES.map((kind) => (
      <span key={kind} className="answer-key">
        <svg viewBox="0 0 10 10" aria-hidden="true">
          <rect className={`answer-bars__${kind}`} width={10} height={10} />
        </svg>{' '}
        {words.classes[kind]}
      </span>
    ))}
  </p>
);

/** The question that all models answer, and what of it is shown. */
const Above = () => {
  const lab = useLab();
  const { shown, index } = useAsked();
  const way = useAsking();
  const face = usePanelFace();
  const isTable = useIsTable();
  if (!shown) return null;
  const tools =
    face === 'answers' ? null : (
      <TableToggle isTable={isTable} label={`${words.faces[face]}: ${text.charts.table}`} onToggle={showTable} />
    );
  return (
    <>
      <QuestionPicker
        {...{ index, way, face, tools }}
        questions={shown.questions}
        onWay={putAs}
        onAsk={lab.view.lightPoint}
        onFace={showFace}
      />
      {face === 'answers' ? <AnswerLegend /> : null}
      {face === 'truth' ? <p className="question__legend small muted">{words.truthLegend}</p> : null}
    </>
  );
};

export const picture: FamilyPicture = { Panel, Above, Take: TakeAnswers };
