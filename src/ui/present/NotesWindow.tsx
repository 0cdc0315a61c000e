import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import type { RevealStep, Scenario } from '../../scenario/format/scenario.ts';
import { revealOf } from '../../store/present/lecture.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { Notices } from '../shell/Notices.tsx';
import { term, text } from '../text.ts';
import { titleOf } from './titles.ts';

/** A second window of this page with the page's own look; null where the browser forbids it. */
const openWindow = (): Window | null => {
  const opened = window.open('', 'unlearn-lab-notes', 'width=560,height=640');
  if (!opened) return null;
  const { document: page } = opened;
  page.title = text.present.notes;
  page.body.replaceChildren();
  page.head.replaceChildren();
  for (const sheet of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')) {
    const link = page.createElement('link');
    link.rel = 'stylesheet';
    link.href = sheet.href;
    page.head.append(link);
  }
  const { dataset, lang, dir } = document.documentElement;
  Object.assign(page.documentElement.dataset, dataset);
  page.documentElement.lang = lang;
  page.documentElement.dir = dir;
  return opened;
};

const Elapsed = ({ since }: { readonly since: number }) => {
  const lab = useLab();
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => setNow(lab.now()), 1000);
    return () => clearInterval(timer);
  }, [lab]);
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return (
    <p className="notes__time">
      {text.present.minutes(Math.floor(seconds / 60), String(seconds % 60).padStart(2, '0'))}
    </p>
  );
};

/** What a view puts on the screen, in a line. */
const shownOn = ({ show = 'panels', runs, retrained, step }: RevealStep, scenario: Scenario): string => {
  const names = [
    text.panel.original,
    ...(runs ?? scenario.runs.map(({ name }) => name)),
    ...(retrained === false ? [] : [text.panel.retrained]),
  ];
  const what = show === 'panels' ? text.listed(names) : text.present.show[show];
  if (step === undefined) return what;
  return `${what}, ${step === 'last' ? text.present.atLast : text.present.atStep(step)}`;
};

interface NextProps {
  readonly next: RevealStep | undefined;
  readonly scenario: Scenario;
  readonly at: number;
}

/** The view that comes next, so that the lecturer leads over to it. */
const Next = ({ next, scenario, at }: NextProps) => (
  <section className="notes__next" data-testid="notes-next-view">
    {next ? (
      <>
        <p className="muted">{text.present.notesNext}</p>
        <h2>{titleOf(next, scenario, at)}</h2>
        <p className="muted">
          {text.present.seen}: {shownOn(next, scenario)}
        </p>
        {next.notes ? <p className="notes__text muted">{term(next.notes)}</p> : null}
      </>
    ) : (
      <p className="muted">{text.present.notesLast}</p>
    )}
  </section>
);

const Notes = ({
  steps,
  scenario,
  at,
}: {
  readonly steps: readonly RevealStep[];
  readonly scenario: Scenario;
  readonly at: number;
}) => {
  const lab = useLab();
  const since = useLabState((state) => state.lecture.since);
  const [step, next] = [steps[at], steps[at + 1]];
  if (!step) return null;
  return (
    <main className="notes" data-testid="notes">
      <Notices />
      <header className="notes__head">
        <p>{text.present.views(at + 1, steps.length)}</p>
        <Elapsed since={since} />
      </header>
      <h1>{titleOf(step, scenario, at)}</h1>
      <p className="notes__text">{step.notes ? term(step.notes) : text.present.noNotes}</p>
      <Next next={next} scenario={scenario} at={at + 1} />
      <p className="notes__tools">
        <button type="button" className="button" disabled={at === 0} onClick={() => lab.lecture.go(at - 1)}>
          {text.present.back}
        </button>
        <button
          type="button"
          className="button button--primary"
          disabled={!next}
          onClick={() => lab.lecture.go(at + 1)}
          data-testid="notes-next"
        >
          {text.present.next}
        </button>
      </p>
    </main>
  );
};

/** Opens the speaker's notes in a second window, which follows the lecture and steers it. */
export const NotesWindow = () => {
  const [opened, setOpened] = useState<Window | null>(null);
  const [isBlocked, setIsBlocked] = useState(false);
  const scenario = useLabState((state) => state.draft.scenario);
  const at = useLabState((state) => state.lecture.at);
  useEffect(() => {
    if (!opened) return;
    // A window says nothing when its reader closes it.
    const timer = setInterval(() => opened.closed && setOpened(null), 500);
    const close = (): void => opened.close();
    window.addEventListener('pagehide', close);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', close);
      close();
    };
  }, [opened]);
  const open = (): void => {
    const own = openWindow();
    setOpened(own);
    setIsBlocked(own === null);
  };
  return (
    <>
      <button type="button" className="button button--plain" onClick={open} data-testid="open-notes">
        {text.present.notes}
      </button>
      {isBlocked ? <span role="alert">{text.present.blocked}</span> : null}
      {opened && scenario
        ? createPortal(<Notes steps={revealOf(scenario)} scenario={scenario} at={at} />, opened.document.body)
        : null}
    </>
  );
};
