import type { ComparisonTimes } from './comparison.ts';
import type { FlatRates } from './flat.ts';
import { dimensions, type Growth } from './growth.ts';
import type { LanguageRates } from './language.ts';
import { OURS, PLAYGROUND, PYTORCH, TFJS_WASM } from './peers.ts';
import { ratios, type Summary, summarize } from './statistics.ts';
import type { JobRates } from './steps.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly platform: string;
  readonly node: string;
  /** Processes that wanted to run in the last minute, before the bench began: above 1, others were at work. */
  readonly load: number;
  /** PyTorch's version, or why it did not take part. */
  readonly pytorch: string;
}

/** What a run of the bench has measured. */
export interface Measured {
  readonly jobs: readonly JobRates[];
  readonly numbers?: FlatRates | undefined;
  readonly diffusion?: FlatRates | undefined;
  readonly language?: readonly LanguageRates[] | undefined;
  readonly comparison?: ComparisonTimes | undefined;
  readonly growth?: Growth | undefined;
  readonly machine: Machine;
}

/** How many times faster our engine with five lanes is than a peer; undefined where one of them has not run. */
const fasterThan = ({ rates }: JobRates, peer: string): Summary | undefined => {
  const [ours, theirs] = [rates.get(OURS), rates.get(peer)];
  return ours?.length && theirs?.length ? summarize(ratios(ours, theirs)) : undefined;
};

const comparisonRatio = ({ seconds }: ComparisonTimes, peer: string): Summary | undefined => {
  const [ours, theirs] = [seconds.get('kernels'), seconds.get(peer)];
  return ours?.length && theirs?.length ? summarize(ratios(theirs, ours)) : undefined;
};

/** How many times faster a family's steps are than in PyTorch; undefined where that has not run. */
const flatRatio = ({ ours, theirs }: FlatRates): Summary | undefined =>
  theirs?.length ? summarize(ratios(ours, theirs)) : undefined;

/** How many times faster a task of the language model is than on a peer; undefined where that has not run. */
const languageRatio = ({ ours, theirs }: LanguageRates, peer: string): Summary | undefined => {
  const rates = theirs.get(peer);
  return rates?.length ? summarize(ratios(ours, rates)) : undefined;
};

const digits = (value: number): number => Number(value.toPrecision(4));

/** What `--json` prints: medians of ratios; null where a peer could not run or was not asked for. */
export const toJson = ({ jobs, numbers, diffusion, language, comparison, growth, machine }: Measured) => {
  const ratio = (id: string, peer: string): number | null => {
    const own = jobs.find(({ job, objective }) => job.id === id && objective === 'NPO + retain');
    const found = own && fasterThan(own, peer);
    return found ? digits(found.median) : null;
  };
  const regression = numbers && flatRatio(numbers);
  const denoising = diffusion && flatRatio(diffusion);
  const unlearning = language?.find(({ task }) => task === 'unlearn');
  const words = (peer: string): number | null => {
    const found = unlearning && languageRatio(unlearning, peer);
    return found ? digits(found.median) : null;
  };
  const whole = comparison && comparisonRatio(comparison, PYTORCH);
  return {
    ratios: {
      'p1.tfjsWasm': ratio('P1', TFJS_WASM),
      'p1.playground': ratio('P1', PLAYGROUND),
      'p1.pytorch': ratio('P1', PYTORCH),
      'p2.tfjsWasm': ratio('P2', TFJS_WASM),
      'p2.pytorch': ratio('P2', PYTORCH),
      'p3.tfjsWasm': ratio('P3', TFJS_WASM),
      'p3.pytorch': ratio('P3', PYTORCH),
      'numbers.pytorch': regression ? digits(regression.median) : null,
      'diffusion.pytorch': denoising ? digits(denoising.median) : null,
      'lm.tfjsWasm': words(TFJS_WASM),
      'lm.pytorch': words(PYTORCH),
      'comparison.pytorch': whole ? digits(whole.median) : null,
    },
    growth: Object.fromEntries(dimensions.map((name) => [name, growth ? digits(growth[name]) : null])),
    machine,
  };
};

const number = (value: number): string =>
  value >= 1000 ? Math.round(value).toLocaleString('en-US') : value >= 100 ? value.toFixed(0) : value.toPrecision(3);

const range = ({ low, high }: Summary): string => `[${number(low)}, ${number(high)}]`;

