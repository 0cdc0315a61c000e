import type { ParamValue } from '../engine/base/schema.ts';
import { csvOf } from '../scenario/files/exported.ts';
import { resultsFile } from '../scenario/files/made-by.ts';
import type { AttackResult, ClaimResult, MetricValue, Results, RunResult } from '../scenario/format/results.ts';
import type { VariantInfo } from '../scenario/format/variants.ts';

/** The metrics of the printed table, where the family names none. */
const usual = ['forgetAccuracy', 'retainAccuracy', 'retainTestAccuracy', 'forgetDistance', 'retainDistance'];

const short = (value: number): string =>
  Math.abs(value) < 100 ? value.toFixed(3) : Math.abs(value) < 1e6 ? value.toFixed(0) : value.toExponential(1);

/** '0.950 [0.921, 0.973]': mean and range of the values that exist. */
export const meanAndRange = (values: readonly (MetricValue | undefined)[]): string => {
  const numbers = values.filter((value) => typeof value === 'number');
  if (numbers.length === 0) return '-';
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  if (numbers.length === 1) return short(mean);
  return `${short(mean)} [${short(Math.min(...numbers))}, ${short(Math.max(...numbers))}]`;
};

const sameSettings = (run: RunResult, variant: VariantInfo): boolean =>
  run.name === variant.name &&
  Object.entries(variant.swept).every(([path, value]) => run.settings[path] === (value as ParamValue));

/** 'collapsed 5/5 (from step 40), diverged 1/5 (from step 90)'. */
const mishaps = (runs: readonly RunResult[]): string =>
  (
    [
      ['collapsed', runs.map(({ collapsedAt }) => collapsedAt)],
      ['diverged', runs.map(({ divergedAt }) => divergedAt)],
    ] as const
  )
    .map(([word, steps]) => [word, steps.filter((step) => step !== null)] as const)
    .filter(([, steps]) => steps.length > 0)
    .map(([word, steps]) => `${word} ${steps.length}/${runs.length} (from step ${Math.min(...steps)})`)
    .join(', ');

/** Rows of cells as lines with straight columns. */
export const align = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, i) => Math.max(widest[i] ?? 0, [...cell].length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  );
};

/** A claim's verdict; where it fails, the numbers of the seeds that say so. */
const claimLines = ({ text, holds, held, of, leftOut, mean, seeds }: ClaimResult): string[] => {
  const left = leftOut > 0 ? `, ${leftOut} left out` : '';
  const verdict = holds ? 'holds' : 'FAILS';
  const about = mean
    ? `${verdict} in the mean ${mean.isDifference ? 'difference ' : ''}${short(mean.value)} (n=${mean.n}${left})`
    : `${verdict} on ${held} of ${of} ${of === 1 ? 'seed' : 'seeds'}${left}`;
  const line = `  ${about}: ${text}`;
  if (holds) return [line];
  const number = (value: MetricValue) => (value === null ? 'nothing' : short(value));
  const failing = seeds.filter((one) => one.holds !== true);
  return [line, ...failing.map(({ seed, left: l, right: r }) => `    seed ${seed}: ${number(l)} against ${number(r)}`)];
};

const SUBJECTS = [
  ['unlearned', 'unlearned'],
  ['original', 'original'],
  ['retrained', 'retrained'],
  ['fresh', 'fresh weights'],
] as const;

/** Of every attack, what it found in the end: mean and range over seeds, a row for each model. */
const attackLines = ({ attacks = [], attackFailures = [] }: Results): string[] => {
  const groups = new Map<string, AttackResult[]>();
  for (const attack of attacks) {
    const { kind, run, params, settings, step } = attack;
    const key = JSON.stringify([kind, run, params, settings, step]);
    groups.set(key, [...(groups.get(key) ?? []), attack]);
  }
  const blocks = [...groups.values()].flatMap((group) => {
    const { kind, run, step, values, notes } = group[0] as AttackResult;
    const ids = Object.keys(values.unlearned ?? {});
    const rows = SUBJECTS.filter(([subject]) => values[subject]).map(([subject, label]) => [
      label,
      ...ids.map((id) => meanAndRange(group.map((one) => one.values[subject]?.[id]?.values.at(-1)))),
    ]);
    return ['', `Attack ${kind} on ${run} at step ${step}. ${notes.join(' ')}`, ...align([['', ...ids], ...rows])];
  });
  const failed = attackFailures.map(
    ({ kind, run, seed, error }) => `  ${kind} on ${run}, seed ${seed}, could not be tried: ${error.message}`,
  );
  return [...blocks, ...(failed.length > 0 ? ['', ...failed] : [])];
};

/** What a reader wants to know: mean and range over seeds after the last step, then the claims. */
export const formatTable = (results: Results, variants: readonly VariantInfo[]): string => {
  const { scenario, headline, original, retrained, runs, claims, checksum, engine, trainingDiverged = [] } = results;
  const count = scenario.seeds.length;
  const columns = headline ? [headline.forget, headline.keep, ...headline.others] : usual;
  const models = [
    ['Original', original, 'original'],
    ['Retrained', retrained, 'retrained'],
  ] as const;
  const lost = (of: string): string => {
    const steps = trainingDiverged.flatMap(({ model, step }) => (model === of ? [step] : []));
    return steps.length === 0 ? '' : `training diverged ${steps.length}/${count} (at step ${Math.min(...steps)})`;
  };
  const rows = [
    ['', ...columns, ''],
    ...models.map(([label, model, id]) => [
      label,
      ...columns.map((metric) => meanAndRange(model.map(({ metrics }) => metrics[metric]))),
      lost(id),
    ]),
    ...variants.map((variant) => {
      const own = runs.filter((run) => sameSettings(run, variant));
      const cells = columns.map((metric) => meanAndRange(own.map(({ metrics }) => metrics[metric]?.at(-1))));
      return [variant.label, ...cells, mishaps(own)];
    }),
  ];
  const title = [scenario.id, scenario.title].filter((text) => text !== undefined && text !== '').join(': ');
  return [
    ...(title === '' ? [] : [title]),
    count === 1
      ? `Seed ${scenario.seeds[0]}, after the last step.`
      : `Mean [lowest, highest] of ${count} seeds, after the last step.`,
    '',
    ...align(rows),
    ...attackLines(results),
    ...(claims.length === 0 ? [] : ['', 'Claims', ...claims.flatMap(claimLines)]),
    '',
    `Checksum ${checksum} (${engine.backend}, version ${engine.version})`,
    '',
  ].join('\n');
};

/** One row per run, seed and recorded step: run, method, swept settings, seed, step, then every metric. */
export const formatCsv = ({ scenario, runs }: Results): string => {
  const swept = [...new Set(scenario.runs.flatMap(({ sweep }) => Object.keys(sweep)))];
  const metrics = Object.keys(runs[0]?.metrics ?? {});
  const rows = runs.flatMap((run) =>
    run.steps.map((step, i) => [
      run.name,
      run.method,
      ...swept.map((path) => run.settings[path]),
      run.seed,
      step,
      ...metrics.map((metric) => run.metrics[metric]?.[i]),
    ]),
  );
  const header = ['run', 'method', ...swept, 'seed', 'step', ...metrics];
  return csvOf([header, ...rows]);
};

export const formatJson = (results: Results): string => resultsFile(results);
