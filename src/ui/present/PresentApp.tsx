import type { RevealStep, Scenario } from '../../scenario/format/scenario.ts';
import { revealOf } from '../../store/present/lecture.ts';
import { SeriesChart } from '../charts/SeriesChart.tsx';
import { Tradeoff } from '../charts/Tradeoff.tsx';
import { useChartData } from '../charts/useChartData.ts';
import { Clock } from '../compare/Clock.tsx';
import { PanelGrid } from '../compare/PanelGrid.tsx';
import type { PanelInfo } from '../compare/panels.ts';
import { Verdict } from '../compare/Verdict.tsx';
import { useIsIdle } from '../hooks/idle.ts';
import { useKeys } from '../hooks/keys.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useDocumentTheme } from '../hooks/theme.ts';
import { Boundary } from '../shell/Boundary.tsx';
import { term, text } from '../text.ts';
import { ClaimsView } from './ClaimsView.tsx';
import { Predictions } from './Predictions.tsx';
import { StageSteps, StageTools } from './StageTools.tsx';
import { titleOf } from './titles.ts';
import './present.css';
import './stage.css';

/** The controls are gone from the stage after so long without a hand on the page. */
const IDLE_MS = 3500;

const Series = () => <SeriesChart data={useChartData()} />;
const Trade = () => <Tradeoff data={useChartData()} />;
const VIEWS = { tradeoff: Trade, series: Series, claims: ClaimsView } as const;

/** Whether a view hides some of the results that a sentence about all of them would tell. */
const isPartial = (step: RevealStep, { runs }: Scenario): boolean =>
  step.retrained === false || (step.runs !== undefined && runs.some(({ name }) => !step.runs?.includes(name)));

const isSeen = (panel: PanelInfo, step: RevealStep): boolean =>
  panel.role === 'original' || panel.role === 'run' || step.retrained !== false;

/** A lecture: one view of the experiment after the other, large, and nothing else on the screen. */
export const PresentApp = () => {
  useDocumentTheme();
  useKeys();
  const lab = useLab();
  const isIdle = useIsIdle(IDLE_MS);
  const scenario = useLabState((state) => state.draft.scenario);
  const { at, isBlank, isVeiled, show } = useLabState((state) => state.lecture);
  const status = useLabState((state) => state.run.status);
  const isStale = useLabState((state) => state.run.isStale);
  const isPlaying = useLabState((state) => state.view.isPlaying);
  const steps = scenario ? revealOf(scenario) : [];
  const step = steps[at];
  const shown = show ?? step?.show ?? 'panels';
  const isPart = !scenario || !step || isPartial(step, scenario);
  const View = shown === 'panels' ? null : VIEWS[shown];
  return (
    <div
      className="present"
      data-testid="app"
      data-status={status}
      data-stale={isStale}
      data-partial={isPart}
      data-show={isVeiled ? 'veiled' : shown}
      data-idle={isIdle && !isPlaying}
    >
      <header className="present__head">
        <div className="present__title">
          <p className="present__question">{term(scenario?.question ?? '')}</p>
          {scenario && step && !isVeiled ? (
            <p className="present__view" aria-live="polite" data-testid="view-title">
              {titleOf(step, scenario, at)}
            </p>
          ) : null}
        </div>
        <StageTools />
      </header>
      <main className="present__main" id="result" tabIndex={-1}>
        {isVeiled ? (
          <Predictions />
        ) : (
          <>
            {isPart || shown === 'claims' ? null : <Verdict />}
            <div className="present__stage">
              <Boundary>
                {View ? <View /> : step ? <PanelGrid isSeen={(panel) => isSeen(panel, step)} /> : null}
              </Boundary>
            </div>
            <Clock />
            <StageSteps at={at} of={steps.length} show={shown} />
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
