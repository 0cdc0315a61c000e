import type { ChoiceSpec, IntSpec, NumberSpec, ParamSchema, ParamSpec, ParamValue } from '../../engine/base/schema.ts';
import type { MethodInfo } from '../../engine/contracts/method.ts';
import type { WrapperInfo } from '../../engine/contracts/wrapper.ts';
import type { CatalogueInfo } from './catalogue.ts';
import { caps, maskDefaults, retainDefaults, runDefaults } from './defaults.ts';
import type { BatchSize, OptimizerSpec, RetainSpec, RunSpec } from './scenario.ts';

/** A batch size: a whole number or 'full'. */
export interface BatchSpec {
  readonly kind: 'batch';
  readonly label: string;
  readonly help: string;
  readonly symbol?: string;
  readonly default: BatchSize;
  readonly min: number;
  readonly max: number;
}
/** What a form, the validator, a link and a sweep know of a setting. */
export type SettingSpec = ParamSpec | BatchSpec;

const learningRate: NumberSpec = {
  kind: 'number',
  label: 'Learning rate',
  symbol: 'η',
  help: 'Size of a step along the gradient.',
  default: runDefaults.learningRate,
  min: 1e-6,
  max: 10,
  scale: 'log',
};
const optimizer: ChoiceSpec = {
  kind: 'choice',
  label: 'Optimizer',
  help: 'Plain gradient descent, with momentum, or Adam (as PyTorch computes them).',
  default: runDefaults.optimizer,
  options: ['sgd', 'momentum', 'adam'],
};
const momentum: NumberSpec = {
  kind: 'number',
  label: 'Momentum',
  symbol: 'μ',
  help: 'How much of the last step is repeated. Used by the momentum optimizer only.',
  default: runDefaults.momentum,
  min: 0,
  max: 0.999,
  scale: 'linear',
};
const weightDecay: NumberSpec = {
  kind: 'number',
  label: 'Weight decay',
  help: 'Pull of every weight towards zero, added to the gradient.',
  default: runDefaults.weightDecay,
  min: 0,
  max: 1,
  scale: 'linear',
};
const clipNorm: NumberSpec = {
  kind: 'number',
  label: 'Gradient clipping',
  help: 'Largest norm that a step’s gradient may have. 0 means no clipping.',
  default: runDefaults.clipNorm,
  min: 0,
  max: 1000,
  scale: 'linear',
};
const steps: IntSpec = {
  kind: 'int',
  label: 'Steps',
  help: 'Number of parameter updates.',
  default: runDefaults.steps,
  min: 1,
  max: caps.steps,
};
const batchSize: BatchSpec = {
  kind: 'batch',
  label: 'Batch size',
  help: 'Examples per step, or all of them.',
  default: runDefaults.batchSize,
  min: 1,
  max: caps.batch,
};

/** The settings of an optimizer, of the training and of every run. Defaults are those of a run. */
export const optimizerSettings = {
  optimizer,
  learningRate,
  momentum,
  weightDecay,
  clipNorm,
  steps,
  batchSize,
} as const satisfies Readonly<Record<keyof OptimizerSpec, SettingSpec>>;

/** The settings of a retain term; `options` are the terms on offer. */
export const retainSettings = (options: readonly string[]) =>
  ({
    kind: {
      kind: 'choice',
      label: 'Retain term',
      help: 'What is added to the objective to keep the retain set.',
      default: retainDefaults.kind,
      options: ['none', ...options.filter((id) => id !== 'none')],
    },
    weight: {
      kind: 'number',
      label: 'Retain weight',
      symbol: 'λ',
      help: 'How much the retain term counts beside the objective on the forget set.',
      default: retainDefaults.weight,
      min: 0,
      max: 1000,
      scale: 'linear',
    },
    batchSize: { ...batchSize, label: 'Retain batch size', default: retainDefaults.batchSize },
  }) as const satisfies Readonly<Record<keyof RetainSpec, SettingSpec>>;

