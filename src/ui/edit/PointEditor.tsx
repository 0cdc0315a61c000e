import { useEffect, useMemo, useState } from 'react';
import { caps } from '../../scenario/format/defaults.ts';
import {
  type Extent,
  marked,
  type PaintedPoint,
  type Painting,
  type Place,
  paintFault,
  withForget,
  withPainting,
} from '../../scenario/points/paint.ts';
import { editableOf } from '../../store/draft/editable.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { Dialog } from '../shell/Dialog.tsx';
import { Icon } from '../shell/Icon.tsx';
import { className } from '../theme/palette.ts';
import { EditorPlane } from './EditorPlane.tsx';
import { editText } from './edit.text.ts';
import { PointTable } from './PointTable.tsx';
import { enclosed, POINT_TOOLS, type ToolId } from './stroke.ts';
import { type Choices, ToolPicker, ToolSettingsForm } from './Tools.tsx';
import './edit.css';

/** The draft's points, and the plane as it was when they were first seen: it stays where it is while one paints. */
const useEditable = () => {
  const lab = useLab();
  const scenario = useLabState((state) => state.draft.scenario);
  const current = useLabState((state) => state.run.current);
  const shown = useLabState((state) => state.run.shown);
  const draws = useLabState(({ run }) => run.current?.points.size ?? 0);
  const seed = useLabState((state) => state.view.seed);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the points are made from
  const editable = useMemo(() => editableOf(lab.store.getState()), [lab, scenario, current, shown, draws, seed]);
  const [extent, setExtent] = useState<Extent | null>(editable?.extent ?? null);
  useEffect(() => setExtent((kept) => kept ?? editable?.extent ?? null), [editable]);
  return { scenario, editable, extent };
};

/** What was done and cannot be computed yet, such as a picture with points of one class. */
type Pending = Painting | null;

/** Changes of the points and of the forget set. Each gesture is one change that can be undone. */
const usePainting = () => {
  const lab = useLab();
  const { scenario, editable, extent } = useEditable();
  const [pending, setPending] = useState<Pending>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another experiment: what was pending is no change of it
  useEffect(() => setPending(null), [scenario]);
  const points = pending?.points ?? editable?.points ?? [];
  const fault = pending && scenario ? paintFault(scenario, pending) : null;

  const take = (painting: Painting): void => {
    if (!scenario || !extent) return;
    const whole: Painting = {
      points: painting.points,
      isData: painting.isData || pending?.isData === true,
      isForget: painting.isForget || pending?.isForget === true,
    };
    if (paintFault(scenario, whole)) setPending(whole);
    else {
      lab.draft.edit((draft) => withPainting(draft, whole, extent));
      setPending(null);
    }
  };
  const undo = (): void => {
    if (pending) setPending(null);
    else lab.draft.undo();
  };
  return { lab, scenario, editable, extent, points, fault, take, undo };
};

const Counts = ({ points }: { readonly points: readonly PaintedPoint[] }) => {
  const train = points.filter(({ isTest }) => !isTest);
  const chosen = train.filter(({ isForget }) => isForget);
  const labels = [...new Set(chosen.map(({ label }) => label))].sort((a, b) => a - b);
  const each = labels.map((one) =>
    editText.ofClass(
      className(one),
      chosen.reduce((sum, { label }) => sum + Number(label === one), 0),
    ),
  );
  return (
    <div className="editor__counts">
      <p data-testid="editor-chosen">{editText.chosen(chosen.length, train.length, each.join(', '))}</p>
      <p className="small muted">{editText.counts(train.length, points.length - train.length)}</p>
    </div>
  );
};

const Legend = () => (
  <p className="editor__legend small muted">
    <span>
      <span aria-hidden="true">●</span> {editText.legend.retain}
    </span>
    <span>
      <span aria-hidden="true">✕</span> {editText.legend.forget}
    </span>
    <span>
      <span aria-hidden="true">○</span> {editText.legend.test}
    </span>
  </p>
);

