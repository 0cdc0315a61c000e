import type { AttackJob } from '../../../store/contracts/state.ts';
import { BandLegend } from '../../charts/BandLegend.tsx';
import { useLabState } from '../../hooks/lab.ts';
import { useOffer } from '../../hooks/offer.ts';
import { useThemeName } from '../../hooks/theme.ts';
import { isolated } from '../../text/isolate.ts';
import { Curves } from './Curves.tsx';
import { courseOf } from './jobs.ts';
import { linesOf } from './subjects.ts';
import { ValueTable } from './ValueTable.tsx';

interface Props {
  readonly kind: string;
  readonly jobs: readonly AttackJob[];
  /** A value that is drawn over the attack's steps, and what they are. */
  readonly chart?: {
    readonly value: string;
    readonly axis: string;
    readonly summary: (ends: string) => string;
    readonly tick?: (step: number) => string;
  };
}

/** What attacks of a kind found: a chart where it has steps, and a table. */
export const Findings = ({ kind, jobs, chart }: Props) => {
  const info = useOffer()?.attacks.find(({ id }) => id === kind);
  const run = useLabState((state) => state.run.shown);
  const spread = useLabState((state) => state.view.spread);
  const areSeedsShown = useLabState((state) => state.view.areSeedsShown);
  const theme = useThemeName();
  if (!info || !run) return null;
  const lines = linesOf(run, jobs, theme);
  const legend = (
    <div className="small muted">
      <BandLegend seeds={Math.max(0, ...jobs.map(({ findings }) => findings.length))} />
    </div>
  );
  const table = <ValueTable lines={lines} values={info.values} spread={spread} />;
  if (!chart) {
    return (
      <div className="attack__stack">
        {legend}
        {table}
      </div>
    );
  }
  const curves = lines.map(({ name, job, subject, color, dash }) => ({
    name,
    color,
    dash,
    points: courseOf(job, subject, chart.value, spread),
  }));
  const ends = curves
    .map(({ name, points }) => `${isolated(name)} ${Math.round(100 * (points.at(-1)?.band.median ?? Number.NaN))} %`)
    .join(', ');
  return (
    <div className="attack__stack">
      {legend}
      <Curves
        areSeedsShown={areSeedsShown}
        curves={curves}
        axis={chart.axis}
        summary={chart.summary(ends)}
        {...(chart.tick && { tick: chart.tick })}
      />
      {table}
    </div>
  );
};