/** The settings of a weight mask; `options` are the masks on offer. */
export const maskSettings = (options: readonly string[]) =>
  ({
    kind: {
      kind: 'choice',
      label: 'Weight mask',
      help: 'Which weights may move.',
      default: maskDefaults.kind,
      options: ['none', ...options.filter((id) => id !== 'none')],
    },
    keep: {
      kind: 'number',
      label: 'Weights that may move',
      symbol: 'keep',
      help: 'Fraction of all weights that may move; the others stay as they were.',
      default: maskDefaults.keep,
      min: 0.001,
      max: 1,
      scale: 'linear',
    },
  }) as const satisfies Readonly<Record<'kind' | 'keep', SettingSpec>>;

/** The kinds that a wrapper may be replaced by: those of its slot, or none. */
const kindSetting = ({ slot }: WrapperInfo, wrappers: readonly WrapperInfo[]): ChoiceSpec => ({
  kind: 'choice',
  label: slot.label,
  help: slot.help,
  default: 'none',
  options: ['none', ...wrappers.filter((other) => other.slot.id === slot.id).map((other) => other.id)],
});

/** The settings of wrappers by dotted path: `wrappers.lat.epsilon`, and `wrappers.lat.kind`, which takes it away or puts another in its place. */
const wrapperSettings = (wrappers: readonly WrapperInfo[]): readonly (readonly [string, SettingSpec])[] =>
  wrappers.flatMap((wrapper) => [
    [`wrappers.${wrapper.id}.kind`, kindSetting(wrapper, wrappers)] as const,
    ...Object.entries(wrapper.params as ParamSchema).map(
      ([name, spec]) => [`wrappers.${wrapper.id}.${name}`, spec] as const,
    ),
  ]);

/** What a run may set and a method has no place for: an edit made once has no descent that terms could join. */
export const refusedBy = ({
  alone,
  schedule,
}: Pick<MethodInfo, 'alone' | 'schedule'>): readonly ('retain' | 'mask')[] => {
  if (alone) return ['retain', 'mask'];
  return schedule === 'one-shot' ? ['retain'] : [];
};

/** Every setting of a run of a method by dotted path: what a sweep, a link or a claim may name. */
export const runSettings = (
  method: Pick<MethodInfo, 'params'> | undefined,
  catalogue: Pick<CatalogueInfo, 'retain' | 'masks' | 'wrappers'>,
): ReadonlyMap<string, SettingSpec> => {
  const map = new Map<string, SettingSpec>();
  const add = (prefix: string, specs: Readonly<Record<string, SettingSpec>>) => {
    for (const [name, spec] of Object.entries(specs)) map.set(prefix + name, spec);
  };
  add('params.', method?.params ?? {});
  add('', optimizerSettings);
  add('retain.', retainSettings(catalogue.retain.map(({ id }) => id)));
  add('mask.', maskSettings(catalogue.masks.map(({ id }) => id)));
  for (const { params } of catalogue.masks) add('mask.', params ?? {});
  for (const [path, spec] of wrapperSettings(catalogue.wrappers)) map.set(path, spec);
  return map;
};

/** A run's own settings by dotted path, without its sweep. */
export const settingsOf = (run: RunSpec): Record<string, ParamValue> => {
  const settings: Record<string, ParamValue> = {};
  for (const [name, value] of Object.entries(run.params)) settings[`params.${name}`] = value;
  for (const name of Object.keys(optimizerSettings) as (keyof OptimizerSpec)[]) settings[name] = run[name];
  for (const [name, value] of Object.entries(run.retain)) settings[`retain.${name}`] = value;
  for (const [name, value] of Object.entries(run.mask)) settings[`mask.${name}`] = value;
  for (const wrapper of run.wrappers) {
    for (const [name, value] of Object.entries(wrapper)) settings[`wrappers.${wrapper.kind}.${name}`] = value;
  }
  return settings;
};
