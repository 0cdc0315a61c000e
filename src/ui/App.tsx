import { Suspense, useState } from 'react';
import { isToBePredicted } from '../store/lesson/progress.ts';
import { Charts } from './compare/Charts.tsx';
import { Claims } from './compare/Claims.tsx';
import { Clock } from './compare/Clock.tsx';
import { HeroKnob } from './compare/HeroKnob.tsx';
import { PanelGrid } from './compare/PanelGrid.tsx';
import { Verdict } from './compare/Verdict.tsx';
import { Welcome } from './compare/Welcome.tsx';
import { useGiven } from './hooks/given.ts';
import { useKeys } from './hooks/keys.ts';
import { useLabState } from './hooks/lab.ts';
import { useIsNarrow } from './hooks/media.ts';
import { useDocumentTheme } from './hooks/theme.ts';
import { LessonDock } from './learn/LessonDock.tsx';
import { Room } from './rooms/Room.tsx';
import { Boundary } from './shell/Boundary.tsx';
import { Dialog } from './shell/Dialog.tsx';
import { Header } from './shell/Header.tsx';
import { lazily } from './shell/lazily.ts';
import { Notices } from './shell/Notices.tsx';
import { text } from './text.ts';

/** Forms have nothing to show before the worker has said what there is; they are fetched while it starts. */
const DataPanel = lazily(async () => (await import('./forms/DataPanel.tsx')).DataPanel);
const RunsPanel = lazily(async () => (await import('./forms/RunsPanel.tsx')).RunsPanel);

type Sheet = 'data' | 'runs';

const SHEETS = { data: DataPanel, runs: RunsPanel } as const;

/** On a phone the side panels are sheets, one at a time. */
const Sheets = () => {
  const [open, setOpen] = useState<Sheet | null>(null);
  const Content = open ? SHEETS[open] : null;
  return (
    <>
      <nav className="bottom" aria-label={text.header.sheets}>
        {(['data', 'runs'] as const).map((sheet) => (
          <button
            key={sheet}
            type="button"
            className="bottom__button"
            onClick={() => setOpen(sheet)}
            data-testid={`sheet-${sheet}`}
          >
            {text.header[sheet]}
          </button>
        ))}
      </nav>
      {open && Content ? (
        <Dialog title={text.header[open]} kind="sheet" onClose={() => setOpen(null)} testId={`${open}-sheet`}>
          <Boundary>
            <Suspense>
              <Content />
            </Suspense>
          </Boundary>
        </Dialog>
      ) : null}
    </>
  );
};

/** Compare: the panels, one clock, the verdict, two charts; data on the left, methods on the right. */
export const App = () => {
  useDocumentTheme();
  useKeys();
  const isHeld = useGiven();
  const isNarrow = useIsNarrow();
  const isStale = useLabState((state) => state.run.isStale);
  const room = useLabState((state) => state.view.room);
  const status = useLabState((state) => state.run.status);
  const isLesson = useLabState((state) => state.lesson.lesson !== null);
  /** Nothing in the room Learn is about the experiment that is open, unless a lesson asks for it. */
  const isReading = room === 'learn' && !isLesson;
  const isPredicting = useLabState(({ lesson }) => isToBePredicted(lesson));
  return (
    <div
      className="app"
      data-testid="app"
      data-status={status}
      data-stale={isStale}
      data-lesson={isLesson}
      data-predicting={isPredicting}
      data-room={room}
    >
      <button type="button" className="skip" onClick={() => document.getElementById('result')?.focus()}>
        {text.skip}
      </button>
      <Header />
      <Notices />
      {isHeld ? (
        <p className="held" role="status" data-testid="drop-hint">
          {text.file.drop}
        </p>
      ) : null}
      <LessonDock />
      <main className="main" id="result" tabIndex={-1}>
        {room === 'compare' ? <Welcome /> : null}
        {isReading ? null : (
          <>
            <div className="summary">
              <Verdict />
              {isLesson || room !== 'compare' ? null : <Claims />}
            </div>
            <Clock />
          </>
        )}
        {room === 'compare' ? (
          <>
            <Boundary>
              <PanelGrid />
            </Boundary>
            <Charts />
            {isNarrow ? <HeroKnob /> : null}
          </>
        ) : (
          <>
            {isReading ? <h1 className="hidden-text">{text.rooms.names[room]}</h1> : null}
            <Room room={room} />
          </>
        )}
      </main>
      {isReading ? null : isNarrow ? (
        <Sheets />
      ) : (
        <>
          <aside className="side side--left" aria-label={text.header.data}>
            <Boundary>
              <Suspense>
                <DataPanel />
              </Suspense>
            </Boundary>
          </aside>
          <aside className="side side--right" aria-label={text.header.runs}>
            <Boundary>
              <Suspense>
                <RunsPanel />
              </Suspense>
            </Boundary>
          </aside>
        </>
      )}
    </div>
  );
};
