import { percent } from '../format.ts';
import { Info } from '../forms/Info.tsx';
import { useLab, useLabState } from '../hooks/lab.ts';
import { offerIn, useHeadline } from '../hooks/offer.ts';
import { useThemeName } from '../hooks/theme.ts';
import { pictureOf } from '../pictures/registry.ts';
import { Marker } from '../shell/Marker.tsx';
import { term, text } from '../text.ts';
import { type Chip, panelNumbers, toneOf } from './chip.ts';
import { modelIn, type PanelInfo, spelledOut, usePick } from './panels.ts';
import { stillRightOf } from './target.ts';

const chipText = (chip: Chip): string => {
  switch (chip.kind) {
    case 'diverged':
    case 'collapsed':
    case 'recovered':
      return text.chip[chip.kind](chip.step);
    case 'forgotLost':
    case 'overForgot':
    case 'matchesLost':
      return text.chip[chip.kind](chip.score);
    default:
      return text.chip[chip.kind];
  }
};

const TONE_GLYPHS = { bad: '⚠', warn: '⚠', good: '✓', plain: '' } as const;

/** What a panel says at the clock's step, as one string, so that only a change of it renders. */
const usePanelNumbers = (panel: PanelInfo) => {
  const joined = useLabState(({ run, view }) => {
    if (!run.shown) return JSON.stringify({ forget: null, keep: null, chip: { kind: 'waiting' } });
    const { points, collector } = run.shown;
    const seed = points.has(view.seed) ? view.seed : (collector.shownSeed ?? view.seed);
    const { forget, keep, chip } = panelNumbers(run.shown, modelIn(run.shown, panel), seed, view.step);
    return JSON.stringify({ forget, keep, chip });
  });
  return JSON.parse(joined) as ReturnType<typeof panelNumbers>;
};

const hintOf = (panel: PanelInfo, chip: Chip, failure: string | undefined): string => {
  if (chip.kind === 'failed' && failure) return term(failure);
  if (panel.role === 'original' && chip.kind === 'trained') return text.panel.originalHint;
  if (panel.role === 'retrained' && chip.kind === 'target') return text.panel.retrainedHint;
  return text.chip.hints[chip.kind];
};

interface Props {
  readonly panel: PanelInfo;
  /** All that are on screen. */
  readonly panels: readonly PanelInfo[];
  readonly isCompared: boolean;
  readonly isPulled: boolean;
}

/** One model: its decision map, its two numbers, its state in words. */
export const Panel = ({ panel, panels, isCompared, isPulled }: Props) => {
  const lab = useLab();
  const theme = useThemeName();
  const { forget, keep, chip } = usePanelNumbers(panel);
  const solo = useLabState((state) => state.view.solo);
  const isStale = useLabState((state) => state.run.isStale);
  const headline = useHeadline();
  const isOwn = useLabState((state) => offerIn(state)?.own !== undefined);
  const stillRight = useLabState(({ run, draft }) =>
    stillRightOf(run.shown?.scenario ?? draft.scenario, isOwn ? headline.forget : undefined),
  );
  const restRight = isOwn ? headline.keep : text.panel.restRight;
  const { Panel: Picture } = pictureOf(
    useLabState(({ run, draft }) => (run.shown?.scenario ?? draft.scenario)?.family),
  );
  const failure = useLabState(({ run }) => {
    const model = modelIn(run.shown, panel);
    return typeof model === 'number' ? run.shown?.collector.failures.get(model)?.message : undefined;
  });
  const pick = usePick(panel);
  const tone = toneOf(chip);
  const words = chipText(chip);
  const isFaded = solo !== null && panel.role === 'run' && solo !== panel.label;
  return (
    <li
      className="panel"
      data-testid="panel"
      data-panel={panel.label}
      data-take={panel.label}
      data-role={panel.role}
      data-state={chip.kind}
      data-faded={isFaded}
      data-stale={isStale && panel.role === 'run'}
      style={{ '--series': panel.style.color[theme] } as React.CSSProperties}
    >
      <div className="panel__head">
        <Marker style={panel.style} />
        {panel.role === 'run' ? (
          <button
            type="button"
            className="panel__name"
            aria-pressed={solo === panel.label}
            title={solo === panel.label ? text.panel.unsolo(panel.label) : text.panel.solo(panel.label)}
            onClick={() => lab.view.toggleSolo(panel.label)}
          >
            {panel.label}
          </button>
        ) : (
          <h3 className="panel__name">{panel.label}</h3>
        )}
        <Info label={panel.label}>
          {pick ? `${term(pick.title)}: ${term(pick.summary)} ` : ''}
          {hintOf(panel, chip, failure)}
        </Info>
      </div>
      <p className="panel__long">
        {panel.role === 'run' ? pick && spelledOut(term(pick.title)) : text.panel[`${panel.role}Long`]}
      </p>
      <div className="panel__picture">
        <Picture
          panel={panel}
          panels={panels}
          label={text.panel.describe(panel.label, `${stillRight} ${percent(forget)}`, percent(keep), words)}
          isCompared={isCompared}
          isPulled={isPulled}
        />
      </div>
      <div className="panel__foot">
        <p className="panel__numbers">
          <span>
            <span className="muted" aria-hidden="true">
              ✕
            </span>{' '}
            <span className="panel__word">{stillRight} </span>
            <b data-testid="forget">{percent(forget)}</b>
          </span>
          <span>
            <span className="muted" aria-hidden="true">
              ●
            </span>{' '}
            <span className="panel__word">{restRight} </span>
            <b data-testid="keep">{percent(keep)}</b>
          </span>
        </p>
        <p className={`chip chip--${tone}`} data-testid="chip">
          {TONE_GLYPHS[tone] === '' ? null : <span aria-hidden="true">{TONE_GLYPHS[tone]} </span>}
          {words}
        </p>
      </div>
    </li>
  );
};
