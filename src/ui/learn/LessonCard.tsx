import { useEffect, useRef, useState } from 'react';
import type { LessonPage } from '../../scenario/lesson/lesson.ts';
import { donePages } from '../../store/lesson/progress.ts';
import { HeroKnob } from '../compare/HeroKnob.tsx';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useIsNarrow } from '../hooks/media.ts';
import { Icon } from '../shell/Icon.tsx';
import { term, text } from '../text.ts';
import { CopyLesson } from './CopyLesson.tsx';
import { useHighlight } from './highlight.ts';
import './lesson.css';
import { Prose } from './Prose.tsx';
import { outcomeOf, Question } from './Question.tsx';

/** The pages as marks to go to; the one on screen and those that are done are told apart. */
const Pages = ({ pages, done }: { readonly pages: readonly LessonPage[]; readonly done: readonly string[] }) => {
  const lab = useLab();
  const current = useLabState((state) => state.lesson.page);
  return (
    <nav aria-label={text.lesson.pages}>
      <ol className="lesson__pages">
        {pages.map(({ id, title }, index) => {
          const label = text.lesson.pageButton(index + 1, term(title), done.includes(id));
          return (
            <li key={id}>
              <button
                type="button"
                className="lesson__mark"
                aria-label={label}
                title={label}
                aria-current={index === current ? 'page' : undefined}
                onClick={() => lab.lesson.go(index)}
              >
                {done.includes(id) ? '✓' : index + 1}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
};

/** The open lesson, docked beside the experiment: predict, do, see, explain. */
export const LessonCard = () => {
  const lab = useLab();
  const isNarrow = useIsNarrow();
  const slice = useLabState((state) => state.lesson);
  const [isFolded, setIsFolded] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  const { lesson, page: index, key } = slice;
  const page = lesson?.pages[index];
  const id = page?.id ?? '';
  useHighlight(page?.highlight, id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page is read from its title on
  useEffect(() => {
    // What the page points at comes into view after this; until then it is the maps.
    if (isNarrow) document.querySelector('.grid__panels')?.scrollIntoView({ block: 'start' });
    title.current?.focus({ preventScroll: true });
    title.current?.closest('.lesson__body')?.scrollTo(0, 0);
  }, [id]);
  if (!lesson || !page) return null;
  const done = donePages(slice, key);
  const isDone = done.includes(id);
  const { predict } = page;
  const question = predict ? { predict, answer: slice.answers[id], right: slice.right[id] } : null;
  const isAsked = question !== null && question.answer === undefined;
  const isLast = index + 1 === lesson.pages.length;
  const isOpen = (page.predict !== undefined || page.check !== undefined) && !isDone;
  const outcome = question ? outcomeOf(question) : '';
  const news = isDone ? [page.task ? text.lesson.doneTask(term(page.task)) : '', outcome].join(' ').trim() : '';
  return (
    <aside className="lesson" aria-label={text.lesson.label(term(lesson.title))} data-testid="lesson" data-page={id}>
      <header className="lesson__head">
        <p className="lesson__name">
          {term(lesson.title)}{' '}
          <span className="lesson__count small muted">{text.lesson.page(index + 1, lesson.pages.length)}</span>
        </p>
        {isNarrow ? (
          <button
            type="button"
            className="button button--plain button--icon lesson__fold"
            aria-expanded={!isFolded}
            aria-label={isFolded ? text.lesson.unfold : text.lesson.fold}
            onClick={() => setIsFolded(!isFolded)}
            data-testid="lesson-fold"
          >
            <Icon name="chevron" />
          </button>
        ) : null}
        <button
          type="button"
          className="button button--plain button--icon"
          aria-label={text.lesson.leave}
          title={text.lesson.leave}
          onClick={lab.lesson.leave}
          data-testid="lesson-leave"
        >
          <Icon name="close" />
        </button>
      </header>
      <p className="hidden-text" role="status" data-testid="lesson-news">
        {news}
      </p>
      <div className="lesson__body" hidden={isNarrow && isFolded}>
        <h2 className="lesson__title" tabIndex={-1} ref={title} data-testid="lesson-title">
          {term(page.title)}
        </h2>
        <Prose>{term(page.body)}</Prose>
        {page.highlight === 'knob' && !isNarrow ? <HeroKnob /> : null}
        {question ? <Question {...question} /> : null}
        {page.task && !isAsked ? (
          <p className="lesson__task" data-done={isDone} data-testid="lesson-task">
            <span aria-hidden="true">{isDone ? '✓' : '○'}</span>
            <span>
              <b>{isDone ? text.lesson.done : text.lesson.task}:</b> {term(page.task)}
            </span>
          </p>
        ) : null}
        {page.after && isDone ? (
          <div className="lesson__after" data-testid="lesson-after">
            <Prose>{term(page.after)}</Prose>
          </div>
        ) : null}
        {slice.source && isLast ? <CopyLesson /> : null}
      </div>
      <footer className="lesson__foot" hidden={isNarrow && isFolded}>
        <Pages pages={lesson.pages} done={done} />
        <button
          type="button"
          className="button"
          disabled={index === 0}
          onClick={() => lab.lesson.go(index - 1)}
          data-testid="lesson-back"
        >
          {text.lesson.back}
        </button>
        <button
          type="button"
          className={isOpen ? 'button' : 'button button--primary'}
          onClick={lab.lesson.next}
          data-testid="lesson-next"
        >
          {isLast ? text.lesson.finish : isOpen ? text.lesson.skip : text.lesson.next}
        </button>
      </footer>
    </aside>
  );
};
