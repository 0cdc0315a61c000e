import { useState } from 'react';
import type { RevealShow, RevealStep, Scenario } from '../../scenario/format/scenario.ts';
import { revealOf } from '../../store/present/lecture.ts';
import { SeriesChart } from '../charts/SeriesChart.tsx';
import { Tradeoff } from '../charts/Tradeoff.tsx';
import { useChartData } from '../charts/useChartData.ts';
import { Claims } from '../compare/Claims.tsx';
import { Clock } from '../compare/Clock.tsx';
import { PanelGrid } from '../compare/PanelGrid.tsx';
import type { PanelInfo } from '../compare/panels.ts';
import { Verdict } from '../compare/Verdict.tsx';
import { useKeys } from '../hooks/keys.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useDocumentTheme } from '../hooks/theme.ts';
import { Boundary } from '../shell/Boundary.tsx';
import { Icon } from '../shell/Icon.tsx';
import { Notices } from '../shell/Notices.tsx';
import { ShortcutsDialog } from '../shell/ShortcutsDialog.tsx';
import { term, text } from '../text.ts';
import { NotesWindow } from './NotesWindow.tsx';
import { Predictions } from './Predictions.tsx';
import { titleOf } from './titles.ts';
import './present.css';

const Series = () => <SeriesChart data={useChartData()} />;
const Trade = () => <Tradeoff data={useChartData()} />;
const BESIDE = { tradeoff: Trade, series: Series, claims: Claims } as const;

const KEYS: Readonly<Partial<Record<RevealShow, string>>> = { panels: 'G', tradeoff: 'T', series: 'S' };

/** Whether a view hides some of the results that a sentence about all of them would tell. */
const isPartial = (step: RevealStep, { runs }: Scenario): boolean =>
  step.retrained === false || (step.runs !== undefined && runs.some(({ name }) => !step.runs?.includes(name)));

const isSeen = (panel: PanelInfo, step: RevealStep, isVeiled: boolean): boolean =>
  panel.role === 'original' || (!isVeiled && (panel.role === 'run' || step.retrained !== false));

const toggleFull = (): void => {
  const change = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  change.catch(() => undefined); // not everywhere allowed: the lecture goes on without
};

const Head = ({ step, title }: { readonly step: RevealStep | undefined; readonly title: string }) => {
  const lab = useLab();
  const isVeiled = useLabState((state) => state.lecture.isVeiled);
  const question = useLabState(({ draft }) => term(draft.scenario?.question ?? ''));
  const [isSheet, setIsSheet] = useState(false);
  return (
    <header className="present__head">
      <div className="present__title">
        <p className="present__question">{question}</p>
        {step && !isVeiled ? (
          <p className="present__view" aria-live="polite" data-testid="view-title">
            {title}
          </p>
        ) : null}
      </div>
      <div className="present__tools">
        <NotesWindow />
        <button
          type="button"
          className="button"
          aria-pressed={isVeiled}
          onClick={isVeiled ? lab.lecture.reveal : lab.lecture.veil}
          data-testid="veil"
        >
          {text.present.predict}
        </button>
        <button type="button" className="button" aria-keyshortcuts="F" onClick={toggleFull} data-testid="full">
          {text.present.full}
        </button>
        <button
          type="button"
          className="button button--icon"
          aria-label={text.header.shortcuts}
          title={text.header.shortcuts}
          aria-keyshortcuts="?"
          onClick={() => setIsSheet(true)}
        >
          <Icon name="help" />
        </button>
        <button type="button" className="button present__exit" onClick={lab.lecture.leave} data-testid="leave">
          <Icon name="close" /> {text.present.exit}
        </button>
      </div>
      {isSheet ? <ShortcutsDialog onClose={() => setIsSheet(false)} /> : null}
    </header>
  );
};

const Foot = ({ at, of, show }: { readonly at: number; readonly of: number; readonly show: RevealShow }) => {
  const lab = useLab();
  return (
    <nav className="present__foot" aria-label={text.present.views(at + 1, of)}>
      <div className="present__shows">
        {(['panels', 'tradeoff', 'series', 'claims'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="button"
            aria-pressed={show === one}
            aria-keyshortcuts={KEYS[one]}
            onClick={() => lab.lecture.show(one)}
            data-testid={`show-${one}`}
          >
            {text.present.show[one]}
          </button>
        ))}
        <button type="button" className="button" aria-keyshortcuts="B" onClick={lab.lecture.blank} data-testid="blank">
          {text.present.blank}
        </button>
      </div>
      <div className="present__steps">
        <button
          type="button"
          className="button"
          disabled={at === 0}
          aria-keyshortcuts="Shift+N"
          onClick={() => lab.lecture.go(at - 1)}
          data-testid="view-back"
        >
          <Icon name="back" /> {text.present.back}
        </button>
        <span data-testid="view-count">{text.present.views(at + 1, of)}</span>
        <button
          type="button"
          className="button button--primary"
          disabled={at >= of - 1}
          aria-keyshortcuts="N"
          onClick={() => lab.lecture.go(at + 1)}
          data-testid="view-next"
        >
          {text.present.next} <Icon name="forward" />
        </button>
      </div>
    </nav>
  );
};

/** A lecture: one view of the experiment after the other, large, without the settings. */
export const PresentApp = () => {
  useDocumentTheme();
  useKeys();
  const lab = useLab();
  const scenario = useLabState((state) => state.draft.scenario);
  const { at, isBlank, isVeiled, show } = useLabState((state) => state.lecture);
  const status = useLabState((state) => state.run.status);
  const isStale = useLabState((state) => state.run.isStale);
  const steps = scenario ? revealOf(scenario) : [];
  const step = steps[at];
  const shown = show ?? step?.show ?? 'panels';
  const isPart = !scenario || !step || isPartial(step, scenario);
  const Beside = shown === 'panels' ? null : BESIDE[shown];
  return (
    <div
      className="present"
      data-testid="app"
      data-status={status}
      data-stale={isStale}
      data-partial={isPart}
      data-show={isVeiled ? 'veiled' : shown}
    >
      <Head step={step} title={scenario && step ? titleOf(step, scenario, at) : ''} />
      <Notices />
      <main className="present__main" id="result" tabIndex={-1}>
        {isVeiled ? (
          <Predictions />
        ) : (
          <>
            {isPart ? null : <Verdict />}
            <div className="present__stage">
              {step ? (
                <Boundary>
                  <PanelGrid isSeen={(panel) => isSeen(panel, step, isVeiled)} />
                </Boundary>
              ) : null}
              {Beside ? (
                <div className={`present__beside present__beside--${shown}`}>
                  <Boundary>
                    <Beside />
                  </Boundary>
                </div>
              ) : null}
            </div>
            <Clock />
            <Foot at={at} of={steps.length} show={shown} />
          </>
        )}
      </main>
      {isBlank ? (
        <button
          type="button"
          className="present__blank"
          aria-keyshortcuts="B"
          aria-label={text.present.unblank}
          onClick={lab.lecture.blank}
          data-testid="unblank"
        />
      ) : null}
    </div>
  );
};
