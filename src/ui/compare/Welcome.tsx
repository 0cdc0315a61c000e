import { useState } from 'react';
import { useLab, useLabState } from '../hooks/lab.ts';
import { text } from '../text.ts';

/** What somebody who has never heard of unlearning does first. */
export const FIRST_LESSON = { id: 'ga-vs-npo', minutes: 5 } as const;

/** What this page is, in a sentence, and where to begin; not for somebody who has work here already. */
export const Welcome = () => {
  const lab = useLab();
  const isReady = useLabState((state) => state.catalogue !== null);
  const isLesson = useLabState((state) => state.lesson.lesson !== null);
  const [isNew] = useState(() => lab.store.getState().draft.past.length === 0);
  if (!isNew || isLesson || lab.isLocked) return null;
  return (
    <p className="welcome" data-testid="welcome">
      <span>{text.welcome.what}</span>
      <button
        type="button"
        className="button"
        disabled={!isReady}
        onClick={() => void lab.lesson.open(FIRST_LESSON.id)}
        data-testid="first-lesson"
      >
        {text.welcome.lesson(FIRST_LESSON.minutes)}
      </button>
    </p>
  );
};
