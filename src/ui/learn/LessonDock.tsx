import { Suspense } from 'react';
import { useLabState } from '../hooks/lab.ts';
import { Boundary } from '../shell/Boundary.tsx';
import { lazily } from '../shell/lazily.ts';

const LessonCard = lazily(async () => (await import('./LessonCard.tsx')).LessonCard);

/** Where a lesson is docked; nothing while none is open. */
export const LessonDock = () => {
  const isOpen = useLabState((state) => state.lesson.lesson !== null);
  return isOpen ? (
    <Boundary>
      <Suspense fallback={null}>
        <LessonCard />
      </Suspense>
    </Boundary>
  ) : null;
};
