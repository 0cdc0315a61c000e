import type { StoreApi } from 'zustand/vanilla';
import { evaluateClaims } from '../../scenario/format/claims.ts';
import type { Results } from '../../scenario/format/results.ts';
import type { Scenario } from '../../scenario/format/scenario.ts';
import { keysOf, valueAt } from '../../scenario/format/setting-path.ts';
import type { LessonFacts } from '../../scenario/lesson/condition.ts';
import type { LessonNumber } from '../../scenario/lesson/lesson.ts';
import type { ModelRef } from '../../sim/events.ts';
import { totalSteps } from '../clock/clock.ts';
import type { LabRun, LabState } from '../contracts/state.ts';
import { computesTheSame } from '../draft/history.ts';
import { bandAt } from '../numbers/series.ts';

/** What lessons may ask of the lab. Results are summed up once per finished run. */
export const lessonFacts = (store: StoreApi<LabState>): (() => LessonFacts) => {
  let summed: { readonly run: LabRun; readonly results: Results } | null = null;
  const resultsOf = (run: LabRun): Results => {
    if (summed?.run !== run) summed = { run, results: run.collector.results() };
    return summed.results;
  };

  let compared: { readonly draft: Scenario; readonly run: Scenario; readonly isSame: boolean } | null = null;
  /** An edit changes the draft before anything says that the numbers on screen are old. */
  const isOf = (run: LabRun, draft: Scenario): boolean => {
    if (compared?.draft !== draft || compared.run !== run.scenario) {
      compared = { draft, run: run.scenario, isSame: computesTheSame(draft, run.scenario) };
    }
    return compared.isSame;
  };

  return () => {
    const { draft, run, view, attacks } = store.getState();
    const { shown } = run;
    /** What is on screen is, as far as it goes, the experiment as it stands. */
    const isCurrent = shown !== null && shown === run.current && !run.isStale;
    const current = isCurrent && draft.scenario && isOf(shown, draft.scenario) ? shown : null;
    const number = (name: LessonNumber): number => {
      switch (name) {
        case 'seeds':
          return draft.scenario?.seeds.length ?? 0;
        case 'runs':
          return draft.scenario?.runs.length ?? 0;
        case 'step':
          return current ? view.step : 0;
        case 'share':
          return current && totalSteps(current) > 0 ? view.step / totalSteps(current) : 0;
      }
    };
    return {
      room: view.room,
      isFinished: current !== null && run.status === 'finished',
      number,
      setting: (path) => {
        const { scenario } = draft;
        const keys = scenario ? keysOf(scenario, path) : null;
        const value = scenario && keys ? valueAt(scenario, keys) : undefined;
        const isPlain = typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean';
        return isPlain ? value : undefined;
      },
      metric: (name, metric) => {
        if (!current) return [];
        const { collector } = current;
        const models: readonly ModelRef[] =
          name === 'original' || name === 'retrained'
            ? [name]
            : collector.variants.filter((variant) => variant.name === name).map(({ variant }) => variant);
        const bands = models.map((model) => bandAt(collector, model, metric, view.step));
        return bands.every((band) => band !== null) ? bands.map(({ median }) => median) : [];
      },
      claim: (claim) => (current ? (evaluateClaims([claim], resultsOf(current))[0]?.holds ?? false) : false),
      attacked: (kind, name) => {
        if (!current) return false;
        const { variants } = current.collector;
        const isMeant = (variant: number): boolean => name === undefined || variants[variant]?.name === name;
        const own = attacks.some(
          (job) => job.runId === current.runId && job.kind === kind && isMeant(job.variant) && job.findings.length > 0,
        );
        const asked = current.scenario.attacks ?? [];
        return (
          own || current.collector.attacks.some((event) => asked[event.attack]?.kind === kind && isMeant(event.variant))
        );
      },
    };
  };
};