/** Painting points, and choosing by hand which ones are to be forgotten. */
export const PointEditor = ({ initial, onClose }: { readonly initial: ToolId; readonly onClose: () => void }) => {
  const { lab, scenario, editable, extent, points, fault, take, undo } = usePainting();
  const [choices, setChoices] = useState<Choices>({ tool: initial, label: 0, size: 8, density: 4, isRegion: false });
  const [said, setSaid] = useState('');
  const canUndo = useLabState(({ draft }) => draft.past.length > 0);
  const canRedo = useLabState(({ draft }) => draft.future.length > 0);
  const dataSeed = useLabState(({ draft }) => draft.scenario?.data.seed);
  const isOwn = useLabState(({ draft }) => draft.scenario?.data.generator === 'inline');
  const isPlane = editable?.isPlane === true;
  const tool = isPlane || !POINT_TOOLS.includes(choices.tool) ? choices.tool : 'forget';
  const change = (next: Partial<Choices>): void => setChoices((now) => ({ ...now, ...next }));
  const choose = (next: readonly PaintedPoint[]): void => take({ points: next, isData: false, isForget: true });
  const classes = points.reduce((most, { label }) => Math.max(most, label + 1), 0);
  const training = points.reduce((sum, { isTest }) => sum + Number(!isTest), 0);

  const outline = (polygon: readonly Place[]): void => {
    if (choices.isRegion && isPlane && fault === null) {
      lab.draft.edit((draft) => withForget(draft, { kind: 'region', polygon }));
      return;
    }
    const next = enclosed(points, polygon);
    if (next !== points) choose(next);
  };

  if (!editable || !extent) {
    return (
      <Dialog title={editText.title} kind="wide" onClose={onClose} testId="point-editor">
        <p>{editText.wait}</p>
      </Dialog>
    );
  }
  const settings = {
    tool,
    label: choices.label,
    density: choices.density,
    radius: (choices.size / 100) * (extent[1] - extent[0]),
    seed: typeof dataSeed === 'number' ? dataSeed : 0,
    extent,
  };
  return (
    <Dialog title={editText.title} kind="wide" onClose={onClose} testId="point-editor">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the page's own shortcut, which rests in dialogs */}
      <div
        className="editor"
        onKeyDown={(event) => {
          if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
          event.preventDefault();
          if (event.shiftKey) lab.draft.redo();
          else undo();
        }}
      >
        <div className="editor__top">
          <ToolPicker choices={{ ...choices, tool }} onChange={change} isPlane={isPlane} />
          <div className="editor__row">
            <button
              type="button"
              className="button button--icon"
              aria-label={editText.undo}
              title={editText.undo}
              disabled={!canUndo && fault === null}
              onClick={undo}
              data-testid="editor-undo"
            >
              <Icon name="undo" />
            </button>
            <button
              type="button"
              className="button button--icon"
              aria-label={editText.redo}
              title={editText.redo}
              disabled={!canRedo}
              onClick={lab.draft.redo}
              data-testid="editor-redo"
            >
              <Icon name="redo" />
            </button>
          </div>
        </div>
        <EditorPlane
          points={points}
          experiment={scenario}
          settings={settings}
          onPainting={take}
          onOutline={outline}
          onResize={(factor) => change({ size: Math.min(30, Math.max(1, Number((choices.size * factor).toFixed(1)))) })}
          onSay={setSaid}
        />
        <div className="editor__side">
          <Counts points={points} />
          {fault ? (
            <p className="editor__fault" role="alert" data-testid="editor-fault">
              {editText.faults[fault]}
            </p>
          ) : null}
          {training >= caps.points ? <p className="editor__fault">{editText.full}</p> : null}
          <ToolSettingsForm choices={{ ...choices, tool }} onChange={change} classes={classes} isPlane={isPlane} />
          <div className="editor__row">
            {POINT_TOOLS.includes(tool) ? (
              <button
                type="button"
                className="button"
                disabled={points.length === 0}
                onClick={() => take({ points: [], isData: true, isForget: false })}
                data-testid="editor-clear"
              >
                {editText.clear}
              </button>
            ) : (
              <>
                <button
                  type="button"
                  className="button"
                  onClick={() => choose(marked(points, false, () => true))}
                  data-testid="editor-none"
                >
                  {editText.none}
                </button>
                <button
                  type="button"
                  className="button"
                  onClick={() => choose(points.map((one) => (one.isTest ? one : { ...one, isForget: !one.isForget })))}
                  data-testid="editor-invert"
                >
                  {editText.invert}
                </button>
              </>
            )}
          </div>
          <Legend />
          {isPlane ? null : <p className="small muted">{editText.projected}</p>}
          {isPlane && tool === 'paint' ? <p className="small muted">{editText.testNote}</p> : null}
          {isPlane && !isOwn && POINT_TOOLS.includes(tool) ? <p className="small muted">{editText.convert}</p> : null}
          <details className="editor__details">
            <summary>{editText.keysTitle}</summary>
            <p className="small muted" id="editor-keys">
              {editText.keyboard}
            </p>
          </details>
          <PointTable
            points={points}
            onMark={(index, isForget) => choose(marked(points, isForget, (_, i) => i === index))}
          />
          <p className="hidden-text" role="status" data-testid="editor-said">
            {said}
          </p>
        </div>
      </div>
    </Dialog>
  );
};
