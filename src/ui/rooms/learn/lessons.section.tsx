import { useMemo, useRef } from 'react';
import type { Scenario } from '../../../scenario/format/scenario.ts';
import type { Lesson } from '../../../scenario/lesson/lesson.ts';
import { lessons, type ShippedLesson } from '../../../scenario/lesson/lessons.ts';
import { parseLesson } from '../../../scenario/lesson/parse.ts';
import { donePages } from '../../../store/lesson/progress.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { Icon } from '../../shell/Icon.tsx';
import type { RoomSection } from '../room.ts';
import { words } from './lessons.text.ts';
import { SketchPicture } from './Sketch.tsx';
import './learn.css';
import { term } from '../../text.ts';

/** The experiment that a lesson opens first. */
const beginningOf = ({ pages }: Lesson): Scenario | null =>
  pages.find(({ enter }) => enter.experiment)?.enter.experiment ?? null;

const LessonItem = ({ lesson }: { readonly lesson: ShippedLesson }) => {
  const lab = useLab();
  const { id, about, minutes, pages } = lesson;
  const title = term(lesson.title);
  const done = useLabState((state) => pages.filter((page) => donePages(state.lesson, id).includes(page)).length);
  const catalogue = useLabState((state) => state.catalogue);
  const presets = useLabState((state) => state.presets);
  const first = useMemo(
    () => (catalogue ? beginningOf(parseLesson(lesson.input, catalogue, presets)) : null),
    [lesson, catalogue, presets],
  );
  const isOver = done === pages.length;
  const verb = isOver ? words.again : done > 0 ? words.resume : words.start;
  return (
    <li className="card" data-testid={`lesson-${id}`}>
      {first ? <SketchPicture scenario={first} /> : null}
      <h3 className="card__title">{title}</h3>
      <p>{term(about)}</p>
      <p className="card__foot">
        <span className="small muted">
          {words.minutes(minutes)} · {isOver ? <b>✓ {words.finished}</b> : words.pages(done, pages.length)}
        </span>
        <button
          type="button"
          className="button button--primary"
          aria-label={words.starts(verb, title)}
          disabled={!catalogue || lab.isLocked}
          onClick={() => void lab.lesson.open(id)}
          data-testid={`start-${id}`}
        >
          {verb}
        </button>
      </p>
      <progress className="card__bar" value={done} max={pages.length} aria-hidden="true" />
    </li>
  );
};

/** An instructor's lesson, or any other file that the page can open. */
const OwnFile = () => {
  const lab = useLab();
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="learn__own">
      <button
        type="button"
        className="button"
        disabled={lab.isLocked}
        onClick={() => input.current?.click()}
        data-testid="open-lesson"
      >
        <Icon name="file" />
        {words.file}
      </button>
      <input
        ref={input}
        type="file"
        accept=".json,.npz,application/json"
        hidden
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = '';
          if (file) void lab.draft.openFile(file);
        }}
        data-testid="lesson-file"
      />
      <p className="small muted">{words.fileHint}</p>
    </div>
  );
};

const Lessons = () => (
  <>
    <ul className="cards">
      {lessons.map((lesson) => (
        <LessonItem key={lesson.id} lesson={lesson} />
      ))}
    </ul>
    <OwnFile />
  </>
);

export default { words, order: 10, Component: Lessons } satisfies RoomSection;
