import type { AttackSubject } from '../../../engine/attack.ts';
import type { AttackFinding, AttackJob, LabRun } from '../../../store/state.ts';

/** Median and range of numbers over seeds. */
export interface Spread {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly n: number;
}

/** Median and range of the numbers that exist; null if none does. */
export const spreadOf = (values: readonly (number | undefined)[]): Spread | null => {
  const sorted = values
    .filter((value) => value !== undefined && Number.isFinite(value))
    .sort((a, b) => (a as number) - (b as number)) as number[];
  const n = sorted.length;
  if (n === 0) return null;
  const at = (i: number) => sorted[i] as number;
  return { median: (at((n - 1) >> 1) + at(n >> 1)) / 2, low: at(0), high: at(n - 1), n };
};

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

/** A value of a subject in its last step, over the seeds. */
export const endOf = (job: AttackJob, subject: AttackSubject, id: string): Spread | null =>
  spreadOf(job.findings.map(({ outcome }) => outcome.values[subject]?.[id]?.values.at(-1)));

/** A value of a subject step by step, over the seeds. */
export const courseOf = (
  job: AttackJob,
  subject: AttackSubject,
  id: string,
): { readonly step: number; readonly spread: Spread }[] => {
  const series = job.findings.flatMap(({ outcome }) => outcome.values[subject]?.[id] ?? []);
  return (series[0]?.steps ?? []).flatMap((step, i) => {
    const spread = spreadOf(series.map(({ values }) => values[i]));
    return spread ? [{ step, spread }] : [];
  });
};
