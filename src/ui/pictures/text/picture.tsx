import './answers.css';
import { useMemo } from 'react';
import { ANSWER_CLASSES } from '../../../families/text/shown.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import type { FamilyPicture, PictureProps } from '../picture.ts';
import { Answer } from './Answer.tsx';
import { AnswerBars } from './AnswerBars.tsx';
import { answerAt } from './answer.ts';
import { words } from './answers.text.ts';
import { putAs, useAnswers, useAsked, useAsking, useShares, useTold } from './asked.ts';
import { QuestionPicker } from './QuestionPicker.tsx';

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
const Panel = ({ panel }: PictureProps) => {
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
    <div className="answer-panel" lang="en">
      <Answer question={question} given={way === 'prefix' ? (told?.given ?? '') : ''} answer={answer} />
      <AnswerBars title={words.forget} columns={forget} step={step} />
      <AnswerBars title={words.retain} columns={retain} step={step} />
    </div>
  );
};

/** The question that all models answer. */
const Above = () => {
  const lab = useLab();
  const { shown, index } = useAsked();
  const way = useAsking();
  if (!shown) return null;
  return (
    <>
      <QuestionPicker questions={shown.questions} index={index} way={way} onWay={putAs} onAsk={lab.view.lightPoint} />
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
    </>
  );
};

export const picture: FamilyPicture = { Panel, Above };
