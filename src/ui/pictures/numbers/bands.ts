import { useEffect, useReducer } from 'react';
import type { CurvePicture, SurfacePicture } from '../../../families/numbers/shown.ts';
import type { ModelRef } from '../../../sim/events.ts';
import type { LabRun } from '../../../store/contracts/state.ts';
import { metricPair } from '../../../store/numbers/series.ts';
import { modelIn, type PanelInfo } from '../../compare/panels.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { recordedAt } from '../panel-picture.ts';

export type NumbersPicture = CurvePicture | SurfacePicture;

/** More seeds than these are not asked for: the book of pictures is no larger. */
export const BAND_SEEDS = 8;

/** The lowest and the highest of several curves at each place; null unless there are two. */
export interface SeedBand {
  readonly low: Float32Array;
  readonly high: Float32Array;
  readonly seeds: number;
}

export const seedBandOf = (curves: readonly Float32Array[]): SeedBand | null => {
  const [first] = curves;
  if (!first || curves.length < 2) return null;
  const at = (pick: (...values: number[]) => number) =>
    first.map((_, i) => pick(...curves.map((curve) => curve[i] as number)));
  return { low: at(Math.min), high: at(Math.max), seeds: curves.length };
};

const isTrained = (run: LabRun, model: ModelRef, seed: number): boolean =>
  typeof model === 'number'
    ? (run.collector.lane(model, seed)?.count ?? 0) > 0
    : Number.isFinite(run.collector.reference(model, seed, metricPair(run.collector).keep));

/** What a model says under each of the first seeds at the clock's step, as far as it is known; asked for while the clock rests. */
export const useSeedPictures = (panel: PanelInfo): readonly NumbersPicture[] => {
  const lab = useLab();
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const run = useLabState((state) => state.run.shown);
  const model = modelIn(run, panel);
  const step = useLabState(({ view }) => view.step);
  const isResting = useLabState(({ view, run: { status } }) => !view.isPlaying && status === 'finished');
  useEffect(() => (run && model !== null ? run.frames.subscribe(model, redraw) : undefined), [run, model]);
  const seeds = run && model !== null ? run.collector.seeds.slice(0, BAND_SEEDS) : [];
  const asked = seeds.flatMap((seed) => {
    if (!run || model === null || !isTrained(run, model, seed)) return [];
    const at = recordedAt(run, model, seed, step);
    return [{ seed, step: at, found: run.frames.at(model, seed, at) as NumbersPicture | undefined }];
  });
  const missing = asked
    .filter(({ found }) => !found)
    .map(({ seed, step: at }) => `${seed}/${at}`)
    .join();
  useEffect(() => {
    if (!isResting || model === null || missing === '') return;
    for (const one of missing.split(',')) {
      const [seed, at] = one.split('/').map(Number) as [number, number];
      lab.run.ask({ kind: 'frame', model, seed, step: at, size: 1 });
    }
  }, [lab, isResting, model, missing]);
  return asked.flatMap(({ found }) => (found ? [found] : []));
};
