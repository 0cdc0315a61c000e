import { useState } from 'react';
import { Info } from '../forms/Info.tsx';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useIsNarrow } from '../hooks/media.ts';
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

interface Props {
  /** Which panels are on screen; all that are not hidden if absent. */
  readonly isSeen?: (panel: PanelInfo) => boolean;
}

/** The panels, all at the same step. */
export const PanelGrid = ({ isSeen = () => true }: Props) => {
  const panels = usePanels();
  const hidden = useLabState((state) => state.view.hidden);
  const isProjected = useLabState(({ run }) => run.shown?.points.values().next().value?.isProjected === true);
  const isNarrow = useIsNarrow();
  const [isCompared, setIsCompared] = useState(false);
  const [isPulled, setIsPulled] = useState(false);
  const visible = panels.filter((panel) => (panel.role !== 'run' || !hidden.includes(panel.label)) && isSeen(panel));
  // Two panels wide, the runs come first: they are what is compared.
  const shown = isNarrow ? visible.toSorted((a, b) => ORDER[a.role] - ORDER[b.role]) : visible;
  return (
    <section className="grid" aria-label={text.panel.heading} data-testid="grid">
      <ul
        className="grid__panels"
        data-density={shown.length > ROOMY ? 'compact' : 'roomy'}
        style={{ '--panels': shown.length } as React.CSSProperties}
      >
        {shown.map((panel) => (
          <Panel key={panel.key} panel={panel} panels={shown} isCompared={isCompared} isPulled={isPulled} />
        ))}
      </ul>
      <p className="grid__legend small muted">
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
          onClick={() => setIsCompared(!isCompared)}
          data-testid="difference"
        >
          <span className="grid__hatch" aria-hidden="true" /> {differenceText.toggle}
        </button>
        <button
          type="button"
          className="button grid__toggle"
          aria-pressed={isPulled}
          title={text.pulls.hint}
          onClick={() => setIsPulled(!isPulled)}
          data-testid="pulls"
        >
          <span aria-hidden="true">→</span> {text.pulls.toggle}
        </button>
        <SeedPicker />
      </p>
    </section>
  );
};
