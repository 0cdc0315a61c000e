import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type {
  AnswersPicture,
  Asking,
  ShownQuestions,
  TextAnswer,
  TextQuestion,
  TruthAnswer,
  TruthQuestion,
} from '../../../families/text/shown.ts';
import type { LabRun } from '../../../store/contracts/state.ts';
import { modelIn, type PanelInfo } from '../../compare/panels.ts';
import { useLab, useLabState } from '../../hooks/lab.ts';
import { pictureIn, recordedAt, shownSeed, usePanelPicture } from '../panel-picture.ts';

const questionsIn = (run: LabRun | null, seed: number): ShownQuestions | null => {
  const shown = run?.collector.data(seed)?.shown;
  return shown?.kind === 'questions' ? (shown as ShownQuestions) : null;
};

/** The questions of the shown world, and which of them is asked. */
export const useAsked = (): { readonly shown: ShownQuestions | null; readonly index: number } => {
  const shown = useLabState((state) => questionsIn(state.run.shown ?? state.run.current, shownSeed(state)));
  const point = useLabState((state) => state.view.point);
  return { shown, index: shown && point !== null && point < shown.questions.length ? point : 0 };
};

/** What a panel's model says at the clock's step. */
export const useAnswers = (panel: PanelInfo): AnswersPicture | null => {
  const picture = usePanelPicture(panel);
  return picture?.kind === 'answers' ? (picture as AnswersPicture) : null;
};

/** How the question is put, in all panels alike. */
const asking = createStore<Asking>(() => 'learned');
export const useAsking = (): Asking => useStore(asking);
export const putAs = (way: Asking): void => asking.setState(way, true);

/** What panels show: the answer to the question, how likely true and wrong answers are, or what is known of the rest of the world. */
export const FACES = ['answers', 'truth', 'world'] as const;
export type PanelFace = (typeof FACES)[number];
const shownFace = createStore<{ readonly face: PanelFace; readonly isTable: boolean }>(() => ({
  face: 'answers',
  isTable: false,
}));
export const usePanelFace = (): PanelFace => useStore(shownFace, ({ face }) => face);
export const useIsTable = (): boolean => useStore(shownFace, ({ isTable }) => isTable);
export const showFace = (face: PanelFace): void => shownFace.setState({ face });
export const showTable = (isTable: boolean): void => shownFace.setState({ isTable });

/** What a panel's model says to a question of the family's own; null until it has answered, and while the clock runs. */
const useToldTo = <Told>(panel: PanelInfo, question: TextQuestion | TruthQuestion | null): Told | null => {
  const lab = useLab();
  const run = useLabState((state) => state.run.shown);
  const seed = useLabState(shownSeed);
  const model = modelIn(run, panel);
  const step = useLabState(({ view }) => (run ? recordedAt(run, model, seed, view.step) : 0));
  const isThere = useLabState((state) => pictureIn(state, panel) !== null && !state.view.isPlaying);
  const [told, setTold] = useState<{ readonly key: string; readonly answer: Told } | null>(null);
  const isAsked = isThere && question !== null && run !== null && model !== null;
  const asked = JSON.stringify(question);
  const key = isAsked ? `${run.runId}/${model}/${seed}/${step}/${asked}` : '';
  useEffect(() => {
    if (key === '' || model === null) return;
    let isCurrent = true;
    lab.run.request({ kind: 'told', model, seed, step, question: JSON.parse(asked) }).then(
      ({ answer }) => {
        if (isCurrent) setTold({ key, answer: answer as Told });
      },
      () => {}, // the run is no longer the current one: whatever takes its place is asked anew
    );
    return () => {
      isCurrent = false;
    };
  }, [lab, key, model, seed, step, asked]);
  return told !== null && told.key === key ? told.answer : null;
};

/** What a panel's model says to an item that is put in another way than the learned one. */
export const useTold = (panel: PanelInfo, item: number | undefined): TextAnswer | null => {
  const way = useAsking();
  return useToldTo<TextAnswer>(panel, way === 'learned' || item === undefined ? null : { item, asking: way });
};

/** How likely a panel's model finds the true and the wrong answers to an item, and its truth ratios. */
export const useTruth = (panel: PanelInfo, item: number | undefined): TruthAnswer | null =>
  useToldTo<TruthAnswer>(panel, item === undefined ? null : { about: 'truth', item });

/** A metric of a panel's model at all recorded steps that have arrived. */
export const useShares = <Name extends string>(
  panel: PanelInfo,
  metrics: Readonly<Record<Name, string>>,
): readonly { readonly step: number; readonly shares: Readonly<Record<Name, number>> }[] => {
  const run = useLabState((state) => state.run.shown);
  const version = useLabState((state) => state.run.version);
  const seed = useLabState(shownSeed);
  const model = modelIn(run, panel);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run grows in place, `version` tells of it.
  return useMemo(() => {
    if (!run || model === null) return [];
    const names = Object.keys(metrics) as Name[];
    const shares = (value: (metric: string) => number) =>
      Object.fromEntries(names.map((name) => [name, value(metrics[name])])) as Record<Name, number>;
    if (typeof model !== 'number') {
      const own = shares((metric) => run.collector.reference(model, seed, metric));
      return names.every((name) => Number.isFinite(own[name])) ? [{ step: 0, shares: own }] : [];
    }
    const lane = run.collector.lane(model, seed);
    if (!lane) return [];
    return lane.steps.slice(0, lane.count).map((step, i) => ({
      step,
      shares: shares((metric) => lane.series(metric)[i] ?? 0),
    }));
  }, [run, version, model, seed, metrics]);
};