const jobLines = (measured: JobRates): string[] => {
  const { job, objective, rates } = measured;
  const label = Math.max(...[...rates.keys()].map((id) => id.length));
  const lines = [...rates].map(([id, values]) => {
    const rate = summarize(values);
    const faster = id === OURS ? undefined : fasterThan(measured, id);
    const ratio = faster ? `x ${number(faster.median).padStart(7)}  ${range(faster)}` : '';
    return `  ${id.padEnd(label)}  ${number(rate.median).padStart(9)}  ${range(rate).padEnd(20)} ${ratio}`.trimEnd();
  });
  const visits = objective === 'NPO + retain' ? `${job.rows} forget and ${job.rows} retain rows` : `${job.rows} rows`;
  const title = `${job.id}, ${objective}: ${job.widths.join('-')}, ${visits} a step`;
  return [title, `  ${''.padEnd(label)}  ${'lane-steps/s'}  ${''.padEnd(14)} ${OURS}: times faster`, ...lines, ''];
};

const comparisonLines = (measured: ComparisonTimes): string[] => {
  const { seeds, runs, seconds, apart } = measured;
  const lines = [...seconds].map(([id, values]) => {
    const faster = id === 'kernels' ? undefined : comparisonRatio(measured, id);
    const ratio = faster ? `  x ${number(faster.median)}  ${range(faster)}` : '';
    return `  ${id.padEnd(8)}  ${summarize(values).median.toFixed(2).padStart(7)} s${ratio}`;
  });
  const note =
    apart && `  Retain accuracy at the end differs from PyTorch by at most ${apart.by.toFixed(3)} (${apart.run}).`;
  const title = `Comparison: train, retrain, ${runs} runs, ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}, metrics at every evaluation`;
  return [title, ...lines, ...(note ? [note] : []), ''];
};

const NUMBERS = 'Regression, NPO + retain: 1-48-48-1, 50 forget and 150 retain pairs a step';
const DIFFUSION = 'Diffusion, NPO + retain: 16-64-64-2, 64 forget and 64 retain points a step, noised anew';

const flatLines = (job: string, rates: FlatRates): string[] => {
  const { ours, theirs } = rates;
  const ratio = flatRatio(rates);
  const line = (id: string, values: readonly number[], more = '') =>
    `  ${id.padEnd(OURS.length)}  ${number(summarize(values).median).padStart(9)}  ${range(summarize(values)).padEnd(20)} ${more}`.trimEnd();
  return [
    `${job}, Adam, 5 lanes in flat parameters on both sides`,
    `  ${''.padEnd(OURS.length)}  steps/s of all lanes`,
    line(OURS, ours),
    ...(theirs ? [line(PYTORCH, theirs, ratio ? `x ${number(ratio.median)}  ${range(ratio)}` : '')] : []),
    '',
  ];
};

const TASKS = {
  train: 'a step of training: 32 questions, 12 exercises',
  unlearn: 'a step of NPO + retain: 30 forget and 32 retain questions',
  evaluate: 'log p of the 300 learned answers',
} as const;

const languageLines = (measured: readonly LanguageRates[]): string[] => [
  'Language model: 185 words, 14-word windows, 12-48, Adam, 5 lanes at once on all sides; times a second of all lanes',
  ...measured.flatMap((rates) => {
    const line = (id: string, values: readonly number[], faster?: Summary) => {
      const ratio = faster ? `x ${number(faster.median)}  ${range(faster)}` : '';
      return `    ${id.padEnd(TFJS_WASM.length)}  ${number(summarize(values).median).padStart(9)}  ${range(summarize(values)).padEnd(20)} ${ratio}`.trimEnd();
    };
    return [
      `  ${TASKS[rates.task]}`,
      line(OURS, rates.ours),
      ...[...rates.theirs].map(([id, values]) => line(id, values, languageRatio(rates, id))),
    ];
  }),
  '  tfjs has no gradient of gather on WebAssembly: there words are looked up by a product with one-hot rows.',
  '',
];

/** The table for a reader. */
export const toText = ({ jobs, numbers, diffusion, language, comparison, growth, machine }: Measured): string => {
  const { cpu, cores, platform, node, load, pytorch } = machine;
  return [
    'Medians [quartiles] of repetitions in turns. A lane-step is one step of one model.',
    '',
    ...jobs.flatMap(jobLines),
    ...(numbers ? flatLines(NUMBERS, numbers) : []),
    ...(diffusion ? flatLines(DIFFUSION, diffusion) : []),
    ...(language ? languageLines(language) : []),
    ...(comparison ? comparisonLines(comparison) : []),
    ...(growth
      ? [
          'Growth: cost ~ size^p of unlearning with evaluations',
          `  ${dimensions.map((name) => `${name} ${growth[name].toFixed(2)}`).join('   ')}`,
          '',
        ]
      : []),
    `${cpu}, ${cores} ${cores === 1 ? 'core' : 'cores'}, ${platform}, Node ${node}; load before the bench ${load.toFixed(1)}`,
    `PyTorch: ${pytorch}`,
    '',
  ].join('\n');
};
