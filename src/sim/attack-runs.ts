import { SimError, toWire } from '../engine/base/errors.ts';
import type { Seed } from '../families/family.ts';
import type { AttackSpec } from '../scenario/format/scenario.ts';
import { type AttackRun, attackWork, startAttack } from './attack.ts';
import type { RunEventBody, VariantInfo } from './events.ts';
import type { Run } from './run.ts';

type Events = Generator<RunEventBody, void, void>;
type Asked = Pick<Run, 'scenario' | 'variants' | 'catalogue'>;

interface Job {
  readonly index: number;
  readonly spec: AttackSpec;
  readonly variant: VariantInfo;
  /** The step that is asked for. */
  readonly step: number;
}

type Named = Pick<Extract<RunEventBody, { type: 'attack' }>, 'attack' | 'variant' | 'seed'>;

/** What a scenario asks to be attacked: each attack on every setting of its run. */
const jobsOf = ({ scenario, variants }: Pick<Run, 'scenario' | 'variants'>): Job[] =>
  (scenario.attacks ?? []).flatMap((spec, index) =>
    variants
      .filter(({ name }) => name === spec.run)
      .map((variant) => ({ index, spec, variant, step: spec.at === 'last' ? variant.steps : spec.at })),
  );

/** An estimate of the work of all attacks, in forward passes of one row. */
export const attacksWork = (run: Asked, seeds: readonly Seed[]): number =>
  jobsOf(run).reduce(
    (sum, { spec, step }) =>
      seeds.reduce((all, seed) => all + attackWork(spec.kind, spec.params, run, seed, step), sum),
    0,
  );

/** Drives an attack and tells its progress and its end. */
function* follow(run: Run, { events, work, step }: AttackRun, name: Named): Events {
  const before = run.work.done;
  try {
    for (let next = events.next(); ; next = events.next()) {
      if (next.done) {
        yield { type: 'attack', ...name, step, outcome: next.value };
        return;
      }
      run.work.done = before + (work * next.value.done) / next.value.total;
      const { done, total } = run.work;
      yield { type: 'progress', phase: 'attacking', step: next.value.done, done, total: Math.max(done, total) };
    }
  } finally {
    events.return({ values: {}, notes: [] });
  }
}

/** Carries out the attacks that the scenario asks for, under some seeds whose runs have ended. */
export function* attackAll(run: Run, seeds: readonly Seed[], failed: ReadonlySet<number>): Events {
  const jobs = jobsOf(run).filter(({ variant }) => !failed.has(variant.variant));
  if (jobs.length === 0) return;
  yield { type: 'phase', phase: 'attacking', seeds: seeds.map(({ seed }) => seed), steps: jobs.length };
  for (const { seed } of seeds) {
    for (const { index, spec, variant, step } of jobs.filter((job) => run.isChosen(job.variant.variant, seed))) {
      const name = { attack: index, variant: variant.variant, seed };
      try {
        const { scenario, catalogue, archive } = run;
        const attack = startAttack(spec.kind, spec.params, { scenario, catalogue, archive, variant, seed, step });
        yield* follow(run, attack, name);
      } catch (thrown) {
        if (!(thrown instanceof SimError)) throw thrown;
        yield { type: 'attackFailed', ...name, error: toWire(thrown) };
      }
    }
  }
}
