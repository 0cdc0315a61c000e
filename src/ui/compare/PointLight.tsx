import { useEffect } from 'react';
import type { LabRun, LabState } from '../../store/contracts/state.ts';
import type { PanelPoints } from '../../store/received/points.ts';
import { percent } from '../format.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { lightText } from './light.text.ts';
import { modelIn, type PanelInfo } from './panels.ts';

/** How near to a point the pointer must be, as a share of the panel's width. */
const REACH = 0.06;

const pointsIn = (run: LabRun | null, seed: number): PanelPoints | undefined =>
  run?.points.get(seed) ?? run?.points.values().next().value;

/** Where a point is, as shares of the width from the top left. */
const spotOf = ({ x2, extent }: PanelPoints, index: number): readonly [number, number] => {
  const [xMin, xMax, yMin, yMax] = extent;
  const [x, y] = [x2[2 * index] as number, x2[2 * index + 1] as number];
  return [(x - xMin) / (xMax - xMin), (yMax - y) / (yMax - yMin)];
};

const nearest = (points: PanelPoints, right: number, down: number): number | null => {
  let [best, winner] = [REACH * REACH, -1];
  for (let i = 0; i < points.y.length; i++) {
    const [x, y] = spotOf(points, i);
    const square = (x - right) ** 2 + (y - down) ** 2;
    if (square < best) [best, winner] = [square, i];
  }
  return winner < 0 ? null : winner;
};

/** A model's probability of a training point's own class; null until it was asked for. */
const readingOf = ({ run, view }: LabState, panel: PanelInfo, points: PanelPoints, index: number): number | null => {
  const model = modelIn(run.shown, panel);
  if (model === null) return null;
  const all = run.shown?.outputs.at(model, view.seed, view.step);
  return all?.[index * points.classes + (points.y[index] as number)] ?? null;
};

/** The point that is lit in this panel, and what the panel's model says of it. */
const useLit = (panel: PanelInfo) => {
  const lab = useLab();
  const run = useLabState((state) => state.run.shown);
  const seed = useLabState((state) => state.view.seed);
  const step = useLabState((state) => state.view.step);
  const isPlaying = useLabState((state) => state.view.isPlaying);
  const points = pointsIn(run, seed);
  const lit = useLabState(({ view }) => view.point);
  const index = lit !== null && points && lit < points.y.length ? lit : null;
  const probability = useLabState((state) =>
    index !== null && points ? readingOf(state, panel, points, index) : null,
  );
  const isWanted = index !== null && probability === null && !isPlaying;
  const model = modelIn(run, panel);
  useEffect(() => {
    if (isWanted && model !== null) lab.run.ask({ kind: 'outputs', model, seed, step });
  }, [lab, isWanted, model, seed, step]);
  return { lab, points, index, probability };
};

/** What all panels say of the lit point, in words. */
const useWords = (panels: readonly PanelInfo[]): string =>
  useLabState((state) => {
    const points = pointsIn(state.run.shown, state.view.seed);
    const index = state.view.point;
    if (index === null || !points || index >= points.y.length) return lightText.none;
    const said = panels.map((panel) => {
      const value = readingOf(state, panel, points, index);
      return lightText.model(panel.label, percent(value));
    });
    const which = lightText.point(index, points.y[index] as number, points.isForget[index] === 1);
    return `${which}: ${said.join(', ')}`;
  });

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/** The one place at which the keyboard goes from point to point. */
const PointSlider = ({ panels, points }: { panels: readonly PanelInfo[]; points: PanelPoints }) => {
  const lab = useLab();
  const index = useLabState((state) => state.view.point);
  const words = useWords(panels);
  const last = points.y.length - 1;
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step !== undefined)
      lab.view.lightPoint(((index ?? -1) + step * (event.shiftKey ? 10 : 1) + last + 1) % (last + 1));
    else if (event.key === 'Home') lab.view.lightPoint(0);
    else if (event.key === 'End') lab.view.lightPoint(last);
    else if (event.key === 'Escape') lab.view.lightPoint(null);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className="panel__keys"
      role="slider"
      tabIndex={0}
      aria-label={lightText.label}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={index ?? 0}
      aria-valuetext={words}
      onKeyDown={onKeyDown}
      onBlur={() => lab.view.lightPoint(null)}
      data-testid="point-slider"
    />
  );
};

interface Props {
  readonly panel: PanelInfo;
  /** Given in the panel that takes the keyboard: the panels that it speaks of. */
  readonly panels?: readonly PanelInfo[] | undefined;
}

/** Pointing at a training point lights it in every panel, with each model's probability of its class. */
export const PointLight = ({ panel, panels }: Props) => {
  const { lab, points, index, probability } = useLit(panel);
  if (!points) return null;
  const spot = index === null ? null : spotOf(points, index);
  const point = (event: React.PointerEvent): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const [right, down] = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    lab.view.lightPoint(nearest(points, right, down));
  };
  return (
    <>
      <div
        className="panel__light"
        onPointerDown={point}
        onPointerMove={point}
        onPointerLeave={({ pointerType }) => {
          // A finger that was lifted has pointed: the next tap lights another point, or none.
          if (pointerType !== 'touch') lab.view.lightPoint(null);
        }}
        data-testid="point-light"
      />
      {panels ? <PointSlider panels={panels} points={points} /> : null}
      {spot && index !== null ? (
        <>
          <span
            className="panel__lit"
            style={{ left: `${100 * spot[0]}%`, top: `${100 * spot[1]}%` }}
            aria-hidden="true"
          />
          <p
            className="panel__reading"
            data-side={spot[0] < 0.5 ? 'right' : 'left'}
            aria-hidden="true"
            data-testid="reading"
          >
            {lightText.reading(points.y[index] as number, percent(probability))}
          </p>
        </>
      ) : null}
    </>
  );
};
