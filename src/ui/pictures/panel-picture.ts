import { useEffect, useReducer } from 'react';
import type { Picture } from '../../families/family.ts';
import type { DataEvent } from '../../sim/collector.ts';
import type { ModelRef } from '../../sim/events.ts';
import type { LabRun, LabState } from '../../store/contracts/state.ts';
import { metricPair } from '../../store/numbers/series.ts';
import { modelIn, type PanelInfo } from '../compare/panels.ts';
import { useLab, useLabState } from '../hooks/lab.ts';

/** The seed whose pictures are shown. */
export const shownSeed = ({ run, view }: Pick<LabState, 'run' | 'view'>): number =>
  run.shown?.collector.data(view.seed) ? view.seed : (run.shown?.collector.shownSeed ?? view.seed);

/** The data of the shown seed: of the run under way as soon as it has drawn them. */
export const useShownData = (): DataEvent | undefined =>
  useLabState((state) => {
    const seed = shownSeed(state);
    return state.run.current?.collector.data(seed) ?? state.run.shown?.collector.data(seed);
  });

/** The last recorded step up to the clock's. */
export const recordedAt = (run: LabRun, model: ModelRef | null, seed: number, step: number): number => {
  if (typeof model !== 'number') return step;
  const steps = run.collector.lane(model, seed)?.steps ?? [];
  return steps.findLast((one) => one <= step) ?? 0;
};

/** A panel's picture at the clock's step under the shown seed; null while there is none. */
export const pictureIn = (state: LabState, panel: PanelInfo): Picture | null => {
  const seed = shownSeed(state);
  for (const run of [state.run.shown, state.run.current]) {
    const model = modelIn(run, panel);
    if (!run || model === null) continue;
    const found = run.frames.at(model, seed, recordedAt(run, model, seed, state.view.step));
    if (found) return found;
  }
  return null;
};

/** A panel's picture at the clock's step, asked for where it was not sent. */
export const usePanelPicture = (panel: PanelInfo): Picture | null => {
  const lab = useLab();
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const run = useLabState((state) => state.run.shown);
  const seed = useLabState(shownSeed);
  const model = modelIn(run, panel);
  const step = useLabState(({ view }) => (run ? recordedAt(run, model, seed, view.step) : 0));
  const isTrained = useLabState(() => {
    if (!run || model === null) return false;
    if (typeof model === 'number') return (run.collector.lane(model, seed)?.count ?? 0) > 0;
    return Number.isFinite(run.collector.reference(model, seed, metricPair(run.collector).keep));
  });
  const isPlaying = useLabState(({ view }) => view.isPlaying);
  const picture = useLabState((state) => pictureIn(state, panel));
  useEffect(() => (run && model !== null ? run.frames.subscribe(model, redraw) : undefined), [run, model]);
  const isMissing = picture === null && isTrained && !isPlaying;
  useEffect(() => {
    if (isMissing && model !== null) lab.run.ask({ kind: 'frame', model, seed, step, size: 1 });
  }, [lab, isMissing, model, seed, step]);
  return picture;
};
