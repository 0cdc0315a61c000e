import { useEffect, useRef } from 'react';
import type { Frame } from '../../../families/points/shown.ts';
import type { ModelRef, NoPulls, Pulls } from '../../../sim/events.ts';
import type { LabRun } from '../../../store/contracts/state.ts';
import type { Lab } from '../../../store/lab.ts';
import { createPanelPainter } from '../../canvas/painter.ts';
import { meanSize } from '../../canvas/pulls.ts';
import { differenceText } from '../../compare/difference.text.ts';
import { modelIn, type PanelInfo } from '../../compare/panels.ts';
import { createPullSource } from '../../compare/pull-source.ts';
import { percent } from '../../format.ts';
import { useLab } from '../../hooks/lab.ts';
import { offerIn } from '../../hooks/offer.ts';
import { useThemeName } from '../../hooks/theme.ts';
import { text } from '../../text.ts';

/** Cells per side at rest, and while other seeds than the sent one play. */
const FINE = 96;
const COARSE = 48;

interface Source {
  readonly run: LabRun;
  readonly model: ModelRef;
  readonly seed: number;
}

const seedIn = (run: LabRun, seed: number): number =>
  run.points.has(seed) ? seed : (run.collector.shownSeed ?? run.collector.seeds[0] ?? seed);

const startsFromOriginal = (lab: Lab, { collector }: LabRun, variant: number): boolean => {
  const id = collector.variants[variant]?.method;
  return offerIn(lab.store.getState())?.methods.find((method) => method.id === id)?.start === 'original';
};

/** Where a panel's picture comes from: a model in training moves at once, a run's picture stays until the new run is there. */
const sourceOf = (lab: Lab, panel: PanelInfo): Source | null => {
  const { run, view } = lab.store.getState();
  for (const candidate of [run.current, run.shown]) {
    if (!candidate) continue;
    const model = modelIn(candidate, panel);
    if (model === null || (panel.role === 'run' && candidate !== run.shown)) continue;
    const seed = seedIn(candidate, view.seed);
    const has = (of: ModelRef): boolean => candidate.frames.at(of, seed, view.step) !== undefined;
    if (has(model)) return { run: candidate, model, seed };
    if (candidate !== run.shown) continue;
    // Until a run has numbers of its own, it is the original model that it starts from.
    const isWaiting = typeof model === 'number' && (candidate.collector.lane(model, seed)?.count ?? 0) === 0;
    const isFromOriginal = isWaiting && startsFromOriginal(lab, candidate, model) && has('original');
    return { run: candidate, model: isFromOriginal ? 'original' : model, seed };
  }
  return null;
};

/** Asks for what would look better: a finer picture at rest, any picture of a seed that is not sent. */
const askForMore = (lab: Lab, { run, model, seed }: Source): void => {
  const { view } = lab.store.getState();
  const { collector, frames } = run;
  const isTrained = Number.isFinite(collector.reference('original', seed, 'retainAccuracy'));
  const frame = frames.at(model, seed, view.step);
  if (!isTrained || frame?.kind === 'points') return;
  if (typeof model === 'number' && (collector.lane(model, seed)?.count ?? 0) === 0) return;
  if (view.isPlaying) {
    if (!frame) lab.run.ask({ kind: 'frame', model, seed, step: view.step, size: COARSE });
  } else if ((frame?.size ?? 0) < FINE) {
    lab.run.ask({ kind: 'frame', model, seed, step: view.step, size: FINE });
  }
};

/** The retrained model's picture, for one of another model. */
const referenceOf = (lab: Lab, { run, model, seed }: Source): Frame | undefined => {
  if (model === 'retrained') return undefined;
  return run.frames.at('retrained', seed, lab.store.getState().view.step) as Frame | undefined;
};

/** The mean weight, or why there is none. */
const wordsOf = (pulls: Pulls | NoPulls | undefined): string => {
  if (pulls === undefined) return '';
  if (typeof pulls === 'string') return text.pulls.none[pulls];
  return (pulls.isOfGradients ? text.pulls.meanGradient : text.pulls.mean)(meanSize(pulls).toFixed(2));
};

interface Props {
  readonly panel: PanelInfo;
  readonly label: string;
  /** Hatched where it predicts otherwise than the retrained model. */
  readonly isCompared: boolean;
  /** With how hard each forget example is pulled. */
  readonly isPulled: boolean;
}

/** The decision map of one model at the clock's step. Pictures go from the frame book to the canvas, past React. */
export const PanelCanvas = ({ panel, label, isCompared, isPulled }: Props) => {
  const lab = useLab();
  const theme = useThemeName();
  const canvas = useRef<HTMLCanvasElement>(null);
  const share = useRef<HTMLParagraphElement>(null);
  const pull = useRef<HTMLParagraphElement>(null);

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const painter = createPanelPainter(element, theme);
    const pullsOf = createPullSource(lab);
    let isPlanned = false;
    let isGone = false;
    let unfollow: (() => void) | undefined;
    let unfollowReference: (() => void) | undefined;
    let unfollowPulls: (() => void) | undefined;
    let followed: Source | null = null;

    const draw = (): void => {
      isPlanned = false;
      if (isGone) return;
      const source = sourceOf(lab, panel);
      if (source?.run !== followed?.run || source?.model !== followed?.model) {
        unfollow?.();
        unfollow = source?.run.frames.subscribe(source.model, plan);
        unfollowReference?.();
        unfollowReference = isCompared ? source?.run.frames.subscribe('retrained', plan) : undefined;
        unfollowPulls?.();
        unfollowPulls = isPulled ? source?.run.pulls.forget.subscribe(plan) : undefined;
        followed = source;
      }
      const { view, draft } = lab.store.getState();
      const pulls =
        isPulled && source && typeof source.model === 'number' && source.run === lab.store.getState().run.shown
          ? pullsOf(source.run, source.model, source.seed)
          : undefined;
      const difference = painter.paint({
        frame: source?.run.frames.at(source.model, source.seed, view.step) as Frame | undefined,
        points: source?.run.points.get(source.seed),
        source: source ? `${source.run.runId}/${source.model}/${source.seed}` : '',
        region: draft.scenario?.forget,
        reference: source && isCompared ? referenceOf(lab, source) : undefined,
        pulls: typeof pulls === 'string' ? undefined : pulls,
      });
      if (pull.current) pull.current.textContent = wordsOf(pulls);
      if (share.current) share.current.textContent = difference ? differenceText.share(percent(difference.share)) : '';
      if (source) askForMore(lab, source);
    };
    const plan = (): void => {
      if (isPlanned) return;
      isPlanned = true;
      requestAnimationFrame(draw);
    };

    const unsubscribe = lab.store.subscribe((state, before) => {
      const { run, view, draft } = state;
      const isSame =
        run.shown === before.run.shown &&
        run.version === before.run.version &&
        view === before.view &&
        draft === before.draft;
      if (!isSame) plan();
    });
    const observer = new ResizeObserver(plan);
    observer.observe(element);
    draw();
    return () => {
      isGone = true;
      unsubscribe();
      unfollow?.();
      unfollowReference?.();
      unfollowPulls?.();
      observer.disconnect();
      painter.dispose();
    };
  }, [lab, panel, theme, isCompared, isPulled]);

  return (
    <>
      <canvas ref={canvas} className="panel__canvas" role="img" aria-label={label} />
      {isCompared ? <p ref={share} className="panel__difference" data-testid="difference-share" /> : null}
      {isPulled ? <p ref={pull} className="panel__difference panel__pull" data-testid="pull" /> : null}
    </>
  );
};
