import type { EmbedPart, Modes } from '../../store/present/modes.ts';
import { SeriesChart } from '../charts/SeriesChart.tsx';
import { Tradeoff } from '../charts/Tradeoff.tsx';
import { useChartData } from '../charts/useChartData.ts';
import { Claims } from '../compare/Claims.tsx';
import { Clock } from '../compare/Clock.tsx';
import { HeroKnob } from '../compare/HeroKnob.tsx';
import { PanelGrid } from '../compare/PanelGrid.tsx';
import { Verdict } from '../compare/Verdict.tsx';
import { useKeys } from '../hooks/keys.ts';
import { useLab, useLabState } from '../hooks/lab.ts';
import { useDocumentTheme } from '../hooks/theme.ts';
import { shareAddress } from '../shell/address.ts';
import { Boundary } from '../shell/Boundary.tsx';
import { Notices } from '../shell/Notices.tsx';
import { text } from '../text.ts';

const Series = () => <SeriesChart data={useChartData()} />;
const Trade = () => <Tradeoff data={useChartData()} />;

const PARTS: Readonly<Record<EmbedPart, React.ComponentType>> = {
  verdict: Verdict,
  grid: PanelGrid,
  trade: Trade,
  series: Series,
  claims: Claims,
  knob: HeroKnob,
  scrub: Clock,
};

/** The same experiment in a whole page. */
const OpenFull = () => {
  const lab = useLab();
  // The address follows the experiment.
  useLabState(({ draft }) => draft.scenario);
  const { url } = shareAddress(lab);
  return (
    <a className="embed__open" href={url} target="_blank" rel="noopener" data-testid="open-full">
      {text.embed.open}
    </a>
  );
};

/** The parts of an experiment that a page around has asked for, and nothing else. */
export const EmbedApp = ({ modes }: { readonly modes: Modes }) => {
  useDocumentTheme();
  useKeys();
  const isStale = useLabState((state) => state.run.isStale);
  const status = useLabState((state) => state.run.status);
  const parts = modes.isLocked ? modes.parts.filter((part) => part !== 'knob') : modes.parts;
  return (
    <div className="embed" data-testid="app" data-status={status} data-stale={isStale}>
      <Notices />
      <main className="embed__main">
        {parts.map((part) => {
          const Part = PARTS[part];
          return (
            <div key={part} className={`embed__part embed__part--${part}`} data-testid={`part-${part}`}>
              <Boundary>
                <Part />
              </Boundary>
            </div>
          );
        })}
      </main>
      <OpenFull />
    </div>
  );
};
