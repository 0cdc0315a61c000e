import { useState } from 'react';
import { Info } from '../forms/Info.tsx';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useIsNarrow } from '../hooks/media.ts';
import { useOffer } from '../hooks/offer.ts';
import { pictureOf } from '../pictures/registry.ts';
import { text } from '../text.ts';
import { differenceText } from './difference.text.ts';
import { Panel } from './Panel.tsx';
import { type PanelInfo, usePanels } from './panels.ts';

const ORDER = { run: 0, retrained: 1, original: 2 } as const;
/** Up to so many panels stand in one row. */
const ROOMY = 5;
const NO_SEEDS: readonly number[] = [];

/** Whose pictures these are. */
const SeedPicker = () => {
  const lab = useLab();
  const seeds = useLabState(
    ({ run, draft }) => run.shown?.collector.scenario.seeds ?? draft.scenario?.seeds ?? NO_SEEDS,
  );
  const seed = useLabState((state) => state.view.seed);
  return (
    <label className="grid__seed">
      {text.panel.seed}{' '}
      <select
        className="field__select field__select--inline"
        value={seed}
        onChange={(event) => lab.view.showSeed(Number(event.target.value))}
        data-testid="shown-seed"
      >
        {seeds.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );
};

interface LegendProps {
  readonly isCompared: boolean;
  readonly isPulled: boolean;
  readonly onCompare: () => void;
  readonly onPull: () => void;
}

/** What the signs on a decision map mean, and what may be laid over it. */
const MapLegend = ({ isCompared, isPulled, onCompare, onPull }: LegendProps) => {
  const isProjected = useLabState(({ run }) => run.shown?.points.values().next().value?.isProjected === true);
  return (
    <>
      <span>
        <span aria-hidden="true">●</span> {text.panel.legend.retain}
      </span>
      <span>
        <span aria-hidden="true">✕</span> {text.panel.legend.forget}
      </span>
      {isPulled ? (
        <span>
          <span aria-hidden="true">→</span> {text.pulls.legend}
          <Info label={text.pulls.toggle}>{text.pulls.help}</Info>
        </span>
      ) : isProjected ? (
        <span>{text.panel.projection}</span>
      ) : (
        <span className="grid__edges">
          <span className="grid__line" aria-hidden="true" /> {text.panel.legend.line}
        </span>
      )}
      <button
        type="button"
        className="button grid__toggle"
        aria-pressed={isCompared}
        title={differenceText.hint}
        onClick={onCompare}
        data-testid="difference"
      >
        <span className="grid__hatch" aria-hidden="true" /> {differenceText.toggle}
      </button>
      <button
        type="button"
        className="button grid__toggle"
        aria-pressed={isPulled}
        title={text.pulls.hint}
        onClick={onPull}
        data-testid="pulls"
      >
        <span aria-hidden="true">→</span> {text.pulls.toggle}
      </button>
    </>
  );
};

interface Props {
  /** Which panels are on screen; all that are not hidden if absent. */
  readonly isSeen?: (panel: PanelInfo) => boolean;
}

/** The panels, all at the same step. */
export const PanelGrid = ({ isSeen = () => true }: Props) => {
  const panels = usePanels();
  const hidden = useLabState((state) => state.view.hidden);
  const { Above } = pictureOf(useLabState(({ run, draft }) => (run.shown?.scenario ?? draft.scenario)?.family));
  const own = useOffer()?.own;
  const shape = own?.panels ?? 'square';
  const isNarrow = useIsNarrow();
  const [isCompared, setIsCompared] = useState(false);
  const [isPulled, setIsPulled] = useState(false);
  const visible = panels.filter((panel) => (panel.role !== 'run' || !hidden.includes(panel.label)) && isSeen(panel));
  // Two panels wide, the runs come first: they are what is compared.
  const shown = isNarrow ? visible.toSorted((a, b) => ORDER[a.role] - ORDER[b.role]) : visible;
  return (
    <section className="grid" aria-label={text.panel.heading} data-testid="grid">
      <h2 className="hidden-text">{text.panel.heading}</h2>
      {Above ? <Above /> : null}
      <ul
        className="grid__panels"
        data-shape={shape}
        data-density={shape === 'square' && shown.length > ROOMY ? 'compact' : 'roomy'}
        style={{ '--panels': shown.length, '--half': Math.ceil(shown.length / 2) } as React.CSSProperties}
      >
        {shown.map((panel) => (
          <Panel key={panel.key} panel={panel} panels={shown} isCompared={isCompared} isPulled={isPulled} />
        ))}
      </ul>
      <p className="grid__legend small muted">
        {own === undefined ? (
          <MapLegend
            isCompared={isCompared}
            isPulled={isPulled}
            onCompare={() => setIsCompared(!isCompared)}
            onPull={() => setIsPulled(!isPulled)}
          />
        ) : null}
        <SeedPicker />
      </p>
    </section>
  );
};
