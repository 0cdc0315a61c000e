import type { AttackSubject } from '../../../engine/contracts/attack.ts';
import type { Spread } from '../../../store/contracts/spread.ts';
import type { AttackFinding, AttackJob, LabRun } from '../../../store/contracts/state.ts';
import { type Band, bandOf } from '../../../store/numbers/series.ts';

/** The attacks that the scenario itself asks for, in the form of the page's own. */
const askedBy = ({ runId, scenario, collector }: LabRun, kind: string): AttackJob[] => {
  const byTarget = new Map<string, AttackFinding[]>();
  for (const { attack, variant, seed, step, outcome } of collector.attacks) {
    if (scenario.attacks?.[attack]?.kind !== kind) continue;
    const key = `${attack}/${variant}`;
    byTarget.set(key, [...(byTarget.get(key) ?? []), { seed, step, outcome }]);
  }
  return [...byTarget].map(([key, findings], i) => {
    const [attack, variant] = key.split('/').map(Number) as [number, number];
    return {
      id: -1 - i,
      runId,
      kind,
      variant,
      label: collector.variants[variant]?.label ?? '',
      step: findings[0]?.step ?? 0,
      params: scenario.attacks?.[attack]?.params ?? {},
      seeds: collector.seeds,
      status: 'done',
      share: 1,
      leftMs: null,
      findings: [...findings].sort((a, b) => collector.seeds.indexOf(a.seed) - collector.seeds.indexOf(b.seed)),
      errors: [],
    };
  });
};

/** All attacks of a kind on the run on screen, in the order of its variants; the reader's own take the place of the scenario's. */
export const jobsOf = (run: LabRun | null, jobs: readonly AttackJob[], kind: string): AttackJob[] => {
  if (!run) return [];
  const own = jobs.filter((job) => job.runId === run.runId && job.kind === kind);
  const asked = askedBy(run, kind).filter(({ variant }) => !own.some((job) => job.variant === variant));
  return [...asked, ...own].sort((a, b) => a.variant - b.variant);
};

const known = (values: readonly (number | undefined)[]): number[] => values.map((value) => value ?? Number.NaN);

/** A value of a subject in its last step, over the seeds. */
export const endOf = (job: AttackJob, subject: AttackSubject, id: string, spread?: Spread): Band | null =>
  bandOf(known(job.findings.map(({ outcome }) => outcome.values[subject]?.[id]?.values.at(-1))), spread);

/** A value of a subject step by step, over the seeds: the band, and each seed's own in their order (NaN where it has none). */
export const courseOf = (
  job: AttackJob,
  subject: AttackSubject,
  id: string,
  spread?: Spread,
): { readonly step: number; readonly band: Band; readonly each: readonly number[] }[] => {
  const series = job.findings.flatMap(({ outcome }) => outcome.values[subject]?.[id] ?? []);
  return (series[0]?.steps ?? []).flatMap((step, i) => {
    const each = known(series.map(({ values }) => values[i]));
    const band = bandOf(each, spread);
    return band ? [{ step, band, each }] : [];
  });
};
