import type { AttackJob } from '../../../store/state.ts';
import { useLabState } from '../../hooks/lab.ts';
import { useThemeName } from '../../hooks/theme.ts';
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
  const info = useLabState((state) => state.catalogue?.attacks.find(({ id }) => id === kind));
  const run = useLabState((state) => state.run.shown);
  const theme = useThemeName();
  if (!info || !run) return null;
  const lines = linesOf(run, jobs, theme);
  if (!chart) return <ValueTable lines={lines} values={info.values} />;
  const curves = lines.map(({ name, job, subject, color, dash }) => ({
    name,
    color,
    dash,
    points: courseOf(job, subject, chart.value),
  }));
  const ends = curves
    .map(({ name, points }) => `${name} ${Math.round(100 * (points.at(-1)?.spread.median ?? Number.NaN))} %`)
    .join(', ');
  return (
    <div className="attack__stack">
      <Curves
        curves={curves}
        axis={chart.axis}
        summary={chart.summary(ends)}
        {...(chart.tick && { tick: chart.tick })}
      />
      <ValueTable lines={lines} values={info.values} />
    </div>
  );
};
