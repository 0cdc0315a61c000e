import { useId, useState } from 'react';
import { percent } from '../../format.ts';
import type { SaidAnswer, SaidWord } from './answer.ts';
import { words } from './answers.text.ts';
import { English } from './English.tsx';

const GLYPHS = { true: '✓', wrong: '✗', other: '↷', refusal: '–', gibberish: '⚠' } as const;

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

interface WordProps {
  readonly said: SaidWord;
  readonly isReached: boolean;
  readonly describedBy: string;
  readonly onLight: () => void;
  readonly onKey: (event: React.KeyboardEvent<HTMLButtonElement>) => void;
}

/** The language of a word; the end of an answer is named in the page's own. */
const languageOf = (word: string): 'en' | undefined => (word === words.end ? undefined : 'en');

/** A word, as dark as it is likely. */
const Word = ({ said, isReached, describedBy, onLight, onKey }: WordProps) => (
  <button
    type="button"
    className="answer__word"
    lang={languageOf(said.word)}
    data-mark={said.mark}
    style={{ '--p': `${Math.round(100 * said.p)}%` } as React.CSSProperties}
    tabIndex={isReached ? 0 : -1}
    aria-label={words.word(said.word, percent(said.p))}
    aria-describedby={describedBy}
    onFocus={onLight}
    onPointerEnter={onLight}
    onKeyDown={onKey}
  >
    {said.word}
  </button>
);

interface Props {
  /** What is asked, for those who hear the panels one after the other. */
  readonly question: string;
  /** The words that were given, if it only had to go on. */
  readonly given?: string;
  /** Undefined until the model has answered. */
  readonly answer: SaidAnswer | undefined;
}

/** What one model says to the question: word by word, what else it might have said at a word, and what kind of answer it is. */
export const Answer = ({ question, given = '', answer }: Props) => {
  const [lit, setLit] = useState<number | null>(null);
  const id = useId();
  if (!answer) {
    return (
      <div className="answer">
        <p className="answer__said muted">{words.waiting}</p>
      </div>
    );
  }
  const { words: said, sentence, is } = answer;
  const reached = Math.min(lit ?? 0, said.length - 1);
  const shown = lit === null ? undefined : said[lit];
  const onKey = (event: React.KeyboardEvent<HTMLButtonElement>): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = Math.min(said.length - 1, Math.max(0, reached + step));
    const buttons = event.currentTarget.parentElement?.querySelectorAll('button');
    buttons?.[next]?.focus();
  };
  return (
    <div className="answer" data-testid="answer" data-is={is} onPointerLeave={() => setLit(null)}>
      <p className="hidden-text">
        {words.question}: <English>{`${question}?`}</English>{' '}
        <English label={words.says}>{given === '' ? sentence : `${given} ${sentence}`}</English>
      </p>
      <fieldset className="answer__said answer__words" aria-label={words.words}>
        {given === '' ? null : (
          <span className="answer__given" lang="en">
            {given}
          </span>
        )}
        {said.length === 0 ? <span className="muted">{words.silence}</span> : null}
        {said.map((one, i) => (
          <Word
            key={one.at}
            said={one}
            isReached={i === reached}
            describedBy={`${id}-likeliest`}
            onLight={() => setLit(i)}
            onKey={onKey}
          />
        ))}
      </fieldset>
      <p className="answer__badge" data-is={is} data-testid="answer-class">
        <span aria-hidden="true">{GLYPHS[is]} </span>
        {words.classes[is]}
      </p>
      <p className="answer__likeliest small" id={`${id}-likeliest`} data-testid="likeliest">
        {shown
          ? shown.likeliest.map(({ word, p }) => (
              <span key={word} className="answer__likely">
                <span lang={languageOf(word)}>{word}</span> <b>{percent(p)}</b>
              </span>
            ))
          : null}
      </p>
    </div>
  );
};
